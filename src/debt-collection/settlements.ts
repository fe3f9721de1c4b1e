import type { operations, Settlement, SettlementList, SettlementResponse } from "../../generated/debt-collection.js";
import type { CallOptions, QueryOf } from "../http/client.js";
import { type ListOptions, Pager, pagesByToken } from "../pagination.js";
import type { DebtCollectionCall } from "./index.js";

const PAGES = pagesByToken<Settlement, SettlementList>("pageToken", (body) => body.data);

/** What was paid on cases, and how it was split. */
export class Settlements {
  /** @internal */
  constructor(
    private readonly call: DebtCollectionCall,
    private readonly organizationId: string,
  ) {}

  /**
   * Lists the organisation's settlements. Items have one of two forms, of 2025 or the current one; all fields are optional.
   *
   * @throws while it is read: {ApiError} the API refused; {PaginationError} a page was named twice
   * @see https://docs.amili.dev/getsettlements-4148071e0
   */
  list(
    query?: Omit<QueryOf<operations["listSettlements"]>, "pageToken">,
    options?: ListOptions,
  ): Pager<Settlement, SettlementList> {
    const path = { organizationId: this.organizationId };
    return new Pager(PAGES, (page, o) => this.call("listSettlements", { path, query: page }, o), query, options);
  }

  /**
   * One settlement; its id comes with the `SETTLEMENT_CREATED` webhook.
   *
   * @throws {ApiError} the API refused, or there is no such settlement (404)
   * @see https://docs.amili.dev/getsettlement-on-id-4148072e0
   */
  get(settlementId: string, options?: CallOptions): Promise<SettlementResponse> {
    return this.call("getSettlement", { path: { organizationId: this.organizationId, settlementId } }, options);
  }
}
