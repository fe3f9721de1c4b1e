import type { DocumentBundleList, operations, UnseenObject } from "../../generated/accounts-receivable.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByQuery } from "../pagination.js";
import type { AccountsReceivableCall } from "./index.js";

const PAGES = pagesByQuery<UnseenObject, DocumentBundleList>((body) => body.documentBundles);

/** Bundles of documents. */
export class DocumentBundles {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Lists document bundles. Criteria and fields were not seen.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   */
  list(
    query?: Omit<QueryOf<operations["listDocumentBundles"]>, "query" | "pageno">,
    options?: ListOptions,
  ): Pager<UnseenObject, DocumentBundleList> {
    const path = { clientno: this.clientno };
    return new Pager(PAGES, (page, o) => this.call("listDocumentBundles", { path, query: page }, o), query, options);
  }

  /**
   * One document bundle.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/get-one-document-bundle-4205276e0
   */
  get(documentbundleid: string, options?: CallOptions): Promise<UnseenObject> {
    return this.call("getDocumentBundle", { path: { clientno: this.clientno, documentbundleid } }, options);
  }
}
