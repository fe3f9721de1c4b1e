import ts from "typescript";

/**
 * The declarations in a folder that its entry files reach, by file name: a consumer's compiler need not read what is
 * internal. Not bundled, which breaks the declarations that a consumer emits (TS2883).
 */
export function pruneDeclarations(program: ts.Program, folder: string, entries: string[]): Map<string, string> {
  // Not the compiler's own files, nor those of other packages.
  const sources = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder));
  const checker = program.getTypeChecker();
  const reached = new Set<ts.Node>();
  const usedImports = new Set<ts.Node>();

  function reach(symbol: ts.Symbol | undefined): void {
    if (!symbol) return;
    for (const declaration of symbol.declarations ?? []) {
      if (ts.isImportSpecifier(declaration)) usedImports.add(declaration);
      const statement = ts.findAncestor(declaration, ({ parent }) => parent && ts.isSourceFile(parent));
      if (!statement || isReference(statement) || reached.has(statement)) continue;
      if (!sources.includes(statement.getSourceFile())) continue;
      reached.add(statement);
      reachNames(statement);
    }
    if (symbol.flags & ts.SymbolFlags.Alias) reach(checker.getAliasedSymbol(symbol));
  }

  function reachNames(node: ts.Node): void {
    if (ts.isIdentifier(node)) reach(checker.getSymbolAtLocation(node));
    ts.forEachChild(node, reachNames);
  }

  for (const entry of entries) {
    const source = program.getSourceFile(entry);
    const module = source && checker.getSymbolAtLocation(source);
    for (const symbol of module ? checker.getExportsOfModule(module) : []) reach(symbol);
  }
  const isKept = (statement: ts.Statement) => {
    if (ts.isImportDeclaration(statement)) return importsOf(statement).some((specifier) => usedImports.has(specifier));
    return isReference(statement) || reached.has(statement);
  };
  const isWritten = (source: ts.SourceFile) =>
    entries.includes(source.fileName) || source.statements.some((statement) => reached.has(statement));
  const textOfFile = ({ statements }: ts.SourceFile) =>
    statements.filter(isKept).map((statement) => textOf(statement, usedImports));
  return new Map(
    sources.filter(isWritten).map((source) => [source.fileName, `${textOfFile(source).join("").trimStart()}\n`]),
  );
}

/** Statements that declare nothing of their own. */
const isReference = (node: ts.Node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node);

function importsOf({ importClause }: ts.ImportDeclaration): readonly ts.Node[] {
  const bindings = importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
}

/** The text of a statement with its docs; an import without the names that are left out. */
function textOf(statement: ts.Statement, usedImports: Set<ts.Node>): string {
  if (!ts.isImportDeclaration(statement)) return statement.getFullText();
  const names = importsOf(statement).filter((specifier) => usedImports.has(specifier));
  const list = names.map((name) => name.getText().replace(/^type /, "")).join(", ");
  return `\nimport type { ${list} } from ${statement.moduleSpecifier.getText()};`;
}
