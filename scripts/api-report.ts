/**
 * Writes `api/<entry>.api.md` for each entry point in package.json: what it exports, with signatures and without docs, so
 * that a change of the public interface shows as a diff. With `--check` it writes nothing and fails when a file is stale.
 *
 * Not API Extractor: 8.0.0 carries TypeScript 3.1, which cannot read this project, and 7.60 prints every type of the specs
 * in full, which is most of its output and repeats `generated/`. Here those types are listed by name.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { declarationProgram } from "./declarations.js";
import { writeFiles } from "./write-files.js";

interface PackageJson {
  name: string;
  exports: Record<string, string | { types: string }>;
}

/** An entry point as an importer names it, and its declaration file. */
interface Entry {
  specifier: string;
  reportName: string;
  file: string;
}

interface Export {
  entry: Entry;
  name: string;
  /** False for a class under `export type`. */
  asValue: boolean;
}

/** The reports of a package, by file name. Reads its sources, not `dist`, so it needs no build. */
export function apiReports(folder: string): Map<string, string> {
  const { name, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageJson;
  const entries = Object.entries(exports).flatMap(([path, target]): Entry[] => {
    if (typeof target === "string") return [];
    const reportName = path === "." ? "index" : path.slice(2);
    return [{ specifier: name + path.slice(1), reportName, file: resolve(folder, target.types) }];
  });
  const program = declarationProgram(
    folder,
    entries.map(({ file }) => file),
  );
  const checker = program.getTypeChecker();
  const resolved = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

  const exportsOf = (entry: Entry): [symbol: ts.Symbol, exported: Export][] => {
    const source = program.getSourceFile(entry.file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${entry.specifier}: ${entry.file} is not emitted or exports nothing.`);
    const starTypes = new Set(source.statements.flatMap(exportedAsTypes));
    return checker
      .getExportsOfModule(module)
      .map((symbol): [ts.Symbol, Export] => {
        const isTypeOnly = starTypes.has(symbol) || symbol.declarations?.some(ts.isTypeOnlyExportDeclaration);
        const asValue = isValue(resolved(symbol)) && !isTypeOnly;
        return [resolved(symbol), { entry, name: symbol.name, asValue }];
      })
      .sort(([, a], [, b]) => compare(a.name, b.name));
  };

  /** What `export type *` exports, which has no declaration of its own that says so. */
  function exportedAsTypes(statement: ts.Statement): ts.Symbol[] {
    if (!ts.isExportDeclaration(statement) || !statement.isTypeOnly || statement.exportClause) return [];
    const module = statement.moduleSpecifier && checker.getSymbolAtLocation(statement.moduleSpecifier);
    return module ? checker.getExportsOfModule(module) : [];
  }

  // A declaration is printed by one entry: the first that exports it as a value, else the first that exports it.
  const homes = new Map<ts.Symbol, Export>();
  for (const [symbol, exported] of entries.flatMap(exportsOf)) {
    const home = homes.get(symbol);
    if (!home || (exported.asValue && !home.asValue)) homes.set(symbol, exported);
  }

  return new Map(entries.map((entry) => [`${entry.reportName}.api.md`, reportOf(entry)]));

  function reportOf(entry: Entry): string {
    const imports = new Set<string>();
    const reexports = new Set<string>();
    const fromSpecs: string[] = [];
    const own: string[] = [];
    const internal = new Map<ts.Symbol, string>();

    for (const [symbol, { name, asValue }] of exportsOf(entry)) {
      const origin = originOf(symbol);
      if (origin && origin.specifier !== entry.specifier) {
        reexports.add(`export ${asValue ? "" : "type "}{ ${renamed(origin.name, name)} } from "${origin.specifier}";`);
      } else if (isOfSpec(symbol)) fromSpecs.push(renamed(symbol.name, name));
      else {
        const note = [name !== symbol.name && `as ${name}`, isValue(symbol) && !asValue && "type only"].filter(Boolean);
        own.push((note.length > 0 ? `// ${note.join(", ")}\n` : "") + printed(symbol));
      }
    }
    return layout();

    /** The text of a declaration. What it refers to is added to `imports` or `internal`. */
    function printed(symbol: ts.Symbol): string {
      const statements = [...new Set(symbol.declarations?.flatMap((declaration) => statementOf(declaration) ?? []))];
      for (const statement of statements) visit(statement);
      return statements.map(textOf).join("\n");
    }

    function visit(node: ts.Node): void {
      const symbol = ts.isIdentifier(node) && checker.getSymbolAtLocation(node);
      if (symbol) refer(resolved(symbol));
      if (!isPrivate(node)) ts.forEachChild(node, visit);
    }

    function refer(symbol: ts.Symbol): void {
      const declaration = symbol.declarations?.[0];
      if (!declaration || statementOf(declaration) === undefined || internal.has(symbol)) return;
      const origin = originOf(symbol);
      if (origin?.specifier === entry.specifier) return;
      if (origin) imports.add(`import type { ${origin.name} } from "${origin.specifier}";`);
      else if (isOfSpec(symbol)) imports.add(`// of the specs: ${symbol.name}`);
      else {
        // Set first, for declarations that refer to themselves.
        internal.set(symbol, "");
        internal.set(symbol, printed(symbol));
      }
    }

    function layout(): string {
      const code = (title: string, blocks: Iterable<string>, separator = "\n\n") => {
        const text = [...blocks].join(separator);
        return text ? [`## ${title}`, `\`\`\`ts\n${text}\n\`\`\``] : [];
      };
      return `${[
        `# ${entry.specifier}`,
        "<!-- Written by `npm run api`. Do not edit. -->",
        ...code("Exports", own),
        ...code("Exports of other entry points and packages", [...reexports].sort(), "\n"),
        ...(fromSpecs.length > 0 ? ["## Types of the specs", fromSpecs.map((type) => `- ${type}`).join("\n")] : []),
        ...code(
          "Not exported, but part of the signatures",
          [...internal].sort(([a], [b]) => compare(a.name, b.name)).map(([, text]) => text),
        ),
        ...code("References", [...imports].sort(), "\n"),
      ].join("\n\n")}\n`;
    }
  }

  /** Where an importer finds a declaration: an entry point of this package, or another package. */
  function originOf(symbol: ts.Symbol): { specifier: string; name: string } | undefined {
    const home = homes.get(symbol);
    const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? "";
    const [, other] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
    if (other) return { specifier: other, name: symbol.name };
    return home && { specifier: home.entry.specifier, name: home.name };
  }
}

/** The top-level statement of a module that holds a declaration; `undefined` for globals, type parameters and members. */
function statementOf(declaration: ts.Declaration): ts.Statement | undefined {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const source = statement.parent;
  if (!source || !ts.isSourceFile(source) || !ts.isExternalModule(source) || !ts.isStatement(statement))
    return undefined;
  return statement;
}

const isValue = (symbol: ts.Symbol) => (symbol.flags & ts.SymbolFlags.Value) !== 0;

/** Whether a declaration belongs to a file of openapi-typescript, all of which declare `paths`. */
function isOfSpec(symbol: ts.Symbol): boolean {
  const source = symbol.declarations?.[0]?.getSourceFile();
  const isType = (node: ts.Node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
  return source?.statements.some((node) => isType(node) && node.name.text === "paths") ?? false;
}

function isPrivate(node: ts.Node): boolean {
  if (!ts.isClassElement(node)) return false;
  const hidden =
    ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  return hidden || (node.name !== undefined && ts.isPrivateIdentifier(node.name));
}

// Each section says whether its declarations are exported.
const OMITTED = new Set([ts.SyntaxKind.DeclareKeyword, ts.SyntaxKind.ExportKeyword]);
const printer = ts.createPrinter({ removeComments: true });

function textOf(statement: ts.Statement): string {
  const { transformed } = ts.transform(statement, [
    (context) => (root) => {
      const visit = (node: ts.Node): ts.Node | undefined => {
        if (isPrivate(node) || OMITTED.has(node.kind)) return undefined;
        // import("./file.js").Name says where a file lies.
        if (ts.isImportTypeNode(node) && node.qualifier && !node.isTypeOf) {
          return context.factory.createTypeReferenceNode(node.qualifier, node.typeArguments);
        }
        return ts.visitEachChild(node, visit, context);
      };
      return ts.visitEachChild(root, visit, context);
    },
  ]);
  const [node = statement] = transformed;
  return printer.printNode(ts.EmitHint.Unspecified, node, statement.getSourceFile());
}

const renamed = (name: string, as: string) => (name === as ? name : `${name} as ${as}`);

/** By code unit: the order of the machine's language would differ between machines. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = new URL("../", import.meta.url);
  writeFiles(new URL("api/", root), apiReports(fileURLToPath(root)), "npm run api");
}
