import type { Profile } from "../../hardening/hardening.ts";
import { check } from "../../rules/check.ts";
import { append } from "../../text/append.ts";
import type { Span } from "../../text/span.ts";
import type { Unit } from "../../units/unit.ts";
import type { NewUnits, WantedDetail } from "./wanted.ts";

/** Why there are no files. */
export type RefusedAnswer = Extract<NewUnits, { readonly kind: "refused" }>;

/** No files, as an answer has to change. */
export const refusedAnswer = (about: WantedDetail, message: string): RefusedAnswer => ({
  kind: "refused",
  about,
  message,
});

/** No files, as an answer would begin another line. */
export const refusedBreak = (about: WantedDetail): RefusedAnswer =>
  refusedAnswer(about, "A setting cannot contain a line break or a control character");

/** Whether an answer would begin another line. */
export const isBroken = (answer: string): boolean => /[\0-\x1f\x7f]/.test(answer);

/** Sections with a blank line between them; those without lines are left out. */
export const sectionsText = (...sections: readonly (readonly string[])[]): string =>
  `${sections
    .filter((it) => it.length > 0)
    .map((it) => it.join("\n"))
    .join("\n\n")}\n`;

/** What the files of units depend on. */
interface NewFileOptions {
  readonly profile: Profile;
  /** Which answer a directive comes from, and which one where none is named. */
  readonly answers: Readonly<Record<string, WantedDetail>>;
  readonly otherwise: WantedDetail;
  readonly look: (unit: Unit) => Span;
}

/** The files of units with what is found in them, unless systemd would refuse something. */
export function judgedFiles(units: readonly Unit[], { profile, answers, otherwise, look }: NewFileOptions): NewUnits {
  const notes: string[] = [];
  for (const unit of units) {
    const findings = check(unit, { profile });
    const errors = findings.filter((it) => it.severity === "error");
    const error = errors.find((it) => it.code.startsWith("value/")) ?? errors[0];
    if (error) return refusedAnswer(answers[error.directive ?? ""] ?? otherwise, error.message);
    append(
      notes,
      findings.map((it) => `${unit.path.name ?? ""}: ${it.message}.`),
    );
  }
  const files = units.map((it) => {
    const { start, end } = look(it);
    return { name: it.path.name ?? "", text: it.file.text, look: { start, end } };
  });
  return { kind: "files", files, notes };
}

/** Where the value of the first of some directives stands that a unit has; the start where it has none. */
export function valueSpan({ file: { text } }: Unit, directives: readonly string[]): Span & { readonly key?: string } {
  for (const key of directives) {
    const [, before = "", value = ""] = new RegExp(`^((?:.*\\n)*?${key}=)(.*)$`, "m").exec(text) ?? [];
    if (before !== "") return { key, start: before.length, end: before.length + value.length };
  }
  return { start: 0, end: 0 };
}
