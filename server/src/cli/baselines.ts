import {
  type AgainstBaseline,
  againstBaseline,
  type Baseline,
  baselineText,
  type KnownFinding,
  knownFindings,
  readBaseline,
} from "../configuration/baseline.ts";
import type { Finding } from "../findings/finding.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { messageOf } from "./attempts.ts";
import { absoluteOf, type Configurations, relativeTo } from "./configurations.ts";
import { outsideOf } from "./files.ts";
import type { FileWrite, WriteFailures } from "./fileWrite.ts";
import type { Host } from "./host.ts";
import { anyText, flag, UsageError } from "./option.ts";

/** The options about what is known already. */
export const BASELINE_OPTIONS = {
  baseline: anyText("FILE", "leave out the findings of this file, so that only new ones count", "files"),
  "update-baseline": flag("write what is found now into the baseline, and drop from it what is found no longer"),
};

/** A baseline as it is on disk. */
interface BaselineFile {
  /** As it was named. */
  readonly path: string;
  /** Its folder, absolute and with slashes. */
  readonly folder: string;
  /** Undefined where there is no such file yet. */
  readonly text: string | undefined;
  readonly known: Baseline;
}

/** What a run says of the baseline of a file that it checked. */
export interface KnownReport {
  /** The path of the baseline, and of the file as it stands there. */
  readonly baseline: string;
  readonly file: string;
  readonly known: number;
  readonly gone: number;
  /** Where the baseline is to be written: all that is known of the file now. */
  readonly now?: readonly KnownFinding[];
}

/** The baselines of a run, each read once. */
export interface Baselines {
  /** Parts what was found in a file; undefined where it has no baseline. */
  readonly part: (
    path: string,
    findings: readonly Finding[],
    text: string,
  ) => (Pick<AgainstBaseline, "fresh"> & { readonly report: KnownReport }) | undefined;
  /** What is wrong with the baselines of some files; asked before any is parted. */
  readonly problemsOf: (paths: readonly string[]) => readonly string[];
  /** What is to be written after all files of these reports were checked. */
  readonly writes: (reports: readonly KnownReport[]) => readonly FileWrite[];
  /** What is said of the baselines after these reports. */
  readonly notes: (reports: readonly KnownReport[], failures?: WriteFailures) => string[];
}

/** Throws UsageError for options that have no baseline. */
export function baselinesOn(
  host: Host,
  options: { readonly baseline: string | undefined; readonly "update-baseline": boolean },
  configurations: Configurations,
): Baselines {
  const updates = options["update-baseline"];
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
    if (updates && !read.has(at) && !isWithin(host, found.folder, at)) read.set(at, `${at}: ${ELSEWHERE}`);
    const its = open(at);
    return typeof its === "string" ? undefined : its;
  };
  const files = (): BaselineFile[] => [...read.values()].filter((it) => typeof it !== "string");
  return {
    part(path, findings, text) {
      const baseline = baselineOf(path);
      if (!baseline) return undefined;
      const file = relativeTo(baseline.folder, absoluteOf(host, path));
      const its = againstBaseline(findings, text, baseline.known.get(file) ?? []);
      const counts = { baseline: baseline.path, file, known: its.known, gone: its.gone };
      if (!updates) return { fresh: its.fresh, report: counts };
      return { fresh: [], report: { ...counts, now: knownFindings(findings, text) } };
    },
    problemsOf(paths) {
      if (configurations.found().length > 0) for (const it of paths) baselineOf(it);
      const problems = [...read.values()].filter((it) => typeof it === "string");
      return updates && read.size === 0 ? [NO_BASELINE] : problems;
    },
    writes: (reports) =>
      files().flatMap((it) => {
        const text = baselineText(updated(host, it, reports));
        return updates && text !== it.text ? [{ path: it.path, before: it.text, text }] : [];
      }),
    notes: (reports, failures) =>
      files().flatMap((it) => (failures?.has(it.path) ? [] : notesOf(host, it, reports, updates))),
  };
}

const NO_BASELINE = "name the baseline: --baseline FILE, or the key baseline of a configuration";

const ELSEWHERE = "not written: this is not below the folder of its configuration; name it with --baseline";

/** Whether what is written at a path stays in a folder: a configuration comes with a repository, and its author may want something else. */
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

/** What is known once a run has ended: files that it did not check keep what they have, as long as they are there. */
function updated(host: Host, { path, folder, known }: BaselineFile, reports: readonly KnownReport[]): Baseline {
  const now = new Map(reports.flatMap((it) => (it.baseline === path && it.now ? [[it.file, it.now] as const] : [])));
  const kept = [...known].filter(([file]) => !now.has(file) && isThere(host, folder, file));
  return new Map([...kept, ...now]);
}

const isThere = (host: Host, folder: string, file: string): boolean => host.kind(`${folder}/${file}`) !== undefined;

function notesOf(
  host: Host,
  { path, folder, known }: BaselineFile,
  reports: readonly KnownReport[],
  updates: boolean,
): string[] {
  const its = reports.filter((it) => it.baseline === path);
  const sum = (of: (it: KnownReport) => number): number => its.reduce((all, it) => all + of(it), 0);
  const checked = new Set(its.map((it) => it.file));
  const lost = [...known].filter(([file]) => !checked.has(file) && !isThere(host, folder, file));
  const gone = sum((it) => it.gone) + lost.flatMap(([, all]) => all).reduce((all, it) => all + it.count, 0);
  if (updates) {
    const count = sum((it) => it.now?.reduce((all, one) => all + one.count, 0) ?? 0);
    return [
      `${path}: ${findings(count)} of the files that were checked ${count === 1 ? "is" : "are"} known from now on`,
    ];
  }
  const [old, said] = [sum((it) => it.known), `${path}: `];
  return [
    ...(old > 0 ? [`${said}${findings(old)} left out, which ${old === 1 ? "is" : "are"} known`] : []),
    ...(gone > 0
      ? [`${said}${findings(gone)} found no longer: --update-baseline drops ${gone === 1 ? "it" : "them"}`]
      : []),
  ];
}

const findings = (count: number): string => `${count} ${count === 1 ? "finding" : "findings"}`;
