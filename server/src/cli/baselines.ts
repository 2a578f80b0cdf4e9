import {
  type AgainstBaseline,
  aboutOf,
  againstBaseline,
  baselineText,
  idOf,
  knownFindings,
  readBaseline,
  renamedPath,
} from "../configuration/baseline.ts";
import { isAskedFor, type RunScope } from "../configuration/baselineRun.ts";
import { isOver } from "../configuration/exception.ts";
import type { Finding } from "../findings/finding.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { messageOf } from "./attempts.ts";
import {
  type BaselineFile,
  type BaselineUpdate,
  baselineNote,
  type KnownReport,
  updatedBaseline,
} from "./baselineUpdate.ts";
import { absoluteOf, type Configurations, relativeTo, topOf } from "./configurations.ts";
import { outsideOf } from "./files.ts";
import type { FileWrite, WriteFailures } from "./fileWrite.ts";
import type { Host } from "./host.ts";
import { anyText, flag, UsageError } from "./option.ts";

/** The options about what is known already. */
export const BASELINE_OPTIONS = {
  baseline: anyText("FILE", "leave out the findings of this file, so that only new ones count", "files"),
  "update-baseline": flag(
    "write what is found now into the baseline, and drop from it what this run could have found and did not",
  ),
};

/** The findings of a file compared with its baseline. */
export interface PartedFindings {
  readonly fresh: readonly Finding[];
  readonly known: AgainstBaseline["known"];
  readonly report: KnownReport;
}

/** The baselines of a run, each read once. */
export interface Baselines {
  /** Parts what was found in a file; undefined where it has no baseline. Of a file that seems renamed, `asNew` parts it as if it were not. */
  readonly part: (
    path: string,
    judged: { readonly findings: readonly Finding[]; readonly text: string; readonly run: RunScope },
    asNew?: boolean,
  ) => PartedFindings | undefined;
  /** What is wrong with the baselines of some files; asked before any is parted. */
  readonly problemsOf: (paths: readonly string[]) => readonly string[];
  /** What is to be written after all files of these reports were checked. */
  readonly writes: (reports: readonly KnownReport[]) => readonly FileWrite[];
  /** What is said of the baselines after these reports. */
  readonly notes: (reports: readonly KnownReport[], failures?: WriteFailures) => string[];
}

/** Throws UsageError for options that have no baseline. `operands` are the files and folders that are checked. */
export function baselinesOn(
  host: Host,
  options: { readonly baseline: string | undefined; readonly "update-baseline": boolean },
  configurations: Configurations,
  operands: readonly string[],
): Baselines {
  const updates = options["update-baseline"];
  const { today } = configurations;
  const read = new Map<string, BaselineFile | string>();
  const open = (path: string): BaselineFile | string => {
    const known = read.get(path) ?? readFile(host, path, updates);
    read.set(path, known);
    return known;
  };
  const named = options.baseline === undefined ? undefined : open(options.baseline);
  if (typeof named === "string") throw new UsageError(named);
  const baselineOf = (path: string): BaselineFile | undefined => {
    if (named) return named;
    const found = configurations.of(path);
    if (found?.keys.baseline === undefined) return undefined;
    const at = `${found.shown}${found.keys.baseline}`;
    const top = updates ? found.folder : topOf(host, found.folder);
    if (!read.has(at) && !isWithin(host, top, at)) read.set(at, `${at}: ${updates ? ELSEWHERE : OUTSIDE}`);
    const known = open(at);
    return typeof known === "string" ? undefined : known;
  };
  const files = (): BaselineFile[] => [...read.values()].filter((it) => typeof it !== "string");
  const vanished = new Map<BaselineFile, readonly string[]>();
  const vanishedFrom = (it: BaselineFile): readonly string[] => {
    const paths = vanished.get(it) ?? [...it.known.keys()].filter((file) => !isThere(host, it.folder, file));
    vanished.set(it, paths);
    return paths;
  };
  const top = operands.map((it) => absoluteOf(host, it));
  const runOver = (it: BaselineFile, all: readonly KnownReport[]): BaselineUpdate => {
    const reports = all.filter(({ baseline }) => baseline === it.path);
    const isCovered = (file: string): boolean => {
      const path = resolved(`${it.folder}/${file}`);
      return top.some((folder) => path === folder || path.startsWith(`${folder}/`));
    };
    const lost = vanishedFrom(it).filter((file) => isCovered(file));
    const checked = new Set(reports.map(({ file }) => file));
    const seesAll = [...it.known.keys()].every((file) => checked.has(file) || isCovered(file));
    return { file: it, reports, lost: new Set(lost), seesAll, today };
  };
  return {
    part(path, { findings, text, run }, asNew = false) {
      const baseline = baselineOf(path);
      if (!baseline) return undefined;
      const file = relativeTo(baseline.folder, absoluteOf(host, path));
      const found = knownFindings(findings, text);
      const isNew = !baseline.known.has(file) && found.length > 0 && !asNew;
      const renamedFrom = isNew
        ? renamedPath(baseline.known, vanishedFrom(baseline), file, found, (it) => isAskedFor(it, run))
        : undefined;
      const entries = baseline.known.get(renamedFrom ?? file) ?? [];
      const { fresh, known, expired } = againstBaseline(findings, text, entries, today);
      const counts = { baseline: baseline.path, file, ...(renamedFrom !== undefined && { renamedFrom }), found, run };
      const report = { ...counts, known: known.length, expired };
      if (!updates) return { fresh, known, report };
      // What is written becomes known; an exception whose last day has passed does not.
      const over = new Set(entries.filter((it) => isOver(it, today)).map(idOf));
      return { fresh: fresh.filter((it) => over.has(idOf(aboutOf(it, text)))), known, report };
    },
    problemsOf(paths) {
      if (configurations.found().length > 0) for (const it of paths) baselineOf(it);
      const problems = [...read.values()].filter((it) => typeof it === "string");
      return updates && read.size === 0 ? [NO_BASELINE] : problems;
    },
    writes: (reports) =>
      files().flatMap((it) => {
        const text = baselineText(updatedBaseline(runOver(it, reports)));
        return updates && text !== it.text ? [{ path: it.path, before: it.text, text }] : [];
      }),
    notes: (reports, failures) =>
      files().flatMap((it) => (failures?.has(it.path) ? [] : baselineNote(runOver(it, reports), updates))),
  };
}

/** A path without the steps up that a baseline in another folder has. */
function resolved(path: string): string {
  const parts: string[] = [];
  for (const it of path.split("/")) {
    if (it === "..") parts.pop();
    else parts.push(it);
  }
  return parts.join("/");
}

const NO_BASELINE = "name the baseline: --baseline FILE, or the key baseline of a configuration";

const ELSEWHERE = "not written: this is not below the folder of its configuration; name it with --baseline";

const OUTSIDE = "not read: this is not in the repository of its configuration; name it with --baseline";

/** Whether a path stays in a folder: a configuration comes with a repository, and its author may want something else. */
function isWithin(host: Host, folder: string, path: string): boolean {
  let at = absoluteOf(host, path);
  if (!at.startsWith(`${folder}/`)) return false;
  try {
    // What is not there is made in the folder above it.
    while (at !== folder && !host.isLink(at) && host.kind(at) === undefined) at = at.slice(0, at.lastIndexOf("/"));
    return outsideOf(host, folder, at) === undefined;
  } catch {
    return false;
  }
}

/** A sentence where it cannot be read. */
function readFile(host: Host, path: string, mayBeAbsent: boolean): BaselineFile | string {
  const absolute = absoluteOf(host, path);
  const folder = absolute.slice(0, Math.max(0, absolute.lastIndexOf("/")));
  try {
    if (host.kind(path) === undefined && mayBeAbsent) return { path, folder, text: undefined, known: new Map() };
    if (host.kind(path) === undefined) throw new Error("there is no such file; --update-baseline makes it");
    const text = decodeUtf8(host.read(path));
    const known = readBaseline(text);
    if (typeof known === "string") throw new Error(known);
    return { path, folder, text, known };
  } catch (error) {
    return `${path}: ${messageOf(error)}`;
  }
}

const isThere = (host: Host, folder: string, file: string): boolean => host.kind(`${folder}/${file}`) !== undefined;
