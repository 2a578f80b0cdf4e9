import { decodeUtf8 } from "../../text/utf8.ts";
import type { ProgramFiles } from "../files.ts";
import type { FileReading, ProgramReading } from "../reading.ts";
import { dockerSource, type ImageSource } from "./dockerSource.ts";
import { goPrograms, goSource } from "./goSource.ts";
import { javaPrograms, javaSource } from "./javaSource.ts";
import { type BuiltPrograms, manifestReading } from "./manifest.ts";
import { nodePrograms, nodeSource } from "./nodeSource.ts";
import { pythonPrograms, pythonSource } from "./pythonSource.ts";
import type { Repository, SourceFolder } from "./repository.ts";
import { rustPrograms, rustSource } from "./rustSource.ts";

/** What a service starts, by which the folder is found that builds it. */
export interface StartedProgram {
  /** The names of programs, modules and archives. */
  readonly names: readonly string[];
  /** Scripts as the command names them. */
  readonly scripts: readonly string[];
}

/** More bytes than manifests have, and than lock files have. */
const MOST_BYTES = 300_000;
const MOST_LOCK_BYTES = 5_000_000;

/** The text of a file of a folder, undefined where there is none, or it leads out of the repository. */
type TextOf = (name: string, most?: number) => { readonly path: string; readonly text: string } | undefined;

/**
 * What the source of a repository shows of the programs of a service: manifests and lock files of the one folder that builds
 * them. Nothing where no folder does, or more than one may.
 */
export function readSource(
  started: StartedProgram,
  folders: readonly SourceFolder[],
  { root: written, files }: Repository,
): ProgramReading | undefined {
  const root = files.look(written)?.path ?? written;
  const building = folders.filter((it) => buildsAny(started, it, textIn(it, files, root), files));
  const [folder, other] = building;
  if (!folder || other) return undefined;
  const skipped: FileReading[] = [];
  const read = sourceOf(folder, textIn(folder, files, root, skipped), started);
  return read.length === 0 ? undefined : { files: [...read, ...skipped], unread: [] };
}

function textIn(folder: SourceFolder, files: ProgramFiles, root: string, skipped: FileReading[] = []): TextOf {
  return (name, most = MOST_BYTES) => {
    const path = `${folder.path}/${name}`;
    const found = folder.names.has(name) ? files.look(path) : undefined;
    if (found?.kind !== "file" || !found.path.startsWith(`${root}/`)) return undefined;
    if (found.bytes > most) {
      skipped.push(manifestReading(path, [], () => [], ["it is larger than is read of source"]));
      return undefined;
    }
    const bytes = files.read(found.path, 0, most);
    return bytes && { path, text: decodeUtf8(bytes) };
  };
}

/** What folders build, found out once for each: a fleet asks for all of its services. */
const BUILT = new WeakMap<SourceFolder, readonly BuiltPrograms[]>();

function programsOf(folder: SourceFolder, text: TextOf, files: ProgramFiles): readonly BuiltPrograms[] {
  const known = BUILT.get(folder);
  if (known) return known;
  const { path, names } = folder;
  const below = (it: string): readonly string[] => (names.has(it) ? files.list(`${path}/${it}`) : []);
  const built = (name: string, read: (text: string) => BuiltPrograms): readonly BuiltPrograms[] => {
    const found = text(name);
    return found ? [read(found.text)] : [];
  };
  const all = [
    ...built("go.mod", (it) => goPrograms(it, below("cmd"))),
    ...built("Cargo.toml", (it) => rustPrograms(it, names.has("src") ? files.list(`${path}/src/bin`) : [])),
    ...built("package.json", nodePrograms),
    ...built("pyproject.toml", pythonPrograms),
    ...built("pom.xml", (it) => javaPrograms(it, true)),
    ...built("settings.gradle", (it) => javaPrograms(it, false)),
    ...built("settings.gradle.kts", (it) => javaPrograms(it, false)),
  ];
  BUILT.set(folder, all);
  return all;
}

function buildsAny(
  { names, scripts }: StartedProgram,
  folder: SourceFolder,
  text: TextOf,
  files: ProgramFiles,
): boolean {
  const all = programsOf(folder, text, files);
  const isProject = all.length > 0 || folder.names.has("requirements.txt");
  return (
    all.some((it) => it.names.some((name) => names.includes(name))) ||
    all.some((it) => it.scripts.some((script) => scripts.some((given) => endsAt(given, script)))) ||
    (isProject && scripts.some((given) => isThere(given, folder.path, files)))
  );
}

/** Whether a path is a script of a folder, wherever that was put. */
const endsAt = (given: string, script: string): boolean => given === script || given.endsWith(`/${script}`);

/** Whether the last parts of a path are those of a file in a folder. */
function isThere(given: string, folder: string, files: ProgramFiles): boolean {
  const parts = given.split("/").filter((it) => it !== "" && it !== "." && it !== "..");
  return [3, 2, 1].some(
    (count) => parts.length >= count && files.look(`${folder}/${parts.slice(-count).join("/")}`)?.kind === "file",
  );
}

const LOCKS_OF_NODE = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock"];
const LOCKS_OF_PYTHON = ["poetry.lock", "uv.lock", "requirements.txt"];

function sourceOf(folder: SourceFolder, text: TextOf, started: StartedProgram): readonly FileReading[] {
  const firstOf = (names: readonly string[]): ReturnType<TextOf> => {
    const name = names.find((it) => folder.names.has(it));
    return name === undefined ? undefined : text(name, MOST_LOCK_BYTES);
  };
  const of = (found: ReturnType<TextOf>, read: (path: string, text: string) => FileReading): readonly FileReading[] =>
    found ? [read(found.path, found.text)] : [];
  const manifest = text("package.json");
  return [
    ...of(text("go.mod"), goSource),
    ...of(firstOf(["Cargo.lock", "Cargo.toml"]), rustSource),
    ...(manifest ? nodeSource(manifest, firstOf(LOCKS_OF_NODE)) : []),
    ...of(text("pyproject.toml"), pythonSource),
    ...of(firstOf(LOCKS_OF_PYTHON), pythonSource),
    ...of(firstOf(["pom.xml", "build.gradle", "build.gradle.kts"]), javaSource),
    ...["Dockerfile", "Containerfile"].flatMap((name) => {
      const found = text(name);
      const image = found && dockerSource(found.path, found.text);
      return image && isImageOf(image, started) ? [image.reading] : [];
    }),
  ];
}

/** Whether an image starts the program, as far as it says what it starts. */
function isImageOf({ starts }: ImageSource, { names, scripts }: StartedProgram): boolean {
  const lastPart = (it: string): string => it.slice(it.lastIndexOf("/") + 1);
  const wanted = new Set([...names, ...scripts.map(lastPart)]);
  const isLaunched = /^(?:(?:ba)?sh|tini|dumb-init|npm|pnpm|yarn|npx|java|node|python[\d.]*|gunicorn|uvicorn|flask)$/;
  return (
    starts.length === 0 || isLaunched.test(lastPart(starts[0] ?? "")) || starts.some((it) => wanted.has(lastPart(it)))
  );
}
