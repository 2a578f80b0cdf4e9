import { noteCommands } from "./commandTexts.ts";
import { assemblyNames } from "./dotnetMetadata.ts";
import { librariesOf } from "./dotnetProject.ts";
import type { ScriptFindings } from "./findings.ts";
import { signOfNativeCall, signsOfModule } from "./languageTable.ts";
import { folderHolding, type ScriptWalk } from "./scriptWalk.ts";
import { noteWritten } from "./writtenPaths.ts";

/** Notes what an assembly of .NET refers to and calls, also of native libraries, and the paths and commands in its texts. */
export function readAssembly(bytes: Uint8Array, findings: ScriptFindings, walk: ScriptWalk): void {
  const names = assemblyNames(bytes);
  if (!names) {
    findings.hide("is an assembly that cannot be read");
    return;
  }
  const { types, members, nativeCalls, assemblies, texts } = names;
  for (const it of [...types, ...members])
    for (const sign of signsOfModule("dotnet", it)) findings.sign(sign, sign === "exec" ? "call" : "library", it);
  for (const it of nativeCalls) {
    const sign = signOfNativeCall(it);
    if (sign) findings.sign(sign, "call", it);
  }
  for (const it of texts) if (/^\/\w[\w./-]*$/.test(it)) findings.namedPath(it);
  noteLibraries(assemblies, findings, walk);
  if (members.some((it) => WRITING.test(it))) for (const it of texts) noteWritten(it, findings);
  if (members.some((it) => STARTING.test(it))) {
    noteCommands(texts, findings);
    findings.hide("starts programs whose names are not followed");
  }
  if (members.some((it) => LOADING.test(it))) findings.hide("loads code by names that are not followed");
}

/** Reads the assemblies of the same solution, and notes all others by their names, also those that only they load. */
function noteLibraries(assemblies: readonly string[], findings: ScriptFindings, walk: ScriptWalk): void {
  const { projects, packages } = librariesOf(findings.path, walk.files) ?? { projects: [], packages: [] };
  for (const it of [...assemblies, ...packages]) {
    if (projects.includes(it)) continue;
    if (!OF_LANGUAGE.test(it)) findings.foreign(it);
    for (const sign of signsOfModule("dotnet", it)) findings.sign(sign, "library", it);
  }
  for (const it of projects) {
    const path = `${folderHolding(findings.path)}/${it}.dll`;
    if (walk.files.look(path) && walk.isOwn(path)) walk.add({ path, script: findings.path });
  }
}

/** Assemblies that come with the runtime. */
const OF_LANGUAGE =
  /^(?:mscorlib|netstandard|System(?:\..+)?|Microsoft\.(?:CSharp|Extensions|AspNetCore|Win32)(?:\..+)?)$/;
const STARTING = /^System\.Diagnostics\.(?:Process\.Start|ProcessStartInfo\.\.ctor)$/;
const LOADING =
  /^System\.(?:Reflection\.Assembly\.(?:Unsafe)?Load(?:From|File)?|Runtime\.Loader\.AssemblyLoadContext\.Load\w+|Runtime\.InteropServices\.NativeLibrary\.(?:Try)?Load)$/;
/** Functions by which files are written. */
const WRITING = /^System\.IO\.(?:File\.(?:Write|Append|Open|Create)\w*|FileStream\.\.ctor|StreamWriter\.\.ctor)$/;
