import type { WorkspaceEdit } from "vscode-languageserver-types";
import { type CausingSetting, LIKELY, SURE } from "../failures/cause.ts";
import { diagnose } from "../failures/diagnose.ts";
import { type Evidence, readEvidence } from "../failures/evidence.ts";
import { type Heading, headingsOf } from "../failures/headings.ts";
import { unescaped } from "../text/percent.ts";
import type { Unit } from "../units/unit.ts";
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
} from "./markup.ts";
import { lspEdit, type View } from "./view.ts";

/** What is known about a failure, and the settings that lead to it. */
export interface DiagnosedFailure {
  readonly evidence: Evidence;
  readonly headings: readonly Heading[];
  readonly causes: readonly CausingSetting[];
}

/** Explains the description of a failure for a unit with its drop-ins. */
export function failureOf(unit: Unit, given: string): DiagnosedFailure {
  const evidence = readEvidence(given);
  return { evidence, headings: headingsOf(evidence), causes: diagnose(unit, evidence) };
}

/** How sure a cause is, in a word. */
export function certaintyOf({ weight }: CausingSetting): "sure" | "likely" | "possible" {
  return weight >= SURE - 5 ? "sure" : weight >= LIKELY ? "likely" : "possible";
}

/** Whether a text describes no failure. */
export function hasNoEvidence({ evidence }: DiagnosedFailure): boolean {
  const { statuses, signals, results, messages, calls } = evidence;
  return [statuses, signals, results, messages, calls].every((it) => it.length === 0);
}

/** What is said where no setting leads to a failure. */
export function withoutCause(failure: DiagnosedFailure): string {
  if (hasNoEvidence(failure))
    return "No failure found in the input: provide lines of the journal, the output of systemctl status or systemctl show, or a status such as 226/NAMESPACE.";
  return "No setting of this unit is known to cause it: see the messages of the program.";
}

/** Where a cause stands: the line from 1 in the file or drop-in; undefined where no line says it. */
export function causePlace({ origin }: CausingSetting, file: string, dropIns: readonly string[]): string | undefined {
  if (!origin) return undefined;
  const name = origin.dropIn === undefined ? file : (dropIns[origin.dropIn] ?? "a drop-in");
  return `${name}:${origin.node.firstLine + 1}`;
}

/** The explanation as a document; `dropIns` are the names of the drop-ins of the unit, in their order. */
export function failureMarkdown(unit: Unit, failure: DiagnosedFailure, dropIns: readonly string[]): string {
  const { headings, causes } = failure;
  const name = unit.path.name ?? "this unit";
  const withMeaning = headings.map(({ name: status, summary, meaning }) => {
    const said = [summary, meaning?.does].filter(Boolean).join(" ");
    return proseParagraphs(
      join([strong(status), said === "" ? undefined : literal(said)], ": "),
      meaning && causes.length === 0 ? literal(meaning.find) : undefined,
    );
  });
  const ways = causes.map((cause) => ({
    head: join(
      [
        sentence(join([code(cause.setting), placeOf(cause, name, dropIns)], ", "), certainty(cause)),
        literal(cause.reason),
      ],
      ": ",
    ),
    below: cause.fixes.map((it) => literal(it.title)),
  }));
  const find = causes.length > 0 ? headings.flatMap((it) => it.meaning?.find ?? []) : [];
  const { markdown } = proseParagraphs(
    heading(1, plainProse(`Why ${name} failed`)),
    ...withMeaning,
    ...(causes.length === 0
      ? [plainProse(withoutCause(failure))]
      : [heading(2, plainProse("Settings that can cause this")), numbered(ways)]),
    ...(find.length > 0 ? [heading(2, plainProse("If it is none of these")), ...find.map(literal)] : []),
  );
  return `${markdown}\n`;
}

const certainty = (cause: CausingSetting): Prose => plainProse(`(${certaintyOf(cause)})`);

function placeOf(cause: CausingSetting, file: string, dropIns: readonly string[]): Prose | undefined {
  const place = causePlace(cause, file, dropIns);
  return place === undefined ? undefined : plainProse(place);
}

/** What a client shows of one cause. */
export interface FailureCause {
  readonly setting: string;
  readonly certainty: ReturnType<typeof certaintyOf>;
  readonly reason: string;
  /** Where it stands; missing where no line of the unit says it. */
  readonly line?: number;
  /** The address of the drop-in that it stands in. */
  readonly dropIn?: string;
  readonly fixes: readonly {
    readonly title: string;
    /** Missing where the change is one of a drop-in. */
    readonly edit?: WorkspaceEdit;
  }[];
}

/** The explanation for a client: the document and, to choose from, the causes with their edits. */
export interface ExplainedFailure {
  readonly markdown: string;
  readonly causes: readonly FailureCause[];
}

/** The same for a client; `dropIns` are the addresses of the drop-ins. */
export function explainFailure(view: View, uri: string, given: string, dropIns: readonly string[]): ExplainedFailure {
  const failure = failureOf(view.unit, given);
  const names = dropIns.map((it) => unescaped(it).split("/").slice(-2).join("/"));
  const causes = failure.causes.map((cause): FailureCause => {
    const { origin, setting, reason } = cause;
    const dropIn = origin?.dropIn === undefined ? undefined : dropIns[origin.dropIn];
    return {
      setting,
      certainty: certaintyOf(cause),
      reason,
      ...(origin ? { line: origin.node.firstLine } : {}),
      ...(dropIn === undefined ? {} : { dropIn }),
      fixes: cause.fixes.map((fix) => {
        const edits = fix.edits();
        const edit = { changes: { [uri]: edits.map((it) => lspEdit(view, it)) } };
        return { title: fix.title, ...(edits.length > 0 ? { edit } : {}) };
      }),
    };
  });
  return { markdown: failureMarkdown(view.unit, failure, names), causes };
}
