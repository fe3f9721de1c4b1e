// Written by `npm run generate` from openapi/. Do not edit.
/** The names in the specs: of properties, parameters and headers, and the fixed parts of paths. */
export const names =
  "$type Accept-Language AccountingCost AccountingCustomerParty AccountingSupplierParty AdditionalDocumentReference Address1 Address2 Address3 Attachment Batch BillingReference BirthDate BuyerReference CaseNumber Channel ChannelSettings City CityName CompanyID CompanyRegNo Contact ContractDocumentReference Country CountryCode Creditnote CurrencyId CustomerNo CustomerNumber Data Description DescriptionCode DespatchDocumentReference Digipost DiscountAmount DiscountBase DiscountPercent Discounts DocumentCode DocumentCurrencyCode DocumentDescription DueDate EinvoiceIdentifier EinvoiceRef ElectronicMail Email EmbeddedDocumentBinaryObject EndDate EndpointID ExternalReference ExternalUrl Filename FreeText From FromCreatedAt ID IdempotencyKey IdentificationCode Identifier Invoice InvoiceDate InvoiceDocumentReference InvoiceNo InvoiceNumber InvoicePeriod Invoicee Invoicer IssueDate KID LanguageID LayoutID LineDetails LineTotExclTax LineTotInclTax LineTotTax MessageType MimeCode Mobile Name NationalId Note OrderDescription OrderReference OrganizationNumber OtherPaymentInfo OtherReferences PageSize PageToken Party PartyIdentification PartyLegalEntity PartyName PartyTaxScheme PaymentInfo PaymentType Phone PostCode PostalAddress PostalZone PostingInformation Price Quantity Reference RegistrationName SchemeID SearchTerm SenderEmailAddress SenderId SenderName SortDirection StartDate State Status StreetName Subject SubjectId SupplierProductCode SupplierProductText TaxPercent TaxScheme Telephone To ToCreatedAt Type URI UniqueSourceInvoiceId Value WebAddress X-Amili-Event X-Amili-Request-Id X-Webhook-Signature access_token accountNo accountno action actions activeStatusWeb adb adbinterval additionalReference address addressLine1 addressLine2 addressLine3 addressScheme amount api arItemId arItems aritemid aritems arm articleName articleNo attachmentCodes attachmentFiles attachmentid autopostingmethod autopostings balanceIn balanceOut bankAccount bankAccountNo bankaccountno bankagreement batchId batchUrl batches batchid batchuuid billdate buyerReference cachedTime case caseId caseNumber caseToken casehandler casenumber cases city cityName clientGlAccountNo clientNo client_id client_secret clientconfigs clientno clients closedAt closuredate collection collectionCaseNumber collectionNoticeDate collectionType collector contact conversationid corrections countryCode countryText countrycode createdAt createdBy createdTime creditedAmount creditnote creditor creditorId creditorNumber creditorid currency currencyAmount currencyAmounts currencyBalance currencycode currentPageSize customCodes customer customerCategory customerGroupCode customerMessage customerNo customerNumber customerReference customername customerno customerref customers data date dateOfBirth daysInInterval debtCollectionColumn debtcollectionlist debtcollectiontransfer debtorId debtorNumber debtors description digipostBlockIds disabled discountRate distribution dk document documentBundles documentDate documentLines documentNo documentType documentUuid documentbundleid documentbundles documentno documents dueDate dueDays duedate efakturaBlockIds ehf30 einvoiceAddress einvoiceCode email emailAddress emailAddressDocument errors eventType exchangeRate exclVat expand expires_in expires_on externalId1 failed feeDistribution fees fields files finishedAt firstName fromDate fullName fullname glAccountName glAccountNo glAmount glBalance glCaseNo glItems glLotNo glMovements glPeriod glPeriodFrom glPeriodTo glYear glYearFrom glYearTo glaccountno glitemid glitems glmovements glperiod glperiodfrom glperiodto glyear glyearfrom glyearto grant_type hasforeigncurrency hasforeigndebtors highestDayNo history id idnumber inclVat includeSum includeclosed informalName insights interestDistribution intervalLength intervalNo intervals invoice invoiceDate invoiceId invoiceNumber invoicearchive invoices iscollectionlist isdebtcollection isinvoicequery isorderconfirmation isremittancereport isweb itemCount itemGroup1 itemGroup2 itemGroup3 jobQueueId key kid language languagecode lastName lastPage lastsettlementid ledgerNote ledgerPeriodReportNo ledgerref letter limitAmount lineNo lineText lineType logItems loggedat logitemid logitems lowestDayNo marketingMessageCode maximumCount maximumcount message metadata movement name newestDate nextPage nextPageToken not_before objectindex objectname offline oldestDate onlydebtcollection operator options orgId organization organizationId organizationNo organizationNoScheme organizationNumber orgs originalAmount originalDueDate originalInvoiceAmount originalfee originalinterest originalprincipal originalsum pageNo pageSize pageSizeLimit pageToken pageno pagesize paidAmount paidfee paidinterest paidprincipal paidsum parentidnumber pause paymentAmount paymentDetails paymentId paymentReservation paymentValue paymentreservations payments peppolBlockIds phoneNo postalAddress postalAddress1 postalAddressChanged postalCode postalReturnDate postalReturnStatus price priceNetOrGross principalDistribution pstatus purchaseOrderId quantity quantityUnit query queryId referenceNo referenceSequenceNo referencenumber regdate registeredAt registrationStatusCode registrationStatusDate remainingAmount remainingPrincipal remainingfee remaininginterest remainingprincipal remainingsum reminderflow reminders remittanceDate remittancedate report reportType reports reporttype reservedStatus resource responses result resume salesOrderId se secondaryEmailAddress secondaryPhoneNo sellerReference send senderid service_description settlement settlementDate settlementId settlements source sourceid ssn ssnCountry status status_statuscode statuscode stopDebtCollectionUntil stopInterestCalcUntil stopReminderUntil street subCustomerNo subStatus subject succeeded sumGlBalance summary swedish timeStamp toDate token token_type totalCount totalPages transactionText type uniqueSourceInvoiceId userId userid v1 vat vatLiable vattype volume volumeUnit voucherDate voucherNo voucherType voucherTypeDescription webapi withdraw workphone yearOfBirth zipcode";

/** The values that the specs list, by operation and by the path of a field of its bodies. */
export const valueLists: Record<string, Record<string, string[]>> = {
  "accountsReceivable.createReportsAction": {
    "response status": ["PROCESSED"],
    "response result": ["CREATED"],
    "response reportType": ["adb"],
  },
  "accountsReceivable.createCustomer": {
    "request customer.distribution.type": ["H", "M"],
    "response status": ["PROCESSED"],
    "response result": ["CREATED"],
  },
  "accountsReceivable.updateCustomer": {
    "request customer.distribution.type": ["H", "M"],
    "response status": ["PROCESSED"],
    "response result": ["CREATED"],
  },
  "accountsReceivable.listCustomers": {
    "response customers[].customerCategory": ["CONS"],
    "response customers[].priceNetOrGross": ["B"],
    "response customers[].activeStatusWeb": ["Passive"],
    "response customers[].registrationStatusCode": ["FICTITIOUS"],
    "response customers[].distribution.type": ["H", "M"],
  },
  "accountsReceivable.getCustomer": {
    "response customerCategory": ["CONS"],
    "response priceNetOrGross": ["B"],
    "response activeStatusWeb": ["Passive"],
    "response registrationStatusCode": ["FICTITIOUS"],
    "response distribution.type": ["H", "M"],
  },
  "accountsReceivable.createCustomersBatch": { "request customers[].distribution.type": ["H", "M"] },
  "accountsReceivable.updateCustomersBatch": { "request customers[].distribution.type": ["H", "M"] },
  "accountsReceivable.createDocument": {
    "request document.documentType": ["IN"],
    "request document.distribution.type": ["H", "M"],
    "request document.documentLines[].lineType": ["PLH", "TXT"],
    "response status": ["PROCESSED"],
    "response result": ["CREATED"],
  },
  "accountsReceivable.createDocumentsBatch": {
    "request documents[].documentType": ["IN"],
    "request documents[].distribution.type": ["H", "M"],
    "request documents[].documentLines[].lineType": ["PLH", "TXT"],
  },
  "accountsReceivable.createPaymentReservation": { "response status": ["PROCESSED"], "response result": ["CREATED"] },
  "autoCollectLegacy.getBatch": {
    "response case[].status": ["OPEN"],
    "response case[].subStatus": ["DEBT_COLLECTION_LIST_MANUAL"],
    "response case[].type": ["PAYMENT_REMINDER"],
    "response case[].debtors[].type": ["PRIVATE"],
    "response settlement[].collectionType": ["REMINDER"],
  },
  "debtCollection.getBatchLegacy": {
    "response summary.status": ["SUCCESS"],
    "response data.type": ["NONE", "INVOICE"],
    "response data.status": ["QUEUED", "SUCCESS", "PARTIAL", "FAILED"],
    "response data.succeeded[].$type": ["invoiceSuccess"],
  },
  "debtCollection.listAllBatches": {
    "response summary.status": ["SUCCESS"],
    "response data[].type": ["NONE", "INVOICE"],
    "response data[].status": ["QUEUED", "SUCCESS", "PARTIAL", "FAILED"],
    "response data[].succeeded[].$type": ["invoiceSuccess"],
  },
  "debtCollection.getBatch": {
    "response summary.status": ["SUCCESS"],
    "response data.type": ["NONE", "INVOICE"],
    "response data.status": ["QUEUED", "SUCCESS", "PARTIAL", "FAILED"],
    "response data.succeeded[].$type": ["invoiceSuccess"],
  },
  "debtCollection.listBatches": {
    "response summary.status": ["SUCCESS"],
    "response data[].type": ["NONE", "INVOICE"],
    "response data[].status": ["QUEUED", "SUCCESS", "PARTIAL", "FAILED"],
    "response data[].succeeded[].$type": ["invoiceSuccess"],
  },
  "debtCollection.listCases": {
    "response summary.status": ["SUCCESS"],
    "response data[].status": ["OPEN", "PAUSED"],
    "response data[].subStatus": ["DEBT_COLLECTION_LIST_MANUAL"],
    "response data[].type": ["PAYMENT_REMINDER", "COLLECTION_NOTICE"],
    "response data[].debtors[].type": ["PRIVATE"],
  },
  "debtCollection.createCorrections": { "response summary.status": ["SUCCESS"] },
  "debtCollection.createInvoices": {
    "request invoices[].type": ["PAYMENT_REMINDER", "NOTICE"],
    "response summary.status": ["SUCCESS"],
  },
  "debtCollection.listInvoices": {
    "response summary.status": ["SUCCESS"],
    "response data[].type": ["PAYMENT_REMINDER", "NOTICE"],
    "response data[].status": ["OPEN"],
  },
  "debtCollection.getInvoice": {
    "response summary.status": ["SUCCESS"],
    "response data.type": ["PAYMENT_REMINDER", "NOTICE"],
    "response data.status": ["OPEN"],
  },
  "debtCollection.createPayments": {
    "request payments[].type": ["DIRECT_PAYMENT"],
    "response summary.status": ["SUCCESS"],
  },
  "debtCollection.listSettlements": {
    "response summary.status": ["SUCCESS"],
    "response data[].collectionType": ["REMINDER"],
  },
  "debtCollection.getSettlement": {
    "response summary.status": ["SUCCESS"],
    "response data.collectionType": ["REMINDER"],
  },
  "distributionInvoice.createEhfCreditNote": {
    "request Creditnote.InvoicePeriod.DescriptionCode": ["35"],
    "request Creditnote.AdditionalDocumentReference[].Attachment.EmbeddedDocumentBinaryObject.MimeCode": [
      "application/pdf",
    ],
    "request Creditnote.AccountingSupplierParty.Party.PartyTaxScheme[].TaxScheme.ID": ["VAT"],
    "request Creditnote.AccountingSupplierParty.Party.SchemeID": ["0088"],
    "request Creditnote.AccountingCustomerParty.Party.SchemeID": ["0088"],
  },
  "distributionInvoice.createB2cInvoice": {
    "request Invoice.Channel": ["EINVOICE"],
    "request Invoice.DocumentCode": ["380"],
    "request Invoice.MessageType": ["B2C"],
    "request Invoice.OtherReferences[].Type": ["urn:no:ccn:einvoice:latepayment:fee"],
    "request Invoice.PaymentInfo.OtherPaymentInfo[].Type": ["urn:no:ccn:einvoice:latepayment:fee"],
  },
  "identity.createToken": { "request grant_type": ["client_credentials"], "response token_type": ["Bearer"] },
};
