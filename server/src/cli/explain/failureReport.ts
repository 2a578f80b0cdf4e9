import { failureHeadingText } from "../../failures/headings.ts";
import {
  causePlace,
  certaintyOf,
  type DiagnosedFailure,
  type DiagnosedLog,
  type ShownCause,
} from "../../features/failure.ts";
import { failureTitle, nowSentence, olderSentence, withoutCause } from "../../features/failureSentences.ts";
import { onOneLine } from "../../text/printable.ts";
import type { LoadedFiles } from "../../units/loadedFiles.ts";
import { loadedJson } from "../loadedUnit.ts";
import { hanging } from "../wrapping.ts";
import { type Explanation, explanationsText, indented, type Page, wrappedParagraphs } from "./layout.ts";

/** The failures of a unit for a reader, one block each; `files` are its file and its drop-ins. */
export function failureBlocks(
  name: string | undefined,
  log: DiagnosedLog,
  files: readonly string[],
  page: Page,
  merged?: string,
): string {
  const { failures } = log;
  const [path = ""] = files;
  const isAlone = failures.length === 1 && log.present !== undefined;
  const stateSentence = nowSentence(name ?? path, log);
  const explanations = [
    ...(merged === undefined ? [] : [{ parts: [`${name ?? path}: ${merged}`] }]),
    ...(stateSentence === undefined ? [] : [{ parts: [stateSentence] }]),
    ...failures.flatMap((failure) => [
      ...(isAlone ? [] : [{ title: failureTitle(failure), parts: [] }]),
      ...blockOf(failure, name ?? path, files),
    ]),
    { parts: [olderSentence(log)] },
  ];
  return `${explanationsText(explanations, page)}\n`;
}

function blockOf(failure: DiagnosedFailure, name: string, [path = "", ...dropIns]: readonly string[]): Explanation[] {
  const { headings, causes } = failure;
  const shown = headings.map((it) => ({ title: it.name, parts: [failureHeadingText(it)] }));
  if (causes.length === 0) {
    const lines = failure.lines.length === 0 ? [] : [() => quotedLines(failure.lines).join("\n")];
    return [...shown, { parts: [withoutCause(failure), ...lines, ...headings.map((it) => it.meaning?.find)] }];
  }
  const listed = alike(causes).map((group) => (width: number) => {
    const [first] = group;
    const sentence = first && group.length > 1 ? `Each of these ${ending(first)}` : first?.reason;
    const reason = indented(wrappedParagraphs(`${sentence}.`, width - 4).join("\n\n"));
    const rows = group.map((cause) => {
      const place = causePlace(cause, path, dropIns);
      const row = `${place === undefined ? "" : `${place}: `}${cause.setting} (${certaintyOf(cause)})`;
      const reasonRows = group.length === 1 ? [reason] : [];
      const changes = cause.fixes.map((it) => `    -> ${onOneLine(it.title)}`);
      return [hanging(onOneLine(row), width, 4), ...reasonRows, ...quotedLines(cause.lines), ...changes].join("\n");
    });
    return [...(group.length > 1 ? [reason.replace(/^ {4}/gm, "")] : []), ...rows].join("\n");
  });
  return [
    ...shown,
    { title: `Settings of ${onOneLine(name)} that can cause this, the most likely first`, parts: listed },
  ];
}

/** Neighbours that are as likely for the same reason. */
function alike(causes: readonly ShownCause[]): readonly (readonly ShownCause[])[] {
  const groups: ShownCause[][] = [];
  for (const it of causes) {
    const last = groups.at(-1);
    if (last?.[0] && ending(last[0]) !== undefined && isAlike(last[0], it)) last.push(it);
    else groups.push([it]);
  }
  return groups;
}

const isAlike = (a: ShownCause, b: ShownCause): boolean => ending(a) === ending(b) && certaintyOf(a) === certaintyOf(b);

/** What the reason says of the setting, where it begins with its name. */
function ending({ directive, reason }: ShownCause): string | undefined {
  const name = `${directive}= `;
  return reason.startsWith(name) ? reason.slice(name.length) : undefined;
}

const quotedLines = (lines: readonly string[]): string[] => lines.map((it) => `    | ${onOneLine(it)}`);

/** The same for programs. What stands next to `failures` is what the unit is in now: its failure, or what a unit that runs complains of. */
export function failureJson(
  { now, failures, present, more }: DiagnosedLog,
  files: readonly string[],
  loaded: LoadedFiles | undefined,
): string {
  const standing = present ?? failures.find((it) => it.kind === "complaint");
  const report = {
    version: 1,
    path: files[0],
    ...loadedJson(loaded),
    ...(standing ? detailsOf(standing, files) : NOTHING),
    ...(now ? { now: { state: now.kind, ...(now.since === undefined ? {} : { since: now.since }) } } : {}),
    failures: failures.map((failure) => ({
      kind: failure.kind,
      present: failure.isPresent,
      count: failure.count,
      ...(failure.first === undefined ? {} : { first: failure.first }),
      ...(failure.last === undefined ? {} : { last: failure.last }),
      ...detailsOf(failure, files),
    })),
    ...(more > 0 ? { more } : {}),
  };
  return `${JSON.stringify(report)}\n`;
}

const NOTHING = { statuses: [], signals: [], results: [], systemCalls: [], explanations: [], causes: [], lines: [] };

function detailsOf({ evidence, headings, causes }: DiagnosedFailure, [path, ...dropIns]: readonly string[]): object {
  const { statuses, signals, results, calls, telling } = evidence;
  return {
    statuses,
    signals,
    results,
    systemCalls: calls.flatMap((it) => it.name ?? []),
    explanations: headings.map(({ name, summary, meaning }) => ({ name, summary, ...(meaning ?? {}) })),
    causes: causes.map((cause) => ({
      directive: cause.directive,
      setting: cause.setting,
      certainty: certaintyOf(cause),
      reason: cause.reason,
      ...(cause.origin
        ? {
            path: cause.origin.dropIn === undefined ? path : dropIns[cause.origin.dropIn],
            line: cause.origin.node.firstLine,
          }
        : {}),
      lines: cause.lines,
      fixes: cause.fixes.map(({ title, sets }) => ({ title, sets: sets ?? [] })),
    })),
    lines: telling,
  };
}
