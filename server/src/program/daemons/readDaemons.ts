import { append } from "../../text/append.ts";
import { lazy } from "../../text/tables.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import type { ProgramCommand } from "../command.ts";
import { MOST_CONFIGURATION_BYTES, MOST_CONFIGURATION_FILES, type ProgramFiles } from "../files.ts";
import type { UnreadFile } from "../reading.ts";
import { withValues } from "../readScriptProgram.ts";
import type { Daemon } from "./daemon.ts";
import { firstFiles, shellVariables } from "./daemonFiles.ts";
import type { ConfigurationEntry } from "./entry.ts";
import type { ConfigurationFact } from "./fact.ts";
import { FactCollector } from "./factCollector.ts";
import { filesNamed } from "./glob.ts";
import { MAIL_DAEMONS } from "./mail.ts";
import { MONITORING } from "./monitoring.ts";
import { overridesOf, withoutThose } from "./overrides.ts";
import { readBraces } from "./readBraces.ts";
import { readLines } from "./readLines.ts";
import { SERVERS } from "./servers.ts";
import { STORES } from "./stores.ts";

/** What the configuration of daemons says. */
export interface DaemonConfiguration {
  readonly facts: readonly ConfigurationFact[];
  /** The files that say it, in the order in which they were read. */
  readonly read: readonly string[];
  readonly unread: readonly UnreadFile[];
}

/** More bytes than all files of one daemon have, and deeper than they include. */
const MOST_OF_ALL = 8 * MOST_CONFIGURATION_BYTES;
const MOST_DEPTH = 20;

/** Reads the configuration of the daemons that commands start, by the grammar of each, with all files that it includes. Nothing throws. */
export function readDaemons(commands: readonly ProgramCommand[], files: ProgramFiles): DaemonConfiguration {
  const facts = new Map<string, ConfigurationFact>();
  const read: string[] = [];
  const unread: UnreadFile[] = [];
  for (const command of commands) {
    for (const daemon of daemonsOf(command)) {
      const found = readDaemon(daemon, ownWords(daemon, command), files);
      for (const it of found.facts) facts.set([it.path, it.line, it.kind, it.value, it.port?.protocol].join("\n"), it);
      append(read, found.read);
      append(unread, found.unread);
    }
  }
  return { facts: [...facts.values()], read: [...new Set(read)], unread };
}

/** Whether a program is a daemon whose configuration is known, by its path or the names of what it runs. */
export const isDaemon = (path: string, names: readonly string[]): boolean =>
  namesOf({ path, names }).some((it) => NAMES().has(it));

const NAMES = lazy(() => new Set(TABLES.flatMap((it) => it.flatMap(({ programs }) => programs.split(" ")))));

const TABLES = [SERVERS, MAIL_DAEMONS, STORES, MONITORING];

/** The rows of the daemons that a command starts. */
function daemonsOf(command: ProgramCommand): readonly Daemon[] {
  const all = namesOf(command);
  return TABLES.flatMap((table) =>
    table.filter(
      ({ programs, needs }) =>
        programs.split(" ").some((it) => all.includes(it)) && (needs === undefined || command.args.includes(needs)),
    ),
  );
}

/** The names of a command, versions left out, and that of its program with its folder. */
function namesOf({ path, names = [] }: Pick<ProgramCommand, "path" | "names">): readonly string[] {
  const [folder, name = ""] = path.split("/").slice(-2);
  return [name, ...names].flatMap((it) => [it, it.replace(/-?(?<![\d.])\d[\d.]*$/, "")]).concat(`${folder}/${name}`);
}

/** A command with its own words: variables put in, and of a wrapper what stands behind the name of the daemon. */
function ownWords({ programs }: Daemon, command: ProgramCommand): ProgramCommand {
  const known = command.args.flatMap((it) => withValues(it, command.environment)).filter((it) => it !== undefined);
  const isDirect = namesOf({ ...command, names: [] }).some((it) => programs.split(" ").includes(it));
  if (isDirect) return { ...command, args: known };
  const all = known.flatMap((it) => it.split(/\s+/)).slice(0, 500);
  const at = all.findIndex((it) =>
    namesOf({ ...command, path: it, names: [] }).some((name) => programs.split(" ").includes(name)),
  );
  return { ...command, path: all[at] ?? command.path, args: at < 0 ? [] : all.slice(at + 1) };
}

function readDaemon(daemon: Daemon, command: ProgramCommand, files: ProgramFiles): DaemonConfiguration {
  const first = firstFiles(daemon, command, files);
  const main = first[0] ?? command.path;
  const variables =
    daemon.variables === undefined ? {} : { ...shellVariables(daemon.variables, files), ...command.environment };
  const collector = new FactCollector(daemon, variables, main);
  const read: string[] = [];
  const unread: UnreadFile[] = [];
  const waiting = first.map((path) => ({ path, depth: 0 }));
  const seen = new Set<string>();
  const { last, usual } = overridesOf(daemon, command);
  const written: ConfigurationEntry[] = [];
  let bytes = 0;
  // It grows while it is read.
  for (const { path: named, depth } of waiting) {
    const found = files.look(named);
    if (found?.kind !== "file" || seen.has(found.path)) continue;
    seen.add(found.path);
    bytes += found.bytes;
    if (
      seen.size > MOST_CONFIGURATION_FILES ||
      depth > MOST_DEPTH ||
      found.bytes > MOST_CONFIGURATION_BYTES ||
      bytes > MOST_OF_ALL
    ) {
      unread.push({ path: named, why: "is more than is read of a configuration" });
      if (unread.length > 3) break;
      continue;
    }
    const content = files.read(found.path);
    if (!content) unread.push({ path: named, why: "cannot be read" });
    if (!content || content.includes(0)) continue;
    read.push(named);
    const entries = withoutThose(entriesOf(daemon, decodeUtf8(content)), last);
    if (usual.length > 0) append(written, entries);
    for (const entry of entries)
      for (const pattern of collector.add(entry, named)) {
        const whole = pattern.startsWith("/")
          ? pattern
          : `${daemon.isFromMain ? (collector.base ?? folderOf(main)) : folderOf(named)}/${pattern}`;
        append(
          waiting,
          filesNamed(whole.replace(/\/{2,}/g, "/"), files).map((path) => ({ path, depth: depth + 1 })),
        );
      }
  }
  for (const entry of [...withoutThose(usual, written), ...last]) collector.add(entry, main);
  const isThere = read.length > 0 || (isWithoutFiles(daemon) && files.look(command.path)?.kind === "file");
  return {
    facts: isThere ? collector.finish([...command.args, ...Object.keys(command.environment)], files) : [],
    read,
    unread,
  };
}

const entriesOf = ({ form }: Daemon, text: string): readonly ConfigurationEntry[] =>
  typeof form === "string" ? readBraces(text, form) : readLines(text, form);

const isWithoutFiles = ({ files, options, isFirstWord }: Daemon): boolean =>
  files === "" && options === undefined && !isFirstWord;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
