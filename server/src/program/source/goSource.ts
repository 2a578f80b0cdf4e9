import { GO_PACKAGE_SIGNS } from "../native/nativeTable.ts";
import type { FileReading } from "../reading.ts";
import type { SignName } from "../sign.ts";
import { type BuiltPrograms, manifestReading, type NamedPart } from "./manifest.ts";

/** What a module builds: the program of its own name, and one for each folder in `cmd`. */
export function goPrograms(text: string, commands: readonly string[]): BuiltPrograms {
  const path = /^module[ \t]+"?([^\s"]{1,500})/m.exec(text)?.[1];
  const name = path
    ?.replace(/\/v\d+$/, "")
    .split("/")
    .at(-1);
  return { names: [...(name === undefined ? [] : [name]), ...commands], scripts: [] };
}

/** What the modules that a module is built of speak of; a list has all of them since Go 1.17. */
export const goSource = (path: string, text: string): FileReading => manifestReading(path, requiredIn(text), signsOfGo);

function requiredIn(text: string): readonly NamedPart[] {
  const found: NamedPart[] = [];
  let isList = false;
  for (const [i, row] of text.split("\n").entries()) {
    if (/^require[ \t]*\(/.test(row)) isList = true;
    else if (/^\)/.test(row)) isList = false;
    const name = (isList ? /^\s+([\w.~/-]{1,300})\s+v\d/ : /^require[ \t]+([\w.~/-]{1,300})[ \t]+v\d/).exec(row)?.[1];
    if (name !== undefined) found.push({ name, line: i + 1 });
  }
  return found;
}

/** Which packages of a module are used stands nowhere but in code. */
const signsOfGo = (module: string): readonly SignName[] =>
  [...GO_PACKAGE_SIGNS].flatMap(([path, sign]) => (path === module || path.startsWith(`${module}/`) ? [sign] : []));
