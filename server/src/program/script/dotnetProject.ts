import { decodeUtf8 } from "../../text/utf8.ts";
import type { ProgramFiles } from "../files.ts";

/** What an application of .NET is published with. */
export interface DotnetLibraries {
  /** Assemblies of its own solution. */
  readonly projects: readonly string[];
  /** Packages of others. */
  readonly packages: readonly string[];
}

const MAX_BYTES = 4 << 20;

/** The libraries that the list next to an assembly names; undefined where there is none. */
export function librariesOf(assembly: string, files: ProgramFiles): DotnetLibraries | undefined {
  const bytes = files.read(assembly.replace(/\.\w+$/, ".deps.json"), 0, MAX_BYTES);
  const libraries = bytes && librariesIn(decodeUtf8(bytes));
  if (!libraries) return undefined;
  const named = (type: string): readonly string[] =>
    Object.entries(libraries).flatMap(([name, it]) => (typeOf(it) === type ? [name.replace(/\/.*/s, "")] : []));
  return { projects: named("project"), packages: named("package") };
}

const typeOf = (library: unknown): unknown =>
  typeof library === "object" && library !== null && "type" in library ? library.type : undefined;

function librariesIn(text: string): object | undefined {
  try {
    const list: unknown = JSON.parse(text);
    const found = typeof list === "object" && list !== null && "libraries" in list ? list.libraries : undefined;
    return typeof found === "object" && found !== null ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The assembly that a program of machine code only starts, as it is published next to it. */
export function assemblyStartedBy(program: string, files: ProgramFiles): string | undefined {
  const isThere = (ending: string): boolean => files.look(`${program}${ending}`)?.kind === "file";
  return isThere(".runtimeconfig.json") && isThere(".dll") ? `${program}.dll` : undefined;
}
