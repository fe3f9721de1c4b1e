import type { Case, CaseList, operations } from "../../generated/debt-collection.js";
import type { QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByToken } from "../pagination.js";
import type { DebtCollectionCall } from "./index.js";

const PAGES = pagesByToken<Case, CaseList>("PageToken", (body) => body.data);

/** Cases: what a debtor owes, and how far its collection has come. */
export class Cases {
  /** @internal */
  constructor(
    private readonly call: DebtCollectionCall,
    private readonly organizationId: string,
  ) {}

  /**
   * Lists the organisation's cases. The page shows that there is a list; the fields of a case are inferred.
   *
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   * @see https://docs.amili.dev/getcasesbyorganization-4326442e0
   */
  list(query?: Omit<QueryOf<operations["listCases"]>, "PageToken">, options?: ListOptions): Pager<Case, CaseList> {
    const path = { organizationId: this.organizationId };
    return new Pager(PAGES, (page, o) => this.call("listCases", { path, query: page }, o), query, options);
  }
}
