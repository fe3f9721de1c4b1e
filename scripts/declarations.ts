import { join, resolve } from "node:path";
import ts from "typescript";

/** The program of a package's declarations, emitted in memory without `@internal` members, from these files in `dist`. */
export function declarationProgram(folder: string, files: string[]): ts.Program {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.build.json"), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const emitted = new Map<string, string>();
  const emitOptions = { ...options, noCheck: true };
  ts.createProgram(fileNames, emitOptions).emit(undefined, (file, text) => emitted.set(resolve(file), text));

  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => emitted.has(file) || fileExists(file);
  host.readFile = (file) => emitted.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = emitted.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version, true);
  };
  // `dist` need not exist.
  host.directoryExists = () => true;
  return ts.createProgram(files, options, host);
}
