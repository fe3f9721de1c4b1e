import type { ArItem } from "../../../../generated/accounts-receivable.js";
import { ok, problem } from "../../answer.js";
import type { SandboxRequest } from "../../operation.js";
import { adbItemWire, updateItem } from "../ar-items.js";
import type { Clients } from "../clients.js";

/** The tag ArItems. */
export function arItemsOperations(clients: Clients) {
  return {
    getArItem: (request: SandboxRequest) => {
      const client = clients.of(request);
      const found = client.items.at(client.itemIndex(request.path.aritemid));
      return found ? ok(found) : problem(404, "No such AR item.");
    },
    listArItems: (request: SandboxRequest) => {
      const { reporttype, adbinterval } = request.query;
      const client = clients.of(request);
      const { items } = client;
      if (request.query.query !== undefined || String(reporttype).toLowerCase() !== "adbdetails") {
        return client.queries.page(request, {
          name: "arItems",
          find: () => items.existing(),
          wire: (index) => items.at(index),
        });
      }
      const behind = client.adb().intervals[Number(adbinterval)];
      if (!behind)
        return problem(400, "The request does not fit the spec.", ["/query/adbinterval must be from 0 to 6"]);
      return client.queries.page(request, {
        name: "arItems",
        find: () => behind.keys(),
        wire: (at) => {
          const { item = -1, balance = 0 } = behind[at] ?? {};
          return adbItemWire(items.at(item) as ArItem, balance);
        },
      });
    },
    updateArItem: (request: SandboxRequest) => {
      const { arItem } = request.body as { arItem?: unknown };
      const given = typeof arItem === "object" && arItem !== null ? (arItem as Record<string, unknown>) : undefined;
      return clients.written(request, (client) => updateItem(client, given));
    },
  };
}
