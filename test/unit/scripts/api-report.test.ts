import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { apiReports } from "../../../scripts/api-report.js";

const FILES = {
  "package.json": JSON.stringify({
    name: "shop",
    type: "module",
    exports: {
      ".": { types: "./dist/src/index.d.ts" },
      "./orders": { types: "./dist/src/orders.d.ts" },
      "./specs/*": "./specs/*",
    },
  }),
  "tsconfig.build.json": JSON.stringify({
    compilerOptions: {
      target: "ES2022",
      module: "NodeNext",
      types: [],
      strict: true,
      declaration: true,
      stripInternal: true,
      rootDir: ".",
      outDir: "dist",
    },
    include: ["src", "generated"],
  }),
  "generated/shop.ts": `
export interface paths {}
export interface Order { id: string }
export interface Item { name: string }`,
  "src/index.ts": `
export type { Orders } from "./orders.js";
/** Makes a shop. */
export function createShop(options: ShopOptions = {}) { return options.currency ?? CURRENCIES[0]; }
interface ShopOptions { /** ISO 4217. */ currency?: (typeof CURRENCIES)[number] }
const CURRENCIES = ["NOK", "EUR"] as const;`,
  "src/cart.ts": "export class Cart { total = 0 }",
  "src/orders.ts": `
import type { Order } from "../generated/shop.js";
export type * from "../generated/shop.js";
export type * from "./cart.js";
export type { Item as Product } from "../generated/shop.js";
export class Orders {
  readonly #cache = new Map<string, Order>();
  private readonly limit = 3;
  /** @internal */
  constructor(readonly url: string) {}
  /** @internal */
  reset() {}
  /** Gets one order. */
  get(id: string): Order | undefined { return this.#cache.get(id + this.limit); }
}
class Hidden { secret = 1 }
export type { Hidden as Visible };`,
};

const INDEX = `# shop

<!-- Written by \`npm run api\`. Do not edit. -->

## Exports

\`\`\`ts
function createShop(options?: ShopOptions): "NOK" | "EUR";
\`\`\`

## Exports of other entry points and packages

\`\`\`ts
export type { Orders } from "shop/orders";
\`\`\`

## Not exported, but part of the signatures

\`\`\`ts
const CURRENCIES: readonly [
    "NOK",
    "EUR"
];

interface ShopOptions {
    currency?: (typeof CURRENCIES)[number];
}
\`\`\`
`;

const ORDERS = `# shop/orders

<!-- Written by \`npm run api\`. Do not edit. -->

## Exports

\`\`\`ts
// type only
class Cart {
    total: number;
}

class Orders {
    readonly url: string;
    get(id: string): Order | undefined;
}

// as Visible, type only
class Hidden {
    secret: number;
}
\`\`\`

## Types of the specs

- Item
- Order
- Item as Product
- paths
`;

function project(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "api-report-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

it("prints what each entry point exports, without docs, private and internal members", () => {
  const reports = apiReports(project(FILES));
  expect([...reports.keys()]).toEqual(["index.api.md", "orders.api.md"]);
  expect(reports.get("index.api.md")).toBe(INDEX);
  expect(reports.get("orders.api.md")).toBe(ORDERS);
});

it("changes when a type that is not exported changes a signature", () => {
  const wider = { ...FILES, "src/index.ts": FILES["src/index.ts"].replace('"EUR"', '"EUR", "SEK"') };
  expect(apiReports(project(wider)).get("index.api.md")).toContain('"SEK"');
});

it("names an entry point whose declarations are missing", () => {
  const { "src/orders.ts": _, ...rest } = FILES;
  const files = { ...rest, "src/index.ts": "export const one = 1;" };
  expect(() => apiReports(project(files))).toThrow(/^shop\/orders: .*orders\.d\.ts is not emitted/);
});
