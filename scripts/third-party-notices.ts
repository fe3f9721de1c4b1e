import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ALLOWED = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause"]);

/**
 * The licences of the packages that these modules belong to, in full. Not rollup-plugin-license, which asks for Rollup
 * beside Rolldown and whose types describe another module than it has.
 *
 * @throws {Error} when a package has no text of its licence, or a licence that was not reviewed
 */
export function thirdPartyNotices(modules: Iterable<string>): string {
  const folders = Array.from(modules, (module) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module)?.[0]);
  const notices = [...new Set(folders)].flatMap((folder) => (folder === undefined ? [] : noticeOf(folder)));
  return `This package contains code of the packages below.\n\n${notices.sort().join("\n")}`;
}

function noticeOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { name, version, license } = manifest as Record<"name" | "version" | "license", string>;
  if (!ALLOWED.has(license)) throw new Error(`${name} has the licence ${license}. Review it before it is bundled.`);
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no file with its licence.`);
  return `${"-".repeat(80)}\n${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
