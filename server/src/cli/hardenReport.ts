import { byReason, type LeftOut } from "../hardening/leftOut.ts";
import { assess, formatExposure } from "../security/exposure.ts";
import { onOneLine } from "../text/printable.ts";
import { unifiedDiff } from "./diff.ts";
import type { HardenedPlan } from "./hardenJson.ts";
import { loadedText } from "./loadedUnit.ts";
import type { OutputPart } from "./outcome.ts";

/** A plan with what a person is told of it. */
interface ReportedPlan extends HardenedPlan {
  /** The text of the file now; undefined where it is new, and the text itself where its change is shown elsewhere. */
  readonly before: string | undefined;
  readonly left: readonly LeftOut[];
}

/**
 * What changes: a line on the whole, the settings under the reason why each can be added, what is left to decide, and,
 * where it is not written, the change itself.
 */
export function hardenReport(
  { path, before, text, settings, unit, hardened, left: all, loaded }: ReportedPlan,
  isWritten: boolean,
  colours: boolean,
): readonly OutputPart[] {
  const name = onOneLine(path);
  const merged = loaded && loadedText(loaded, loaded.files[0] ?? path);
  const files = merged === undefined ? "" : `# ${merged}\n`;
  const left = notAdded(all, unit.path.kind === "service");
  if (settings.length === 0) return [{ text: `# ${name}: nothing to add\n${files}${left}`, as: "report" }];
  const [from, to] = [assess(unit).exposure, assess(hardened).exposure];
  const gain =
    from === undefined || to === undefined ? "" : `, exposure ${formatExposure(from)} → ${formatExposure(to)}`;
  const count = `${settings.length} setting${settings.length === 1 ? "" : "s"}`;
  const head = `# ${name}: ${count} ${isWritten ? "written" : "to add"}${gain}\n${files}`;
  const groups = new Map<string, string[]>();
  for (const { line, breaks, replaces, grade = "shown", reason } of settings) {
    const instead = replaces === undefined ? "" : ` in place of ${replaces}`;
    const sure = reason === undefined ? grade : `${grade}: ${reason}`;
    const lines = groups.get(sure) ?? [];
    groups.set(sure, lines);
    lines.push(`${line}${instead}: ${breaks}`);
  }
  const added = [...groups].map(([sure, lines]) => listed(sure, lines)).join("");
  const change = isWritten || before === text ? "" : unifiedDiff(path, before, text, colours);
  return [
    { text: `${head}${added}${left}`, as: "report" },
    { text: change, as: "exact" },
  ];
}

/** What stays for the reader to decide: what is only likely first, then a line for each reason against others. */
function notAdded(all: readonly LeftOut[], canTry: boolean): string {
  const likely = all.filter((it) => it.kind === "likely").map(({ line, reason }) => `${line}, ${reason}`);
  const settings = byReason(all.filter((it) => it.kind !== "likely"));
  const step = `--likely adds them${canTry ? "; unit-warden try --likely tests them on the machine" : ""}`;
  const against = [...settings].map(([reason, its]) => `${its.map((it) => it.line).join(", ")}: ${reason}`);
  return listed(`likely: ${step}`, likely) + listed("not added", against);
}

/** Lines under what holds for all of them; nothing where there are none. */
function listed(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return [`# ${onOneLine(heading)}\n`, ...lines.map((it) => `#   ${onOneLine(it)}\n`)].join("");
}
