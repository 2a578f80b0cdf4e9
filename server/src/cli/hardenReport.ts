import { byReason, type LeftOut } from "../hardening/leftOut.ts";
import { assess, formatExposure } from "../security/exposure.ts";
import { onOneLine } from "../text/printable.ts";
import { unifiedDiff } from "./diff.ts";
import type { HardenedPlan } from "./hardenJson.ts";
import type { OutputPart } from "./outcome.ts";

/** A plan with what a person is told of it. */
interface ReportedPlan extends HardenedPlan {
  /** The text of the file now; undefined where it is new, and the text itself where its change is shown elsewhere. */
  readonly before: string | undefined;
  readonly left: readonly LeftOut[];
}

/** What changes: a line on the whole, a line for each setting, and, where it is not written, the change itself. */
export function hardenReport(
  { path, before, text, settings, unit, hardened, left: all }: ReportedPlan,
  isWritten: boolean,
  colours: boolean,
): readonly OutputPart[] {
  const name = onOneLine(path);
  const left = notAdded(all, unit.path.kind === "service");
  if (settings.length === 0) return [{ text: `# ${name}: nothing to add\n${left}`, as: "report" }];
  const [from, to] = [assess(unit).exposure, assess(hardened).exposure];
  const gain =
    from === undefined || to === undefined ? "" : `, exposure ${formatExposure(from)} → ${formatExposure(to)}`;
  const count = `${settings.length} setting${settings.length === 1 ? "" : "s"}`;
  const head = `# ${name}: ${count} ${isWritten ? "written" : "to add"}${gain}\n`;
  const lines = settings.map(({ line, breaks, replaces, grade = "shown", reason }) => {
    const instead = replaces === undefined ? "" : ` in place of ${replaces}`;
    const sure = reason === undefined ? grade : `${grade}: ${reason}`;
    return `#   ${onOneLine(`${line} (${sure})${instead}: ${breaks}`)}\n`;
  });
  const change = isWritten || before === text ? "" : unifiedDiff(path, before, text, colours);
  return [
    { text: `${head}${lines.join("")}${left}`, as: "report" },
    { text: change, as: "exact" },
  ];
}

/** What stays for the reader to decide: what is only likely first, then a line for each reason against others. */
function notAdded(all: readonly LeftOut[], canTry: boolean): string {
  const likely = all.filter((it) => it.kind === "likely");
  const settings = all.filter((it) => it.kind !== "likely");
  const lines = [
    ...likely.map(({ line, reason }) => `likely: ${line}, ${reason}`),
    ...(likely.length > 0
      ? [`--likely adds what is likely${canTry ? "; unit-warden try --likely tests it on the machine" : ""}`]
      : []),
    ...[...byReason(settings)].map(([reason, its]) => `not ${its.map((it) => it.line).join(", ")}: ${reason}`),
  ];
  return lines.map((it) => `#   ${onOneLine(it)}\n`).join("");
}
