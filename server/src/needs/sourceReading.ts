import type { ProgramReading } from "../program/reading.ts";
import { readSource, type StartedProgram } from "../program/source/readSource.ts";
import { MANIFESTS, type Repository, sourceFolders } from "../program/source/repository.ts";
import type { Facts } from "../service/facts.ts";
import type { Program } from "../service/program.ts";
import { Recent } from "../text/recent.ts";
import { memo } from "../units/memo.ts";

/**
 * What the source in the repository of a unit shows of its programs; undefined where no folder builds them. It says what speaks of
 * a need alone: what source does not name shows nothing.
 */
export function sourceReading({ programs, unit }: Facts): ProgramReading | undefined {
  const repository = unit.defaults?.source;
  const all = programs.filter((it) => it.setting === "ExecStart").map(startedBy);
  const started = { names: all.flatMap((it) => it.names), scripts: all.flatMap((it) => it.scripts) };
  if (!repository || started.names.length + started.scripts.length === 0) return undefined;
  return readOnce(started, repository);
}

/** Whether only source was read, whose silence shows nothing. */
export const isSource = ({ files }: ProgramReading): boolean => files.every((it) => it.form === "source");

/** A reading with what its files were then. */
interface KeptSource {
  readonly reading: ProgramReading | undefined;
  readonly stamp: string;
}

/** So many readings are kept for a repository. */
const MOST_KEPT = 64;

const keptSources = memo((_: Repository) => new Recent<string, KeptSource>(MOST_KEPT));

/** The folders of a repository, as they were when its root had some state. */
const keptFolders = memo((_: Repository) => new Recent<string, ReturnType<typeof sourceFolders>>(1));

/** The same reading as before where neither its files changed nor what is in their folders, nor, where nothing was read, the manifests. */
function readOnce(started: StartedProgram, repository: Repository): ProgramReading | undefined {
  const kept = keptSources(repository);
  const key = JSON.stringify(started);
  const known = kept.get(key);
  const state = stampOf(known?.reading, repository);
  if (known?.stamp === state) return known.reading;
  const folders = keptFolders(repository).get(state) ?? sourceFolders(repository);
  keptFolders(repository).set(state, folders);
  const reading = readSource(started, folders, repository);
  kept.set(key, { reading, stamp: reading === known?.reading ? state : stampOf(reading, repository) });
  return reading;
}

/** So many files are asked whether they changed. */
const MOST_ASKED = 12;

function stampOf(reading: ProgramReading | undefined, { root, files }: Repository): string {
  const paths = reading?.files.map((it) => it.path) ?? MANIFESTS.map((it) => `${root}/${it}`);
  const folders = paths.map((it) => it.slice(0, it.lastIndexOf("/")));
  return [...new Set([root, ...folders, ...paths])]
    .slice(0, MOST_ASKED)
    .map((it) => files.look(it))
    .map((it) => `${it?.path} ${it?.bytes} ${it?.changed}`)
    .join(" ");
}

const SCRIPT = /\.(?:[cm]?[jt]s|py|rb|pl)$/;
/** An application as servers of Python are given it: `shop.wsgi:app`. */
const APPLICATION = /^([A-Za-z_]\w*(?:\.\w+)*):\w+$/;

/** What a command starts, as source names it. */
function startedBy({ path, args, names }: Program): StartedProgram {
  const words = [path, ...args];
  const scripts = words.filter((it) => SCRIPT.test(it));
  const stems = new Set(scripts.map((it) => it.slice(it.lastIndexOf("/") + 1).replace(SCRIPT, "")));
  const modules = words.flatMap((it, i) => (words[i - 1] === "-m" ? it : (APPLICATION.exec(it)?.[1] ?? [])));
  const archives = words.filter((it) => it.endsWith(".jar")).map(nameOfArchive);
  const files = modules.map((it) => it.replaceAll(".", "/"));
  return {
    names: [...names.filter((it) => !stems.has(it)), ...archives, ...modules.map((it) => it.replace(/\..*/s, ""))],
    scripts: [...scripts, ...files.flatMap((it) => [`${it}.py`, `${it}/__main__.py`])],
  };
}

/** What an archive is made of, without its version and how it was packed: `shop-1.2-all.jar`. */
function nameOfArchive(path: string): string {
  const parts = path.slice(path.lastIndexOf("/") + 1, -".jar".length).split("-");
  const end = parts.findIndex((it, i) => i > 0 && /^(?:\d|all$|fat$|shaded$)/.test(it));
  return parts.slice(0, end < 0 ? undefined : end).join("-");
}
