import { fileURLToPath } from "node:url";
import ts from "typescript";

/** A method of the facade that calls an operation. */
export interface FacadeMethod {
  /** As in `baseUrls`. */
  api: string;
  operationId: string;
  /** As a user writes it: `debtCollection.organization(…).batches.get`. */
  name: string;
  /** The slugs of the documentation pages that its docstring refers to. */
  slugs: string[];
  deprecated: boolean;
  /** Whether the docstring says that the operation is refused unless `allowInferred` is set. */
  saysInferred: boolean;
}

const path = (of: string) => fileURLToPath(new URL(`../${of}`, import.meta.url));

/**
 * Reads the facade from its source with the compiler: from the class `Amili` along its properties, and along methods that
 * give an object of the facade, down to the methods that call an operation.
 */
export function readFacade(): FacadeMethod[] {
  const { config } = ts.readConfigFile(path("tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, path("."));
  const program = ts.createProgram([path("src/amili.ts")], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path("src/amili.ts"));
  const amili = source?.statements.find(ts.isClassDeclaration);
  if (!amili) throw new Error("src/amili.ts has no class");

  const found: FacadeMethod[] = [];
  walk(amili, "");
  return found;

  function walk(owner: ts.ClassDeclaration, prefix: string): void {
    for (const member of owner.members) {
      if (!member.name || !ts.isIdentifier(member.name)) continue;
      const name = prefix ? `${prefix}.${member.name.text}` : member.name.text;
      if (ts.isPropertyDeclaration(member)) {
        const next = facadeClass(checker.getTypeAtLocation(member));
        if (next) walk(next, name);
      } else if (ts.isMethodDeclaration(member)) {
        const signature = checker.getSignatureFromDeclaration(member);
        const next = signature && facadeClass(signature.getReturnType());
        const operationId = calledBy(member);
        if (operationId) found.push(methodOf(member, name, operationId));
        else if (next) walk(next, `${name}(…)`);
      }
    }
  }

  /** The class of `src/` that a type is of; not the pager and its like, which hold no operations. */
  function facadeClass(type: ts.Type): ts.ClassDeclaration | undefined {
    const declaration = type.symbol?.declarations?.find(ts.isClassDeclaration);
    const file = declaration?.getSourceFile().fileName ?? "";
    return file.startsWith(path("src/")) && !file.endsWith("pagination.ts") ? declaration : undefined;
  }
}

/** The operation that a method calls: the first argument of its `this.call(…)`. */
function calledBy(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) && /^this\.#?call$/.test(node.expression.getText())) {
    const [id] = node.arguments;
    if (id && ts.isStringLiteral(id)) return id.text;
  }
  return ts.forEachChild(node, calledBy);
}

function methodOf(member: ts.MethodDeclaration, name: string, operationId: string): FacadeMethod {
  const docs = ts
    .getJSDocCommentsAndTags(member)
    .map((doc) => doc.getText())
    .join("\n");
  const [first = "", second = ""] = name.split(".");
  return {
    api: first === "distribution" ? `distribution${second[0]?.toUpperCase()}${second.slice(1)}` : first,
    operationId,
    name,
    slugs: [...docs.matchAll(/docs\.amili\.dev\/(\S+)/g)].map(([, slug = ""]) => slug),
    deprecated: docs.includes("@deprecated"),
    saysInferred: docs.includes("`allowInferred`"),
  };
}
