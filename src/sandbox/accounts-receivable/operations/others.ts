import type { FilesUploadRequest } from "../../../../generated/accounts-receivable.js";
import { ok, problem } from "../../answer.js";
import { indexFrom } from "../../data/numbers.js";
import type { SandboxRequest } from "../../operation.js";
import { batchAnswer } from "../batches.js";
import { CONFIG_KEYS, configKey, configWire } from "../client-configs.js";
import type { Clients } from "../clients.js";
import { fileWire, upload } from "../files.js";
import { logItemWire, note } from "../log-items.js";

/** The tags Batches, ClientConfigs, Files and LogItems. */
export function othersOperations(clients: Clients) {
  return {
    getBatch: (request: SandboxRequest) =>
      batchAnswer(clients.of(request), String(request.path.batchuuid)) ?? problem(404, "No such batch."),
    listClientConfigs: ({ path }: SandboxRequest) =>
      ok({
        summary: { totalCount: CONFIG_KEYS.length },
        clientConfigs: CONFIG_KEYS.map((key) => configWire(Number(path.clientno), key)),
      }),
    getClientConfig: ({ path }: SandboxRequest) => {
      const key = configKey(String(path.key));
      return key ? ok(configWire(Number(path.clientno), key)) : problem(404, "No such configuration key.");
    },
    listFiles: (request: SandboxRequest) => {
      const { no, files } = clients.of(request);
      const all = [...files.existing()].flatMap((index) => {
        const file = files.at(index);
        return file ? [fileWire(no, index, file)] : [];
      });
      return ok({ summary: { totalCount: all.length }, files: all });
    },
    uploadFiles: (request: SandboxRequest) => {
      const client = clients.of(request);
      const { files = [] } = request.body as FilesUploadRequest;
      if (files.length === 0) return problem(422, "files must be a list with at least one file.");
      const outcomes = files.map((file) => upload(client, file));
      const taken = outcomes.filter(({ result }) => result === "CREATED").length;
      if (taken > 0) note(client, request.body, `${taken} files uploaded`);
      const status = taken === files.length ? 200 : taken > 0 ? 207 : 422;
      return { status, body: { status: taken > 0 ? "PROCESSED" : "FAILED", files: outcomes } };
    },
    getLogItem: (request: SandboxRequest) => {
      const { no, log } = clients.of(request);
      const index = indexFrom(String(request.path.logitemid), 1);
      const item = log.at(index);
      return item ? ok(logItemWire(no, index, item)) : problem(404, "No such log item.");
    },
    listLogItems: (request: SandboxRequest) => {
      const { no, queries, log } = clients.of(request);
      return queries.page(request, {
        name: "logItems",
        find: () => log.existing(),
        wire: (index) => {
          const item = log.at(index);
          return item && logItemWire(no, index, item);
        },
      });
    },
  };
}
