import type { FilesUploadRequest, UnseenObject } from "../../generated/accounts-receivable.js";
import type { CallOptions } from "../http/client.js";
import type { AccountsReceivableCall } from "./index.js";

/** Operating-system files of an ARM client. */
export class Files {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Reads files. Criteria and answer were not seen.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/get-one-or-more-os-files-4205281e0
   */
  list(options?: CallOptions): Promise<UnseenObject> {
    return this.call("listFiles", { path: { clientno: this.clientno } }, options);
  }

  /**
   * Uploads files as JSON, not as a form. Which kinds are allowed is set up for each ARM client. Fields were not seen, so any
   * can be sent; 207 stands for mixed outcomes (inferred).
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/post-upload-one-or-more-os-files-3942683e0
   */
  upload(body: FilesUploadRequest, options?: CallOptions): Promise<UnseenObject> {
    return this.call("uploadFiles", { path: { clientno: this.clientno }, body }, options);
  }
}
