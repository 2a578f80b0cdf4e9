import { deviceIn } from "../dialects/network/deviceNames.ts";
import { descriptionNear, knownUnits, settingsNear } from "../features/knownUnits.ts";
import type { ReferenceContext } from "../features/referenceContext.ts";
import { unitState } from "../features/unitState.ts";
import type { Account, FolderEntry, KnownProgram, World } from "../features/world.ts";
import { parse } from "../syntax/parse.ts";
import { isBusName } from "../values/busName.ts";
import type { FileAccess } from "./fileAccess.ts";
import { devicesFrom } from "./gathering.ts";
import { LONGEST_WAIT, type Manuals } from "./manuals.ts";
import { machinePrograms, workspacePrograms } from "./programs.ts";
import { TimedCache } from "./timedCache.ts";
import { isLocal, pathOfUri, uriOfPath } from "./uris.ts";

/** The units as far as they were seen. */
export interface SeenUnits {
  readonly context: ReferenceContext;
  /** Settles once all were seen that may be; missing where they were. */
  readonly missing?: Promise<void>;
}

/** What may be looked at. */
export interface WorldSources {
  readonly files: FileAccess;
  /** The same as far as a link of the workspace may lead. */
  readonly own: FileAccess;
  /** The units around a document. */
  readonly units: (uri: string) => SeenUnits;
  /** Whether the reader trusts what is open: only then is the machine looked at. */
  readonly trusted: () => boolean;
  /** The folders of the workspace. */
  readonly roots: () => readonly string[];
  readonly manuals: Pick<Manuals, "pages" | "coming">;
  readonly now: () => number;
  readonly zone: () => string;
}

/** A world for one request. */
export interface WorldRequest {
  readonly world: World;
  /** Waits a moment for what was missing. `nothing` was, all `is here` now, or some comes too `late` for this answer. */
  settle(): Promise<"nothing" | "is here" | "late">;
}

/** Answers from a world; where something was missing, once more after a moment, `late` where not all came in time. */
export async function answerFrom<R>(
  { world, settle }: WorldRequest,
  answer: (world: World) => R,
  late: (answered: R) => R = (it) => it,
): Promise<R> {
  let answered = answer(world);
  // What has come may name more files: a unit is found first, then its description.
  for (let round = 0; round < ROUNDS; round++) {
    const settled = await settle();
    if (settled === "nothing") return answered;
    answered = answer(world);
    if (settled === "late") return late(answered);
  }
  return answered;
}

const ROUNDS = 3;
/** How long an answer may wait for files, in milliseconds; for the manual, once a session, it is longer. */
const PATIENCE = 150;
/** How old what is given from memory may be, in milliseconds. */
const FRESH = { folder: 3_000, machine: 60_000 } as const;

/** Makes the worlds of documents; what one request has loaded serves all others. */
export function worldsOf({
  files,
  own,
  units,
  trusted,
  roots,
  manuals,
  now,
  zone,
}: WorldSources): (uri: string) => WorldRequest {
  const memory = new TimedCache(now);
  return (uri) => {
    const missing: Promise<unknown>[] = [];
    let patience = PATIENCE;
    const ask = <T>(key: string, age: number, load: () => Promise<T>): T | undefined =>
      memory.get(key, age, load, (loading) => void missing.push(loading));
    const isHere = uri === "" || isLocal(uri);
    const local = files.machine && trusted() && isHere;
    const listed = <T>(key: string, load: () => Promise<readonly T[]>): readonly T[] =>
      local ? (ask(key, FRESH.machine, load) ?? []) : [];

    const seen = (): SeenUnits => {
      const known = units(uri);
      if (known.missing) missing.push(known.missing);
      return known;
    };
    const uriOnDisk = (path: string): string => uriOfPath(path.replace(/\/+/g, "/"));
    const entries = (folder: string): readonly FolderEntry[] =>
      (local && ask(`folder ${folder}`, FRESH.folder, () => files.list(uriOnDisk(folder)))) || [];
    const programsNear = (unit: string): readonly KnownProgram[] => [
      ...(ask(`own programs ${unit}`, FRESH.folder, () => workspacePrograms(own, unit, roots())) ?? []),
      ...(ask("programs", FRESH.machine, () => machinePrograms(files)) ?? []),
    ];
    return {
      world: {
        units: (kinds) => knownUnits(seen().context, kinds).filter(({ home }) => isHere || home !== "machine"),
        description: (name) => descriptionNear(name, seen().context),
        state(name) {
          const known = seen();
          return known.missing ? undefined : unitState(name, known.context);
        },
        settings: (names) => settingsNear(seen().context, names),
        activatedNames: () => ask(`D-Bus ${uri}`, FRESH.folder, () => activatedNear(own, uri)) ?? [],
        users: () => listed("users", () => accountsIn(files, "file:///etc/passwd")),
        groups: () => listed("groups", () => accountsIn(files, "file:///etc/group")),
        interfaces: () => listed("interfaces", () => namesIn(files, ["/sys/class/net"])),
        devices: () => ask(`devices ${uri}`, FRESH.folder, () => devicesNear(own, uri)) ?? [],
        programs: () => (local ? programsNear(uri) : []),
        entries,
        programEntries(folder) {
          const names = new Set(
            local ? ask(`programs ${folder}`, FRESH.folder, () => files.programs(uriOnDisk(folder))) : [],
          );
          return entries(folder).filter((it) => it.folder || names.has(it.name));
        },
        kind: (path) => (local ? ask(`kind ${path}`, FRESH.folder, () => files.kind(uriOnDisk(path))) : undefined),
        manual() {
          const { pages, coming } = manuals;
          if (coming) {
            missing.push(coming);
            patience = LONGEST_WAIT;
          }
          return pages;
        },
        now,
        get zone() {
          return zone();
        },
      },
      async settle() {
        return missing.length === 0 ? "nothing" : inTime(Promise.all(missing.splice(0)), patience);
      },
    };
  };
}

/** Waits for something, but no longer than an answer may. */
export async function inTime(coming: Promise<unknown>, patience = PATIENCE): Promise<"is here" | "late"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), patience);
  });
  const outcome = await Promise.race([coming.then(() => "is here" as const), late]);
  clearTimeout(timer);
  return outcome;
}

/** What the .netdev files next to a document create. */
async function devicesNear(files: FileAccess, uri: string): Promise<ReturnType<World["devices"]>> {
  const texts = await devicesFrom(files, pathOfUri(uri));
  return [...texts].flatMap(([path, text]) => (path.endsWith(".netdev") ? (deviceIn(parse(text)) ?? []) : []));
}

/** Where projects have the files that D-Bus starts services by, as seen from their units. */
const ACTIVATION_FOLDERS = ["", "dbus", "../dbus", "../dbus-1", "../dbus-1/system-services", "../dbus-1/services"];

/** The names of such files, which D-Bus demands to be that of what they start. */
async function activatedNear(files: FileAccess, uri: string): Promise<readonly string[]> {
  if (!isLocal(uri)) return [];
  const path = pathOfUri(uri);
  const home = path.slice(0, path.lastIndexOf("/"));
  const folders = ACTIVATION_FOLDERS.map((it) =>
    it.startsWith("../") ? `${home.slice(0, home.lastIndexOf("/"))}${it.slice(2)}` : `${home}/${it}`,
  );
  const all = await Promise.all(folders.map((it) => files.list(uriOfPath(it))));
  const names = all
    .flat()
    .flatMap((it) => (it.name.endsWith(".service") ? [it.name.slice(0, -".service".length)] : []));
  return [...new Set(names)].filter((it) => isBusName(it) && it.split(".").length > 2);
}

/** The accounts of passwd(5) or group(5), in the order of the file. */
async function accountsIn(files: FileAccess, uri: string): Promise<readonly Account[]> {
  const lines = ((await files.read(uri)) ?? "").split("\n").filter((it) => !it.startsWith("#"));
  return lines.flatMap((it) => {
    const [name, , id] = it.split(":");
    return name && id !== undefined ? [{ name, id: Number(id) }] : [];
  });
}

async function namesIn(files: FileAccess, folders: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(folders.map((folder) => files.list(`file://${folder}`)));
  const names = all.flat().map((it) => it.name);
  return [...new Set(names)].sort();
}
