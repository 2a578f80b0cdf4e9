import { signOfLibrary } from "../native/nativeTable.ts";
import type { FileReading } from "../reading.ts";
import type { SignName } from "../sign.ts";
import { type BuiltPrograms, manifestReading, type NamedPart } from "./manifest.ts";
import { type TomlKey, tomlKeys } from "./tomlKeys.ts";

/** What a crate builds: the program of its own name, those that it lists, and one for each file in `src/bin`. */
export function rustPrograms(text: string, files: readonly string[]): BuiltPrograms {
  const names = tomlKeys(text).flatMap(({ table, key, texts }) =>
    key === "name" && (table === "package" || table === "bin") ? texts.map((it) => it.text) : [],
  );
  return { names: [...names, ...files.map((it) => it.replace(/\.rs$/, ""))], scripts: [] };
}

/** What the C libraries speak of that crates are named after; nothing is known of other crates. */
export const rustSource = (path: string, text: string): FileReading =>
  manifestReading(path, cratesIn(tomlKeys(text)), signsOfCrate);

function cratesIn(keys: readonly TomlKey[]): readonly NamedPart[] {
  return keys.flatMap(({ table, key, line, texts }) => {
    // A lock file lists packages; a manifest has a key or a table for each.
    if (table === "package" && key === "name") return texts.map((it) => ({ name: it.text, line: it.line }));
    if (/(?:^|\.)dependencies$/.test(table) && key !== "") return [{ name: key, line }];
    const own = /(?:^|\.)dependencies\.([\w-]+)$/.exec(table)?.[1];
    return own !== undefined && key === "" ? [{ name: own, line }] : [];
  });
}

/** `pcap-sys` is what the crate is named that links libpcap. */
function signsOfCrate(name: string): readonly SignName[] {
  const library = /^(?:lib)?([\w-]+?)-sys$/.exec(name)?.[1];
  const sign = library === undefined ? undefined : signOfLibrary(`lib${library}.so`);
  return sign === undefined ? [] : [sign];
}
