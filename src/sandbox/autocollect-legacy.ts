import type { Batch, BatchError, BatchResponse, operations as Types } from "../../generated/autocollect-legacy.js";
import { ok, problem } from "./answer.js";
import type { OperationsOf } from "./operation.js";
import type { World } from "./world.js";

type Entry = Record<string, unknown>;

/** The arrays of a batch, by their names on the wire, and what each entry must have to be taken. */
const ARRAYS = { creditor: "idnumber", case: "ledgerref", settlement: "ledgerref" } as const;
type ArrayName = keyof typeof ARRAYS;
const NAMES = Object.keys(ARRAYS) as ArrayName[];

type Sender = Record<ArrayName, Entry[]>;

/** What an entry must be for each filter of the query. A field that an entry does not have does not count against it. */
const FILTERS: Record<string, (entry: Entry, name: ArrayName) => unknown> = {
  creditorid: (entry, name) => (name === "creditor" ? entry.idnumber : entry.creditorid),
  customerref: (entry) => entry.customerref,
  ledgerref: (entry) => entry.ledgerref,
  remittancedate: (entry) => entry.remittancedate,
};

/**
 * The AutoCollect Legacy API: what was posted for a sender is read back. A sender of whom nothing was taken has what the
 * page of 2025 prints.
 */
export function autoCollectLegacy(world: World) {
  const senders = new Map<string, Sender>();
  const sample = (): Sender => {
    const {
      creditor = [],
      case: cases = [],
      settlement = [],
    } = (world.examples("autoCollectLegacy", "getBatch") as [Batch])[0];
    return { creditor, case: cases, settlement } as unknown as Sender;
  };

  const operations: OperationsOf<Types> = {
    getBatch: ({ query }) => {
      const id = String(query.senderid ?? "");
      const sender = senders.get(id) ?? sample();
      const { lastsettlementid, includeclosed } = query;
      const wanted = (name: ArrayName) =>
        sender[name].filter((entry, index) => {
          if (name === "case" && includeclosed !== true && entry.closuredate !== undefined) return false;
          // Settlements are counted from 1 in the order they came.
          if (name === "settlement" && lastsettlementid !== undefined && index < Number(lastsettlementid)) return false;
          return Object.entries(FILTERS).every(([filter, field]) => {
            const value = field(entry, name);
            return query[filter] === undefined || value === undefined || String(value) === query[filter];
          });
        });
      const last = String(sender.settlement.length);
      return ok({
        batchid: id,
        offline: false,
        creditor: wanted("creditor").map((creditor) => ({ ...creditor, lastsettlementid: last })),
        case: wanted("case"),
        settlement: wanted("settlement"),
      });
    },

    createBatch: ({ query, body }) => {
      const batch = (body ?? {}) as Entry;
      const wrong = NAMES.filter((name) => batch[name] !== undefined && !Array.isArray(batch[name]));
      if (wrong.length > 0) {
        const faults = wrong.map((name) => `/requestBody/${name} must be array`);
        return problem(400, "The request does not fit what the sandbox takes.", faults);
      }
      const id = String(query.senderid ?? "");
      const sender = senders.get(id) ?? { creditor: [], case: [], settlement: [] };
      const errors: BatchError[] = [];
      const responses: BatchResponse[] = [];
      for (const name of NAMES) {
        for (const [objectindex, entry] of ((batch[name] as Entry[] | undefined) ?? []).entries()) {
          const place = { objectname: name, objectindex };
          const key = entry?.[ARRAYS[name]];
          if (typeof key !== "string" || key === "") {
            errors.push({ ...place, message: `${ARRAYS[name]} is missing.` });
            continue;
          }
          const known = sender[name].findIndex((other) => other[ARRAYS[name]] === key);
          if (known === -1) sender[name].push(entry);
          else sender[name][known] = entry;
          responses.push({ ...place, ledgerref: key, status_statuscode: "0" });
        }
      }
      if (responses.length > 0) senders.set(id, sender);
      return ok({ statuscode: errors.length === 0 ? 0 : 1, errors, responses });
    },
  };
  return { operations, counts: () => ({ legacySenders: senders.size }) };
}
