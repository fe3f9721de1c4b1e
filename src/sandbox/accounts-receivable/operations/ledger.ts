import type { AutoPostingsRequest, PaymentReservationRequest } from "../../../../generated/accounts-receivable.js";
import { ok, problem } from "../../answer.js";
import { timeOf } from "../../data/dates.js";
import { indexFrom } from "../../data/numbers.js";
import type { SandboxRequest } from "../../operation.js";
import { autoPost } from "../auto-postings.js";
import type { Clients } from "../clients.js";
import { listGlMovements } from "../gl-movements.js";
import { glItemWire } from "../ledger.js";
import { note } from "../log-items.js";
import { reserve } from "../payment-reservations.js";
import { accountNoOf } from "../seed.js";

/** The tags AutoPostings, GlItems, GlMovements, Insights and PaymentReservations. */
export function ledgerOperations(clients: Clients) {
  return {
    createAutoPostings: (request: SandboxRequest) => {
      const client = clients.of(request);
      const { autoPostings } = request.body as AutoPostingsRequest & { autoPostings?: unknown };
      const answer = autoPost(client, String(request.path.autopostingmethod), autoPostings);
      if (answer.status === 200) note(client, request.body, "Auto postings carried out or validated");
      return answer;
    },
    getGlItem: (request: SandboxRequest) => {
      const client = clients.of(request);
      const [of, no = "", ...rest] = String(request.path.glitemid).split("-");
      const index = of === String(client.no) && rest.length === 0 ? indexFrom(no, 0) : -1;
      const entry = client.ledger.entries.at(index);
      return entry ? ok(glItemWire(client.no, index, entry)) : problem(404, "No such GL item.");
    },
    listGlItems: (request: SandboxRequest) => {
      const { no, queries, ledger } = clients.of(request);
      return queries.page(request, {
        name: "glItems",
        find: function* () {
          for (const index of ledger.entries.existing()) if (ledger.entries.at(index)) yield index;
        },
        wire: (index) => {
          const entry = ledger.entries.at(index);
          return entry && glItemWire(no, index, entry);
        },
      });
    },
    listGlMovements: (request: SandboxRequest) => listGlMovements(clients.of(request), request.query),
    listAdbIntervals: (request: SandboxRequest) => {
      const client = clients.of(request);
      const { customerno, accountno } = request.query;
      const adb = client.adb();
      const chosen = customerno === undefined ? undefined : client.customerIndex(customerno);
      const intervals = adb.wire(
        (customer) =>
          (chosen === undefined || customer === chosen) &&
          (accountno === undefined || accountNoOf(customer) === accountno),
      );
      const summary = { totalCount: intervals.length };
      return ok({ summary, adb: { clientNo: client.no, cachedTime: timeOf(adb.computedAt), intervals } });
    },
    createPaymentReservation: (request: SandboxRequest) => {
      const { paymentReservation } = request.body as PaymentReservationRequest;
      return clients.written(request, (client) => reserve(client, paymentReservation));
    },
  };
}
