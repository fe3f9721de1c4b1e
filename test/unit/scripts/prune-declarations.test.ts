import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { declarationProgram } from "../../../scripts/declarations.js";
import { pruneDeclarations } from "../../../scripts/prune-declarations.js";

const FILES = {
  "package.json": '{ "type": "module" }',
  "tsconfig.build.json": JSON.stringify({
    compilerOptions: {
      target: "ES2022",
      module: "NodeNext",
      types: [],
      strict: true,
      declaration: true,
      rootDir: ".",
      outDir: "dist",
    },
    include: ["src"],
  }),
  "src/index.ts": `
export { createShop } from "./shop.js";
export type * from "./order.js";`,
  "src/shop.ts": `
import { type Price, round } from "./price.js";
import { send } from "./send.js";
/** Makes a shop. */
export const createShop = (price: Price, prices: Promise<Price>[] = []) => send(round(price), prices);
export const internal = send;`,
  "src/order.ts": "export interface Order { next?: Order }",
  "src/price.ts": `
export interface Price { amount: number }
export const round = (price: Price) => Math.round(price.amount);`,
  "src/send.ts": "export const send = (...values: unknown[]): void => console.log(values);",
};

it("keeps what the entries reach, in its file and with its docs, and leaves every other folder alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "declarations-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const entry = join(folder, "dist/src/index.d.ts");
  const pruned = pruneDeclarations(declarationProgram(folder, [entry]), join(folder, "dist"), [entry]);
  expect(Object.fromEntries([...pruned].map(([file, text]) => [file.slice(folder.length), text]))).toEqual({
    "/dist/src/index.d.ts": 'export { createShop } from "./shop.js";\nexport type * from "./order.js";\n',
    "/dist/src/shop.d.ts":
      'import type { Price } from "./price.js";\n' +
      "/** Makes a shop. */\n" +
      "export declare const createShop: (price: Price, prices?: Promise<Price>[]) => void;\n",
    "/dist/src/order.d.ts": "export interface Order {\n    next?: Order;\n}\n",
    "/dist/src/price.d.ts": "export interface Price {\n    amount: number;\n}\n",
  });
});
