import type { FilesUploadRequest } from "../../../generated/accounts-receivable.js";
import type { SandboxRequest } from "../server/operation.js";
import { HttpError } from "../server/response.js";
import { attempt } from "./clients.js";
import type { Written } from "./model.js";

/** The types that may be uploaded. Amili configures them for each client. */
const TYPES = ["csv", "json", "pdf", "txt", "xml"];

/** Accepts files and discards them, since no documented operation reads them. */
export function uploadFiles({ body }: SandboxRequest) {
  const files = ((body as FilesUploadRequest).files ?? []).map((file) => attempt(() => upload(file)));
  const created = files.filter(({ result }) => result === "CREATED").length;
  if (created === 0) return { status: 422, body: { status: "FAILED", message: "No file was uploaded.", files } };
  return { status: created === files.length ? 200 : 207, body: { status: "PROCESSED", files } };
}

/** The fields of a file are undocumented; here it has a name. */
function upload({ fileName }: Record<string, unknown>): Written {
  const name = String(fileName ?? "").toLowerCase();
  if (!TYPES.some((type) => name.endsWith(`.${type}`))) {
    throw new HttpError(422, `fileName must have one of the types ${TYPES.join(", ")}.`);
  }
  return { result: "CREATED", message: "File uploaded" };
}
