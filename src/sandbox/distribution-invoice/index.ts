import type { operations as Types } from "../../../generated/distribution-invoice.js";
import { timeOf } from "../data/dates.js";
import { Ids } from "../data/ids.js";
import type { SandboxContext } from "../server/context.js";
import type { OperationsOf, SandboxApi, SandboxOperation } from "../server/operation.js";
import { invalidRequest, ok } from "../server/response.js";

/** What was received, by `Identifier`. */
type Received = Map<string, { id: string; at: number }>;

/**
 * The Distribution Invoice API. Its responses are undocumented: names and statuses are the sandbox's own. A document is
 * identified by the `Identifier` in its root; the same document sent again is not a second one.
 */
export function createDistributionInvoice({ seed, now }: SandboxContext): SandboxApi {
  const ids = new Ids(seed, "distribution");
  const documents: Received = new Map();
  const agreements: Received = new Map();
  let count = 0;

  const receive = (into: Received, [identifier]: string[]) => {
    const key = identifier ?? ids.at(count);
    const { id, at } = into.get(key) ?? { id: ids.at(count++), at: now() };
    into.set(key, { id, at });
    return ok({ Id: id, Identifier: key, Status: "RECEIVED", ReceivedAt: timeOf(at) });
  };
  const send: SandboxOperation = ({ body }) => {
    const [root, ...others] = Object.values(body ?? {});
    if (others.length > 0) throw invalidRequest("/requestBody must have a single root that names the document");
    return receive(documents, typeof root === "object" ? identifiersIn(root) : []);
  };
  const queryStatus =
    (received: Received): SandboxOperation =>
    ({ body }) =>
      ok({
        Statuses: identifiersIn(body).map((Identifier) => {
          const known = received.get(Identifier);
          return { Identifier, ...(known ? { Id: known.id, Status: "RECEIVED" } : { Status: "UNKNOWN" }) };
        }),
      });

  const operations: OperationsOf<Types> = {
    createEhfCreditNote: send,
    createEhfInvoice: send,
    createB2cInvoice: send,
    createB2cLetter: send,
    createSwedishInvoice: send,
    createDanishInvoice: send,
    queryInvoiceStatus: queryStatus(documents),
    registerBankAgreement: ({ body }) => receive(agreements, identifiersIn(body)),
    queryBankAgreementStatus: queryStatus(agreements),
  };
  return { operations, counts: () => ({ distributed: documents.size, bankAgreements: agreements.size }) };
}

/** The identifiers in a body of undocumented form: a string, a list, or the value of `Identifier` or `Identifiers`. */
function identifiersIn(body: unknown): string[] {
  if (typeof body === "string") return body === "" ? [] : [body];
  if (Array.isArray(body)) return body.flatMap(identifiersIn);
  if (typeof body !== "object" || body === null) return [];
  const { Identifier, Identifiers } = body as { Identifier?: unknown; Identifiers?: unknown };
  return [Identifier, Identifiers].flatMap(identifiersIn);
}
