// Checks a JSON value against a TypeScript type, unknown fields included: it is compiled as a literal of that type.
import { join } from "node:path";
import ts from "typescript";

const options = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: [],
};

// JSON has an enum's values where the type has the enum.
const json = `
type Json<T> = 0 extends 1 & T ? T
  : T extends string ? \`\${T}\`
  : T extends (infer E)[] ? Json<E>[]
  : T extends object ? { [K in keyof T]: Json<T[K]> }
  : T;
`;

/** The faults of literals, each { name, module, type, value }; empty when all of them fit. */
export function typeFaults(literals) {
  const file = join(import.meta.dirname, "literals.mts");
  const text = json + literals
    .map(({ name, module, type, value }, index) =>
      `import type { ${type} as T${index} } from "${module}";\n`
      + `/* ${name} */ export const v${index}: Json<T${index}> = ${JSON.stringify(value, null, 1)};\n`)
    .join("");
  const host = ts.createCompilerHost(options);
  const [read, exists] = [host.getSourceFile, host.fileExists];
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, text, options.target) : read(path, ...rest);
  host.fileExists = (path) => path === file || exists(path);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map((fault) => {
    const line = fault.file ? fault.file.getLineAndCharacterOfPosition(fault.start).line : 0;
    const told = ts.flattenDiagnosticMessageText(fault.messageText, "\n");
    return `${told}\n    at ${text.split("\n")[line]?.trim()}`;
  });
}
