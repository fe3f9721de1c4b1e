import { ok, Refusal, type SandboxAnswer } from "../answer.js";
import type { SandboxRequest } from "../operation.js";
import type { Client } from "./client.js";
import { GL_ACCOUNTS, periodOf } from "./gl-accounts.js";
import { movementWire } from "./ledger.js";

const SINGLE = ["glyear", "glperiod"];
const RANGE = ["glyearfrom", "glperiodfrom", "glyearto", "glperiodto"];
/** The longest range, in periods. */
const LONGEST = 1200;

/** Opening balance, movement and closing balance of each account in each period. The end of a range is included. */
export function listGlMovements(client: Client, query: SandboxRequest["query"]): SandboxAnswer {
  const [from, to] = rangeOf(query);
  const wanted = query.glaccountno;
  const movements = client.ledger.movements(
    from,
    to,
    (account) => wanted === undefined || GL_ACCOUNTS[account].no === wanted,
  );
  const glMovements = movements.map((movement) => movementWire(client.no, movement));
  return ok({ summary: { totalCount: glMovements.length }, glMovements });
}

function rangeOf(query: SandboxRequest["query"]): [number, number] {
  const given = [...SINGLE, ...RANGE].filter((name) => query[name] !== undefined).join();
  if (given !== SINGLE.join() && given !== RANGE.join())
    refuse(`Give either ${SINGLE.join(", ")} or ${RANGE.join(", ")}.`);
  const period = (year: string, name: string) => {
    const no = Number(query[name]);
    if (no < 1 || no > 12) refuse(`/query/${name} must be from 1 to 12`);
    return periodOf(Number(query[year]), no);
  };
  if (given === SINGLE.join()) {
    const single = period("glyear", "glperiod");
    return [single, single];
  }
  const [from, to] = [period("glyearfrom", "glperiodfrom"), period("glyearto", "glperiodto")];
  if (to - from >= LONGEST) refuse(`The range must have at most ${LONGEST} periods.`);
  return [from, to];
}

function refuse(fault: string): never {
  throw new Refusal(400, "The request does not fit what the sandbox takes.", [fault]);
}
