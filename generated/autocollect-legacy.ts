// Written by `npm run generate` from openapi/. Do not edit.
export interface paths {
    "/webapi/api/Batch": {
        /**
         * /webapi/api/Batch
         * @deprecated
         * @description Reads back the creditors, cases and settlements that are known for a sender, narrowed by the query.
         *
         *     The three pages differ only below `case` and `settlement`. The 2025 page shows legacy items in both; of the later
         *     two, one shows settlements and the other shows cases in the shape of the Debt Collection API, most likely a
         *     clash of schema names in the documentation. Trust the 2025 names and expect unknown fields in these items.
         *
         *     The bearer JWT was read on this operation's page, HTTP Basic on the 2025 page of its POST twin.
         */
        get: operations["getBatch"];
        /**
         * /webapi/api/Batch
         * @deprecated
         * @description Hands in a batch for a sender. What a batch holds is not observed; it may be of the type that the GET returns.
         *
         *     The body is declared as `application/json-patch+json`, the usual label of ASP.NET documentation tools; nothing
         *     says that it is a JSON Patch. Whether `application/json` is taken as well is not said.
         */
        post: operations["createBatch"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Batch: {
            batchid?: string;
            offline?: boolean;
            creditor?: components["schemas"]["Creditor"][];
            /** @description Legacy items on the 2025 page; items in the shape of the Debt Collection API on the newest. */
            case?: (components["schemas"]["Case"] & components["schemas"]["CollectionStyleCase"])[];
            /** @description Legacy items on the 2025 page; items in the shape of the Debt Collection API on a later one. */
            settlement?: (components["schemas"]["Settlement"] & components["schemas"]["CollectionStyleSettlement"])[];
        } & {
            [key: string]: unknown;
        };
        Creditor: {
            idnumber?: string;
            parentidnumber?: string;
            onlydebtcollection?: boolean;
            vattype?: number;
            fullname?: string;
            street?: string;
            city?: string;
            zipcode?: string;
            countrycode?: string;
            bankaccountno?: string;
            contact?: components["schemas"]["Person"];
            casehandler?: components["schemas"]["Person"];
            sourceid?: number;
            reminderflow?: number;
            debtcollectiontransfer?: number;
            invoicearchive?: number;
            hasforeigndebtors?: boolean;
            hasforeigncurrency?: boolean;
            disabled?: boolean;
            /** @description Named as the query parameter `lastsettlementid`; looks like the value to send there (inferred). */
            lastsettlementid?: string;
        };
        Person: {
            fullname?: string;
            workphone?: string;
            email?: string;
            isinvoicequery?: boolean;
            isremittancereport?: boolean;
            isorderconfirmation?: boolean;
            iscollectionlist?: boolean;
            isweb?: boolean;
        };
        /** @description A case as the 2025 page shows it, the version to trust. */
        Case: {
            customerref?: string;
            customername?: string;
            ledgerref?: string;
            referencenumber?: string;
            casenumber?: string;
            currencycode?: string;
            /** Format: date-time */
            regdate?: string;
            /** Format: date-time */
            closuredate?: string;
            isdebtcollection?: boolean;
            /** Format: date-time */
            billdate?: string;
            /** Format: date-time */
            duedate?: string;
            originalsum?: number;
            paidsum?: number;
            remainingsum?: number;
            originalprincipal?: number;
            paidprincipal?: number;
            remainingprincipal?: number;
            originalfee?: number;
            paidfee?: number;
            remainingfee?: number;
            originalinterest?: number;
            paidinterest?: number;
            remaininginterest?: number;
            service_description?: string;
            /** @description A string, unlike `statuscode` of a batch's outcome. */
            status_statuscode?: string;
            reminders?: number;
            debtcollectionlist?: number;
            history?: components["schemas"]["HistoryEntry"][];
            paymentDetails?: components["schemas"]["PaymentDetails"];
        } & {
            [key: string]: unknown;
        };
        HistoryEntry: {
            /** @description The sample is 1 where other numbers are 0, so it is perhaps an enumeration that starts at 1 (inferred). */
            type?: number;
            /** Format: date-time */
            loggedat?: string;
            message?: string;
            subject?: string;
            conversationid?: string;
            /** @description Presumably the key for /webapi/api/Attachment (inferred from the names). */
            attachmentid?: string;
        };
        /** @description The one block of the legacy payload with camelCase names. */
        PaymentDetails: {
            paymentValue?: number;
            currency?: string;
            /** @description Norwegian payment reference, by its name. */
            kid?: string;
            bankAccount?: string;
            /** Format: date-time */
            dueDate?: string;
        };
        /** @description A settlement as the 2025 page shows it, the version to trust. Cut after casenumber. */
        Settlement: {
            creditorid?: string;
            customerref?: string;
            ledgerref?: string;
            referencenumber?: string;
            /** @remarks Inferred: The key was read; its type is that of casenumber in a case. */
            casenumber?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description A case as page 4161131 shows it, most likely by mistake: the shape is that of the Debt Collection API. Cut after
         *     the debtor's fullName. Its date-times carry milliseconds.
         */
        CollectionStyleCase: {
            /** Format: uuid */
            caseId?: string;
            caseNumber?: number;
            /** Format: uuid */
            organizationId?: string;
            /** Format: uuid */
            creditorId?: string;
            creditorNumber?: string;
            status?: "OPEN" | (string & {});
            subStatus?: "DEBT_COLLECTION_LIST_MANUAL" | (string & {});
            type?: "PAYMENT_REMINDER" | (string & {});
            description?: string;
            /** Format: date-time */
            registeredAt?: string;
            /** Format: date-time */
            closedAt?: string;
            caseToken?: string;
            invoices?: components["schemas"]["CollectionStyleInvoice"][];
            debtors?: components["schemas"]["CollectionStyleDebtor"][];
        } & {
            [key: string]: unknown;
        };
        CollectionStyleInvoice: {
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
            /** @description Printed as an empty object, probably a schema that the page failed to show. */
            currency?: unknown;
        };
        CollectionStyleDebtor: {
            /** Format: uuid */
            debtorId?: string;
            type?: "PRIVATE" | (string & {});
            debtorNumber?: string;
            customerNumber?: string;
            firstName?: string;
            lastName?: string;
            /** @description The key was read; its value is not observed. */
            fullName?: unknown;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description A settlement as page 4131300 shows it, most likely by mistake: the shape is that of the Debt Collection API. Cut
         *     after customerReference.
         */
        CollectionStyleSettlement: {
            caseNumber?: string;
            collectionType?: "REMINDER" | (string & {});
            currency?: string;
            /** @description The key was read; its value is not observed. */
            customerReference?: unknown;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Not observed.
         *
         *     @remarks Inferred: An object because the GET returns one, which may be the same type; unproven.
         */
        BatchRequest: BatchRequest;
        /**
         * @description By its names: which objects of the batch were refused and why, and what became of the others.
         *
         *
         *     @remarks Inferred: Not read on this operation's page. A 2025 page of the Debt Collection API, "Get all batches", shows these fields where they do not belong; their words (ledgerref, status_statuscode) are those of the legacy API and they suit a posted batch.
         */
        BatchOutcome: {
            statuscode?: number;
            errors?: components["schemas"]["BatchError"][];
            responses?: components["schemas"]["BatchResponse"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @description By the names: an object that was refused, and why.
         *
         *     @remarks Inferred: As BatchOutcome.
         */
        BatchError: {
            /** @description Kind of the object. */
            objectname?: string;
            /** @description Position in its array. */
            objectindex?: number;
            message?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description By the names: an object that was accepted, and its status.
         *
         *     @remarks Inferred: As BatchOutcome.
         */
        BatchResponse: {
            /** @description Kind of the object. */
            objectname?: string;
            /** @description Position in its array. */
            objectindex?: number;
            ledgerref?: string;
            status_statuscode?: string;
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description The page lists no error; any may come, with any body or none. */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "*/*": unknown;
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getBatch: {
        parameters: {
            query?: {
                /** @remarks Inferred: Name read; type from the name. */
                senderid?: string;
                /** @remarks Inferred: Name read; type from the name. */
                creditorid?: string;
                /** @remarks Inferred: Name read; type from the name. */
                customerref?: string;
                /** @remarks Inferred: Name read; type from the name. */
                ledgerref?: string;
                /** @remarks Inferred: Name read; type from the name. */
                includeclosed?: boolean;
                /**
                 * @description Looks like a cursor that asks for newer settlements only; `lastsettlementid` of a creditor bears the same name.
                 *
                 *
                 *     @remarks Inferred: Name read; type and meaning from the name.
                 */
                lastsettlementid?: string;
                /** @remarks Inferred: Name read; type from the name. */
                remittancedate?: string;
                /** @remarks Inferred: The observed text ends at "languagecod"; the last letter and the type are inferred. */
                languagecode?: string;
                /** @description Not all parameters were observed: others are sent as given. */
                [name: string]: string | number | boolean | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known for the sender. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    createBatch: {
        parameters: {
            query?: {
                /** @remarks Inferred: Name read; type from the name. */
                senderid?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json-patch+json": components["schemas"]["BatchRequest"];
            };
        };
        responses: {
            /** @description Handed in. There is a body, but it is not observed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchOutcome"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
/**
 * @description Not observed.
 *
 *     @remarks Inferred: An object because the GET returns one, which may be the same type; unproven.
 */
export interface BatchRequest {
    [key: string]: unknown;
}
type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
export interface Batch extends Schema<"Batch"> {}
export interface Creditor extends Schema<"Creditor"> {}
export interface Person extends Schema<"Person"> {}
export interface Case extends Schema<"Case"> {}
export interface HistoryEntry extends Schema<"HistoryEntry"> {}
export interface PaymentDetails extends Schema<"PaymentDetails"> {}
export interface Settlement extends Schema<"Settlement"> {}
export interface CollectionStyleCase extends Schema<"CollectionStyleCase"> {}
export interface CollectionStyleInvoice extends Schema<"CollectionStyleInvoice"> {}
export interface CollectionStyleDebtor extends Schema<"CollectionStyleDebtor"> {}
export interface CollectionStyleSettlement extends Schema<"CollectionStyleSettlement"> {}
export interface BatchOutcome extends Schema<"BatchOutcome"> {}
export interface BatchError extends Schema<"BatchError"> {}
export interface BatchResponse extends Schema<"BatchResponse"> {}
