// Written by `npm run generate` from openapi/. Do not edit.
export interface paths {
    "/orgs/{organizationId}/batches/{batchId}": {
        /**
         * GetBatchById
         * @description Fetches one batch of an organisation: what succeeded and what failed. Meant for polling after a write; a batch
         *     starts as QUEUED and is finished when its status is SUCCESS, PARTIAL or FAILED.
         *
         *     The earlier title belonged to the path without the organisation, see getBatchLegacy.
         */
        get: operations["getBatch"];
    };
    "/orgs/{organizationId}/batches": {
        /**
         * GetBatchesByOrganization
         * @description Lists the batches of an organisation. The filters SubjectId and IdempotencyKey are on newer pages only. The
         *     filter is called State, the field of a batch is called status.
         */
        get: operations["listBatches"];
    };
    "/batches/{batchId}": {
        /**
         * GetBatchById - Legacy (To be removed)
         * @deprecated
         * @description Fetches one batch by its id alone. Its title announces that it will be removed; getBatch takes its place. The
         *     Example Workflow guide still polls this path.
         *
         *     The sample on the earlier page is cut after `data.batchId` and opens with the values of getBatch's sample.
         */
        get: operations["getBatchLegacy"];
    };
    "/batches": {
        /**
         * Get all batches
         * @deprecated
         * @description Lists batches without naming an organisation. On the 2025 pages only; newer pages have no such list, the nearest
         *     is listBatches.
         */
        get: operations["listAllBatches"];
    };
    "/orgs/{organizationId}/cases": {
        /**
         * GetCasesByOrganization
         * @description Lists the cases of an organisation, with filters and a search term. The newest operation of this API. There is no
         *     SortDirection here.
         */
        get: operations["listCases"];
    };
    "/orgs/{organizationId}/corrections": {
        /**
         * CreateCorrections
         * @description Registers corrections of amounts on invoices in collection, several in one call; each names its invoice by Amili's
         *     id. That this is its purpose follows from the title and the fields; the page describes its group only.
         */
        post: operations["createCorrections"];
    };
    "/orgs/{organizationId}/invoices": {
        /**
         * GetInvoicesByOrganization
         * @description Lists the invoices of an organisation, with filters. Paged by PageToken alone: no PageSize and no SortDirection.
         */
        get: operations["listInvoices"];
        /**
         * CreateInvoices
         * @description Hands one or more invoices over for reminder or collection. The token needs the scope `write:collection.case`.
         *     The call is accepted at once; the outcome is read from the batch or comes by webhook. Give each invoice a
         *     `uniqueSourceInvoiceId`, so that it can be found again.
         */
        post: operations["createInvoices"];
    };
    "/orgs/{organizationId}/invoices/{invoiceId}": {
        /**
         * GetInvoiceById
         * @description Fetches one invoice of an organisation. The summary of its sample carries a nextPageToken, although one object is
         *     returned.
         */
        get: operations["getInvoice"];
    };
    "/orgs/{organizationId}/invoices/{invoiceId}/documents": {
        /**
         * Get invoice documents by invoice id
         * @deprecated
         * @description By its title, the documents kept with an invoice. In the 2025 navigation only.
         */
        get: operations["listInvoiceDocuments"];
    };
    "/orgs/{organizationId}/invoices/{invoiceId}/history": {
        /**
         * Get invoice history by invoice id
         * @deprecated
         * @description By its title, what happened to an invoice. In the 2025 navigation only.
         */
        get: operations["listInvoiceHistory"];
    };
    "/orgs/{organizationId}/invoices/{invoiceId}/payments": {
        /**
         * Get invoice payments by invoice id
         * @deprecated
         * @description The payments registered on an invoice. On the 2025 pages only, without paging.
         */
        get: operations["listInvoicePayments"];
    };
    "/orgs/{organizationId}/invoices/{invoiceId}/pause": {
        /**
         * Pause invoice
         * @deprecated
         * @description By its title, puts the collection of an invoice on hold. In the 2025 navigation only; newer pages list a PauseCase,
         *     whose path is not known.
         */
        post: operations["pauseInvoice"];
    };
    "/orgs/{organizationId}/invoices/{invoiceId}/withdraw": {
        /**
         * Withdraw invoice
         * @deprecated
         * @description By its title, takes an invoice back from collection. In the 2025 navigation only; newer pages list a WithdrawCase,
         *     whose path is not known.
         */
        post: operations["withdrawInvoice"];
    };
    "/orgs/{organizationId}/invoices/{invoiceId}/resume": {
        /**
         * Resume invoice
         * @deprecated
         * @description Resumes the collection of a paused invoice. Has no request body and returns none, so there is no
         *     batch to follow. On the 2025 pages only; newer pages list a ResumeCase, whose path is not known.
         */
        post: operations["resumeInvoice"];
    };
    "/orgs/{organizationId}/payments": {
        /**
         * CreatePayments
         * @description Registers payments on invoices in collection, several in one call; each names its invoice by Amili's id. 429 is
         *     listed, so calls are throttled in a way that is not described.
         */
        post: operations["createPayments"];
    };
    "/orgs/{organizationId}/settlements": {
        /**
         * GetSettlements
         * @description Lists the settlements of an organisation. The names of the query parameters are camelCase here, unlike the other
         *     lists of this API; the 2025 page has none, although its body carries a nextPageToken. That page describes the
         *     call as one that creates a settlement; method, title and body are those of a read.
         *
         *     Only the body of the 2025 page was read whole. The newer page shows other fields, of which the first three were
         *     read; see Settlement.
         */
        get: operations["listSettlements"];
    };
    "/orgs/{organizationId}/settlements/{settlementId}": {
        /**
         * GetSettlement on Id
         * @description Fetches one settlement. Its id comes with the SETTLEMENT_CREATED webhook. The summary of its sample carries a
         *     nextPageToken, although one object is returned.
         */
        get: operations["getSettlement"];
    };
}
export interface webhooks {
    BATCH_COMPLETED: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Batch Completed
         * @description Sent when Amili has processed a batch. The page's sample has a comment in its JSON, which lists the values of
         *     status; it is left out of the example here.
         */
        post: operations["onBatchCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    SETTLEMENT_CREATED: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * SETTLEMENT_CREATED
         * @description By its name, sent when a settlement exists; getSettlement fetches it.
         */
        post: operations["onSettlementCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    CASE: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * CASE
         * @description Looks like the event of a new case: its sample is OPEN and names no changed fields (inferred). The sample lacks a
         *     comma after caseNumber; the example here has it.
         */
        post: operations["onCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    CASE_UPDATED: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * CASE_UPDATED
         * @description By its name, sent when a case has changed; `data.fields` seems to name what changed (inferred). The sample lacks a
         *     comma after caseNumber; the example here has it.
         */
        post: operations["onCaseUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        Summary: {
            status: "SUCCESS" | (string & {});
            /**
             * @description Cursor of the next page. Absent, null or empty ends the list (which of them is not documented).
             *
             *
             *     @remarks Inferred: That it may be null; samples show a string.
             */
            nextPageToken?: string | null;
        };
        /**
         * @description Response to a write that is processed asynchronously. The guide says that a write returns a reference to a batch,
         *     so data.batchId is required.
         */
        BatchReference: {
            summary?: components["schemas"]["Summary"];
            data: {
                /** Format: uuid */
                batchId: string;
                /** @description Where the batch can be read. Its only sample is cut after `https://api.amili.no/co`. */
                batchUrl?: string;
            } & {
                [key: string]: unknown;
            };
        };
        BatchResponse: {
            summary?: components["schemas"]["Summary"];
            data: components["schemas"]["Batch"];
        };
        BatchList: {
            /** @remarks Inferred: That it is as on other pages, with a status; it was not observed. */
            summary?: components["schemas"]["Summary"];
            data: components["schemas"]["Batch"][];
        };
        Batch: {
            /** Format: uuid */
            batchId: string;
            type: "NONE" | "INVOICE" | (string & {});
            /** @description Starts as QUEUED, ends as SUCCESS, PARTIAL or FAILED. */
            status: "QUEUED" | "SUCCESS" | "PARTIAL" | "FAILED" | (string & {});
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description In every sample, yet optional here: by its name a batch that has not ended has none.
             */
            finishedAt?: string;
            /** Format: uuid */
            organizationId: string;
            /**
             * Format: uuid
             * @description Id of whoever created the batch (inferred from the name).
             */
            createdBy: string;
            succeeded: components["schemas"]["BatchItem"][];
            /** @description What did not go through. The items are empty objects in the sample. */
            failed?: {
                [key: string]: unknown;
            }[];
        } & {
            [key: string]: unknown;
        };
        /**
         * @description An item that went through. Samples differ: an empty object, one that begins with invoiceId and invoiceNumber, and
         *     the one of the 2025 list of all batches with four fields.
         */
        BatchItem: {
            /** @description On the 2025 page only. */
            $type?: "invoiceSuccess" | (string & {});
            /** Format: uuid */
            invoiceId?: string;
            invoiceNumber?: string;
            /** @description On the 2025 page; the newer sample is cut in this key or in one like it. */
            caseId?: string;
        } & {
            [key: string]: unknown;
        };
        BatchList2025: {
            summary?: components["schemas"]["Summary"];
            data: components["schemas"]["Batch2025"][];
        };
        /**
         * @description A batch as the 2025 list of all batches shows it. Its status is an object there, most likely by a mix-up on the
         *     page; everywhere else it is a string, so both are accepted.
         */
        Batch2025: {
            /** Format: uuid */
            batchId?: string;
            type?: "NONE" | "INVOICE" | (string & {});
            /** @remarks Inferred: That it can be a string, as in Batch. */
            status?: ("QUEUED" | "SUCCESS" | "PARTIAL" | "FAILED" | (string & {})) | components["schemas"]["BatchStatus2025"];
            /** Format: date-time */
            createdAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            /** Format: uuid */
            organizationId?: string;
            /**
             * Format: uuid
             * @description Id of whoever created the batch (inferred from the name).
             */
            createdBy?: string;
            succeeded?: components["schemas"]["BatchItem"][];
            /** @description The sample has one null in it. */
            failed?: ({
                [key: string]: unknown;
            } | null)[];
        };
        BatchStatus2025: {
            statuscode?: number;
            errors?: {
                objectname?: string;
                objectindex?: number;
                message?: string;
            }[];
            responses?: {
                objectname?: string;
                objectindex?: number;
                ledgerref?: string;
                status_statuscode?: string;
            }[];
        };
        CaseList: {
            /** @remarks Inferred: That it is as on other pages, with a status; it was not observed. */
            summary?: components["schemas"]["Summary"];
            data: components["schemas"]["Case"][];
        };
        /** @remarks Inferred: All fields. The page is cut before the first case; these are the cases that the newest page of the legacy batch operation shows. */
        Case: {
            /** Format: uuid */
            caseId?: string;
            /** @description An integer in its sample, a string in webhooks and settlements. */
            caseNumber?: string | number;
            /** Format: uuid */
            organizationId?: string;
            /** Format: uuid */
            creditorId?: string;
            creditorNumber?: string;
            status?: "OPEN" | "PAUSED" | (string & {});
            subStatus?: "DEBT_COLLECTION_LIST_MANUAL" | (string & {});
            type?: "PAYMENT_REMINDER" | "COLLECTION_NOTICE" | (string & {});
            description?: string;
            /** Format: date-time */
            registeredAt?: string;
            /** Format: date-time */
            closedAt?: string;
            caseToken?: string;
            invoices?: components["schemas"]["CaseInvoice"][];
            debtors?: components["schemas"]["CaseDebtor"][];
        } & {
            [key: string]: unknown;
        };
        /** @remarks Inferred: All fields, see Case. */
        CaseInvoice: {
            /** Format: uuid */
            invoiceId?: string;
            invoiceNumber?: string;
            /** Format: uuid */
            caseId?: string;
            /** Format: date-time */
            invoiceDate?: string;
            /** Format: date-time */
            dueDate?: string;
            /** Format: uuid */
            batchId?: string;
            /** Format: date-time */
            registeredAt?: string;
            originalAmount?: number;
            remainingAmount?: number;
            remainingPrincipal?: number;
            uniqueSourceInvoiceId?: string;
            paidAmount?: number;
            creditedAmount?: number;
            /** @description An empty object in its sample, a string everywhere else. */
            currency?: string | {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @remarks Inferred: All fields, see Case. */
        CaseDebtor: {
            /** Format: uuid */
            debtorId?: string;
            type?: "PRIVATE" | (string & {});
            debtorNumber?: string;
            customerNumber?: string;
            firstName?: string;
            lastName?: string;
            /** @description The key was read but not its value. */
            fullName?: string;
        } & {
            [key: string]: unknown;
        };
        /** @remarks Inferred: That corrections is required; it is the whole body. */
        CreateCorrectionsRequest: CreateCorrectionsRequest;
        CorrectionInput: CorrectionInput;
        /** @remarks Inferred: That invoices is required; it is the whole body as far as it was observed. */
        CreateInvoicesRequest: CreateInvoicesRequest;
        /** @description Known in part only. Which fields are required is not documented. */
        InvoiceInput: InvoiceInput;
        InvoiceList: {
            /** @remarks Inferred: That it is as on other pages, with a status; it was not observed. */
            summary?: components["schemas"]["Summary"];
            data: components["schemas"]["Invoice"][];
        };
        InvoiceResponse: {
            summary?: components["schemas"]["Summary"];
            data: components["schemas"]["Invoice"];
        };
        /** @description Known in part only. The fields after organization were read in the list. */
        Invoice: {
            /**
             * Format: uuid
             * @description Amili's id of the invoice.
             */
            id: string;
            organization: components["schemas"]["Organization"];
            invoiceNumber?: string;
            collectionCaseNumber?: string;
            type?: "PAYMENT_REMINDER" | "NOTICE" | (string & {});
            status?: "OPEN" | (string & {});
            /** Format: date-time */
            createdAt?: string;
        } & {
            [key: string]: unknown;
        };
        Organization: {
            /** Format: uuid */
            id: string;
            organizationNumber?: string;
            name?: string;
        };
        /** @remarks Inferred: That payments is required; it is the whole body as far as it was observed. */
        CreatePaymentsRequest: CreatePaymentsRequest;
        /** @description Known in part only. Which fields are required is not documented. */
        PaymentInput: PaymentInput;
        SettlementList: {
            summary?: components["schemas"]["Summary"];
            data: components["schemas"]["Settlement"][];
        };
        SettlementResponse: {
            summary?: components["schemas"]["Summary"];
            data: components["schemas"]["Settlement"];
        };
        /**
         * @description Two forms in one: newer pages show the first five fields and are cut there, the 2025 page shows the others. Which
         *     of the fields of 2025 are still sent is not known.
         */
        Settlement: {
            /** @description Newer pages. */
            caseNumber?: string;
            /** @description Newer pages. */
            collectionType?: "REMINDER" | (string & {});
            /** @description Newer pages and the 2025 page. */
            currency?: string;
            /** @description Newer pages, there on a single settlement. */
            customerReference?: string;
            /** @description Newer pages, there on a single settlement. */
            exchangeRate?: number;
            /**
             * Format: uuid
             * @description 2025 page.
             */
            id?: string;
            /** @description 2025 page. */
            organization?: components["schemas"]["Organization"];
            /**
             * Format: date-time
             * @description 2025 page.
             */
            date?: string;
            /**
             * Format: date-time
             * @description 2025 page.
             */
            remittanceDate?: string;
            /** @description 2025 page. */
            paymentAmount?: number;
            /** @description 2025 page. */
            invoice?: components["schemas"]["SettlementInvoice"];
            /** @description 2025 page. */
            principalDistribution?: components["schemas"]["Distribution"];
            /** @description 2025 page. */
            feeDistribution?: components["schemas"]["Distribution"];
            /** @description 2025 page. */
            interestDistribution?: components["schemas"]["Distribution"];
            /** @description 2025 page. */
            vat?: number;
        } & {
            [key: string]: unknown;
        };
        /** @description The invoice that a settlement of the 2025 page belongs to. */
        SettlementInvoice: {
            /** Format: uuid */
            id?: string;
            invoiceNumber?: string;
            collectionCaseNumber?: string;
            type?: string;
            status?: string;
        };
        /** @description How an amount was split. */
        Distribution: {
            collector?: number;
            creditor?: number;
        };
        BatchCompletedEvent: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "BATCH_COMPLETED";
            source: "COLLECTION" | (string & {});
            /** Format: date-time */
            timeStamp: string;
            data: {
                /** Format: uuid */
                batchId?: string;
                /** Format: uuid */
                organizationId?: string;
                status?: "SUCCESS" | "PARTIAL" | "FAILED" | (string & {});
            };
        };
        SettlementCreatedEvent: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            type: "SETTLEMENT_CREATED";
            source: "COLLECTION" | (string & {});
            /** Format: date-time */
            timeStamp: string;
            data: {
                /** Format: uuid */
                settlementId?: string;
                /** Format: uuid */
                organizationId?: string;
                /** Format: date */
                settlementDate?: string;
                /** Format: uuid */
                invoiceId?: string;
                invoiceNumber?: string;
                caseNumber?: string;
            };
        };
        CaseEvent: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            eventType: "CASE";
            source: "COLLECTION" | (string & {});
            /** Format: date-time */
            timeStamp: string;
            data: {
                /**
                 * Format: uuid
                 * @description The organisation's id.
                 */
                orgId: string;
                /** Format: uuid */
                caseId: string;
                caseNumber: string;
                type: "PAYMENT_REMINDER" | "COLLECTION_NOTICE" | (string & {});
                status: "OPEN" | "PAUSED" | (string & {});
                /** @description Ids of the invoices (inferred from the name). */
                invoices: string[];
            };
        };
        CaseUpdatedEvent: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            eventType: "CASE_UPDATED";
            source: "COLLECTION" | (string & {});
            /** Format: date-time */
            timeStamp: string;
            data: {
                /**
                 * Format: uuid
                 * @description The organisation's id.
                 */
                orgId: string;
                /** Format: uuid */
                caseId: string;
                caseNumber: string;
                type: "PAYMENT_REMINDER" | "COLLECTION_NOTICE" | (string & {});
                status: "OPEN" | "PAUSED" | (string & {});
                /** @description Ids of the invoices (inferred from the name). */
                invoices: string[];
                /** @description What changed (inferred from the name). */
                fields?: ("amounts" | "status" | "type" | "description" | (string & {}))[];
            };
        };
    };
    responses: {
        /** @description Errors that the page does not list, with any body or none. */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Bad Request */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Unauthorized */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Forbidden */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Not Found */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Conflict */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Unprocessable Entity */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Locked */
        Locked: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Too Many Requests */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Internal Server Error */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Not Implemented */
        NotImplemented: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Bad Gateway */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Service Unavailable */
        ServiceUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description The response that Amili expects is not documented. */
        WebhookAnswer: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /**
         * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
         *
         *     @remarks Inferred: Its format, from samples.
         */
        OrganizationId: string;
        /**
         * @description Returned by a write and sent with the BATCH_COMPLETED webhook.
         *
         *     @remarks Inferred: Its format, from samples.
         */
        BatchId: string;
        /**
         * @description Amili's id of the invoice.
         *
         *     @remarks Inferred: Its format, from samples.
         */
        InvoiceId: string;
        /**
         * @description Values are not documented; those here are the values of a batch's status.
         *
         *     @remarks Inferred: Type, optionality and values; only the name was read.
         */
        BatchState: "QUEUED" | "SUCCESS" | "PARTIAL" | "FAILED" | (string & {});
        /**
         * @description Values are not documented; those here are the types of a batch in samples.
         *
         *     @remarks Inferred: Type, optionality and values; only the name was read.
         */
        BatchType: "NONE" | "INVOICE" | (string & {});
        /**
         * @description summary.nextPageToken of the page before.
         *
         *     @remarks Inferred: Type and optionality; only the name was read.
         */
        PageToken: string;
        /**
         * @description Default and maximum are not documented.
         *
         *     @remarks Inferred: Type and optionality; only the name was read.
         */
        PageSize: number;
        /**
         * @description Values are not documented.
         *
         *     @remarks Inferred: Type and optionality; only the name was read.
         */
        SortDirection: string;
        /** @remarks Inferred: Type and optionality; only the name was read. */
        CustomerNumber: string;
        /**
         * @description The caller's own id of an invoice.
         *
         *     @remarks Inferred: Type and optionality; only the name was read.
         */
        UniqueSourceInvoiceId: string;
        /**
         * @description Type of the event, for routing.
         *
         *     @remarks Inferred: That its values are those of the body.
         */
        WebhookEvent: "BATCH_COMPLETED" | "SETTLEMENT_CREATED" | "CASE" | "CASE_UPDATED" | (string & {});
        /** @description Identifies the delivery, so that a repeated one can be dropped. */
        WebhookIdempotencyKey: string;
        /** @description Identifies the request. */
        WebhookRequestId: string;
        /** @description For checking that the request comes from Amili. The scheme was not observed. */
        WebhookSignature: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
                /**
                 * @description Returned by a write and sent with the BATCH_COMPLETED webhook.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                batchId: components["parameters"]["BatchId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The batch. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @remarks The example is cut in the third field of the first item of succeeded.
                     * @example {
                     *       "summary": {
                     *         "status": "SUCCESS"
                     *       },
                     *       "data": {
                     *         "batchId": "ae257e86-dc53-4865-9c97-5b125a3a5ac2",
                     *         "type": "INVOICE",
                     *         "status": "SUCCESS",
                     *         "createdAt": "2025-03-09T14:30:00Z",
                     *         "finishedAt": "2025-03-09T14:30:05Z",
                     *         "organizationId": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
                     *         "createdBy": "8a1b2c3d-4e5f-6789-abcd-ef0123456789",
                     *         "succeeded": [
                     *           {
                     *             "invoiceId": "cfa69f56-2faf-4a1f-a011-1980d4e385b0",
                     *             "invoiceNumber": "INV-2025-001"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["BatchResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listBatches: {
        parameters: {
            query?: {
                /**
                 * @description Values are not documented; those here are the values of a batch's status.
                 *
                 *     @remarks Inferred: Type, optionality and values; only the name was read.
                 */
                State?: components["parameters"]["BatchState"];
                /**
                 * @description Values are not documented; those here are the types of a batch in samples.
                 *
                 *     @remarks Inferred: Type, optionality and values; only the name was read.
                 */
                Type?: components["parameters"]["BatchType"];
                /**
                 * @description Meaning and format are not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                SubjectId?: string;
                /**
                 * @description How a write gets its key is not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                IdempotencyKey?: string;
                /**
                 * @description summary.nextPageToken of the page before.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                PageToken?: components["parameters"]["PageToken"];
                /**
                 * @description Default and maximum are not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                PageSize?: components["parameters"]["PageSize"];
                /**
                 * @description Values are not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                SortDirection?: components["parameters"]["SortDirection"];
            };
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of batches. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @remarks The example is cut after the first item.
                     * @example {
                     *       "data": [
                     *         {
                     *           "batchId": "5579c111-9c50-47e2-af92-f16d52e63189",
                     *           "type": "NONE",
                     *           "status": "QUEUED",
                     *           "createdAt": "2019-08-24T14:15:22.123Z",
                     *           "finishedAt": "2019-08-24T14:15:22.123Z",
                     *           "organizationId": "7bc05553-4b68-44e8-b7bc-37be63c6d9e9",
                     *           "createdBy": "25a02396-1048-48f9-bf93-102d2fb7895e",
                     *           "succeeded": [
                     *             {}
                     *           ],
                     *           "failed": [
                     *             {}
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BatchList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getBatchLegacy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Returned by a write and sent with the BATCH_COMPLETED webhook.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                batchId: components["parameters"]["BatchId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description The batch.
             *
             *     @remarks Inferred: That the body is that of getBatch; only its first two fields were read here.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResponse"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAllBatches: {
        parameters: {
            query?: {
                /**
                 * @description Values are not documented; those here are the values of a batch's status.
                 *
                 *     @remarks Inferred: Type, optionality and values; only the name was read.
                 */
                State?: components["parameters"]["BatchState"];
                /**
                 * @description Values are not documented; those here are the types of a batch in samples.
                 *
                 *     @remarks Inferred: Type, optionality and values; only the name was read.
                 */
                Type?: components["parameters"]["BatchType"];
                /**
                 * @description summary.nextPageToken of the page before.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                PageToken?: components["parameters"]["PageToken"];
                /**
                 * @description Default and maximum are not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                PageSize?: components["parameters"]["PageSize"];
                /**
                 * @description Values are not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                SortDirection?: components["parameters"]["SortDirection"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of batches. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "summary": {
                     *         "status": "string",
                     *         "nextPageToken": "string"
                     *       },
                     *       "data": [
                     *         {
                     *           "batchId": "5579c111-9c50-47e2-af92-f16d52e63189",
                     *           "type": "NONE",
                     *           "status": {
                     *             "statuscode": 0,
                     *             "errors": [
                     *               {
                     *                 "objectname": "string",
                     *                 "objectindex": 0,
                     *                 "message": "string"
                     *               }
                     *             ],
                     *             "responses": [
                     *               {
                     *                 "objectname": "string",
                     *                 "objectindex": 0,
                     *                 "ledgerref": "string",
                     *                 "status_statuscode": "string"
                     *               }
                     *             ]
                     *           },
                     *           "createdAt": "2019-08-24T14:15:22Z",
                     *           "finishedAt": "2019-08-24T14:15:22Z",
                     *           "organizationId": "7bc05553-4b68-44e8-b7bc-37be63c6d9e9",
                     *           "createdBy": "25a02396-1048-48f9-bf93-102d2fb7895e",
                     *           "succeeded": [
                     *             {
                     *               "$type": "invoiceSuccess",
                     *               "invoiceNumber": "string",
                     *               "caseId": "string",
                     *               "invoiceId": "4f163819-178d-470c-a246-d6768476a6ec"
                     *             }
                     *           ],
                     *           "failed": [
                     *             null
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BatchList2025"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listCases: {
        parameters: {
            query?: {
                /**
                 * @description Values are not documented; those here appear in samples of a case.
                 *
                 *     @remarks Inferred: Type, optionality and values; only the name was read.
                 */
                Status?: "OPEN" | "PAUSED" | (string & {});
                /**
                 * @description Values are not documented; those here appear in samples of a case.
                 *
                 *     @remarks Inferred: Type, optionality and values; only the name was read.
                 */
                Type?: "PAYMENT_REMINDER" | "COLLECTION_NOTICE" | (string & {});
                /** @remarks Inferred: Type and optionality; only the name was read. */
                CaseNumber?: string;
                /** @remarks Inferred: Type and optionality; only the name was read. */
                CustomerNumber?: components["parameters"]["CustomerNumber"];
                /**
                 * @description The caller's own id of an invoice.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                UniqueSourceInvoiceId?: components["parameters"]["UniqueSourceInvoiceId"];
                /** @remarks Inferred: Type and optionality; only the name was read. */
                SearchTerm?: string;
                /**
                 * @description Whether a date or a date-time is expected is not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                FromCreatedAt?: string;
                /**
                 * @description Whether a date or a date-time is expected is not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                ToCreatedAt?: string;
                /**
                 * @description summary.nextPageToken of the page before.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                PageToken?: components["parameters"]["PageToken"];
                /**
                 * @description Default and maximum are not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                PageSize?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of cases. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    createCorrections: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "corrections": [
                 *         {
                 *           "invoiceId": "4f163819-178d-470c-a246-d6768476a6ec",
                 *           "amount": 0,
                 *           "currency": "string",
                 *           "date": "2019-08-24T14:15:22.123Z",
                 *           "description": "string"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateCorrectionsRequest"];
            };
        };
        responses: {
            /** @description Accepted. A reference to the batch that will carry the outcome. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @remarks The example is cut inside data.batchUrl.
                     * @example {
                     *       "summary": {
                     *         "status": "SUCCESS"
                     *       },
                     *       "data": {
                     *         "batchId": "ae257e86-dc53-4865-9c97-5b125a3a5ac2"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["BatchReference"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                /**
                 * @description Values are not documented; the one here appears in a sample of an invoice.
                 *
                 *     @remarks Inferred: Type, optionality and value; only the name was read.
                 */
                Status?: "OPEN" | (string & {});
                /**
                 * @description Values are not documented; those here appear in samples of an invoice.
                 *
                 *     @remarks Inferred: Type, optionality and values; only the name was read.
                 */
                Type?: "PAYMENT_REMINDER" | "NOTICE" | (string & {});
                /** @remarks Inferred: Type and optionality; only the name was read. */
                InvoiceNumber?: string;
                /**
                 * @description The caller's own id of an invoice.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                UniqueSourceInvoiceId?: components["parameters"]["UniqueSourceInvoiceId"];
                /** @remarks Inferred: Type and optionality; only the name was read. */
                CustomerNumber?: components["parameters"]["CustomerNumber"];
                /**
                 * @description Which date it looks at, and whether a date or a date-time is expected, is not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                From?: string;
                /**
                 * @description Which date it looks at, and whether a date or a date-time is expected, is not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                To?: string;
                /**
                 * @description summary.nextPageToken of the page before.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of invoices. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @remarks The example is cut after createdAt of the first item.
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
                     *           "organization": {
                     *             "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
                     *             "organizationNumber": "string",
                     *             "name": "string"
                     *           },
                     *           "invoiceNumber": "string",
                     *           "collectionCaseNumber": "string",
                     *           "type": "PAYMENT_REMINDER",
                     *           "status": "OPEN",
                     *           "createdAt": "2019-08-24T14:15:22.123Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["Error"];
        };
    };
    createInvoices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @remarks The example is cut in the field description.
                 * @example {
                 *       "invoices": [
                 *         {
                 *           "type": "NOTICE",
                 *           "invoiceNumber": "INV-2024-00123",
                 *           "originalInvoiceAmount": 4500,
                 *           "currency": "NOK",
                 *           "invoiceDate": "2024-01-15T00:00:00Z",
                 *           "dueDate": "2024-02-15T00:00:00Z",
                 *           "uniqueSourceInvoiceId": "erp-order-9981"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateInvoicesRequest"];
            };
        };
        responses: {
            /**
             * @description Accepted. A reference to the batch that will carry the outcome.
             *
             *     @remarks Inferred: The guide says that a reference to a batch is returned; its shape is taken from createCorrections.
             */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReference"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
        };
    };
    getInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
                /**
                 * @description Amili's id of the invoice.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                invoiceId: components["parameters"]["InvoiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The invoice. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @remarks The example is cut in organization.organizationNumber.
                     * @example {
                     *       "summary": {
                     *         "status": "string",
                     *         "nextPageToken": "string"
                     *       },
                     *       "data": {
                     *         "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
                     *         "organization": {
                     *           "id": "497f6eca-6276-4993-bfeb-53cbbbba6f08"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listInvoiceDocuments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
                /**
                 * @description Amili's id of the invoice.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                invoiceId: components["parameters"]["InvoiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description Not documented.
             *
             *     @remarks Inferred: That the response is JSON.
             */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listInvoiceHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
                /**
                 * @description Amili's id of the invoice.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                invoiceId: components["parameters"]["InvoiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description Not documented.
             *
             *     @remarks Inferred: That the response is JSON.
             */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listInvoicePayments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
                /**
                 * @description Amili's id of the invoice.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                invoiceId: components["parameters"]["InvoiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payments. The body was not observed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Error"];
        };
    };
    pauseInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
                /**
                 * @description Amili's id of the invoice.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                invoiceId: components["parameters"]["InvoiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description Not documented.
             *
             *     @remarks Inferred: That there is no body, as with resumeInvoice.
             */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    withdrawInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
                /**
                 * @description Amili's id of the invoice.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                invoiceId: components["parameters"]["InvoiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description Not documented.
             *
             *     @remarks Inferred: That there is no body, as with resumeInvoice.
             */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    resumeInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
                /**
                 * @description Amili's id of the invoice.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                invoiceId: components["parameters"]["InvoiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. No body. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
        };
    };
    createPayments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @remarks The example is cut in currency.
                 * @example {
                 *       "payments": [
                 *         {
                 *           "invoiceId": "4f163819-178d-470c-a246-d6768476a6ec",
                 *           "type": "DIRECT_PAYMENT",
                 *           "amount": 0
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreatePaymentsRequest"];
            };
        };
        responses: {
            /**
             * @description Accepted. A reference to the batch that will carry the outcome.
             *
             *     @remarks Inferred: The page says that there is a body; its shape is taken from createCorrections.
             */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReference"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listSettlements: {
        parameters: {
            query?: {
                /**
                 * @description Whether a date or a date-time is expected is not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                fromDate?: string;
                /**
                 * @description Whether a date or a date-time is expected is not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                toDate?: string;
                /**
                 * @description Default and maximum are not documented.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                pageSize?: number;
                /**
                 * @description summary.nextPageToken of the page before.
                 *
                 *     @remarks Inferred: Type and optionality; only the name was read.
                 */
                pageToken?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of settlements. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getSettlement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organisation's id, issued by Amili. Earlier pages call it orgId.
                 *
                 *     @remarks Inferred: Its format, from samples.
                 */
                organizationId: components["parameters"]["OrganizationId"];
                /**
                 * @description Comes with the SETTLEMENT_CREATED webhook.
                 *
                 *     @remarks Inferred: Its format, from the sample of the webhook.
                 */
                settlementId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description The settlement.
             *
             *     @remarks Inferred: That a single settlement can have the fields of the 2025 list. Its own page is cut after exchangeRate.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @remarks The example is cut after exchangeRate.
                     * @example {
                     *       "summary": {
                     *         "status": "string",
                     *         "nextPageToken": "string"
                     *       },
                     *       "data": {
                     *         "caseNumber": "string",
                     *         "collectionType": "REMINDER",
                     *         "currency": "string",
                     *         "customerReference": "string",
                     *         "exchangeRate": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SettlementResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    onBatchCompleted: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Type of the event, for routing.
                 *
                 *     @remarks Inferred: That its values are those of the body.
                 */
                "X-Amili-Event"?: components["parameters"]["WebhookEvent"];
                /** @description Identifies the delivery, so that a repeated one can be dropped. */
                IdempotencyKey?: components["parameters"]["WebhookIdempotencyKey"];
                /** @description Identifies the request. */
                "X-Amili-Request-Id"?: components["parameters"]["WebhookRequestId"];
                /** @description For checking that the request comes from Amili. The scheme was not observed. */
                "X-Webhook-Signature"?: components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "897e1f80-ceb5-4b58-a2aa-c895aff6ce3e",
                 *       "type": "BATCH_COMPLETED",
                 *       "source": "COLLECTION",
                 *       "timeStamp": "2025-08-15T11:42:00Z",
                 *       "data": {
                 *         "batchId": "db6a7ff4-3a20-4042-b271-a9485ded6333",
                 *         "organizationId": "db6a7ff4-3a20-4042-b271-a9485ded6334",
                 *         "status": "SUCCESS"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["BatchCompletedEvent"];
            };
        };
        responses: {
            default: components["responses"]["WebhookAnswer"];
        };
    };
    onSettlementCreated: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Type of the event, for routing.
                 *
                 *     @remarks Inferred: That its values are those of the body.
                 */
                "X-Amili-Event"?: components["parameters"]["WebhookEvent"];
                /** @description Identifies the delivery, so that a repeated one can be dropped. */
                IdempotencyKey?: components["parameters"]["WebhookIdempotencyKey"];
                /** @description Identifies the request. */
                "X-Amili-Request-Id"?: components["parameters"]["WebhookRequestId"];
                /** @description For checking that the request comes from Amili. The scheme was not observed. */
                "X-Webhook-Signature"?: components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "897e1f80-ceb5-4b58-a2aa-c895aff6ce3e",
                 *       "type": "SETTLEMENT_CREATED",
                 *       "source": "COLLECTION",
                 *       "timeStamp": "2025-08-15T11:42:00Z",
                 *       "data": {
                 *         "settlementId": "db6a7ff4-3a20-4042-b271-a9485ded6333",
                 *         "organizationId": "db6a7ff4-3a20-4042-b271-a9485ded6334",
                 *         "settlementDate": "2025-08-15",
                 *         "invoiceId": "425284ba-ce41-48cc-9407-f851dccdb8ad",
                 *         "invoiceNumber": "1234567",
                 *         "caseNumber": "1234567"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SettlementCreatedEvent"];
            };
        };
        responses: {
            default: components["responses"]["WebhookAnswer"];
        };
    };
    onCase: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Type of the event, for routing.
                 *
                 *     @remarks Inferred: That its values are those of the body.
                 */
                "X-Amili-Event"?: components["parameters"]["WebhookEvent"];
                /** @description Identifies the delivery, so that a repeated one can be dropped. */
                IdempotencyKey?: components["parameters"]["WebhookIdempotencyKey"];
                /** @description Identifies the request. */
                "X-Amili-Request-Id"?: components["parameters"]["WebhookRequestId"];
                /** @description For checking that the request comes from Amili. The scheme was not observed. */
                "X-Webhook-Signature"?: components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "897e1f80-ceb5-4b58-a2aa-c895aff6ce3e",
                 *       "eventType": "CASE",
                 *       "source": "COLLECTION",
                 *       "timeStamp": "2025-08-15T11:42:00Z",
                 *       "data": {
                 *         "orgId": "db6a7ff4-3a20-4042-b271-a9485ded6334",
                 *         "caseId": "db6a7ff4-3a20-4042-b271-a9485ded6333",
                 *         "caseNumber": "5000001",
                 *         "type": "COLLECTION_NOTICE",
                 *         "status": "OPEN",
                 *         "invoices": [
                 *           "4a86b85e-a3c3-4299-b9e6-202d1096b990"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CaseEvent"];
            };
        };
        responses: {
            default: components["responses"]["WebhookAnswer"];
        };
    };
    onCaseUpdated: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Type of the event, for routing.
                 *
                 *     @remarks Inferred: That its values are those of the body.
                 */
                "X-Amili-Event"?: components["parameters"]["WebhookEvent"];
                /** @description Identifies the delivery, so that a repeated one can be dropped. */
                IdempotencyKey?: components["parameters"]["WebhookIdempotencyKey"];
                /** @description Identifies the request. */
                "X-Amili-Request-Id"?: components["parameters"]["WebhookRequestId"];
                /** @description For checking that the request comes from Amili. The scheme was not observed. */
                "X-Webhook-Signature"?: components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "897e1f80-ceb5-4b58-a2aa-c895aff6ce3e",
                 *       "eventType": "CASE_UPDATED",
                 *       "source": "COLLECTION",
                 *       "timeStamp": "2025-08-15T11:42:00Z",
                 *       "data": {
                 *         "orgId": "db6a7ff4-3a20-4042-b271-a9485ded6334",
                 *         "caseId": "db6a7ff4-3a20-4042-b271-a9485ded6333",
                 *         "caseNumber": "5000001",
                 *         "type": "COLLECTION_NOTICE",
                 *         "status": "PAUSED",
                 *         "invoices": [
                 *           "4a86b85e-a3c3-4299-b9e6-202d1096b990"
                 *         ],
                 *         "fields": [
                 *           "amounts",
                 *           "status",
                 *           "type",
                 *           "description"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CaseUpdatedEvent"];
            };
        };
        responses: {
            default: components["responses"]["WebhookAnswer"];
        };
    };
}
/** @remarks Inferred: That corrections is required; it is the whole body. */
export interface CreateCorrectionsRequest {
    corrections: components["schemas"]["CorrectionInput"][];
}
export interface CorrectionInput {
    /**
     * Format: uuid
     * @description Amili's id of the invoice.
     */
    invoiceId?: string;
    /** @description The meaning of its sign is not documented. */
    amount?: number;
    currency?: string;
    /** @description A date-time in the sample. Whether a plain date is taken is not documented. */
    date?: string;
    description?: string;
}
/** @remarks Inferred: That invoices is required; it is the whole body as far as it was observed. */
export interface CreateInvoicesRequest {
    invoices: components["schemas"]["InvoiceInput"][];
}
/** @description Known in part only. Which fields are required is not documented. */
export interface InvoiceInput {
    type?: "PAYMENT_REMINDER" | "NOTICE" | (string & {});
    invoiceNumber?: string;
    /** @description Not described. Absent from the sample of the guide. */
    vat?: boolean;
    /** @description Not described. Absent from the sample of the guide. */
    fees?: boolean;
    originalInvoiceAmount?: number;
    /** @description NOK in samples. */
    currency?: string;
    /** @description A date or a date-time. Samples show both, `2024-01-15T00:00:00Z` and `yyyy-MM-dd`. */
    invoiceDate?: string;
    /** @description A date or a date-time, as invoiceDate. */
    dueDate?: string;
    /**
     * @description A date or a date-time, as invoiceDate, or null.
     *
     *     @remarks Inferred: Only the key and the first letter of a null were read; the type is taken from the other dates.
     */
    collectionNoticeDate?: string | null;
    /** @description The caller's own id of the invoice. Whether it has to be unique is not documented. */
    uniqueSourceInvoiceId?: string;
    description?: string;
}
/** @remarks Inferred: That payments is required; it is the whole body as far as it was observed. */
export interface CreatePaymentsRequest {
    payments: components["schemas"]["PaymentInput"][];
}
/** @description Known in part only. Which fields are required is not documented. */
export interface PaymentInput {
    /**
     * Format: uuid
     * @description Amili's id of the invoice.
     */
    invoiceId?: string;
    type?: "DIRECT_PAYMENT" | (string & {});
    amount?: number;
    currency?: string;
}
type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
export interface Summary extends Schema<"Summary"> {}
export interface BatchReference extends Schema<"BatchReference"> {}
export interface BatchResponse extends Schema<"BatchResponse"> {}
export interface BatchList extends Schema<"BatchList"> {}
export interface Batch extends Schema<"Batch"> {}
export interface BatchItem extends Schema<"BatchItem"> {}
export interface BatchList2025 extends Schema<"BatchList2025"> {}
export interface Batch2025 extends Schema<"Batch2025"> {}
export interface BatchStatus2025 extends Schema<"BatchStatus2025"> {}
export interface CaseList extends Schema<"CaseList"> {}
export interface Case extends Schema<"Case"> {}
export interface CaseInvoice extends Schema<"CaseInvoice"> {}
export interface CaseDebtor extends Schema<"CaseDebtor"> {}
export interface InvoiceList extends Schema<"InvoiceList"> {}
export interface InvoiceResponse extends Schema<"InvoiceResponse"> {}
export interface Invoice extends Schema<"Invoice"> {}
export interface Organization extends Schema<"Organization"> {}
export interface SettlementList extends Schema<"SettlementList"> {}
export interface SettlementResponse extends Schema<"SettlementResponse"> {}
export interface Settlement extends Schema<"Settlement"> {}
export interface SettlementInvoice extends Schema<"SettlementInvoice"> {}
export interface Distribution extends Schema<"Distribution"> {}
export interface BatchCompletedEvent extends Schema<"BatchCompletedEvent"> {}
export interface SettlementCreatedEvent extends Schema<"SettlementCreatedEvent"> {}
export interface CaseEvent extends Schema<"CaseEvent"> {}
export interface CaseUpdatedEvent extends Schema<"CaseUpdatedEvent"> {}
