import type { Batch, BatchError, BatchResponse, operations as Types } from "../../../generated/autocollect-legacy.js";
import type { SandboxContext } from "../server/context.js";
import type { OperationsOf, SandboxApi } from "../server/operation.js";
import { invalidRequest, ok } from "../server/response.js";

type Entry = Record<string, unknown>;

/** The arrays of a batch, and the field that each entry needs. */
const KEYS = { creditor: "idnumber", case: "ledgerref", settlement: "ledgerref" } as const;
type ArrayName = keyof typeof KEYS;
const NAMES = Object.keys(KEYS) as ArrayName[];

type Sender = Record<ArrayName, Entry[]>;

/** The query parameters that filter entries by a field. An entry without the field passes. */
const FILTERS = ["creditorid", "customerref", "ledgerref", "remittancedate"];

/** The AutoCollect Legacy API: returns what a sender posted, and the documented sample until something was posted. */
export function createAutoCollectLegacy({ examples }: SandboxContext): SandboxApi {
  const senders = new Map<string, Sender>();
  const sample = (): Sender => {
    const [{ creditor = [], case: cases = [], settlement = [] }] = examples("autoCollectLegacy", "getBatch") as [Batch];
    return { creditor, case: cases, settlement } as unknown as Sender;
  };

  const operations: OperationsOf<Types> = {
    getBatch: ({ query }) => {
      const id = String(query.senderid ?? "");
      const sender = senders.get(id) ?? sample();
      const select = (name: ArrayName) =>
        sender[name].filter((entry, index) => {
          if (name === "case" && query.includeclosed !== true && entry.closuredate !== undefined) return false;
          // Settlement ids count from 1 in the order of arrival.
          if (name === "settlement" && index < Number(query.lastsettlementid ?? 0)) return false;
          return FILTERS.every((filter) => {
            const value = name === "creditor" && filter === "creditorid" ? entry.idnumber : entry[filter];
            return query[filter] === undefined || value === undefined || String(value) === query[filter];
          });
        });
      const lastsettlementid = String(sender.settlement.length);
      return ok({
        batchid: id,
        offline: false,
        creditor: select("creditor").map((creditor) => ({ ...creditor, lastsettlementid })),
        case: select("case"),
        settlement: select("settlement"),
      });
    },

    createBatch: ({ query, body }) => {
      const batch = (body ?? {}) as Partial<Record<ArrayName, unknown>>;
      const wrong = NAMES.filter((name) => batch[name] !== undefined && !Array.isArray(batch[name]));
      if (wrong.length > 0) throw invalidRequest(...wrong.map((name) => `/requestBody/${name} must be array`));
      const id = String(query.senderid ?? "");
      const sender = senders.get(id) ?? { creditor: [], case: [], settlement: [] };
      const errors: BatchError[] = [];
      const responses: BatchResponse[] = [];
      for (const objectname of NAMES) {
        const keyName = KEYS[objectname];
        for (const [objectindex, entry] of ((batch[objectname] as Entry[] | undefined) ?? []).entries()) {
          const key = entry?.[keyName];
          if (typeof key !== "string" || key === "") {
            errors.push({ objectname, objectindex, message: `${keyName} is missing.` });
            continue;
          }
          const entries = sender[objectname];
          const known = entries.findIndex((other) => other[keyName] === key);
          entries[known === -1 ? entries.length : known] = entry;
          responses.push({ objectname, objectindex, ledgerref: key, status_statuscode: "0" });
        }
      }
      if (responses.length > 0) senders.set(id, sender);
      return ok({ statuscode: errors.length === 0 ? 0 : 1, errors, responses });
    },
  };
  return { operations, counts: () => ({ legacySenders: senders.size }) };
}
