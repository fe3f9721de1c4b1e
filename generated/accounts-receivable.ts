// Written by `npm run generate` from openapi/. Do not edit.
export interface paths {
    "/clients/{clientno}/actions/reports/{reporttype}": {
        /**
         * POST (create) a reports action/generate a report
         * @description Orders a report. The call only queues the request and returns a job queue id; the report itself is not in
         *     the response. What the body must hold depends on the report type; `adb` is the only type observed. Its intervals
         *     need not be numbered without gaps.
         *
         *     The page's 200 sample says `CREATED` although 201 is listed too: expect either.
         */
        post: operations["createReportsAction"];
    };
    "/clients/{clientno}/aritems": {
        /**
         * GET a list of AR items
         * @description Searches a client's AR items by criteria in the query, with paging. The items behind one interval of the ADB
         *     overview (`listAdbIntervals`) are read with `reporttype=adbdetails` and `adbinterval=<intervalNo>`.
         *
         *     A query finds at most `maximumcount` items in all (default and limit 10 000), in pages of `pagesize` (default 100,
         *     limit 1000).
         */
        get: operations["listArItems"];
        /**
         * PUT (update) ar item details
         * @description Changes details of an existing AR item. The same operation issues a credit note against an existing invoice or
         *     interest note. The item is not in the path, so the body has to name it.
         */
        put: operations["updateArItem"];
    };
    "/clients/{clientno}/aritems/{aritemid}": {
        /**
         * GET one AR item
         * @description Returns one AR item by its id. `currencyAmount` and `currencyBalance` are in `currency`, `glAmount` and `glBalance`
         *     in the currency of the ledger (inferred from the names; the page states no currency). With `expand` the response
         *     grows; the sample is the plain one.
         */
        get: operations["getArItem"];
    };
    "/clients/{clientno}/autopostings/{autopostingmethod}": {
        /**
         * POST (create) one or more auto postings
         * @description Carries out one or more auto postings. Each is a composite set of debit and credit entries in the general and
         *     customer ledgers that one event gives rise to.
         *
         *     - A call is all or nothing: if one posting fails, all of its batch are rejected as `FAILED`. One that was valid
         *       itself is then marked `resultType` = `BATCH-REJECTED` in the response.
         *     - A posting can be tagged with the option `validateOnly`. On one posting it affects the whole batch (inferred: then
         *       none of them is carried out).
         */
        post: operations["createAutoPostings"];
    };
    "/clients/{clientno}/batches/{batchuuid}": {
        /**
         * GET one batch
         * @description Tells the state and the details of one asynchronously processed batch. That the batch operations of customers and
         *     documents hand out the uuid is inferred from the purpose.
         */
        get: operations["getBatch"];
    };
    "/clients/{clientno}/clientconfigs": {
        /**
         * GET a list of client config values
         * @description Lists configuration values of a client. Only the title is known.
         */
        get: operations["listClientConfigs"];
    };
    "/clients/{clientno}/clientconfigs/{key}": {
        /**
         * GET values for one client config key
         * @description Returns the values of one configuration key of a client. Only title and method are known.
         */
        get: operations["getClientConfig"];
    };
    "/clients/{clientno}/customers": {
        /**
         * GET a list of customers
         * @description Searches a client's customers by criteria in the query and returns their details, in pages. `summary.nextPage`
         *     links to the next page: the same path with `query` (the summary's `queryId`) and `pageno`, without the criteria.
         *
         *     A query finds at most `maximumcount` customers in all (default and limit 10 000), in pages of `pagesize` (default
         *     100, limit 1000; 10 where less than 5 is asked for).
         */
        get: operations["listCustomers"];
        /**
         * PUT (update) one customer
         * @description Changes one existing customer within the call; the response gives status and result. A merge, not a replacement:
         *
         *     - A field that is left out or null keeps its stored value.
         *     - An empty string is a value and clears the stored one.
         *     - The postal address is one group: whoever changes one of its fields rewrites all of them (inferred: those not
         *       sent become blank).
         *
         *     The customer number is not in the path, so the body has to name the customer.
         */
        put: operations["updateCustomer"];
        /**
         * POST (create) one customer
         * @description Creates one customer. It is validated and stored within the call, the response gives status and result, and the
         *     customer can be used straight away. A customer that exists already is updated by the rules of `updateCustomer`.
         */
        post: operations["createCustomer"];
    };
    "/clients/{clientno}/customers/{customerno}": {
        /**
         * GET one customer
         * @description Returns one customer by customer number. Expect personal data in the response (`ssn`, addresses): keep it out of logs.
         */
        get: operations["getCustomer"];
        /**
         * DELETE a customer
         * @description Removes one customer. Allowed only while neither documents nor AR items are attached to it (inferred: otherwise 422).
         */
        delete: operations["deleteCustomer"];
    };
    "/clients/{clientno}/customers/batches": {
        /**
         * PUT (update) a batch of customers
         * @description Updates several existing customers in one call, sent as an array. The rules of `updateCustomer` presumably hold for
         *     each (inferred). That the batch is processed later and followed with `getBatch` is inferred.
         */
        put: operations["updateCustomersBatch"];
        /**
         * POST (create) a batch of customers
         * @description Creates several customers in one call; the counterpart of `createCustomer` (inferred). That the batch is processed
         *     later and followed with `getBatch` is inferred.
         */
        post: operations["createCustomersBatch"];
    };
    "/clients/{clientno}/documentbundles": {
        /**
         * GET a list of document bundles
         * @description Lists document bundles of a client. Only title and method are known.
         */
        get: operations["listDocumentBundles"];
    };
    "/clients/{clientno}/documentbundles/{documentbundleid}": {
        /**
         * GET one document bundle
         * @description Returns one document bundle. Only title and method are known.
         */
        get: operations["getDocumentBundle"];
    };
    "/clients/{clientno}/documents": {
        /**
         * GET a list of documents
         * @description Searches a client's documents. Only title and method are known.
         */
        get: operations["listDocuments"];
        /**
         * POST (create) one document
         * @description Creates one document, presumably within the call as for customers (inferred). Only title and method are known.
         */
        post: operations["createDocument"];
    };
    "/clients/{clientno}/documents/{documentno}": {
        /**
         * GET one document
         * @description Returns one document by document number. The body depends on the document type and on `expand`; the page has a
         *     sample for each, none observed.
         */
        get: operations["getDocument"];
    };
    "/clients/{clientno}/documents/batches": {
        /**
         * POST (create) a batch of documents
         * @description Hands over several documents in one call. Text lines (`lineType` TXT) carry the fields of product lines, empty or
         *     zero; the sample fills every unused field so. That the batch is processed later and followed with `getBatch` is
         *     inferred.
         */
        post: operations["createDocumentsBatch"];
    };
    "/clients/{clientno}/files": {
        /**
         * GET one or more OS files
         * @description Returns one or more operating-system files of a client. Only title and method are known.
         */
        get: operations["listFiles"];
        /**
         * POST (upload) one or more OS files
         * @description Uploads one or more operating-system files. Which kinds of file a client may upload is configured for it. The body
         *     is JSON, not multipart, so contents travel as text in it (inferred: base64). With several files the outcome
         *     can differ for each (inferred from 207).
         */
        post: operations["uploadFiles"];
    };
    "/clients/{clientno}/glitems/{glitemid}": {
        /**
         * Get one GL item
         * @description Returns one general-ledger item by its id.
         */
        get: operations["getGlItem"];
    };
    "/clients/{clientno}/glitems": {
        /**
         * GET a list of GL items
         * @description Searches a client's general-ledger items by criteria in the query, with paging.
         */
        get: operations["listGlItems"];
    };
    "/clients/{clientno}/glmovements": {
        /**
         * GET a list of GL movements/balances
         * @description Lists opening balance, movement and closing balance for each period and account of the general ledger. Choose the
         *     time either with `glyear` and `glperiod`, or as a range with `glyearfrom`, `glperiodfrom`, `glyearto` and
         *     `glperiodto`. `glaccountno` may be added. The list is not paged as far as the page shows.
         */
        get: operations["listGlMovements"];
    };
    "/clients/{clientno}/insights/adb/intervals": {
        /**
         * GET a list of ADB intervals
         * @description Aged-debtor overview (ADB, age distributed balance): how many items each age interval holds and their summed balance.
         *
         *     - Seven intervals: 0 holds what is not due, 1 to 5 are 30, 30, 30, 90 and 180 days long, 6 has no upper end.
         *     - Before items are counted, unmatched credits are matched with the oldest open debits of the same customer (AR
         *       account); what is left of them counts as not due. Sums can therefore differ from those of the open items.
         *     - The overview is costly to produce and cached for the day: the day's first request computes it.
         *     - To get the items of an interval, call `listArItems` with `{ reporttype: "adbdetails", adbinterval: intervalNo }`.
         */
        get: operations["listAdbIntervals"];
    };
    "/clients/{clientno}/logitems/{logitemid}": {
        /**
         * GET one log item
         * @description Returns one log item. Only title and method are known.
         */
        get: operations["getLogItem"];
    };
    "/clients/{clientno}/logitems": {
        /**
         * GET a list of log items
         * @description Lists log items. Only title and method are known.
         */
        get: operations["listLogItems"];
    };
    "/clients/{clientno}/paymentreservations": {
        /**
         * POST (create) a new payment reservation
         * @description Reserves a coming payment against the AR item of an existing document, or against an existing customer. At least
         *     one identifier has to be given: `arItemId`, `documentNo`, `documentUuid`, `referenceNo` or `kid` for a document;
         *     `accountNo`, `customerNo` or `kid` for a customer. `paymentId` is mandatory and must be unique.
         */
        post: operations["createPaymentReservation"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Not observed. */
        UnseenObject: UnseenObject;
        /** @description Goes beside the payload of a write. */
        Metadata: Metadata;
        /**
         * @description Stands beside the records of a list. Lists without paging show `totalCount` only. What the last page has for
         *     `nextPage` is not observed.
         */
        ListSummary: {
            /** @description Records of the whole query. */
            totalCount: number;
            /** @description This page, counted from 1. */
            pageNo?: number;
            /** @description Records on this page. */
            currentPageSize?: number;
            /** @description Page size in force. */
            pageSizeLimit?: number;
            /** @description Pages of the whole query. */
            totalPages?: number;
            /** @description Most records the query may find. */
            maximumCount?: number;
            /**
             * Format: uri
             * @description Absolute address of the next page, with `query` and `pageno`.
             */
            nextPage?: string;
            /**
             * Format: uri
             * @description Absolute address of the last page.
             */
            lastPage?: string;
            /**
             * @description Handle of the query, sent as `query`. Opaque and case-sensitive.
             *
             *     @remarks Undocumented: how long it is valid.
             */
            queryId?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Outcome of a write.
         *
         *     @remarks Inferred: From the reports action.
         */
        WriteResult: {
            /** @description How the request was handled. */
            status?: "PROCESSED" | (string & {});
            /** @description What it led to. */
            result?: "CREATED" | (string & {});
            /** @description The outcome in words. */
            message?: string;
        } & {
            [key: string]: unknown;
        };
        ReportsActionRequest: ReportsActionRequest;
        /** @description Input of a report. What is needed depends on the report type. */
        ReportInput: ReportInput;
        AdbReportInterval: AdbReportInterval;
        ReportsActionResult: {
            /** @description How the request was handled. */
            status?: "PROCESSED" | (string & {});
            /** @description What it led to. */
            result?: "CREATED" | (string & {});
            /** @description The outcome in words. */
            message?: string;
            /** @description The report type of the path. */
            reportType?: "adb" | (string & {});
            /** @description The client of the path. */
            clientNo?: number;
            /** @description Identifies the queued job. */
            jobQueueId?: number;
        };
        /** @description An item of the customer sub-ledger. `expand` adds fields that are not observed. */
        ArItem: {
            /** @description The client. */
            clientNo?: number;
            /** @description AR account number of the customer. */
            accountNo?: number;
            /** @description Reference number within the AR account. */
            referenceNo?: number;
            /** @description Running number within the reference. */
            referenceSequenceNo?: number;
            /** @description Identifies the item. In the sample clientNo, accountNo, referenceNo and referenceSequenceNo, joined by hyphens. */
            arItemId?: string;
            /** @description Customer number, a string of digits. */
            customerNo?: string;
            /** @description Document number, a string of digits. */
            documentNo?: string;
            /**
             * Format: date
             * @description Date of the voucher.
             */
            voucherDate?: string;
            /**
             * Format: date
             * @description Due date now in force.
             */
            dueDate?: string;
            /**
             * Format: date
             * @description First due date.
             */
            originalDueDate?: string;
            /** @description Currency code (ISO 4217), for example NOK. */
            currency?: string;
            /** @description Amount in `currency` (inferred from the name). */
            currencyAmount?: number;
            /** @description What remains of `currencyAmount`, in `currency` (inferred from the name). */
            currencyBalance?: number;
            /** @description Amount in the currency of the ledger (inferred from the name). */
            glAmount?: number;
            /** @description What remains of `glAmount`, in the currency of the ledger (inferred from the name). */
            glBalance?: number;
            /** @description Norwegian payment reference. A string of digits, too long for a number. */
            kid?: string;
            /** @description Code of the voucher type; 3 is an invoice. */
            voucherType?: number;
            /** @description The voucher type in words, for example Invoice. */
            voucherTypeDescription?: string;
            /** @description Voucher number. */
            voucherNo?: number;
            /** @description Text of the transaction. */
            transactionText?: string;
            /** @description Not described. */
            glCaseNo?: number;
            /** @description Not described. */
            glLotNo?: number;
            /** @description Ledger year. */
            glYear?: number;
            /** @description Period of the ledger year. */
            glPeriod?: number;
            /** @description Not described. */
            externalId1?: string;
            /** @description Not described. */
            ledgerPeriodReportNo?: number;
            /** @description Empty in the sample. Presumably marks a payment reservation (inferred). */
            reservedStatus?: string;
            /**
             * Format: date-time
             * @description When the item was created.
             */
            createdTime?: string;
        } & {
            [key: string]: unknown;
        };
        /** @remarks Inferred: Envelope from the GL movements list, items from reading one AR item. */
        ArItemList: {
            summary?: components["schemas"]["ListSummary"];
            arItems?: components["schemas"]["ArItem"][];
        } & {
            [key: string]: unknown;
        };
        /** @description The fields are not observed. */
        ArItemUpdateRequest: ArItemUpdateRequest;
        /** @description The fields are not observed. A posting can be tagged with the option `validateOnly`; its place is not observed. */
        AutoPostingsRequest: AutoPostingsRequest;
        PostalAddress: {
            addressLine1?: string;
            addressLine2?: string;
            addressLine3?: string;
            /** @description A string of digits. */
            postalCode?: string;
            cityName?: string;
            /** @description Name of the country. */
            countryText?: string;
            /** @description Country code (ISO 3166-1 alpha-2), for example NO. */
            countryCode?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description How documents are sent out. */
        Distribution: Distribution;
        Customer: {
            /** @description The client. */
            clientNo: number;
            /** @description AR account number. */
            accountNo: number;
            /** @description Customer number, a string of digits. */
            customerNo: string;
            /** @description Name of the person or company. */
            name: string;
            /** @description Code; sample 100. */
            postalReturnStatus?: number;
            /** Format: date */
            postalReturnDate?: string;
            /** @description Code. */
            customerCategory?: "CONS" | (string & {});
            /** @description A string of digits. */
            phoneNo?: string;
            /** @description A string of digits. */
            secondaryPhoneNo?: string;
            /** @description Organisation number, a string of digits. */
            organizationNo?: string;
            /** @description Scheme of the organisation number; 0192 is ISO 6523's code of the Norwegian register. */
            organizationNoScheme?: string;
            /**
             * Format: date
             * @description Personal.
             */
            dateOfBirth?: string;
            /** @description Personal. */
            yearOfBirth?: number;
            /** @description National identity number, a string of digits. Sensitive: never log it. */
            ssn?: string;
            /** @description Country of the identity number (ISO 3166-1 alpha-2). */
            ssnCountry?: string;
            informalName?: string;
            /** @description Code; sample VIP. */
            customerGroupCode?: string;
            /** @description One-letter code. */
            priceNetOrGross?: "B" | (string & {});
            /** @description Language code, for example no. */
            language?: string;
            /** @description Currency code (ISO 4217), for example NOK. */
            currency?: string;
            sellerReference?: string;
            buyerReference?: string;
            /** @description Bank account number, a string of digits. Sensitive: never log it. */
            bankAccountNo?: string;
            /**
             * Format: date
             * @description No reminders until this date.
             */
            stopReminderUntil?: string;
            /**
             * Format: date
             * @description No debt collection until this date.
             */
            stopDebtCollectionUntil?: string;
            /**
             * Format: date
             * @description No interest calculated until this date.
             */
            stopInterestCalcUntil?: string;
            /** @description Days to pay (inferred from the name). */
            dueDays?: number;
            vatLiable?: boolean;
            /** @description Discount, in per cent (inferred; sample 5.5). */
            discountRate?: number;
            activeStatusWeb?: "Passive" | (string & {});
            /** @description Message for the customer (inferred from the name). */
            customerMessage?: string;
            /** @description Limit; its kind and currency are not observed. */
            limitAmount?: number;
            /** @description Code. */
            registrationStatusCode?: "FICTITIOUS" | (string & {});
            /** Format: date */
            registrationStatusDate?: string;
            /**
             * Format: date
             * @description When the postal address was last changed.
             */
            postalAddressChanged?: string;
            postalAddress?: components["schemas"]["PostalAddress"];
            /** @description Addresses for documents. */
            emailAddressDocument?: string[];
            secondaryEmailAddress?: string[];
            distribution?: components["schemas"]["Distribution"];
            efakturaBlockIds?: string[];
            peppolBlockIds?: string[];
            digipostBlockIds?: string[];
        } & {
            [key: string]: unknown;
        };
        CustomerList: {
            summary?: components["schemas"]["ListSummary"];
            customers?: components["schemas"]["Customer"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @description In the place of a date.
         *
         *     @remarks Inferred: That dates take it. The update page says that an empty string clears a stored value, and the documents batch fills unused fields with them; neither shows one in the place of a date.
         */
        EmptyString: string;
        /**
         * @description A customer as written. On an update a field that is left out or null keeps its stored value, and an empty string
         *     clears it.
         *
         *
         *     @remarks Inferred: The fields of the customers list, short of those that look kept by Amili (client and account number, postal return, registration status, date of the address change). Which fields may be written is not observed.
         */
        CustomerInput: CustomerInput;
        /** @remarks Inferred: Envelope from the reports action and the documents batch. */
        CustomerRequest: CustomerRequest;
        /** @remarks Inferred: Envelope from the documents batch. */
        CustomersBatchRequest: CustomersBatchRequest;
        /** @remarks Inferred: Envelope from the customers list, the array's name from the tag. */
        DocumentBundleList: {
            summary?: components["schemas"]["ListSummary"];
            documentBundles?: components["schemas"]["UnseenObject"][];
        } & {
            [key: string]: unknown;
        };
        /** @description Amounts in the document's `currency`. */
        CurrencyAmounts: CurrencyAmounts;
        EinvoiceAddress: EinvoiceAddress;
        /** @description A document as sent. Other document types may have other fields. */
        Document: Document;
        DocumentLine: DocumentLine;
        /** @remarks Inferred: Envelope from the reports action, the document from the documents batch. */
        DocumentRequest: DocumentRequest;
        DocumentsBatchRequest: DocumentsBatchRequest;
        /** @remarks Inferred: Envelope from the customers list, the array's name from the documents batch. */
        DocumentList: {
            summary?: components["schemas"]["ListSummary"];
            documents?: components["schemas"]["UnseenObject"][];
        } & {
            [key: string]: unknown;
        };
        /** @remarks Inferred: Envelope from the documents batch. What a file holds is not observed. */
        FilesUploadRequest: FilesUploadRequest;
        /** @remarks Inferred: Envelope from the GL movements list, the array's name from the tag. */
        GlItemList: {
            summary?: components["schemas"]["ListSummary"];
            glItems?: components["schemas"]["UnseenObject"][];
        } & {
            [key: string]: unknown;
        };
        /** @description Balance and movement of one account in one period. In the sample `balanceOut` is `balanceIn` plus `movement`. */
        GlMovement: {
            /** @description The client. */
            clientNo: number;
            /** @description Ledger year. */
            glYear: number;
            /** @description Period of the ledger year. */
            glPeriod: number;
            /** @description First year of the row; equals `glYear` in the sample. */
            glYearFrom: number;
            /** @description First period of the row; equals `glPeriod` in the sample. */
            glPeriodFrom: number;
            /** @description Last year of the row; equals `glYear` in the sample. */
            glYearTo: number;
            /** @description Last period of the row; equals `glPeriod` in the sample. */
            glPeriodTo: number;
            /** @description Amili's account number. */
            glAccountNo: number;
            /** @description The client's own account number. */
            clientGlAccountNo: string;
            /** @description Name of the account. */
            glAccountName: string;
            /** @description Opening balance. The currency is not stated. */
            balanceIn: number;
            /** @description Change within the period. */
            movement: number;
            /** @description Closing balance. */
            balanceOut: number;
        };
        GlMovementList: {
            summary?: components["schemas"]["ListSummary"];
            glMovements?: components["schemas"]["GlMovement"][];
        };
        /**
         * @description The sample shows intervals 0 and 1 only. Interval 6 has no end: what it has for the fields that describe one was not
         *     observed. From the documented lengths the day bounds are 1-30, 31-60, 61-90, 91-180, 181-360, and 361 or more
         *     (inferred; only 1-30 was observed).
         */
        AdbInterval: {
            /** @description 0 (not due) to 6 (open-ended). */
            intervalNo: number;
            /** @description Items in the interval. */
            itemCount: number;
            /** @description Their summed balance. The currency is not stated. */
            sumGlBalance: number;
            /**
             * @description Length in days; 0 for interval 0.
             *
             *     @remarks Inferred: That it may be null, for interval 6, which has no end.
             */
            daysInInterval?: number | null;
            /** @description In words, for example Not due or 1 - 30. */
            description: string;
            /**
             * Format: date
             * @description Earliest due date of the interval (inferred). In the sample interval 0 starts on the day of `cachedTime`.
             *
             *     @remarks Inferred: That it may be null, for interval 6, which has no end.
             */
            oldestDate?: string | null;
            /**
             * Format: date
             * @description Latest due date of the interval (inferred); 2100-01-01 means no bound.
             */
            newestDate: string;
            /** @description Fewest days overdue (inferred). */
            lowestDayNo: number;
            /**
             * @description Most days overdue (inferred).
             *
             *     @remarks Inferred: That it may be null, for interval 6, which has no end.
             */
            highestDayNo?: number | null;
        };
        AdbIntervals: {
            /** @description The client. */
            clientNo?: number;
            /**
             * Format: date-time
             * @description When the figures were computed.
             */
            cachedTime?: string;
            intervals?: components["schemas"]["AdbInterval"][];
        };
        AdbIntervalsResponse: {
            /** @description Here `totalCount` counts intervals, not items. */
            summary?: components["schemas"]["ListSummary"];
            adb?: components["schemas"]["AdbIntervals"];
        };
        /** @remarks Inferred: Envelope from the GL movements list, the array's name from the tag. */
        LogItemList: {
            summary?: components["schemas"]["ListSummary"];
            logItems?: components["schemas"]["UnseenObject"][];
        } & {
            [key: string]: unknown;
        };
        /** @remarks Inferred: Envelope from other write bodies. The fields may be at the top level instead. */
        PaymentReservationRequest: PaymentReservationRequest;
        /**
         * @description Needs at least one identifier besides `paymentId`.
         *
         *     @remarks Inferred: The types, from the AR item and the customers list. The names were read.
         */
        PaymentReservation: PaymentReservation;
        PostalAddressInput: PostalAddressInput;
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
        /** @description Succeeded. Status and body are not observed. */
        UnseenSuccess: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnseenObject"];
            };
        };
        /**
         * @description Written. The status is not observed.
         *
         *     @remarks Inferred: The body, from the reports action and, for customers, the statement that status and result come back.
         */
        WriteSuccess: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WriteResult"];
            };
        };
        /** @description Bad request. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Unauthorized. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Forbidden. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Not found. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Not acceptable. The reason is not described. */
        NotAcceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
        /** @description Unprocessable entity. */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
    };
    parameters: {
        /**
         * @description Amili's number of the client, for example 2218.
         *
         *     @remarks Inferred: Its type, from clientNo in the responses.
         */
        ClientNo: number;
        /** @description Customer number, a string of digits, for example 543210. */
        CustomerNo: string;
        /** @description Most records that the query may find in all. Pages also write maximumCount; query names are lower case by rule. */
        MaximumCount: number;
        /** @description Most records a page. Below 5 the server uses 10. Pages also write pageSize; query names are lower case by rule. */
        PageSize: number;
        /**
         * @description Handle of an earlier query: the `queryId` of its summary. Opaque and case-sensitive.
         *
         *     @remarks Undocumented: how long the server keeps a query.
         */
        Query: string;
        /** @description Page to return of the query named by `query`, counted from 1. */
        PageNo: number;
        /**
         * @description Asks for more in the response. Accepted values and separator are not observed.
         *
         *     @remarks Inferred: Its type and that it is optional.
         */
        Expand: string;
        /**
         * @description Not described; presumably the acting user.
         *
         *     @remarks Inferred: Its type and that it is optional.
         */
        UserId: string;
        /**
         * @description Values and meaning are not observed.
         *
         *     @remarks Inferred: Its type.
         */
        Options: string;
        /**
         * @description Presumably the language of texts in the response. Accepted values are not observed.
         *
         *     @remarks Inferred: That it is optional. The sample sends it empty.
         */
        AcceptLanguage: string;
        /**
         * @description Most records that the query may find in all. Default and cap are not observed.
         *
         *     @remarks Inferred: The About guide gives it to all lists; not read on this page.
         */
        InferredMaximumCount: number;
        /**
         * @description Most records a page. Below 5 the server uses 10. Default and cap are not observed.
         *
         *     @remarks Inferred: The About guide gives it to all lists; not read on this page.
         */
        InferredPageSize: number;
        /**
         * @description Handle of an earlier query: the `queryId` of its summary. Opaque and case-sensitive.
         *
         *     @remarks Inferred: From the paging links of the customers list; not read on this page. Undocumented: how long the server keeps a query.
         */
        InferredQuery: string;
        /**
         * @description Page to return of the query named by `query`, counted from 1.
         *
         *     @remarks Inferred: From the paging links of the customers list; not read on this page.
         */
        InferredPageNo: number;
        /**
         * @description Asks for more in the response. Accepted values and separator are not observed.
         *
         *     @remarks Inferred: From reading one AR item and one document; not read on this page.
         */
        InferredExpand: string;
        /**
         * @description Not described; presumably the acting user.
         *
         *     @remarks Inferred: From reading one AR item. On this page the names of the query parameters are not all observed.
         */
        InferredUserId: string;
        /**
         * @description Presumably the language of texts in the response. Accepted values are not observed.
         *
         *     @remarks Inferred: From reading one AR item. On this page the names of the header parameters are not observed.
         */
        InferredAcceptLanguage: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createReportsAction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /** @description Code of the report type. */
                reporttype: "adb" | (string & {});
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "metadata": {
                 *         "userId": "TestUser"
                 *       },
                 *       "action": {
                 *         "report": {
                 *           "includeSum": "includeSum",
                 *           "adb": {
                 *             "debtCollectionColumn": true,
                 *             "intervals": [
                 *               {
                 *                 "intervalNo": 1,
                 *                 "intervalLength": 20
                 *               },
                 *               {
                 *                 "intervalNo": 4,
                 *                 "intervalLength": 40
                 *               },
                 *               {
                 *                 "intervalNo": 5,
                 *                 "intervalLength": 60
                 *               }
                 *             ]
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ReportsActionRequest"];
            };
        };
        responses: {
            /** @description Queued. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "PROCESSED",
                     *       "result": "CREATED",
                     *       "message": "Action reports created and accepted for processing",
                     *       "reportType": "adb",
                     *       "clientNo": 2218,
                     *       "jobQueueId": 908966
                     *     }
                     */
                    "application/json": components["schemas"]["ReportsActionResult"];
                };
            };
            /**
             * @description Listed without text or body.
             *
             *     @remarks Inferred: That its body is that of 200, whose sample says CREATED.
             */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportsActionResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
        };
    };
    listArItems: {
        parameters: {
            query?: {
                /** @description Most records that the query may find in all. Pages also write maximumCount; query names are lower case by rule. */
                maximumcount?: components["parameters"]["MaximumCount"];
                /** @description Most records a page. Below 5 the server uses 10. Pages also write pageSize; query names are lower case by rule. */
                pagesize?: components["parameters"]["PageSize"];
                /**
                 * @description Handle of an earlier query: the `queryId` of its summary. Opaque and case-sensitive.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page. Undocumented: how long the server keeps a query.
                 */
                query?: components["parameters"]["InferredQuery"];
                /**
                 * @description Page to return of the query named by `query`, counted from 1.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page.
                 */
                pageno?: components["parameters"]["InferredPageNo"];
                /** @description Special selection of items. Named on the ADB intervals page only. */
                reporttype?: "adbdetails" | (string & {});
                /**
                 * @description Interval number, 0 (not due) to 6 (open-ended), together with `reporttype=adbdetails`. Named on the ADB
                 *     intervals page only.
                 *
                 *
                 *     @remarks Inferred: Its type, from intervalNo in the ADB intervals response.
                 */
                adbinterval?: number;
                /**
                 * @description Asks for more in the response. Accepted values and separator are not observed.
                 *
                 *     @remarks Inferred: From reading one AR item and one document; not read on this page.
                 */
                expand?: components["parameters"]["InferredExpand"];
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: {
                /**
                 * @description Presumably the language of texts in the response. Accepted values are not observed.
                 *
                 *     @remarks Inferred: From reading one AR item. On this page the names of the header parameters are not observed.
                 */
                "Accept-Language"?: components["parameters"]["InferredAcceptLanguage"];
            };
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description One or more AR items found.
             *
             *     @remarks Undocumented: names of the response headers.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArItemList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    updateArItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArItemUpdateRequest"];
            };
        };
        responses: {
            /** @description Succeeded. The body is not observed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
        };
    };
    getArItem: {
        parameters: {
            query?: {
                /**
                 * @description Asks for more in the response. Accepted values and separator are not observed.
                 *
                 *     @remarks Inferred: Its type and that it is optional.
                 */
                expand?: components["parameters"]["Expand"];
                /**
                 * @description Not described; presumably the acting user.
                 *
                 *     @remarks Inferred: Its type and that it is optional.
                 */
                userid?: components["parameters"]["UserId"];
            };
            header?: {
                /**
                 * @description Presumably the language of texts in the response. Accepted values are not observed.
                 *
                 *     @remarks Inferred: That it is optional. The sample sends it empty.
                 */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /** @description `arItemId` of the item, for example 2218-500002-35078-0. */
                aritemid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description AR item found.
             *
             *     @remarks Undocumented: names of the response headers.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArItem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    createAutoPostings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /**
                 * @description Kind of posting. Accepted values are not observed.
                 *
                 *     @remarks Inferred: Its type.
                 */
                autopostingmethod: string;
            };
            cookie?: never;
        };
        /** @remarks Inferred: That a JSON body is required, from the other write operations. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AutoPostingsRequest"];
            };
        };
        responses: {
            /**
             * @description Status and body are not observed. Each posting has at least a `resultType` (known value: BATCH-REJECTED); its
             *     place is not observed.
             */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /**
                 * @description Identifies the batch. Case-sensitive.
                 *
                 *     @remarks Inferred: Its format, from the name.
                 */
                batchuuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Succeeded. The body is not observed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            /** @description Listed without text or body. By HTTP's meaning still in progress. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            /** @description Listed without text or body. By HTTP's meaning a part of the batch. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
        };
    };
    listClientConfigs: {
        parameters: {
            query?: {
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    getClientConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /**
                 * @description The configuration key.
                 *
                 *     @remarks Inferred: From the title.
                 */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    listCustomers: {
        parameters: {
            query?: {
                /** @description Most records that the query may find in all. Pages also write maximumCount; query names are lower case by rule. */
                maximumcount?: components["parameters"]["MaximumCount"];
                /** @description Most records a page. Below 5 the server uses 10. Pages also write pageSize; query names are lower case by rule. */
                pagesize?: components["parameters"]["PageSize"];
                /**
                 * @description Handle of an earlier query: the `queryId` of its summary. Opaque and case-sensitive.
                 *
                 *     @remarks Undocumented: how long the server keeps a query.
                 */
                query?: components["parameters"]["Query"];
                /** @description Page to return of the query named by `query`, counted from 1. */
                pageno?: components["parameters"]["PageNo"];
                /**
                 * @description Asks for more in the response. Accepted values and separator are not observed.
                 *
                 *     @remarks Inferred: From reading one AR item and one document; not read on this page.
                 */
                expand?: components["parameters"]["InferredExpand"];
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of customers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    updateCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        /** @remarks Inferred: Media type and envelope, from the other write operations; the page speaks of key-value pairs. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["WriteSuccess"];
            default: components["responses"]["Error"];
        };
    };
    createCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        /** @remarks Inferred: Media type and envelope, from the other write operations; the page says one customer object. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["WriteSuccess"];
            default: components["responses"]["Error"];
        };
    };
    getCustomer: {
        parameters: {
            query?: {
                /**
                 * @description Asks for more in the response. Accepted values and separator are not observed.
                 *
                 *     @remarks Inferred: From reading one AR item and one document; not read on this page.
                 */
                expand?: components["parameters"]["InferredExpand"];
                /**
                 * @description Not described; presumably the acting user.
                 *
                 *     @remarks Inferred: From reading one AR item. On this page the names of the query parameters are not all observed.
                 */
                userid?: components["parameters"]["InferredUserId"];
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: {
                /**
                 * @description Presumably the language of texts in the response. Accepted values are not observed.
                 *
                 *     @remarks Inferred: From reading one AR item. On this page the names of the header parameters are not observed.
                 */
                "Accept-Language"?: components["parameters"]["InferredAcceptLanguage"];
            };
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /** @description Customer number, a string of digits, for example 543210. */
                customerno: components["parameters"]["CustomerNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description Customer found.
             *
             *     @remarks Inferred: The body: a bare customer with the fields of the customers list, as one AR item is a bare object. Undocumented: names of the response headers.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteCustomer: {
        parameters: {
            query?: {
                /**
                 * @description Not described; presumably the acting user.
                 *
                 *     @remarks Inferred: From reading one AR item. On this page the names of the query parameters are not all observed.
                 */
                userid?: components["parameters"]["InferredUserId"];
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /** @description Customer number, a string of digits, for example 543210. */
                customerno: components["parameters"]["CustomerNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. The body is not observed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
        };
    };
    updateCustomersBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        /** @remarks Inferred: Media type and envelope, from the documents batch; the page says an array of customers. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomersBatchRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    createCustomersBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        /** @remarks Inferred: Media type and envelope, from the documents batch. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomersBatchRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    listDocumentBundles: {
        parameters: {
            query?: {
                /**
                 * @description Most records that the query may find in all. Default and cap are not observed.
                 *
                 *     @remarks Inferred: The About guide gives it to all lists; not read on this page.
                 */
                maximumcount?: components["parameters"]["InferredMaximumCount"];
                /**
                 * @description Most records a page. Below 5 the server uses 10. Default and cap are not observed.
                 *
                 *     @remarks Inferred: The About guide gives it to all lists; not read on this page.
                 */
                pagesize?: components["parameters"]["InferredPageSize"];
                /**
                 * @description Handle of an earlier query: the `queryId` of its summary. Opaque and case-sensitive.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page. Undocumented: how long the server keeps a query.
                 */
                query?: components["parameters"]["InferredQuery"];
                /**
                 * @description Page to return of the query named by `query`, counted from 1.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page.
                 */
                pageno?: components["parameters"]["InferredPageNo"];
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Succeeded. Status and body are not observed. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentBundleList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDocumentBundle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /**
                 * @description Identifies the bundle.
                 *
                 *     @remarks Inferred: Name and type, from documentBundleId in the About guide.
                 */
                documentbundleid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    listDocuments: {
        parameters: {
            query?: {
                /**
                 * @description Most records that the query may find in all. Default and cap are not observed.
                 *
                 *     @remarks Inferred: The About guide gives it to all lists; not read on this page.
                 */
                maximumcount?: components["parameters"]["InferredMaximumCount"];
                /**
                 * @description Most records a page. Below 5 the server uses 10. Default and cap are not observed.
                 *
                 *     @remarks Inferred: The About guide gives it to all lists; not read on this page.
                 */
                pagesize?: components["parameters"]["InferredPageSize"];
                /**
                 * @description Handle of an earlier query: the `queryId` of its summary. Opaque and case-sensitive.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page. Undocumented: how long the server keeps a query.
                 */
                query?: components["parameters"]["InferredQuery"];
                /**
                 * @description Page to return of the query named by `query`, counted from 1.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page.
                 */
                pageno?: components["parameters"]["InferredPageNo"];
                /**
                 * @description Asks for more in the response. Accepted values and separator are not observed.
                 *
                 *     @remarks Inferred: From reading one AR item and one document; not read on this page.
                 */
                expand?: components["parameters"]["InferredExpand"];
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: {
                /**
                 * @description Presumably the language of texts in the response. Accepted values are not observed.
                 *
                 *     @remarks Inferred: From reading one AR item. On this page the names of the header parameters are not observed.
                 */
                "Accept-Language"?: components["parameters"]["InferredAcceptLanguage"];
            };
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Succeeded. Status and body are not observed. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    createDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        /** @remarks Inferred: Media type and envelope, from the documents batch and the reports action. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["WriteSuccess"];
            default: components["responses"]["Error"];
        };
    };
    getDocument: {
        parameters: {
            query?: {
                /**
                 * @description Asks for more in the response. Accepted values and separator are not observed.
                 *
                 *     @remarks Inferred: Its type and that it is optional.
                 */
                expand?: components["parameters"]["Expand"];
                /**
                 * @description Not described; presumably the acting user.
                 *
                 *     @remarks Inferred: From reading one AR item. On this page the names of the query parameters are not all observed.
                 */
                userid?: components["parameters"]["InferredUserId"];
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: {
                /**
                 * @description Presumably the language of texts in the response. Accepted values are not observed.
                 *
                 *     @remarks Inferred: From reading one AR item. On this page the names of the header parameters are not observed.
                 */
                "Accept-Language"?: components["parameters"]["InferredAcceptLanguage"];
            };
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /** @description Document number, for example 88776655. */
                documentno: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description Document found. The body is not observed.
             *
             *     @remarks Undocumented: names of the response headers.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    createDocumentsBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentsBatchRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    listFiles: {
        parameters: {
            query?: {
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    uploadFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FilesUploadRequest"];
            };
        };
        responses: {
            /** @description Succeeded. The body is not observed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            /** @description Listed without text or body. By HTTP's meaning an outcome for each file. */
            207: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
        };
    };
    getGlItem: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Presumably the language of texts in the response. Accepted values are not observed.
                 *
                 *     @remarks Inferred: That it is optional. The sample sends it empty.
                 */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /**
                 * @description Identifies the GL item.
                 *
                 *     @remarks Inferred: Its type, from arItemId.
                 */
                glitemid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description GL item found. The body is not observed.
             *
             *     @remarks Undocumented: names of the response headers.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnseenObject"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listGlItems: {
        parameters: {
            query?: {
                /** @description Most records that the query may find in all. Pages also write maximumCount; query names are lower case by rule. */
                maximumcount?: components["parameters"]["MaximumCount"];
                /** @description Most records a page. Below 5 the server uses 10. Pages also write pageSize; query names are lower case by rule. */
                pagesize?: components["parameters"]["PageSize"];
                /**
                 * @description Handle of an earlier query: the `queryId` of its summary. Opaque and case-sensitive.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page. Undocumented: how long the server keeps a query.
                 */
                query?: components["parameters"]["InferredQuery"];
                /**
                 * @description Page to return of the query named by `query`, counted from 1.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page.
                 */
                pageno?: components["parameters"]["InferredPageNo"];
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description GL items found.
             *
             *     @remarks Undocumented: names of the response headers.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GlItemList"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Error"];
        };
    };
    listGlMovements: {
        parameters: {
            query?: {
                /**
                 * @description A single year, together with `glperiod`.
                 *
                 *     @remarks Inferred: Its type, from the response field of the same name. The page shows the name only.
                 */
                glyear?: number;
                /**
                 * @description A single period, together with `glyear`.
                 *
                 *     @remarks Inferred: Its type, from the response field of the same name. The page shows the name only.
                 */
                glperiod?: number;
                /**
                 * @description Start of a range, together with `glperiodfrom`.
                 *
                 *     @remarks Inferred: Its type, from the response field of the same name. The page shows the name only.
                 */
                glyearfrom?: number;
                /**
                 * @description Start of a range, together with `glyearfrom`.
                 *
                 *     @remarks Inferred: Its type, from the response field of the same name. The page shows the name only.
                 */
                glperiodfrom?: number;
                /**
                 * @description End of a range, together with `glperiodto`.
                 *
                 *     @remarks Inferred: Its type, from the response field of the same name. The page shows the name only.
                 */
                glyearto?: number;
                /**
                 * @description End of a range, together with `glyearto`.
                 *
                 *     @remarks Inferred: Its type, from the response field of the same name. The page shows the name only.
                 */
                glperiodto?: number;
                /**
                 * @description Only this GL account.
                 *
                 *     @remarks Inferred: Its type, from the response field of the same name. The page shows the name only.
                 */
                glaccountno?: number;
                /**
                 * @description Values and meaning are not observed.
                 *
                 *     @remarks Inferred: Its type.
                 */
                options?: components["parameters"]["Options"];
            };
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description GL movements found.
             *
             *     @remarks Undocumented: names of the response headers.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "summary": {
                     *         "totalCount": 2
                     *       },
                     *       "glMovements": [
                     *         {
                     *           "clientNo": 2218,
                     *           "glYear": 2025,
                     *           "glPeriod": 2,
                     *           "glYearFrom": 2025,
                     *           "glPeriodFrom": 2,
                     *           "glYearTo": 2025,
                     *           "glPeriodTo": 2,
                     *           "glAccountNo": 1030,
                     *           "clientGlAccountNo": "1030",
                     *           "glAccountName": "Bank",
                     *           "balanceIn": 1230,
                     *           "movement": 100,
                     *           "balanceOut": 1330
                     *         },
                     *         {
                     *           "clientNo": 2218,
                     *           "glYear": 2025,
                     *           "glPeriod": 3,
                     *           "glYearFrom": 2025,
                     *           "glPeriodFrom": 3,
                     *           "glYearTo": 2025,
                     *           "glPeriodTo": 3,
                     *           "glAccountNo": 1030,
                     *           "clientGlAccountNo": "1030",
                     *           "glAccountName": "Bank",
                     *           "balanceIn": 1330,
                     *           "movement": 10,
                     *           "balanceOut": 1340
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GlMovementList"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    listAdbIntervals: {
        parameters: {
            query?: {
                /**
                 * @description Values and meaning are not observed.
                 *
                 *     @remarks Inferred: Its type.
                 */
                options?: components["parameters"]["Options"];
                /**
                 * @description Only this customer (inferred). A string of digits.
                 *
                 *     @remarks Inferred: Type and meaning, from customerNo in other responses.
                 */
                customerno?: string;
                /**
                 * @description Only this AR account (inferred).
                 *
                 *     @remarks Inferred: Type and meaning, from accountNo in other responses.
                 */
                accountno?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description ADB intervals found.
             *
             *     @remarks Undocumented: names of the response headers.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "summary": {
                     *         "totalCount": 2
                     *       },
                     *       "adb": {
                     *         "clientNo": 2218,
                     *         "cachedTime": "2026-03-16T06:00:00.000+01:00",
                     *         "intervals": [
                     *           {
                     *             "intervalNo": 0,
                     *             "itemCount": 7,
                     *             "sumGlBalance": 537.25,
                     *             "daysInInterval": 0,
                     *             "description": "Not due",
                     *             "oldestDate": "2026-03-16",
                     *             "newestDate": "2100-01-01",
                     *             "lowestDayNo": 0,
                     *             "highestDayNo": 0
                     *           },
                     *           {
                     *             "intervalNo": 1,
                     *             "itemCount": 13,
                     *             "sumGlBalance": 1337.55,
                     *             "daysInInterval": 30,
                     *             "description": "1 - 30",
                     *             "oldestDate": "2026-02-14",
                     *             "newestDate": "2026-03-15",
                     *             "lowestDayNo": 1,
                     *             "highestDayNo": 30
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AdbIntervalsResponse"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    getLogItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
                /**
                 * @description Identifies the log item.
                 *
                 *     @remarks Inferred: Name and type, from aritemid and glitemid.
                 */
                logitemid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    listLogItems: {
        parameters: {
            query?: {
                /**
                 * @description Most records that the query may find in all. Default and cap are not observed.
                 *
                 *     @remarks Inferred: The About guide gives it to all lists; not read on this page.
                 */
                maximumcount?: components["parameters"]["InferredMaximumCount"];
                /**
                 * @description Most records a page. Below 5 the server uses 10. Default and cap are not observed.
                 *
                 *     @remarks Inferred: The About guide gives it to all lists; not read on this page.
                 */
                pagesize?: components["parameters"]["InferredPageSize"];
                /**
                 * @description Handle of an earlier query: the `queryId` of its summary. Opaque and case-sensitive.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page. Undocumented: how long the server keeps a query.
                 */
                query?: components["parameters"]["InferredQuery"];
                /**
                 * @description Page to return of the query named by `query`, counted from 1.
                 *
                 *     @remarks Inferred: From the paging links of the customers list; not read on this page.
                 */
                pageno?: components["parameters"]["InferredPageNo"];
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Succeeded. Status and body are not observed. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogItemList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    createPaymentReservation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Amili's number of the client, for example 2218.
                 *
                 *     @remarks Inferred: Its type, from clientNo in the responses.
                 */
                clientno: components["parameters"]["ClientNo"];
            };
            cookie?: never;
        };
        /** @remarks Inferred: Media type and envelope, from the other write operations; the page names fields only. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentReservationRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["WriteSuccess"];
            default: components["responses"]["Error"];
        };
    };
}
/** @description Not observed. */
export interface UnseenObject {
    [key: string]: unknown;
}
/** @description Goes beside the payload of a write. */
export interface Metadata {
    /** @description The acting user, for example TestUser. */
    userId?: string;
}
export interface ReportsActionRequest {
    metadata?: components["schemas"]["Metadata"];
    action?: {
        report?: components["schemas"]["ReportInput"];
    };
}
/** @description Input of a report. What is needed depends on the report type. */
export interface ReportInput {
    /** @description The sample repeats the name; the meaning is not observed. */
    includeSum?: string;
    /** @description Input of the report type adb. */
    adb?: {
        /** @description Whether the report has a debt collection column (inferred from the name). */
        debtCollectionColumn?: boolean;
        intervals?: components["schemas"]["AdbReportInterval"][];
    };
}
export interface AdbReportInterval {
    /** @description Number of the interval. Gaps are allowed. */
    intervalNo?: number;
    /** @description Length in days (inferred from the ADB overview). */
    intervalLength?: number;
}
/** @description The fields are not observed. */
export interface ArItemUpdateRequest {
    /** @remarks Inferred: From other write bodies. */
    metadata?: components["schemas"]["Metadata"];
    [key: string]: unknown;
}
/** @description The fields are not observed. A posting can be tagged with the option `validateOnly`; its place is not observed. */
export interface AutoPostingsRequest {
    /** @remarks Inferred: From other write bodies. */
    metadata?: components["schemas"]["Metadata"];
    [key: string]: unknown;
}
/** @description How documents are sent out. */
export interface Distribution {
    /** @description One-letter code. Meanings are not observed. */
    type?: "H" | "M" | (string & {});
    /** @description Code; samples 0 and 90. Meanings are not observed. */
    einvoiceCode?: number;
}
/**
 * @description A customer as written. On an update a field that is left out or null keeps its stored value, and an empty string
 *     clears it.
 *
 *
 *     @remarks Inferred: The fields of the customers list, short of those that look kept by Amili (client and account number, postal return, registration status, date of the address change). Which fields may be written is not observed.
 */
export interface CustomerInput {
    /** @description Customer number, a string of digits. Names the customer of an update. */
    customerNo?: string;
    /** @description Name of the person or company. */
    name?: string | null;
    /** @description Code; sample CONS. */
    customerCategory?: string | null;
    /** @description A string of digits. */
    phoneNo?: string | null;
    /** @description A string of digits. */
    secondaryPhoneNo?: string | null;
    /** @description Organisation number, a string of digits. */
    organizationNo?: string | null;
    /** @description Scheme of the organisation number; sample 0192. */
    organizationNoScheme?: string | null;
    /** @description A date, empty for none. Personal. */
    dateOfBirth?: (string | null) | components["schemas"]["EmptyString"];
    /** @description Personal. */
    yearOfBirth?: number | null;
    /** @description National identity number, a string of digits. Sensitive: never log it. */
    ssn?: string | null;
    /** @description Country of the identity number (ISO 3166-1 alpha-2). */
    ssnCountry?: string | null;
    informalName?: string | null;
    /** @description Code; sample VIP. */
    customerGroupCode?: string | null;
    /** @description One-letter code; sample B. */
    priceNetOrGross?: string | null;
    /** @description Language code, for example no. */
    language?: string | null;
    /** @description Currency code (ISO 4217), for example NOK. */
    currency?: string | null;
    sellerReference?: string | null;
    buyerReference?: string | null;
    /** @description Bank account number, a string of digits. Sensitive: never log it. */
    bankAccountNo?: string | null;
    /** @description No reminders until this date; empty for none. */
    stopReminderUntil?: (string | null) | components["schemas"]["EmptyString"];
    /** @description No debt collection until this date; empty for none. */
    stopDebtCollectionUntil?: (string | null) | components["schemas"]["EmptyString"];
    /** @description No interest calculated until this date; empty for none. */
    stopInterestCalcUntil?: (string | null) | components["schemas"]["EmptyString"];
    /** @description Days to pay (inferred from the name). */
    dueDays?: number | null;
    vatLiable?: boolean | null;
    /** @description Discount, in per cent (inferred; sample 5.5). */
    discountRate?: number | null;
    /** @description Sample Passive. */
    activeStatusWeb?: string | null;
    /** @description Message for the customer (inferred from the name). */
    customerMessage?: string | null;
    /** @description Limit; its kind and currency are not observed. */
    limitAmount?: number | null;
    /** @description One group: whoever changes one field rewrites all of them. */
    postalAddress?: components["schemas"]["PostalAddressInput"] | null;
    /**
     * @description Named by the PUT page's text as a field of the postal address group. The customers list has
     *     postalAddress.addressLine1 instead.
     *
     *
     *     @remarks Inferred: Its place in the body.
     */
    postalAddress1?: string | null;
    /** @description Addresses for documents. */
    emailAddressDocument?: string[] | null;
    secondaryEmailAddress?: string[] | null;
    distribution?: components["schemas"]["Distribution"] | null;
    efakturaBlockIds?: string[] | null;
    peppolBlockIds?: string[] | null;
    digipostBlockIds?: string[] | null;
}
/** @remarks Inferred: Envelope from the reports action and the documents batch. */
export interface CustomerRequest {
    metadata?: components["schemas"]["Metadata"];
    customer?: components["schemas"]["CustomerInput"];
}
/** @remarks Inferred: Envelope from the documents batch. */
export interface CustomersBatchRequest {
    metadata?: components["schemas"]["Metadata"];
    customers?: components["schemas"]["CustomerInput"][];
}
/** @description Amounts in the document's `currency`. */
export interface CurrencyAmounts {
    /** @description Without VAT. */
    exclVat?: number;
    /** @description The VAT. */
    vat?: number;
    /** @description With VAT. */
    inclVat?: number;
}
export interface EinvoiceAddress {
    /** @description Electronic address of the receiver. */
    address?: string;
    addressScheme?: string;
    operator?: string;
}
/** @description A document as sent. Other document types may have other fields. */
export interface Document {
    /** @description Code; IN looks like an invoice. */
    documentType?: "IN" | (string & {});
    /** @description Customer number, a string of digits. */
    customerNo?: string;
    /** @description Document number, a string of digits. */
    documentNo?: string;
    /** @description A date, empty for none. */
    documentDate?: string | components["schemas"]["EmptyString"];
    /** @description A date, empty for none. */
    dueDate?: string | components["schemas"]["EmptyString"];
    /** @description Currency code (ISO 4217), for example NOK. */
    currency?: string;
    /** @description Language code, for example en. */
    language?: string;
    /** @description Norwegian payment reference. A string of digits, too long for a number. */
    kid?: string;
    /** @description A string of digits. */
    marketingMessageCode?: string;
    /** @description Message for the customer (inferred from the name). */
    customerMessage?: string;
    salesOrderId?: string;
    purchaseOrderId?: string;
    sellerReference?: string;
    buyerReference?: string;
    additionalReference?: string;
    /** @description A string of digits. */
    subCustomerNo?: string;
    /** @description Note for the AR ledger. */
    ledgerNote?: string;
    /** @description Totals, in `currency`. */
    currencyAmounts?: components["schemas"]["CurrencyAmounts"];
    distribution?: components["schemas"]["Distribution"];
    einvoiceAddress?: components["schemas"]["EinvoiceAddress"];
    emailAddress?: string[];
    /** @description Empty in the sample. */
    attachmentFiles?: unknown[];
    /** @description Empty in the sample. */
    attachmentCodes?: unknown[];
    /** @description Empty in the sample. */
    customCodes?: unknown[];
    documentLines?: components["schemas"]["DocumentLine"][];
}
export interface DocumentLine {
    /** @description Number of the line, from 1. */
    lineNo?: number;
    /** @description Code; PLH is a product line in the sample, TXT a text line. */
    lineType?: "PLH" | "TXT" | (string & {});
    /** @description A string of digits. */
    articleNo?: string;
    articleName?: string;
    lineText?: string;
    /** @description For example kg or dozen, or empty. */
    quantityUnit?: string;
    /** @description In `quantityUnit`. */
    quantity?: number;
    volumeUnit?: string;
    /** @description In `volumeUnit`. */
    volume?: number;
    /** @description In the document's `currency`. Presumably a unit and without VAT (inferred). */
    price?: number;
    itemGroup1?: string;
    itemGroup2?: string;
    itemGroup3?: string;
    /** @description Amounts of the line, in the document's `currency`. */
    currencyAmounts?: components["schemas"]["CurrencyAmounts"];
}
/** @remarks Inferred: Envelope from the reports action, the document from the documents batch. */
export interface DocumentRequest {
    metadata?: components["schemas"]["Metadata"];
    document?: components["schemas"]["Document"];
}
export interface DocumentsBatchRequest {
    metadata?: components["schemas"]["Metadata"];
    documents?: components["schemas"]["Document"][];
}
/** @remarks Inferred: Envelope from the documents batch. What a file holds is not observed. */
export interface FilesUploadRequest {
    metadata?: components["schemas"]["Metadata"];
    files?: components["schemas"]["UnseenObject"][];
}
/** @remarks Inferred: Envelope from other write bodies. The fields may be at the top level instead. */
export interface PaymentReservationRequest {
    metadata?: components["schemas"]["Metadata"];
    paymentReservation?: components["schemas"]["PaymentReservation"];
}
/**
 * @description Needs at least one identifier besides `paymentId`.
 *
 *     @remarks Inferred: The types, from the AR item and the customers list. The names were read.
 */
export interface PaymentReservation {
    /** @description Mandatory and unique. The caller's own key of the payment (inferred). */
    paymentId: string;
    /** @description AR item of the document. */
    arItemId?: string;
    /** @description Document number, a string of digits. */
    documentNo?: string;
    /**
     * Format: uuid
     * @description Case-sensitive.
     *
     *     @remarks Inferred: Its format, from the name.
     */
    documentUuid?: string;
    /** @description Reference number of the document's AR item. */
    referenceNo?: number;
    /** @description KID of the document or of the customer. A string of digits, too long for a number. */
    kid?: string;
    /** @description AR account number of the customer. */
    accountNo?: number;
    /** @description Customer number, a string of digits. */
    customerNo?: string;
}
export interface PostalAddressInput {
    addressLine1?: string;
    addressLine2?: string;
    addressLine3?: string;
    /** @description A string of digits. */
    postalCode?: string;
    cityName?: string;
    /** @description Name of the country. */
    countryText?: string;
    /** @description Country code (ISO 3166-1 alpha-2), for example NO. */
    countryCode?: string;
}
type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
export interface ListSummary extends Schema<"ListSummary"> {}
export interface WriteResult extends Schema<"WriteResult"> {}
export interface ReportsActionResult extends Schema<"ReportsActionResult"> {}
export interface ArItem extends Schema<"ArItem"> {}
export interface ArItemList extends Schema<"ArItemList"> {}
export interface PostalAddress extends Schema<"PostalAddress"> {}
export interface Customer extends Schema<"Customer"> {}
export interface CustomerList extends Schema<"CustomerList"> {}
export interface DocumentBundleList extends Schema<"DocumentBundleList"> {}
export interface DocumentList extends Schema<"DocumentList"> {}
export interface GlItemList extends Schema<"GlItemList"> {}
export interface GlMovement extends Schema<"GlMovement"> {}
export interface GlMovementList extends Schema<"GlMovementList"> {}
export interface AdbInterval extends Schema<"AdbInterval"> {}
export interface AdbIntervals extends Schema<"AdbIntervals"> {}
export interface AdbIntervalsResponse extends Schema<"AdbIntervalsResponse"> {}
export interface LogItemList extends Schema<"LogItemList"> {}
