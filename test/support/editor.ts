import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FILE = `${ROOT}test/types/virtual.ts`;

/** What an editor shows of code that uses the library, from the compiler's own language service. */
export class Editor {
  #text = "";
  #version = 0;
  readonly #service: ts.LanguageService;

  constructor() {
    const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [FILE],
      getScriptVersion: (name) => (name === FILE ? String(this.#version) : "0"),
      getScriptSnapshot: (name) => {
        const text = name === FILE ? this.#text : ts.sys.readFile(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => ROOT,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (name) => name === FILE || ts.sys.fileExists(name),
      readFile: ts.sys.readFile,
    });
  }

  /** The compiler's errors, each as one text. */
  errors(code: string): string[] {
    this.#show(code);
    return this.#service
      .getSemanticDiagnostics(FILE)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  /** The completions at the `|`, by name. */
  completions(code: string): Map<string, { deprecated: boolean }> {
    const entries = this.#service.getCompletionsAtPosition(FILE, this.#open(code), {})?.entries ?? [];
    return new Map(
      entries.map(({ name, kindModifiers = "" }) => [name, { deprecated: kindModifiers.includes("deprecated") }]),
    );
  }

  /** The signature and docs of the name at the `|`. */
  hover(code: string): string {
    const info = this.#service.getQuickInfoAtPosition(FILE, this.#open(code));
    const docs = ts.displayPartsToString(info?.documentation);
    const tags = (info?.tags ?? []).map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`);
    return [ts.displayPartsToString(info?.displayParts), docs, ...tags].join("\n");
  }

  #open(code: string): number {
    this.#show(code.replace("|", ""));
    return code.indexOf("|");
  }

  #show(text: string): void {
    this.#text = text;
    this.#version++;
  }
}
