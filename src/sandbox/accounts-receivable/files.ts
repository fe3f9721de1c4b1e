import type { FilesUploadRequest } from "../../../generated/accounts-receivable.js";
import { timeOf } from "../data/dates.js";
import type { SandboxRequest } from "../server/operation.js";
import { HttpError, ok } from "../server/response.js";
import type { Client } from "./client.js";
import { attempt, type Clients, log } from "./clients.js";
import type { ClientFile, Written } from "./model.js";

/** The configuration of every client. The keys are the sandbox's own. */
const CONFIGS: Record<string, string[]> = {
  currency: ["NOK"],
  uploadFileTypes: ["csv", "json", "pdf", "txt", "xml"],
};

/** Files, and the configuration that says which types may be uploaded. */
export const fileOperations = (clients: Clients) => ({
  listClientConfigs: (request: SandboxRequest) => {
    const { no } = clients.of(request);
    const clientConfigs = Object.entries(CONFIGS).map(([key, values]) => ({ clientNo: no, key, values }));
    return ok({ summary: { totalCount: clientConfigs.length }, clientConfigs });
  },
  getClientConfig: clients.get("configuration key", ({ no }, path) => {
    const key = Object.keys(CONFIGS).find((name) => name.toLowerCase() === String(path.key).toLowerCase());
    return key === undefined ? undefined : { clientNo: no, key, values: CONFIGS[key] };
  }),
  listFiles: (request: SandboxRequest) => {
    const { no, files } = clients.of(request);
    const all = [...files.existing()].map((index) => serializeFile(no, index, files.at(index) as ClientFile));
    return ok({ summary: { totalCount: all.length }, files: all });
  },
  uploadFiles: (request: SandboxRequest) => {
    const client = clients.of(request);
    const { files: given = [] } = request.body as FilesUploadRequest;
    const files = given.map((file) => attempt(() => upload(client, file)));
    const created = files.filter(({ result }) => result === "CREATED").length;
    if (created === 0) return { status: 422, body: { status: "FAILED", message: "No file was uploaded.", files } };
    log(client, request.body, `${created} files uploaded`);
    return { status: created === files.length ? 200 : 207, body: { status: "PROCESSED", files } };
  },
});

/** What a file holds is undocumented; here a name, and its content in base64. */
function upload(client: Client, { fileName, content }: Record<string, unknown>): Written {
  const name = String(fileName ?? "");
  const types = CONFIGS.uploadFileTypes ?? [];
  if (!types.some((type) => name.toLowerCase().endsWith(`.${type}`))) {
    throw new HttpError(422, `fileName must have a type of ${types.join(", ")}.`);
  }
  const size = Buffer.from(String(content ?? ""), "base64").length;
  const index = client.files.add({ name, size, at: client.context.now() });
  return { result: "CREATED", message: "File uploaded", fileId: String(index + 1), fileName: name };
}

const serializeFile = (clientNo: number, index: number, { name, size, at }: ClientFile) => ({
  clientNo,
  fileId: String(index + 1),
  fileName: name,
  size,
  createdTime: timeOf(at),
});
