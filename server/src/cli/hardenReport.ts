import { byReason, type LeftOut } from "../hardening/leftOut.ts";
import type { HardenedLine } from "../hardening/profileLayout.ts";
import { exposureStep } from "../security/exposure.ts";
import { onOneLine } from "../text/printable.ts";
import { loadedText } from "../units/loadedFiles.ts";
import { unifiedDiff } from "./diff.ts";
import { GREEN, YELLOW } from "./exposureColour.ts";
import type { HardenedPlan } from "./hardenJson.ts";
import type { OutputPart } from "./outcome.ts";
import { lineWidth, type Paint, painter, type Terminal } from "./terminal.ts";
import { hangingComments } from "./wrapping.ts";

/** A plan with what a person is told of it. */
interface ReportedPlan extends HardenedPlan {
  /** The text of the file now; undefined where it is new, and the text itself where its change is shown elsewhere. */
  readonly before: string | undefined;
  readonly leftOut: readonly LeftOut[];
  /** How many questions its owner can answer that change something. */
  readonly questions?: number;
}

/** How reports on several files are laid out. */
export interface HardenLayout {
  readonly terminal: Terminal;
  readonly isWritten: boolean;
  /** What was said of settings for files before this one, which is not said again. */
  readonly reported: Set<string>;
  /** Whether each setting has one line, with the reason for it. */
  readonly isBrief?: true;
}

/**
 * What changes: a line on the whole, the settings under the reason why each can be added, what is left to decide, and,
 * where it is not written, the change itself.
 */
export function hardenReport(
  { path, before, text, settings, unit, hardened, leftOut: all, questions = 0, loaded }: ReportedPlan,
  { terminal, isWritten, reported, isBrief }: HardenLayout,
): readonly OutputPart[] {
  const paint = painter(terminal.colours);
  const report = (of: string): OutputPart => ({ text: hangingComments(of, lineWidth(terminal)), as: "report" });
  const name = paint(onOneLine(path), "1");
  const merged = loaded && loadedText(loaded, loaded.files[0] ?? path);
  const files = merged === undefined ? "" : `# ${merged}\n`;
  const remainder = notAdded(all, unit.path.kind === "service", paint) + asking(questions);
  const change = isWritten || before === text ? "" : unifiedDiff(path, before, text, terminal.colours);
  if (settings.length === 0)
    return [report(`# ${name}: nothing to add\n${files}${remainder}`), { text: change, as: "exact" }];
  const step = exposureStep(unit, hardened);
  const gain = step === undefined ? "" : `, exposure ${step}`;
  const count = `${settings.length} setting${settings.length === 1 ? "" : "s"}`;
  const head = `# ${name}: ${count} ${isWritten ? "written" : "to add"}${gain}\n${files}`;
  const added = isBrief ? briefly(settings, paint) : additions(settings, reported, paint);
  return [report(`${head}${added}${remainder}`), { text: change, as: "exact" }];
}

/** Each setting with the reason for it. */
const briefly = (settings: readonly HardenedLine[], paint: Paint): string =>
  settings
    .map(({ line, replaces, grade = "proven", reason }) => {
      const shown = `${line}${replaces === undefined ? "" : ` in place of ${replaces}`}`;
      return `#   ${onOneLine(shown)}: ${paint(grade, grade === "likely" ? YELLOW : GREEN)}${reason === undefined ? "" : `, ${onOneLine(reason)}`}\n`;
    })
    .join("");

/** The settings under the reasons for them; those whose consequences were said before are named together at the end of each. */
function additions(settings: readonly HardenedLine[], reported: Set<string>, paint: Paint): string {
  const groups = new Map<string, { readonly grade: string; readonly fresh: string[]; readonly known: string[] }>();
  for (const { line, breaks, replaces, grade = "proven", reason } of settings) {
    const rate = /^(\d+ of \d+) measured daemons( that .*)? bear it$/.exec(reason ?? "");
    const sure = reason === undefined ? "" : `: ${rate ? "so many measured daemons bear it" : reason}`;
    const group = groups.get(grade + sure) ?? { grade, fresh: [], known: [] };
    groups.set(grade + sure, group);
    const of = rate ? `, ${rate[1]}${rate[2] ?? ""}` : "";
    const shown = `${line}${replaces === undefined ? "" : ` in place of ${replaces}`}${of}`;
    const sentence = `${line}: ${breaks}`;
    if (reported.has(sentence)) group.known.push(shown);
    else group.fresh.push(`${shown}: ${breaks}`);
    reported.add(sentence);
  }
  const listings = [...groups].map(([heading, { grade, fresh, known }]) => {
    const lines = known.length === 0 ? fresh : [...fresh, `${known.join(", ")}: as said above`];
    return listed(paint(grade, grade === "likely" ? YELLOW : GREEN) + onOneLine(heading.slice(grade.length)), lines);
  });
  return listings.join("");
}

/** What stays for the reader to decide: what is only likely first, then a line for each reason against others. */
function notAdded(all: readonly LeftOut[], canTry: boolean, paint: Paint): string {
  const likely = byReason(all.filter((it) => it.kind === "likely"));
  const settings = byReason(all.filter((it) => it.kind !== "likely"));
  const maybe = [...likely].map(([reason, group]) => `${group.map((it) => it.line).join(", ")}, ${reason}`);
  const step = `--likely adds them${canTry ? "; unit-warden try --likely tests them on the machine" : ""}`;
  const against = [...settings].map(([reason, group]) => `${group.map((it) => it.line).join(", ")}: ${reason}`);
  return listed(`${paint("likely", YELLOW)}: ${step}`, maybe) + listed("not added", against);
}

/** How many questions are open. */
const asking = (questions: number): string =>
  questions === 0
    ? ""
    : `# ${questions === 1 ? "1 question to its owner is" : `${questions} questions to its owner are`} open: harden --ask asks, one key each\n`;

/** Lines under what holds for all of them; nothing where there are none. */
function listed(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return [`# ${heading}\n`, ...lines.map((it) => `#   ${onOneLine(it)}\n`)].join("");
}
