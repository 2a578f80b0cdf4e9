import type KINDS from "../../../data/kinds.json";
import { lazy } from "../text/tables.ts";
import { memo, memoBy } from "../units/memo.ts";
import type { Program } from "./program.ts";
import { runsCodeOf, withoutVersion } from "./programNames.ts";
import { makeProgramTable } from "./programTable.ts";

/** A kind of program that is known to need more than others. */
export type Kind = keyof typeof KINDS;

/**
 * It talks to no other machine, does its usual work only as root, fails without its compiler, reads files below /proc that belong
 * to no process, or was tried under all profiles.
 */
export type Trait = "offline" | "root" | "runtime" | "statistics" | "tried";

/** What is known about a program by its name, or by the beginning of its name, such as `nova-*`. */
export interface ProgramRow {
  /** In lower case and without its version. */
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** What holds for the program alone, and says nothing about a service that runs it among others. */
  readonly traits?: readonly Trait[];
  /** Whether the name is an ordinary word, which others give to programs of their own. */
  readonly generic?: boolean;
  /** Where it listens when its command line names no port. */
  readonly port?: number;
}

const TABLE = lazy(makeProgramTable);

/** The lines by name, as far as they were asked for: all whose names begin alike at once. */
const LINES = new Map<string, ReadonlyMap<string, string>>();

/** The rows of lines that were found. */
const KNOWN = new Map<string, ProgramRow>();

function rowNamed(name: string): ProgramRow | undefined {
  const letter = name.slice(0, 1);
  const line = (LINES.get(letter) ?? linesWith(letter)).get(name);
  if (line === undefined) return undefined;
  const row = KNOWN.get(name) ?? readRow(name, line);
  KNOWN.set(name, row);
  return row;
}

function linesWith(letter: string): ReadonlyMap<string, string> {
  const lines = new Map<string, string>(JSON.parse(TABLE()[letter] ?? "[]"));
  LINES.set(letter, lines);
  return lines;
}

function readRow(name: string, line: string): ProgramRow {
  const [kinds = "", traits = "", port = "", generic = ""] = line.split(" ");
  return {
    ...{ name, kinds: columnWords(kinds) as readonly Kind[] },
    ...(traits !== "" && { traits: columnWords(traits) as readonly Trait[] }),
    ...(port !== "" && { port: Number(port) }),
    ...(generic !== "" && { generic: true }),
  };
}

const columnWords = (column: string): readonly string[] => (column === "" ? [] : column.split(","));

/** Longer names are not looked up. */
const MAX_NAME = 255;

/** What is known about a name, in whatever case, with a version or the ending of a script. */
export function knownPrograms(name: string): readonly ProgramRow[] {
  if (name.length > MAX_NAME) return [];
  const lower = name.toLowerCase();
  const spellings = new Set([lower, withoutVersion(lower), lower.replace(SCRIPT, "")]);
  for (const { index, 0: separator } of lower.matchAll(/[-_.]/g)) {
    const beginning = lower.slice(0, index);
    spellings.add(`${beginning}${separator}*`).add(`${withoutVersion(beginning)}${separator}*`);
  }
  return [...spellings].flatMap((it) => rowNamed(it) ?? []);
}

const SCRIPT = /\.(?:sh|py|pl|rb|js)$/;
const ARCHIVE = /\.(?:jar|war|dll|m?js|phar)$/i;

/** Whether something of this name is of a kind. */
export const isOfKind = (name: string, kind: Kind): boolean => kindsOfName(name, true).includes(kind);

/** Kinds of daemons that serve a whole machine, whose units only the system manager has. */
const OF_THE_MACHINE: readonly Kind[] = [
  "engine",
  "containers",
  "database",
  "web",
  "login",
  "printing",
  "network",
  "bluetooth",
];

/** Those of them that packages of Debian ship a unit for users of, too. */
const OF_USERS: ReadonlySet<string> = new Set(["dbus", "podman", "spice-vdagent", "ssh-agent"]);

/** Whether a unit is that of a daemon of the whole machine, such as `docker.service`. */
export function isSystemDaemon(unitName: string): boolean {
  const stem = stemOf(unitName);
  if (!/\.(?:service|socket)$/.test(unitName) || OF_USERS.has(stem)) return false;
  return knownPrograms(stem).some(
    ({ kinds, port, generic }) => !generic && (port !== undefined || kinds.some((it) => OF_THE_MACHINE.includes(it))),
  );
}

/** Whether what a command runs has a trait; of scripts nothing is known but their kinds. */
export const hasTrait = (name: string, trait: Trait, program: Program): boolean =>
  !SCRIPT.test(name) && rowsFor(name, isDistributed(name, program)).some((it) => it.traits?.includes(trait) === true);

/** Whether the table says what a command runs, more than that it compiles; so its kinds are all that there is to say. */
export const isKnownByName = memo((program: Program): boolean =>
  program.names.some(
    (name) =>
      !runsCodeOf(name) &&
      rowsFor(name, isDistributed(name, program)).some(
        (it) => (it.kinds.join() !== "jit" && it.traits?.includes("root") !== true) || it.port !== undefined,
      ),
  ),
);

/** Whether what a command runs was tried under all profiles, wherever it lies. */
export const isTriedByName = (program: Program): boolean => program.names.some((it) => hasTrait(it, "tried", program));

/** Whether the table knows a program of the distribution as a server of the network that is of no odd kind. */
export const isKnownServer = memo((program: Program): boolean =>
  program.names.some(
    (name) =>
      isDistributed(name, program) && rowsFor(name, true).some((it) => it.kinds.length === 0 && it.port !== undefined),
  ),
);

/** What is known about a name, which is an ordinary word only where it is the distribution's. */
const rowsFor = (name: string, distributed: boolean): readonly ProgramRow[] =>
  knownPrograms(name).filter((it) => distributed || it.generic !== true);

/** The kinds of a program or unit by its name. */
function kindsOfName(name: string, distributed: boolean): readonly Kind[] {
  const kinds = rowsFor(name, distributed).flatMap((it) => it.kinds);
  return ARCHIVE.test(name) ? [...kinds, "jit"] : kinds;
}

/** The name of a unit without its type and instance. */
const stemOf = (unitName = ""): string => unitName.replace(/\.\w+$/, "").split("@", 1)[0] ?? "";

/** The kinds that the commands of a service show, and its name where a script or helper hides its program. */
export function kindsOf(programs: readonly Program[], unitName: string | undefined): Set<Kind> {
  const stem = stemOf(unitName);
  const { started, hidden, distributed, kinds } = kindsOfPrograms(programs);
  const isHelper = ({ path }: Program): boolean =>
    /^\/usr\/lib(?:exec)?\/([^/]+)\//.exec(path)?.[1] === stem.split("-")[0];
  return new Set([...(hidden || started.some(isHelper) ? kindsOfName(stem, distributed) : []), ...kinds]);
}

const kindsOfPrograms = memo((programs: readonly Program[]) => {
  const started = programs.filter((it) => it.setting === "ExecStart");
  return {
    started,
    hidden:
      started.length === 0 || started.some(({ path, script, names }) => script || [path, ...names].some(hidesProgram)),
    distributed: started.every((it) => it.names.every((name) => isDistributed(name, it))),
    kinds: new Set(programs.flatMap(kindsOfProgram)),
  };
});

/** Whether a program lies where a package keeps what belongs to a name. */
const belongsTo = ({ path }: Program, name: string): boolean =>
  /^\/usr\/(?:lib|libexec|share)\/([^/]+)\//.exec(path)?.[1] === name;

/** Whether each program that a service starts was tried under all profiles, itself or behind a script of its package. */
export const isTried = memoBy((programs: readonly Program[], unitName: string | undefined): boolean => {
  const started = programs.filter((it) => it.setting === "ExecStart");
  const stem = stemOf(unitName);
  const isKnown = (name: string, it: Program): boolean => hasTrait(name, "tried", it);
  return (
    started.length > 0 &&
    started.every((it) => FROM_PACKAGE.test(it.path)) &&
    started.every((it) => it.names.some((name) => isKnown(name, it)) || (belongsTo(it, stem) && isKnown(stem, it)))
  );
});

/** Whether a program is a script, as all are below /etc and /usr/share, or runs code that it is handed. */
const hidesProgram = (program: string): boolean =>
  runsCodeOf(program) || SCRIPT.test(program) || ARCHIVE.test(program) || /^\/(?:etc|usr\/share)\//.test(program);

const kindsOfProgram = memo((program: Program): readonly Kind[] => {
  const stops = /^ExecStop/.test(program.setting);
  const own = !stops && /^(?:\/usr)?\/lib\/systemd\/|^(?:\/usr)?\/bin\/systemd-/.test(program.path);
  const found = program.names.flatMap((name): readonly Kind[] => {
    const distributed = isDistributed(name, program);
    // Scripts that stop a service are named after what they do, not after what the service is.
    const isOther = stops && (!distributed || SCRIPT.test(name));
    return isOther || (name === "ip" && onlyShows(program)) ? [] : kindsOfName(name, distributed);
  });
  return own ? [...found, "systemd"] : found;
});

/** Whether ip(8) is only asked for what there is, such as `ip route show`. */
function onlyShows({ path, args }: Program): boolean {
  const line = [path, ...args].join(" ");
  const calls = [...line.slice(0, MAX_LINE).matchAll(/(?:^|[\s/;&|(`])ip((?: -[a-z0-9]+)*) [a-z]+(?: ([a-z]+))?/g)];
  return (
    line.length < MAX_LINE && calls.length > 0 && calls.every(([, , verb]) => /^(?:show|list|ls|get)$/.test(verb ?? ""))
  );
}

/** Of a longer one nothing is said. */
const MAX_LINE = 4000;

/** The places of the distribution's programs. */
export const FROM_PACKAGE = /^\/(?:usr\/(?!local\/)|bin\/|sbin\/|lib\/)/;

/** Whether something that a command runs is the distribution's, as far as its path shows; scripts below /etc mostly are. */
function isDistributed(name: string, program: Program): boolean {
  const place = placesIn(program).find((it) => it.endsWith(`/${name}`));
  if (place !== undefined) return FROM_PACKAGE.test(place) || place.startsWith("/etc/");
  return !SCRIPT.test(name) && program.args[program.args.indexOf("-m") + 1] !== name;
}

/** The paths in a command, without a specifier at their end. */
const placesIn = memo(({ path, args }: Program): readonly string[] =>
  [path, ...args]
    .flatMap((it) => it.split(/[\s"';&|()]+/))
    .filter((it) => it.includes("/"))
    .map((it) => it.replace(/%.$/, "")),
);
