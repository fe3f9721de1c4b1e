import { readFileSync } from "node:fs";
import { comparePage } from "../../../../../scripts/docs/compare/compare-page.js";
import { asObject, type JsonObject } from "../../../../../scripts/docs/read/json.js";
import { readPage } from "../../../../../scripts/docs/read/read-page.js";
import { parseSpec } from "../../../../../scripts/docs/read/spec-folder.js";
import { comparisonEntry, type ReportEntry } from "../../../../../scripts/docs/report/entry.js";
import { apidogPage, operationOf, type PageDraft, printPage, schemaOf } from "./apidog-page.js";
import { parametersOf, propertiesOf, responsesOf } from "./drafts.js";
import { specs } from "./specs.js";

/** A change of a page that is reported: the rule for both forms, its test, and its row in docs/regenerating.md. */
export interface Mutation {
  change: string;
  markdown: MarkdownMutation;
  /** `undefined` when plain text does not show it. */
  text?: TextMutation;
}

export interface MarkdownMutation {
  operation: [spec: string, operationId: string];
  mutate(draft: PageDraft): void;
  /** What is reported: `kind what`, of an answer `answers kind what`. */
  reported: string[];
  /** A text of the line of the spec that is named. */
  at: string;
  /** An edit of the spec first, for what none of the specs has. */
  spec?: [from: string, to: string];
}

export interface TextMutation {
  page: keyof typeof TEXT_PAGES;
  from: string | RegExp;
  to: string;
  reported: string[];
  /** A text of the line of the page that is named. */
  at: string;
}

/** Saved pages by short names. Their own names have no id. */
const TEXT_PAGES = {
  movements: ["glmovements-list", "get-a-list-of-gl-movementsbalances-4205287e0"],
  action: ["actions-create-report", "post-create-a-reports-actiongenerate-a-report-4205259e0"],
  intervals: ["insights-adb-intervals", "insights-adb-intervals"],
} as const;

const ITEM: [string, string] = ["accounts-receivable", "getArItem"];
const ITEMS: [string, string] = ["accounts-receivable", "listArItems"];
const MOVEMENTS: [string, string] = ["accounts-receivable", "listGlMovements"];
const ACTION: [string, string] = ["accounts-receivable", "createReportsAction"];
const SETTLEMENTS: [string, string] = ["debt-collection", "listSettlements"];

/** A schema, new each time because another mutation may change it. */
const string = (): JsonObject => ({ type: "string" });
const parameter = (draft: PageDraft, name: string) =>
  asObject(parametersOf(draft).find((candidate) => candidate.name === name));
const parameterSchema = (draft: PageDraft, name: string) => asObject(parameter(draft, name).schema);
const itemField = (draft: PageDraft, name: string) => asObject(propertiesOf(draft, "ArItem")[name]);
const response = (draft: PageDraft, status = "200") => asObject(responsesOf(draft)[status]);
const media = (draft: PageDraft) => asObject(asObject(response(draft).content)["application/json"]);
const requestBody = (draft: PageDraft) => asObject(operationOf(draft).requestBody);
const schemes = (draft: PageDraft, securitySchemes: JsonObject, security: JsonObject[]) => {
  draft.document.components = { ...asObject(draft.document.components), securitySchemes };
  operationOf(draft).security = security;
};

/** A keyword that a field of the page has, where the spec has another value, or none. */
const fieldKeyword = (
  change: string,
  keyword: string,
  value: unknown,
  kind: string,
  { name = "kid", prefix = "answers " } = {},
): Mutation => ({
  change,
  markdown: {
    operation: ITEM,
    mutate: (draft) => {
      itemField(draft, name)[keyword] = value;
    },
    reported: [`${prefix}${kind} 200 ${name}`],
    at: `${name}:`,
  },
});

/** A keyword of a query parameter of which the spec has another value, or none. */
const parameterKeyword = (change: string, keyword: string, value: unknown, reported: string): Mutation => ({
  change,
  markdown: {
    operation: ITEMS,
    mutate: (draft) => {
      parameterSchema(draft, "pagesize")[keyword] = value;
    },
    reported: [reported],
    at: "schema: { type: integer, default: 100, maximum: 1000 }",
  },
});

export const MUTATIONS: Mutation[] = [
  // ------------------------------------------------------------------ The operation
  {
    change: "another method",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        draft.document.paths = { [draft.path]: { post: operationOf(draft) } };
      },
      reported: ["method"],
      at: "get:",
    },
    text: { page: "movements", from: "\nGET\n/clients", to: "\nPOST\n/clients", reported: ["method"], at: "POST" },
  },
  {
    change: "a moved path",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        draft.document.paths = { "/clients/{clientno}/items/{aritemid}": { get: operationOf(draft) } };
      },
      reported: ["path"],
      at: "/clients/{clientno}/aritems/{aritemid}:",
    },
    text: {
      page: "movements",
      from: "\n/clients/{clientno}/glmovements",
      to: "\n/clients/{clientno}/movements",
      reported: ["path"],
      at: "GET",
    },
  },
  {
    change: "another title",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        draft.title = "Read an AR item";
      },
      reported: ["title"],
      at: "summary:",
    },
    text: {
      page: "movements",
      from: "\nGET a list of GL movements/balances\n\nGET",
      to: "\nGET GL movements\n\nGET",
      reported: ["title"],
      at: "GET",
    },
  },
  {
    change: "another tag",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        operationOf(draft).tags = ["Accounts Receivable/Items"];
      },
      reported: ["tag"],
      at: "tags: [ArItems]",
    },
    text: {
      page: "movements",
      from: "  1. GlMovements\n\nGET a list",
      to: "  1. Ledger\n\nGET a list",
      reported: ["tag"],
      at: "GET",
    },
  },
  {
    change: "a deprecation",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        operationOf(draft)["x-apidog-status"] = "obsolete";
      },
      reported: ["deprecated"],
      at: "get:",
    },
    text: {
      page: "movements",
      from: "\n/clients/{clientno}/glmovements\n",
      to: "\n/clients/{clientno}/glmovements\nDeprecated\n",
      reported: ["deprecated"],
      at: "GET",
    },
  },
  {
    change: "the end of a deprecation",
    markdown: {
      operation: ["debt-collection", "resumeInvoice"],
      mutate: (draft) => {
        operationOf(draft).deprecated = false;
      },
      reported: ["deprecated"],
      at: "deprecated: true",
    },
  },
  {
    change: "a later date",
    markdown: {
      operation: MOVEMENTS,
      mutate: (draft) => {
        draft.footer = "Modified at 2026-11-02 10:00:00";
      },
      reported: ["modified Modified at"],
      at: "2026-04-14",
    },
    text: { page: "movements", from: "2026-04-14", to: "2026-11-02", reported: ["modified Modified at"], at: "GET" },
  },
  {
    change: "another security scheme",
    markdown: {
      operation: ITEM,
      mutate: (draft) => schemes(draft, { key: { type: "apikey", in: "header", name: "X-Key" } }, [{ key: [] }]),
      reported: ["security"],
      at: "security: [{ bearerAuth: [] }]",
    },
    text: {
      page: "movements",
      from: "Authorization\nJWT Bearer",
      to: "Authorization\nBasic Auth",
      reported: ["security"],
      at: "GET",
    },
  },
  {
    change: "a scope that a token needs",
    markdown: {
      operation: ITEM,
      mutate: (draft) => schemes(draft, { jwt: { type: "http", scheme: "bearer" } }, [{ jwt: ["read:items"] }]),
      reported: ["security"],
      at: "security: [{ bearerAuth: [] }]",
    },
  },
  {
    change: "another security scheme of the whole site",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        schemes(draft, { user: { type: "http", scheme: "basic" } }, []);
        draft.document.security = [{ user: [] }];
      },
      reported: ["security"],
      at: "security: [{ bearerAuth: [] }]",
    },
  },
  {
    change: "a security scheme where the spec has none",
    markdown: {
      operation: ["distribution-invoice", "createB2cLetter"],
      mutate: (draft) => schemes(draft, { jwt: { type: "http", scheme: "bearer" } }, [{ jwt: [] }]),
      reported: ["answers security"],
      at: "security: []",
    },
  },
  {
    change: "another server",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        draft.document.servers = ["https://api.amili.no/arm/v1", "https://api.staging.amili.no/arm/v2"].map((url) => ({
          url,
        }));
      },
      reported: [
        "server added https://api.staging.amili.no/arm/v2",
        "server removed https://api.staging.amili.no/arm/v1",
      ],
      at: "https://api.staging.amili.no/arm/v1",
    },
    text: {
      page: "movements",
      from: "GET '/clients//",
      to: "GET 'https://api.amili.no/arm/v2/clients//",
      reported: ["server added https://api.amili.no/arm/v2"],
      at: "",
    },
  },
  {
    change: "a server where the spec has none",
    markdown: {
      operation: ["distribution-invoice", "createB2cLetter"],
      mutate: (draft) => {
        draft.document.servers = [{ url: "https://api.amili.no/distribution" }];
      },
      reported: ["answers server added https://api.amili.no/distribution"],
      at: "servers:",
    },
  },
  {
    change: "a new callback",
    markdown: {
      operation: ACTION,
      mutate: (draft) => {
        const body = { content: { "application/json": { schema: { type: "object", properties: { id: string() } } } } };
        const post = { requestBody: body, responses: { "200": { description: "" } } };
        operationOf(draft).callbacks = { ready: { "{$request.body#/url}": { post } } };
      },
      reported: ["callback added ready POST {$request.body#/url}"],
      at: "post:",
    },
  },
  {
    change: "a dropped callback",
    markdown: {
      operation: ACTION,
      mutate: () => {},
      spec: [
        "      operationId: createReportsAction\n",
        "      operationId: createReportsAction\n      callbacks: { ready: { /hook: { post: { responses: {} } } } }\n",
      ],
      reported: ["callback removed ready POST /hook"],
      at: "post:",
    },
  },
  // ------------------------------------------------------------------ Parameters
  {
    change: "a new parameter",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => parametersOf(draft).push({ name: "scope", in: "query", required: true, schema: string() }),
      reported: ["parameter added query scope"],
      at: "parameters:",
    },
    text: {
      page: "movements",
      from: "&options'",
      to: "&options&sortby'",
      reported: ["parameter added query sortby"],
      at: "curl",
    },
  },
  {
    change: "a new header parameter",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => parametersOf(draft).push({ name: "X-Trace", in: "header", schema: string() }),
      reported: ["parameter added header x-trace"],
      at: "parameters:",
    },
    text: {
      page: "movements",
      from: "--header 'Authorization: Bearer <token>'",
      to: "--header 'Authorization: Bearer <token>' \\\n--header 'X-Trace: '",
      reported: ["parameter added header x-trace"],
      at: "curl",
    },
  },
  {
    change: "a dropped parameter",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => {
        operationOf(draft).parameters = parametersOf(draft).filter(({ name }) => name !== "toDate");
      },
      reported: ["parameter removed query toDate"],
      at: "- name: toDate",
    },
    text: {
      page: "movements",
      from: "&glperiodto",
      to: "",
      reported: ["parameter removed query glperiodto"],
      at: "GET",
    },
  },
  {
    change: "a parameter that is now required",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => {
        parameter(draft, "fromDate").required = true;
      },
      reported: ["parameter required query fromDate"],
      at: "- name: fromDate",
    },
  },
  {
    change: "a parameter that is no longer required",
    markdown: {
      operation: MOVEMENTS,
      mutate: () => {},
      spec: [
        "        - name: glyear\n          in: query\n",
        "        - name: glyear\n          in: query\n          required: true\n",
      ],
      reported: ["parameter required query glyear"],
      at: "- name: glyear",
    },
  },
  {
    change: "a parameter of another type",
    markdown: {
      operation: MOVEMENTS,
      mutate: (draft) => {
        parameter(draft, "glyear").schema = string();
      },
      reported: ["parameter type query glyear"],
      at: "schema: { type: integer }",
    },
  },
  parameterKeyword("another default of a parameter", "default", 50, "default query pagesize"),
  parameterKeyword("another maximum of a parameter", "maximum", 500, "limit query pagesize"),
  parameterKeyword("a minimum of a parameter where the spec has none", "minimum", 5, "answers limit query pagesize"),
  {
    change: "a dropped default of a parameter",
    markdown: {
      operation: ITEMS,
      mutate: (draft) => delete parameterSchema(draft, "pagesize").default,
      reported: ["default query pagesize"],
      at: "schema: { type: integer, default: 100, maximum: 1000 }",
    },
  },
  {
    change: "a default of a parameter where the spec has none",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => {
        parameterSchema(draft, "pageSize").default = 100;
      },
      reported: ["answers default query pageSize"],
      at: "schema: { type: integer }",
    },
  },
  {
    change: "length and pattern of a parameter",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => Object.assign(parameterSchema(draft, "toDate"), { pattern: "^\\d{8}$", maxLength: 8 }),
      reported: ["answers limit query toDate", "answers pattern query toDate"],
      at: "schema: { type: string }",
    },
  },
  {
    change: "style and explode of a list in the query",
    markdown: {
      operation: MOVEMENTS,
      mutate: (draft) => Object.assign(parameter(draft, "options"), { style: "pipeDelimited", explode: true }),
      reported: ["answers style query options", "answers style query options"],
      at: "",
    },
  },
  {
    change: "characters that a parameter may have unescaped",
    markdown: {
      operation: MOVEMENTS,
      mutate: (draft) => {
        parameter(draft, "options").allowReserved = true;
      },
      reported: ["answers style query options"],
      at: "",
    },
  },
  {
    change: "a deprecated parameter",
    markdown: {
      operation: MOVEMENTS,
      mutate: (draft) => {
        parameter(draft, "glyear").deprecated = true;
      },
      reported: ["deprecated field query glyear"],
      at: "- name: glyear",
    },
  },
  {
    change: "a value list of a parameter where the spec has none",
    markdown: {
      operation: MOVEMENTS,
      mutate: (draft) => {
        parameterSchema(draft, "options").enum = ["short", "long"];
      },
      reported: ["answers enum added query options"],
      at: "",
    },
  },
  {
    change: "a value list of a parameter that the spec has inferred",
    markdown: {
      operation: ["debt-collection", "listCases"],
      mutate: (draft) => {
        parameterSchema(draft, "Status").enum = ["PENDING", "DONE"];
      },
      reported: ["answers enum replaced query Status"],
      at: "",
    },
  },
  // ------------------------------------------------------------------ Fields
  {
    change: "a new field of a response",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => {
        propertiesOf(draft, "Settlement").payer = string();
      },
      reported: ["field added 200 data[].payer"],
      at: "Settlement:",
    },
    text: {
      page: "movements",
      from: /"movement":/g,
      to: '"currency": "NOK",\n            "movement":',
      reported: ["field added 200 glMovements[].currency"],
      at: "currency",
    },
  },
  {
    change: "a renamed field",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => {
        const { vat, ...rest } = propertiesOf(draft, "Settlement");
        schemaOf(draft, "Settlement").properties = { ...rest, vatAmount: vat };
      },
      reported: ["field added 200 data[].vatAmount", "field removed 200 data[].vat"],
      at: "vat:",
    },
    text: {
      page: "movements",
      from: /"movement"/g,
      to: '"movementAmount"',
      reported: ["field added 200 glMovements[].movementAmount", "field removed 200 glMovements[].movement"],
      at: "movementAmount",
    },
  },
  {
    change: "a new field of a request",
    markdown: {
      operation: ACTION,
      mutate: (draft) => {
        propertiesOf(draft, "Metadata").locale = string();
      },
      reported: ["field added request metadata.locale"],
      at: "Metadata:",
    },
    text: {
      page: "action",
      from: '"userId": "TestUser"',
      to: '"userId": "TestUser",\n        "locale": "nb"',
      reported: ["field added request metadata.locale"],
      at: '"locale"',
    },
  },
  {
    change: "fields whose names contain a dot or brackets",
    markdown: {
      operation: ITEM,
      mutate: (draft) => Object.assign(propertiesOf(draft, "ArItem"), { "odata.type": string(), "tags[]": string() }),
      reported: ["field added 200 odata․type", "field added 200 tags［］"],
      at: "ArItem:",
    },
  },
  {
    change: "a field that only an example shows",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        const [example] = Object.values(asObject(media(draft).examples)).map(asObject);
        media(draft).examples = { "1": { value: { ...asObject(example?.value), remark: "text" } } };
      },
      reported: ["field added 200 remark"],
      at: "ArItem:",
    },
  },
  {
    change: "a further variant of a status with a new field",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        const schema = { type: "object", properties: { expanded: { type: "array", items: string() } } };
        responsesOf(draft)["x-200:With expand"] = { content: { "application/json": { schema } } };
      },
      reported: ["field added 200 expanded"],
      at: "ArItem:",
    },
  },
  {
    change: "a field of another type",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        propertiesOf(draft, "ArItem").currencyAmount = string();
      },
      reported: ["field type 200 currencyAmount"],
      at: "currencyAmount:",
    },
    text: {
      page: "intervals",
      from: '"sumGlBalance": 537.25',
      to: '"sumGlBalance": "537.25"',
      reported: ["field type 200 adb.intervals[].sumGlBalance"],
      at: "sumGlBalance",
    },
  },
  {
    change: "an object that becomes a list",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        media(draft).schema = { type: "array", items: { type: "object", properties: { id: string() } } };
        delete media(draft).examples;
      },
      reported: ["field type 200"],
      at: "ArItem:",
    },
  },
  {
    change: "a field that may be null now",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        itemField(draft, "kid").nullable = true;
      },
      reported: ["field type 200 kid"],
      at: "kid:",
    },
    text: {
      page: "movements",
      from: '"glAccountName": "Bank"',
      to: '"glAccountName": null',
      reported: ["field type 200 glMovements[].glAccountName"],
      at: "glAccountName",
    },
  },
  fieldKeyword("another format", "format", "date-time", "field type", { name: "voucherDate", prefix: "" }),
  {
    change: "a dropped format",
    markdown: {
      operation: ITEM,
      mutate: (draft) => delete itemField(draft, "voucherDate").format,
      reported: ["field type 200 voucherDate"],
      at: "voucherDate:",
    },
  },
  {
    change: "a field that is now required",
    markdown: {
      operation: ACTION,
      mutate: (draft) => {
        schemaOf(draft, "AdbReportInterval").required = ["intervalNo"];
      },
      reported: ["field required request action.report.adb.intervals[].intervalNo"],
      at: "intervalNo:",
    },
  },
  {
    change: "a field of a request that is no longer required",
    markdown: {
      operation: ACTION,
      mutate: () => {},
      spec: [
        "    AdbReportInterval:\n      type: object\n",
        "    AdbReportInterval:\n      type: object\n      required: [intervalNo]\n",
      ],
      reported: ["field required request action.report.adb.intervals[].intervalNo"],
      at: "intervalNo:",
    },
  },
  {
    change: "a field of a response that is no longer required",
    markdown: {
      operation: MOVEMENTS,
      mutate: (draft) => {
        const schema = schemaOf(draft, "GlMovement");
        schema.required = (schema.required as string[]).filter((name) => name !== "balanceIn");
      },
      reported: ["field required 200 glMovements[].balanceIn"],
      at: "balanceIn:",
    },
  },
  fieldKeyword("a default of a field", "default", "0", "default"),
  fieldKeyword("a length of a field", "maxLength", 25, "limit"),
  fieldKeyword("a limit of a number", "exclusiveMinimum", 0, "limit", { name: "currencyAmount" }),
  {
    change: "a limit of the number of items",
    markdown: {
      operation: ["debt-collection", "createCorrections"],
      mutate: (draft) => {
        asObject(propertiesOf(draft, "CreateCorrectionsRequest").corrections).maxItems = 1000;
      },
      reported: ["answers limit request corrections"],
      at: "corrections:",
    },
  },
  fieldKeyword("a pattern of a field", "pattern", "^\\d+$", "pattern"),
  {
    change: "another pattern",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        itemField(draft, "kid").pattern = "^\\d{21}$";
      },
      spec: ["\n        kid: { type: string,", '\n        kid: { type: string, pattern: "^\\\\d+$",'],
      reported: ["pattern 200 kid"],
      at: "kid:",
    },
  },
  fieldKeyword("a field that is read only", "readOnly", true, "access", { prefix: "" }),
  fieldKeyword("a field that is write only", "writeOnly", true, "access", { prefix: "" }),
  fieldKeyword("a deprecated field", "deprecated", true, "deprecated field", { prefix: "" }),
  {
    change: "another type of the values of a map",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        propertiesOf(draft, "ArItem").kid = { type: "object", additionalProperties: { type: "integer" } };
        delete media(draft).examples;
      },
      spec: [
        "\n        kid:",
        "\n        kid: { type: object, additionalProperties: { type: string } }\n        kidOld:",
      ],
      reported: ["field removed 200 kidOld", "field type 200 kid.{*}"],
      at: "kid:",
    },
  },
  // ------------------------------------------------------------------ Value lists
  {
    change: "a new value of a list",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => {
        asObject(propertiesOf(draft, "Settlement").collectionType).enum = ["REMINDER", "COLLECTION"];
      },
      reported: ["enum added 200 data[].collectionType"],
      at: "collectionType:",
    },
    text: {
      page: "action",
      from: '"PROCESSED"',
      to: '"POSTPONED"',
      reported: ["enum added 200 status"],
      at: '"status": "POSTPONED"',
    },
  },
  {
    change: "a closed list that is narrower than that of the spec",
    markdown: {
      operation: ["debt-collection", "createInvoices"],
      mutate: (draft) => {
        asObject(propertiesOf(draft, "InvoiceInput").type).enum = ["NOTICE"];
      },
      reported: ["enum removed request invoices[].type"],
      at: "type:",
    },
  },
  fieldKeyword("a value list where the spec has none", "enum", ["NOK", "SEK"], "enum added", { name: "currency" }),
  // ------------------------------------------------------------------ Bodies
  {
    change: "a new status",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => {
        responsesOf(draft)["410"] = { description: "" };
      },
      reported: ["status added 410"],
      at: "responses:",
    },
    text: {
      page: "movements",
      from: "🟠404NotFound",
      to: "🟠404NotFound\n🔴500",
      reported: ["status added 500"],
      at: "🔴500",
    },
  },
  {
    change: "a status where the spec has a placeholder",
    markdown: {
      operation: ["accounts-receivable", "listLogItems"],
      mutate: (draft) => {
        responsesOf(draft)["200"] = { description: "" };
      },
      reported: ["status added 200"],
      at: "responses:",
    },
  },
  {
    change: "a dropped status",
    markdown: {
      operation: SETTLEMENTS,
      mutate: (draft) => delete responsesOf(draft)["423"],
      reported: ["status removed 423"],
      at: '"423":',
    },
    text: { page: "movements", from: "🟠403Forbidden\n", to: "", reported: ["status removed 403"], at: "GET" },
  },
  {
    change: "a new request body",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        operationOf(draft).requestBody = {
          content: { "application/json": { schema: { properties: { a: string() } } } },
        };
      },
      reported: ["body added request"],
      at: "get:",
    },
    text: {
      page: "movements",
      from: "Query Params\n",
      to: "Query Params\n\nBody Params application/json\n",
      reported: ["body added request"],
      at: "Body Params",
    },
  },
  {
    change: "a dropped request body",
    markdown: {
      operation: ACTION,
      mutate: (draft) => delete operationOf(draft).requestBody,
      reported: ["body removed request"],
      at: "requestBody:",
    },
  },
  {
    change: "a request body that is no longer required",
    markdown: {
      operation: ACTION,
      mutate: (draft) => delete requestBody(draft).required,
      reported: ["body required request"],
      at: "requestBody:",
    },
    text: {
      page: "action",
      from: "Body Params application/jsonRequired",
      to: "Body Params application/json",
      reported: ["body required request"],
      at: "",
    },
  },
  {
    change: "a response that has no body any more",
    markdown: {
      operation: ITEM,
      mutate: (draft) => delete response(draft).content,
      reported: ["body removed 200"],
      at: '"200":',
    },
  },
  {
    change: "another media type of a request",
    markdown: {
      operation: ACTION,
      mutate: (draft) => {
        requestBody(draft).content = { "application/xml": asObject(requestBody(draft).content)["application/json"] };
      },
      reported: ["media type added request", "media type removed request"],
      at: "requestBody:",
    },
    text: {
      page: "action",
      from: "Body Params application/jsonRequired",
      to: "Body Params multipart/form-dataRequired",
      reported: ["media type added request"],
      at: "",
    },
  },
  {
    change: "another media type of a response",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        const { content } = response(draft);
        response(draft).content = { ...asObject(content), "text/csv": { schema: string() } };
      },
      reported: ["media type added 200"],
      at: '"200":',
    },
    text: {
      page: "movements",
      from: "🟢200\napplication/json",
      to: "🟢200\ntext/csv",
      reported: ["media type added 200"],
      at: "🟢200",
    },
  },
  {
    change: "a new response header, such as a rate limit",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        response(draft).headers = { "X-RateLimit-Limit": { schema: { type: "integer" } } };
      },
      reported: ["answers header added 200 x-ratelimit-limit"],
      at: '"200":',
    },
  },
  {
    change: "a response header of another type",
    markdown: {
      operation: ITEM,
      mutate: (draft) => {
        response(draft).headers = { "X-Total": { schema: string() } };
      },
      spec: [
        "          description: AR item found.\n",
        "          description: AR item found.\n          headers: { X-Total: { schema: { type: integer } } }\n",
      ],
      reported: ["header type 200 x-total"],
      at: "X-Total",
    },
  },
  {
    change: "a dropped response header",
    markdown: {
      operation: ITEM,
      mutate: () => {},
      spec: [
        "          description: AR item found.\n",
        "          description: AR item found.\n          headers: { X-Total: { schema: { type: integer } } }\n",
      ],
      reported: ["header removed 200 x-total"],
      at: "X-Total",
    },
  },
  {
    change: "an example that the spec does not allow and the page does",
    markdown: {
      operation: MOVEMENTS,
      mutate: (draft) => {
        schemaOf(draft, "GlMovement").required = ["clientNo"];
        media(draft).examples = { "1": { value: { glMovements: [{ clientNo: 2218 }] } } };
      },
      spec: [
        "        - glYear\n        - glPeriod\n        - glYearFrom\n        - glPeriodFrom\n        - glYearTo\n        - glPeriodTo\n        - glAccountNo\n        - clientGlAccountNo\n        - glAccountName\n        - balanceIn\n        - movement\n        - balanceOut\n",
        "        - glYear\n",
      ],
      reported: ["example 200", "field required 200 glMovements[].glYear"],
      at: "glYear:",
    },
  },
];

const examined = (entry: ReportEntry) => [
  ...entry.differences.map(({ kind, what }) => (kind === what ? kind : `${kind} ${what}`)),
  ...entry.answers.filter(({ counts }) => counts).map(({ what }) => `answers ${what}`),
];

/** The entry of a changed page, with what it reports, and the lines of the spec and of the page that it names. */
export function runMarkdown({ operation: [name, operationId], mutate, spec }: MarkdownMutation) {
  const draft = apidogPage(name, operationId);
  mutate(draft);
  return run(`${draft.slug}.md`, printPage(draft), spec && [name, ...spec]);
}

export function runText({ page, from, to }: TextMutation) {
  const [file, slug] = TEXT_PAGES[page];
  const text = readFileSync(`test/fixtures/doc-pages/${file}.txt`, "utf8");
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`No ${from} in ${file}`);
  return run(`${slug}.txt`, changed, undefined);
}

function run(name: string, text: string, edit: [spec: string, from: string, to: string] | undefined) {
  const used = edit ? editedSpecs(...edit) : specs;
  const entry = comparisonEntry(comparePage(readPage(name, Buffer.from(text)), used), used);
  const files = new Map(used.files.map((file) => [file.path, file.text.split("\n")]));
  const places = [...entry.differences, ...entry.answers.filter(({ counts }) => counts)];
  const lineOf = (place: string) => Number(place.split(":").at(-1));
  return {
    entry,
    reported: examined(entry),
    specLines: places.map(({ specAt }) => files.get(specAt.split(":")[0] ?? "")?.[lineOf(specAt) - 1] ?? ""),
    pageLines: places.map(({ pageAt }) => text.split("\n")[lineOf(pageAt) - 1] ?? ""),
  };
}

function editedSpecs(name: string, from: string, to: string) {
  const files = specs.files.map((file) => {
    if (file.name !== name) return file;
    const text = file.text.replace(from, to);
    if (text === file.text) throw new Error(`No ${from} in ${name}`);
    return parseSpec(file.path, file.name, text);
  });
  return { ...specs, files, operations: files.flatMap((file) => file.operations) };
}

/** The table in docs/regenerating.md. */
export function mutationTable(): string {
  const rows = MUTATIONS.map(({ change, markdown, text }) => [
    change,
    markdown.reported.every((line) => line.startsWith("answers ")) ? "as an answer" : "yes",
    text ? "yes" : "not shown",
  ]);
  const table = [["change of the page", "Markdown", "plain text"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = table;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
