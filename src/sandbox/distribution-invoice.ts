import type { operations as Types } from "../../generated/distribution-invoice.js";
import { ok, problem } from "./answer.js";
import { timeOf } from "./data/dates.js";
import { Ids } from "./data/ids.js";
import type { OperationsOf, SandboxOperation } from "./operation.js";
import type { World } from "./world.js";

/** A document or agreement that was handed over. */
interface Sent {
  id: string;
  at: number;
  operation: string;
}

interface Root {
  Identifier?: unknown;
}

/**
 * The Distribution Invoice API. No answer of it was in view: names and statuses are the sandbox's own. A document is known
 * by the `Identifier` in its root; one that is sent again is not taken twice.
 */
export function distributionInvoice(world: World) {
  const ids = new Ids(world.seed, "distribution");
  const documents = new Map<string, Sent>();
  const agreements = new Map<string, Sent>();
  let count = 0;

  const take = (into: Map<string, Sent>, key: string, operation: string) => {
    const sent = into.get(key) ?? { id: ids.at(count++), at: world.now(), operation };
    into.set(key, sent);
    return ok({ Id: sent.id, Identifier: key, Status: "RECEIVED", ReceivedAt: timeOf(sent.at) });
  };
  const send =
    (operation: string): SandboxOperation =>
    ({ body }) => {
      const roots = Object.values((body ?? {}) as Record<string, Root | null>);
      if (roots.length > 1) return problem(400, "A body has a single root that names the document.");
      const [root] = roots;
      const identifier = typeof root === "object" ? root?.Identifier : undefined;
      // Without a key of its own it can still be counted.
      const key = typeof identifier === "string" && identifier !== "" ? identifier : ids.at(count);
      return take(documents, key, operation);
    };
  const look =
    (at: Map<string, Sent>): SandboxOperation =>
    ({ body }) =>
      ok({
        Statuses: identifiersIn(body).map((key) => {
          const sent = at.get(key);
          return { Identifier: key, ...(sent ? { Id: sent.id, Status: "RECEIVED" } : { Status: "UNKNOWN" }) };
        }),
      });

  const operations: OperationsOf<Types> = {
    createEhfCreditNote: send("createEhfCreditNote"),
    createEhfInvoice: send("createEhfInvoice"),
    createB2cInvoice: send("createB2cInvoice"),
    createB2cLetter: send("createB2cLetter"),
    createSwedishInvoice: send("createSwedishInvoice"),
    createDanishInvoice: send("createDanishInvoice"),
    queryInvoiceStatus: look(documents),
    registerBankAgreement: ({ body }) =>
      take(agreements, identifiersIn(body)[0] ?? ids.at(count), "registerBankAgreement"),
    queryBankAgreementStatus: look(agreements),
  };
  return { operations, counts: () => ({ distributed: documents.size, bankAgreements: agreements.size }) };
}

/** The identifiers in a body whose form is not known: a text, a list, or what `Identifier` or `Identifiers` holds. */
function identifiersIn(body: unknown): string[] {
  if (typeof body === "string") return body === "" ? [] : [body];
  if (Array.isArray(body)) return body.flatMap(identifiersIn);
  if (typeof body !== "object" || body === null) return [];
  const { Identifier, Identifiers } = body as { Identifier?: unknown; Identifiers?: unknown };
  return [Identifier, Identifiers].flatMap(identifiersIn);
}
