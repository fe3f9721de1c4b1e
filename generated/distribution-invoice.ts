// Written by `npm run generate` from openapi/. Do not edit.
export interface paths {
    "/send/ehf30/creditnote": {
        /**
         * Add a new B2B EHF/PEPPOL creditnote
         * @deprecated
         * @description Hands over a credit note to a business for delivery by EHF 3.0 / PEPPOL.
         *
         *     Below the root the names are those of UBL elements in PascalCase. What UBL holds in XML attributes is in keys
         *     beside the element: `SchemeID` beside `EndpointID`, `MimeCode` and `Filename` beside `Data`. The sample sends
         *     texts that are absent as empty strings.
         */
        post: operations["createEhfCreditNote"];
    };
    "/send/ehf30/invoice": {
        /**
         * Add a new B2B EHF/PEPPOL invoice
         * @deprecated
         * @description Hands over an invoice to a business for delivery by EHF 3.0 / PEPPOL, by its title.
         */
        post: operations["createEhfInvoice"];
    };
    "/send/invoice": {
        /**
         * Add a new B2C invoice
         * @deprecated
         * @description Hands over an invoice to a consumer, in Norway by the sample, for delivery over the channel that `Channel` names.
         *     The sample sends settings of several channels at once.
         *
         *     The body is not built like UBL: `Invoicee` is the recipient, `Invoicer` the sender.
         */
        post: operations["createB2cInvoice"];
    };
    "/send/letter": {
        /**
         * Add a new B2C letter
         * @deprecated
         * @description Hands over a letter to a consumer for delivery, by its title.
         */
        post: operations["createB2cLetter"];
    };
    "/send/se/invoice": {
        /**
         * Add a new B2C Swedish invoice
         * @deprecated
         * @description Hands over an invoice to a consumer in Sweden, by its title.
         */
        post: operations["createSwedishInvoice"];
    };
    "/send/dk/invoice": {
        /**
         * Add a new B2C Danish invoice
         * @deprecated
         * @description Hands over an invoice to a consumer in Denmark, by its title.
         */
        post: operations["createDanishInvoice"];
    };
    "/send/pstatus": {
        /**
         * Check invoice status
         * @deprecated
         * @description Reads the status of invoices by their invoice identifier, probably the `Identifier` that they were sent with
         *     (inferred). A read by POST; a GET of the same title exists.
         */
        post: operations["queryInvoiceStatus"];
    };
    "/bankagreement/swedish": {
        /**
         * Register new bank agreement
         * @deprecated
         * @description Registers a bank agreement, by its title; a Swedish one, by the path of its sibling.
         */
        post: operations["registerBankAgreement"];
    };
    "/bankagreement/swedish/status": {
        /**
         * Check status of bank agreement
         * @deprecated
         * @description Reads the status of a Swedish bank agreement. A read by POST, with a body.
         */
        post: operations["queryBankAgreementStatus"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Not observed.
         *
         *     @remarks Inferred: An object with a single root, as the two observed send bodies.
         */
        UnseenDocumentRequest: UnseenDocumentRequest;
        EhfCreditNoteRequest: EhfCreditNoteRequest;
        /** @description Seen as far as the tax scheme of the customer. */
        EhfCreditNote: EhfCreditNote;
        EhfPeriod: EhfPeriod;
        EhfReference: EhfReference;
        EhfBillingReference: EhfBillingReference;
        EhfAdditionalDocument: EhfAdditionalDocument;
        /** @description What supplier and customer have in common. */
        EhfParty: EhfParty;
        EhfAddress: EhfAddress;
        EhfSupplier: EhfSupplier;
        /** @description Seen as far as the first key of its tax scheme. */
        EhfCustomer: EhfCustomer;
        B2cInvoiceRequest: B2cInvoiceRequest;
        /** @description Seen as far as the other payment information. */
        B2cInvoice: B2cInvoice;
        /** @description One object a channel. Those of channels other than the one in Channel may be sent along. */
        ChannelSettings: ChannelSettings;
        /** @description The recipient. */
        Invoicee: Invoicee;
        /** @description The sender. */
        Invoicer: Invoicer;
        LineDetail: LineDetail;
        /** @description Its amounts are numbers, unlike those of the line. */
        Discount: Discount;
        TypedValue: TypedValue;
        /** @description A decimal number with a dot, as in "788.20". */
        DecimalString: string;
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
        /** @description Not observed. */
        UnseenSuccess: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
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
    createEhfCreditNote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @remarks The example is cut inside CompanyID of the customer's PartyTaxScheme.
                 * @example {
                 *       "Creditnote": {
                 *         "Identifier": "unique_invoice_identifier_ehf_invoice_20200301",
                 *         "ID": "2019-112",
                 *         "IssueDate": "2020-03-01",
                 *         "DueDate": "2020-04-01",
                 *         "Note": "Message to the receiver",
                 *         "DocumentCurrencyCode": "NOK",
                 *         "AccountingCost": "",
                 *         "LanguageID": "NO",
                 *         "BuyerReference": "ACE22",
                 *         "InvoicePeriod": {
                 *           "StartDate": "2020-11-01",
                 *           "EndDate": "2020-11-30",
                 *           "DescriptionCode": "35"
                 *         },
                 *         "OrderReference": {
                 *           "ID": "PROSJEKT 574"
                 *         },
                 *         "BillingReference": [
                 *           {
                 *             "InvoiceDocumentReference": {
                 *               "ID": "inv123",
                 *               "IssueDate": ""
                 *             }
                 *           }
                 *         ],
                 *         "DespatchDocumentReference": {
                 *           "ID": "401707115400000753022"
                 *         },
                 *         "ContractDocumentReference": {
                 *           "ID": ""
                 *         },
                 *         "AdditionalDocumentReference": [
                 *           {
                 *             "ID": "2019-112-01",
                 *             "DocumentDescription": "Commercial invoice",
                 *             "Attachment": {
                 *               "EmbeddedDocumentBinaryObject": {
                 *                 "MimeCode": "application/pdf",
                 *                 "Filename": "Invoice_03_2020.pdf",
                 *                 "Data": "JVBERi0xLjUNCiW1tbW1DQoxIDA...CjE3ODU4Mg0KJSVFT0Y="
                 *               },
                 *               "ExternalReference": {
                 *                 "URI": ""
                 *               }
                 *             }
                 *           }
                 *         ],
                 *         "AccountingSupplierParty": {
                 *           "Party": {
                 *             "EndpointID": "5565268363",
                 *             "SchemeID": "0088",
                 *             "PartyIdentification": {
                 *               "ID": ""
                 *             },
                 *             "PartyName": {
                 *               "Name": "Compello AB"
                 *             },
                 *             "PostalAddress": {
                 *               "StreetName": "Djupdalsvägen 18",
                 *               "CityName": "Sollentuna",
                 *               "PostalZone": "19251",
                 *               "Country": {
                 *                 "IdentificationCode": "SE"
                 *               }
                 *             },
                 *             "PartyTaxScheme": [
                 *               {
                 *                 "CompanyID": "SE556478655501",
                 *                 "TaxScheme": {
                 *                   "ID": "VAT"
                 *                 }
                 *               }
                 *             ],
                 *             "PartyLegalEntity": {
                 *               "RegistrationName": "Compello AB",
                 *               "CompanyID": "962392687"
                 *             },
                 *             "Contact": {
                 *               "Name": "Kari Nordmann",
                 *               "Telephone": "4790000000",
                 *               "ElectronicMail": "kari@example.com"
                 *             }
                 *           }
                 *         },
                 *         "AccountingCustomerParty": {
                 *           "Party": {
                 *             "EndpointID": "5565268363",
                 *             "SchemeID": "0088",
                 *             "PartyIdentification": {
                 *               "ID": ""
                 *             },
                 *             "PartyName": {
                 *               "Name": "Compello AB"
                 *             },
                 *             "PostalAddress": {
                 *               "StreetName": "Djupdalsvägen 18",
                 *               "CityName": "Sollentuna",
                 *               "PostalZone": "19251",
                 *               "Country": {
                 *                 "IdentificationCode": "SE"
                 *               }
                 *             }
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["EhfCreditNoteRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    createEhfInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @remarks Inferred: JSON, as the credit note. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UnseenDocumentRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    createB2cInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @remarks The example is cut inside the first Value of OtherPaymentInfo.
                 * @example {
                 *       "Invoice": {
                 *         "Channel": "EINVOICE",
                 *         "ChannelSettings": {
                 *           "Digipost": {
                 *             "SenderId": "1234567"
                 *           },
                 *           "Email": {
                 *             "SenderName": "Company AS",
                 *             "SenderEmailAddress": "no-reply@company.com",
                 *             "Subject": "Invoice from Company AS"
                 *           }
                 *         },
                 *         "PaymentType": "",
                 *         "DocumentCode": "380",
                 *         "DueDate": "2019-11-25",
                 *         "ExternalUrl": "https://amili.no",
                 *         "FreeText": "PDF_attachment_encoded_in_Base64",
                 *         "LayoutID": "",
                 *         "Note": "",
                 *         "Identifier": "unique_invoice_identifier",
                 *         "LanguageID": "NO",
                 *         "InvoiceDate": "2019-10-25",
                 *         "Invoicee": {
                 *           "OrganizationNumber": "",
                 *           "CustomerNo": "6854984",
                 *           "EinvoiceRef": "1245",
                 *           "EinvoiceIdentifier": "123456789",
                 *           "NationalId": "010180xxxxx",
                 *           "BirthDate": "01011980",
                 *           "Name": "Kari Nordmann",
                 *           "Address1": "Storgata 1",
                 *           "Address2": "Storgata 2",
                 *           "Address3": "Storgata 3",
                 *           "City": "Oslo",
                 *           "PostCode": "0155",
                 *           "CountryCode": "NO",
                 *           "Email": "kari@example.com",
                 *           "Mobile": "4790000000",
                 *           "Reference": "Ref00001"
                 *         },
                 *         "InvoiceNo": "7500788961",
                 *         "Invoicer": {
                 *           "CompanyRegNo": "98741562",
                 *           "Name": "Utleier AS",
                 *           "Address1": "Kongeveien 1",
                 *           "City": "Oslo",
                 *           "PostCode": "0580",
                 *           "CountryCode": "NO",
                 *           "Email": "contact@company.com",
                 *           "Phone": "4722556699",
                 *           "WebAddress": "www.company.com"
                 *         },
                 *         "LineDetails": [
                 *           {
                 *             "CurrencyId": "NOK",
                 *             "SupplierProductCode": "0010",
                 *             "SupplierProductText": "Vare",
                 *             "Quantity": "1.00",
                 *             "Price": "3941.00",
                 *             "LineTotExclTax": "788.20",
                 *             "LineTotInclTax": "788.20",
                 *             "LineTotTax": "788.20",
                 *             "TaxPercent": "25",
                 *             "Discounts": [
                 *               {
                 *                 "Description": "string",
                 *                 "DiscountBase": 0,
                 *                 "DiscountPercent": 0,
                 *                 "DiscountAmount": 0
                 *               }
                 *             ],
                 *             "Note": "Note",
                 *             "PostingInformation": "Project 1234"
                 *           }
                 *         ],
                 *         "MessageType": "B2C",
                 *         "OrderDescription": "House rental March 2020",
                 *         "OtherReferences": [
                 *           {
                 *             "Type": "urn:no:ccn:einvoice:latepayment:fee",
                 *             "Value": "70.00"
                 *           }
                 *         ],
                 *         "PaymentInfo": {
                 *           "KID": "127734800100051",
                 *           "OtherPaymentInfo": [
                 *             {
                 *               "Type": "urn:no:ccn:einvoice:latepayment:fee"
                 *             }
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["B2cInvoiceRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    createB2cLetter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @remarks Inferred: That it is required; the word is cut after "Require". */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnseenDocumentRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    createSwedishInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @remarks Inferred: That there is a body and that it is JSON, as its siblings. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UnseenDocumentRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    createDanishInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @remarks Inferred: JSON, as its siblings; the heading is cut after "application". */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UnseenDocumentRequest"];
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    queryInvoiceStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @remarks Inferred: That there is a body and that it is JSON, probably a list of identifiers; a GET exists beside this POST. */
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    registerBankAgreement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @remarks Inferred: That there is a body and that it is JSON, as its sibling. */
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            "2XX": components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
    queryBankAgreementStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            200: components["responses"]["UnseenSuccess"];
            default: components["responses"]["Error"];
        };
    };
}
/**
 * @description Not observed.
 *
 *     @remarks Inferred: An object with a single root, as the two observed send bodies.
 */
export interface UnseenDocumentRequest {
    [key: string]: unknown;
}
export interface EhfCreditNoteRequest {
    Creditnote?: components["schemas"]["EhfCreditNote"];
}
/** @description Seen as far as the tax scheme of the customer. */
export interface EhfCreditNote {
    /** @description The sender's own key of the document, unique by its sample. Not the ID. */
    Identifier?: string;
    /** @description Number of the document. */
    ID?: string;
    /** Format: date */
    IssueDate?: string;
    /** Format: date */
    DueDate?: string;
    Note?: string;
    /** @description Three letters. */
    DocumentCurrencyCode?: string;
    AccountingCost?: string;
    /** @description Two letters, upper case. */
    LanguageID?: string;
    BuyerReference?: string;
    InvoicePeriod?: components["schemas"]["EhfPeriod"];
    OrderReference?: components["schemas"]["EhfReference"];
    BillingReference?: components["schemas"]["EhfBillingReference"][];
    DespatchDocumentReference?: components["schemas"]["EhfReference"];
    ContractDocumentReference?: components["schemas"]["EhfReference"];
    AdditionalDocumentReference?: components["schemas"]["EhfAdditionalDocument"][];
    AccountingSupplierParty?: {
        Party?: components["schemas"]["EhfSupplier"];
    };
    AccountingCustomerParty?: {
        Party?: components["schemas"]["EhfCustomer"];
    };
}
export interface EhfPeriod {
    /** Format: date */
    StartDate?: string;
    /** Format: date */
    EndDate?: string;
    DescriptionCode?: "35" | (string & {});
}
export interface EhfReference {
    ID?: string;
}
export interface EhfBillingReference {
    InvoiceDocumentReference?: {
        /** @description Number of the credited invoice, by its UBL name (inferred). */
        ID?: string;
        /** @description A date or an empty string. */
        IssueDate?: string;
    };
}
export interface EhfAdditionalDocument {
    ID?: string;
    DocumentDescription?: string;
    Attachment?: {
        EmbeddedDocumentBinaryObject?: {
            MimeCode?: "application/pdf" | (string & {});
            Filename?: string;
            /** @description The file. The sample is shortened by three dots. */
            Data?: string;
        };
        ExternalReference?: {
            /** @description May be an empty string. */
            URI?: string;
        };
    };
}
/** @description What supplier and customer have in common. */
export interface EhfParty {
    /** @description Electronic address, digits in the sample. */
    EndpointID?: string;
    /** @description Scheme of the EndpointID, four digits. */
    SchemeID?: "0088" | (string & {});
    PartyIdentification?: components["schemas"]["EhfReference"];
    PartyName?: {
        Name?: string;
    };
    PostalAddress?: components["schemas"]["EhfAddress"];
}
export interface EhfAddress {
    StreetName?: string;
    CityName?: string;
    PostalZone?: string;
    Country?: {
        /** @description Two letters. */
        IdentificationCode?: string;
    };
}
export interface EhfSupplier extends EhfParty {
    PartyTaxScheme?: {
        CompanyID?: string;
        TaxScheme?: {
            ID?: "VAT" | (string & {});
        };
    }[];
    PartyLegalEntity?: {
        RegistrationName?: string;
        CompanyID?: string;
    };
    Contact?: {
        Name?: string;
        /** @description Country code and number, no plus. */
        Telephone?: string;
        /** Format: email */
        ElectronicMail?: string;
    };
}
/** @description Seen as far as the first key of its tax scheme. */
export interface EhfCustomer extends EhfParty {
    PartyTaxScheme?: {
        /** @remarks Inferred: The key was read; its type is that of the supplier's. */
        CompanyID?: string;
    }[];
}
export interface B2cInvoiceRequest {
    Invoice?: components["schemas"]["B2cInvoice"];
}
/** @description Seen as far as the other payment information. */
export interface B2cInvoice {
    /** @description Channel of delivery. By ChannelSettings there are Digipost and e-mail too; how they are spelt here is not observed. */
    Channel?: "EINVOICE" | (string & {});
    ChannelSettings?: components["schemas"]["ChannelSettings"];
    /** @description Empty in the sample. */
    PaymentType?: string;
    /** @description Type of the document. */
    DocumentCode?: "380" | (string & {});
    /** Format: date */
    DueDate?: string;
    /** Format: uri */
    ExternalUrl?: string;
    /** @description By its sample a PDF attachment in base64, despite the name. */
    FreeText?: string;
    LayoutID?: string;
    Note?: string;
    /**
     * @description The sender's own key of the invoice, unique by its sample. Not the InvoiceNo. The status of invoices is asked for
     *     by an invoice identifier, probably this one (inferred).
     */
    Identifier?: string;
    /** @description Two letters, upper case. */
    LanguageID?: string;
    /** Format: date */
    InvoiceDate?: string;
    Invoicee?: components["schemas"]["Invoicee"];
    InvoiceNo?: string;
    Invoicer?: components["schemas"]["Invoicer"];
    LineDetails?: components["schemas"]["LineDetail"][];
    MessageType?: "B2C" | (string & {});
    OrderDescription?: string;
    OtherReferences?: components["schemas"]["TypedValue"][];
    PaymentInfo?: {
        /** @description Norwegian payment reference, digits. */
        KID?: string;
        OtherPaymentInfo?: components["schemas"]["TypedValue"][];
    };
}
/** @description One object a channel. Those of channels other than the one in Channel may be sent along. */
export interface ChannelSettings {
    Digipost?: {
        SenderId?: string;
    };
    Email?: {
        SenderName?: string;
        /** Format: email */
        SenderEmailAddress?: string;
        Subject?: string;
    };
}
/** @description The recipient. */
export interface Invoicee {
    /** @description Empty in the sample, a consumer. */
    OrganizationNumber?: string;
    CustomerNo?: string;
    EinvoiceRef?: string;
    EinvoiceIdentifier?: string;
    /** @description Eleven characters; the sample masks the last five with x. */
    NationalId?: string;
    /** @description Eight digits: day, month, year. Unlike the other dates. */
    BirthDate?: string;
    Name?: string;
    Address1?: string;
    Address2?: string;
    Address3?: string;
    City?: string;
    PostCode?: string;
    /** @description Two letters. */
    CountryCode?: string;
    /** Format: email */
    Email?: string;
    /** @description Country code and number, no plus. */
    Mobile?: string;
    Reference?: string;
}
/** @description The sender. */
export interface Invoicer {
    /** @description Eight digits in the sample, though Norwegian numbers have nine. */
    CompanyRegNo?: string;
    Name?: string;
    Address1?: string;
    City?: string;
    PostCode?: string;
    /** @description Two letters. */
    CountryCode?: string;
    /** Format: email */
    Email?: string;
    /** @description Country code and number, no plus. */
    Phone?: string;
    /** @description Without a scheme in the sample. */
    WebAddress?: string;
}
export interface LineDetail {
    /** @description Three letters. */
    CurrencyId?: string;
    SupplierProductCode?: string;
    SupplierProductText?: string;
    Quantity?: components["schemas"]["DecimalString"];
    Price?: components["schemas"]["DecimalString"];
    LineTotExclTax?: components["schemas"]["DecimalString"];
    LineTotInclTax?: components["schemas"]["DecimalString"];
    LineTotTax?: components["schemas"]["DecimalString"];
    TaxPercent?: components["schemas"]["DecimalString"];
    Discounts?: components["schemas"]["Discount"][];
    Note?: string;
    PostingInformation?: string;
}
/** @description Its amounts are numbers, unlike those of the line. */
export interface Discount {
    Description?: string;
    DiscountBase?: number;
    DiscountPercent?: number;
    DiscountAmount?: number;
}
export interface TypedValue {
    /** @description A URN that says what the value is. */
    Type?: "urn:no:ccn:einvoice:latepayment:fee" | (string & {});
    Value?: components["schemas"]["DecimalString"];
}
