import table from "../../../../data/program/native.json" with { type: "json" };
import { JIT_FILES } from "../../facts/jitFiles.ts";
import type { SignName } from "../sign.ts";

type Row = Readonly<Partial<Record<SignName, string>>>;

const CALLS: Row = table.calls;
const LIBRARIES: Row = table.libraries;
const TEXTS: Row = table.texts;
const GO_FUNCTIONS: Row = table.goFunctions;
const GO_PACKAGES: Row = table.goPackages;

const entriesOf = (row: Row): readonly (readonly [SignName, string])[] => Object.entries(row) as [SignName, string][];

function byWord(row: Row): ReadonlyMap<string, SignName> {
  return new Map(entriesOf(row).flatMap(([sign, words]) => words.split(" ").map((it) => [it, sign] as const)));
}

/** The sign of a call, by the name of the function. */
export const CALL_SIGNS = byWord(CALLS);

const BEGINNINGS = [...byWord(table.callBeginnings)];

/** The sign of a function by its name, or by the class whose method it is. */
export const signOfFunction = (name: string): SignName | undefined =>
  CALL_SIGNS.get(name) ?? (name.startsWith("_ZN") ? BEGINNINGS.find(([it]) => name.startsWith(it))?.[1] : undefined);

/** The sign of a function of Go, or of all of a package. */
export const GO_FUNCTION_SIGNS = byWord(GO_FUNCTIONS);
export const GO_PACKAGE_SIGNS = byWord(GO_PACKAGES);

/** A function as its source names it, where the compiler of C++ wrote it as parts with their lengths: `QDir::homePath`. */
export function sourceName(name: string): string {
  if (!name.startsWith("_ZN")) return name;
  const parts: string[] = [];
  let rest = name.slice("_ZN".length).replace(/^K/, "");
  for (let found = /^\d+/.exec(rest); found; found = /^\d+/.exec(rest)) {
    const start = found[0].length;
    const end = start + Number(found[0]);
    if (end > rest.length) return name;
    parts.push(rest.slice(start, end));
    rest = rest.slice(end);
  }
  return parts.length === 0 ? name : parts.join("::");
}

const LIBRARY_SIGNS = byWord(LIBRARIES);

/** The sign of a library by the name of its file: `libpcap.so.0.8`. */
export function signOfLibrary(file: string): SignName | undefined {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (JIT_FILES.some(([it]) => it.test(name))) return "compiles";
  const end = name.search(/\.so(?:\.|$)/);
  const stem = end < 0 ? name : name.slice(0, end);
  return LIBRARY_SIGNS.get(stem) ?? LIBRARY_SIGNS.get(stem.replace(/-?(?<![\d.])\d+(?:\.\d+)*$/, ""));
}

const TEXT_SIGNS = entriesOf(TEXTS).map(([sign, text]) => ({ sign, text: new RegExp(text) }));

/** The sign of a text that is no usual path. */
export const signOfText = (text: string): SignName | undefined => TEXT_SIGNS.find((it) => it.text.test(text))?.sign;
