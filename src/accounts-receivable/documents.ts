import type {
  DocumentList,
  DocumentRequest,
  DocumentsBatchRequest,
  operations,
  UnseenObject,
  WriteResult,
} from "../../generated/accounts-receivable.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByQuery } from "../pagination.js";
import type { AccountsReceivableCall } from "./index.js";

const PAGES = pagesByQuery<UnseenObject, DocumentList>((body) => body.documents);

/** Invoices and their kin. */
export class Documents {
  /** @internal */
  constructor(
    private readonly call: AccountsReceivableCall,
    private readonly clientno: number,
  ) {}

  /**
   * Creates a document. Never sent again after a lost answer: look for it with `get` first.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/post-create-one-document-4205277e0
   */
  create(body: DocumentRequest, options?: CallOptions): Promise<WriteResult> {
    return this.call("createDocument", { path: { clientno: this.clientno }, body }, options);
  }

  /**
   * Searches documents. Criteria and fields were not seen.
   *
   * Its path was concluded, not read: refused unless `allowInferred` is set.
   *
   * @throws {InferredOperationError} `allowInferred` is not set
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   * @see https://docs.amili.dev/get-a-list-of-documents-4205278e0
   */
  list(
    query?: Omit<QueryOf<operations["listDocuments"]>, "query" | "pageno">,
    options?: ListOptions,
  ): Pager<UnseenObject, DocumentList> {
    const path = { clientno: this.clientno };
    return new Pager(PAGES, (page, o) => this.call("listDocuments", { path, query: page }, o), query, options);
  }

  /**
   * One document. Its fields depend on its type and on `expand`; none were seen.
   *
   * @throws {ApiError} the API refused, or there is no such document (404)
   * @see https://docs.amili.dev/get-one-document-3942667e0
   */
  get(documentno: string, query?: QueryOf<operations["getDocument"]>, options?: CallOptions): Promise<UnseenObject> {
    return this.call("getDocument", { path: { clientno: this.clientno, documentno }, query }, options);
  }

  /**
   * Hands over several documents, presumably worked through later; see `batches.get`. Never sent again after a lost answer:
   * look for the documents with `get` first.
   *
   * @throws {ApiError} the API refused
   * @see https://docs.amili.dev/post-create-a-batch-of-documents-3942668e0
   */
  createBatch(body: DocumentsBatchRequest, options?: CallOptions): Promise<UnseenObject> {
    return this.call("createDocumentsBatch", { path: { clientno: this.clientno }, body }, options);
  }
}
