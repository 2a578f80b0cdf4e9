import { noteCommands } from "./commandTexts.ts";
import type { ScriptFindings } from "./findings.ts";
import { signsOfModule } from "./languageTable.ts";
import { folderHolding, pathFrom, type ScriptWalk } from "./scriptWalk.ts";
import { noteWritten } from "./writtenPaths.ts";
import { type ZipEntry, zipEntries } from "./zip.ts";

const MAX_CLASSES = 5000;

/**
 * Reads an archive of Java: what the classes of the program refer to, and the libraries in it by their names. What is the
 * program's own is known by the class that is started, which the archive names unless another one does.
 */
export function readJar(bytes: Uint8Array, findings: ScriptFindings, walk: ScriptWalk, started?: string): void {
  const entries = zipEntries(bytes);
  if (entries.length === 0) findings.hide("is an archive that cannot be read");
  const manifest = textOf(entries.find(({ name }) => name === "META-INF/MANIFEST.MF")).replace(/\r?\n /g, "");
  const main = /^(?:Start|Main)-Class:\s*([\w.$]+)/gm;
  const classesStarted = started === undefined ? [...manifest.matchAll(main)].map(([, name = ""]) => name) : [started];
  const mains = classesStarted.map((it) => it.split(".").slice(0, 2).join("/"));
  const isOwn = (name: string): boolean =>
    mains.length === 0 || mains.some((it) => isBelow(name.replace(/^BOOT-INF\/classes\//, ""), it));
  let classes = 0;
  const libraries = new Set<string>();
  for (const entry of entries) {
    if (/\.jar$/.test(entry.name)) libraries.add(libraryName(entry.name));
    if (!entry.name.endsWith(".class")) continue;
    if (!isOwn(entry.name)) libraries.add(entry.name.split("/").slice(0, -1).slice(0, 3).join("/"));
    else if (classes++ < MAX_CLASSES) readClass(entry.read(), findings);
  }
  if (classes > MAX_CLASSES) findings.hide(`has more than ${MAX_CLASSES} classes`);
  for (const name of libraries) {
    findings.foreign(name);
    for (const it of signsOfModule("java", name)) findings.sign(it, "library", name);
  }
  const path = /^Class-Path:\s*(.*)/m.exec(manifest)?.[1]?.split(/\s+/).slice(0, 100) ?? [];
  for (const it of path) {
    const jar = pathFrom(folderHolding(findings.path), it);
    if (/\.jar$/.test(it) && walk.files.look(jar) && walk.isOwn(jar)) {
      const [first] = classesStarted;
      walk.add({ path: jar, script: findings.path, ...(first === undefined ? {} : { args: [first] }) });
    }
  }
}

/** Whether a class is in a package, or is that class of no package or inside of it. */
const isBelow = (name: string, it: string): boolean =>
  name.startsWith(`${it}/`) ||
  name === `${it}.class` ||
  name.startsWith(`${it}$`) ||
  (!it.includes("/") && !name.includes("/"));

/** `pi4j-core` of `lib/pi4j-core-1.4.jar`. */
function libraryName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1, -".jar".length);
  const dash = name.search(/-\d/);
  return dash < 0 ? name : name.slice(0, dash);
}

const textOf = (entry: ZipEntry | undefined): string => new TextDecoder().decode(entry?.read() ?? new Uint8Array());

/** Notes the classes that a class refers to, and the paths that stand in it. */
export function readClass(bytes: Uint8Array | undefined, findings: ScriptFindings): void {
  const constants = bytes ? constantsOf(bytes) : undefined;
  if (!constants) {
    findings.hide("has a class that cannot be read");
    return;
  }
  const { names, texts } = constants;
  for (const name of names) {
    for (const it of signsOfModule("java", name)) findings.sign(it, it === "exec" ? "call" : "library", name);
    if (/^\/\w[\w./-]*$/.test(name)) findings.namedPath(name);
  }
  const starts = ["java/lang/ProcessBuilder", "java/lang/Runtime"].filter((it) => names.has(it));
  if (starts.some((it) => it.endsWith("ProcessBuilder") || names.has("exec"))) {
    noteCommands(texts, findings);
    findings.hide("starts programs whose names are not followed");
  }
  if ([...names].some((it) => WRITING.has(it))) for (const it of texts) noteWritten(it, findings);
  if (names.has("loadLibrary")) findings.hide("loads native code by names that are not followed");
  if (names.has("forName") && names.has("java/lang/Class"))
    findings.hide("loads classes by names that are not followed");
}

/** Classes and functions by which files are written. */
const WRITING: ReadonlySet<string> = new Set([
  ...["java/io/FileOutputStream", "java/io/FileWriter", "java/io/RandomAccessFile", "java/nio/channels/FileChannel"],
  ...["newBufferedWriter", "newOutputStream", "writeString"],
]);

/** The sizes of constants after their first byte, by their kind (JVM specification, 4.4). */
const SIZES: Readonly<Record<number, number>> = {
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 2,
  8: 2,
  9: 4,
  10: 4,
  11: 4,
  12: 4,
  15: 3,
  16: 2,
  17: 4,
  18: 4,
  19: 2,
  20: 2,
};

/** What stands among the constants of a class file. */
interface ClassConstants {
  /** All names and texts. */
  readonly names: ReadonlySet<string>;
  /** The texts of its code, in the order in which that first has them. */
  readonly texts: readonly string[];
}

/** The constants of a class file; undefined for anything else. */
function constantsOf(bytes: Uint8Array): ClassConstants | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || view.getUint32(0) !== 0xcafebabe) return undefined;
  const all = new Map<number, string>();
  const used: number[] = [];
  const count = view.getUint16(8);
  let at = 10;
  for (let i = 1; i < count && at + 3 <= bytes.length; i++) {
    const kind = bytes[at++] ?? 0;
    if (kind === 1) {
      const length = view.getUint16(at);
      all.set(i, new TextDecoder().decode(bytes.subarray(at + 2, at + 2 + length)));
      at += 2 + length;
      continue;
    }
    const size = SIZES[kind];
    if (size === undefined) return undefined;
    if (kind === TEXT) used.push(view.getUint16(at));
    at += size;
    // A long number takes the place of two.
    if (kind === 5 || kind === 6) i++;
  }
  return { names: new Set(all.values()), texts: used.flatMap((it) => all.get(it) ?? []) };
}

/** The kind of a constant that is a text of the code. */
const TEXT = 8;
