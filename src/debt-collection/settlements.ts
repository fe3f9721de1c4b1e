import type { operations, Settlement, SettlementList } from "../../generated/debt-collection.js";
import type { QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByToken } from "../pagination.js";
import type { DebtCollectionCall } from "./index.js";

const PAGES = pagesByToken<Settlement, SettlementList>("pageToken", (body) => body.data);

/** What was paid on cases, and how it was split. */
export class Settlements {
  readonly #call: DebtCollectionCall;
  readonly #path: { organizationId: string };

  /** @internal */
  constructor(call: DebtCollectionCall, organizationId: string) {
    this.#call = call;
    this.#path = { organizationId };
  }

  /**
   * Lists the organisation's settlements. Items have one of two forms, of 2025 or the current one; all fields are optional.
   *
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page token came twice
   * @see https://docs.amili.dev/getsettlements-4148071e0
   */
  list(
    query?: Omit<QueryOf<operations["listSettlements"]>, "pageToken">,
    options?: ListOptions,
  ): Pager<Settlement, SettlementList> {
    return new Pager(
      PAGES,
      (page, o) => this.#call("listSettlements", { path: this.#path, query: page }, o),
      query,
      options,
    );
  }
}
