import { failureHeadingText } from "../failures/headings.ts";
import {
  code,
  heading,
  join,
  literal,
  numbered,
  type Prose,
  plainProse,
  proseParagraphs,
  sentence,
  strong,
} from "../reports/markup.ts";
import type { Unit } from "../units/unit.ts";
import { causePlace, certaintyOf, type DiagnosedFailure, type DiagnosedLog } from "./failure.ts";
import { failureTitle, nowSentence, olderSentence, withoutCause } from "./failureSentences.ts";

/** The explanation as a document; `dropIns` are the names of the drop-ins of the unit, in their order. */
export function failureMarkdown(unit: Unit, log: DiagnosedLog, dropIns: readonly string[]): string {
  const { now, failures } = log;
  const name = unit.path.name ?? "this unit";
  const isAlone = failures.length === 1 && log.present !== undefined;
  const stateSentence = nowSentence(name, log);
  const older = olderSentence(log);
  const { markdown } = proseParagraphs(
    heading(1, plainProse(now?.kind === "running" ? `What ${name} logged` : `Why ${name} failed`)),
    stateSentence === undefined ? undefined : plainProse(stateSentence),
    ...failures.flatMap((failure) => [
      isAlone ? undefined : heading(2, plainProse(failureTitle(failure))),
      ...partsOf(failure, (it) => (isAlone ? heading(2, plainProse(it)) : strong(it)), name, dropIns),
    ]),
    older === undefined ? undefined : plainProse(older),
  );
  return `${markdown}\n`;
}

function partsOf(
  failure: DiagnosedFailure,
  title: (words: string) => Prose,
  name: string,
  dropIns: readonly string[],
): (Prose | undefined)[] {
  const { headings, causes } = failure;
  const withMeaning = headings.map((it) => {
    const text = failureHeadingText(it);
    return proseParagraphs(
      join([strong(it.name), text === "" ? undefined : literal(text)], ": "),
      it.meaning && causes.length === 0 ? literal(it.meaning.find) : undefined,
    );
  });
  if (causes.length === 0) return [...withMeaning, plainProse(withoutCause(failure))];
  const ways = causes.map((cause) => {
    const place = causePlace(cause, name, dropIns);
    const placed = join([code(cause.setting), place === undefined ? undefined : plainProse(place)], ", ");
    return {
      head: join([sentence(placed, plainProse(`(${certaintyOf(cause)})`)), literal(cause.reason)], ": "),
      below: [...cause.lines.map((it) => code(it)), ...cause.fixes.map((it) => literal(it.title))],
    };
  });
  const find = headings.flatMap((it) => it.meaning?.find ?? []);
  return [
    ...withMeaning,
    title("Settings that can cause this"),
    numbered(ways),
    ...(find.length > 0 ? [title("If it is none of these"), ...find.map(literal)] : []),
  ];
}
