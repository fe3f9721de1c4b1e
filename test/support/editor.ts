import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FILE = `${ROOT}test/types/virtual.ts`;

/**
 * What an editor shows of pieces of code that use the library, from the compiler's own language service. All pieces
 * stand in one file, each in a block of its own, since a check of the types takes seconds.
 */
export class Editor {
  readonly #service: ts.LanguageService;
  readonly #start = new Map<string, number>();

  /** @param pieces code in which a `|` marks the position that completions and hover are about */
  constructor(prelude: string, pieces: readonly string[]) {
    let text = prelude;
    for (const piece of pieces) {
      text += "\nasync () => {\n";
      this.#start.set(piece, text.length);
      text += `${piece.replace("|", "")}\n};`;
    }
    const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [FILE],
      getScriptVersion: () => "0",
      getScriptSnapshot: (name) => {
        const content = name === FILE ? text : ts.sys.readFile(name);
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
      },
      getCurrentDirectory: () => ROOT,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (name) => name === FILE || ts.sys.fileExists(name),
      readFile: ts.sys.readFile,
    });
  }

  /** The compiler's errors, each as one text. */
  errors(piece: string): string[] {
    const start = this.#startOf(piece);
    return this.#service
      .getSemanticDiagnostics(FILE)
      .filter((error) => error.start !== undefined && error.start >= start && error.start < start + piece.length)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  /** What is offered at the `|`, by name. */
  completions(piece: string): Map<string, { deprecated: boolean }> {
    const entries = this.#service.getCompletionsAtPosition(FILE, this.#cursorOf(piece), {})?.entries ?? [];
    return new Map(
      entries.map(({ name, kindModifiers = "" }) => [name, { deprecated: kindModifiers.includes("deprecated") }]),
    );
  }

  /** The signature and docs of what stands at the `|`. */
  hover(piece: string): string {
    const info = this.#service.getQuickInfoAtPosition(FILE, this.#cursorOf(piece));
    const docs = ts.displayPartsToString(info?.documentation);
    const tags = (info?.tags ?? []).map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`);
    return [ts.displayPartsToString(info?.displayParts), docs, ...tags].join("\n");
  }

  #startOf(piece: string): number {
    const start = this.#start.get(piece);
    if (start === undefined) throw new Error(`The editor was not given this piece: ${piece}`);
    return start;
  }

  #cursorOf(piece: string): number {
    return this.#startOf(piece) + piece.indexOf("|");
  }
}
