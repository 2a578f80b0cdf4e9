import { byReason } from "../../hardening/leftOut.ts";
import type { TrialOutcome } from "../../learn/trial/learntFromTrial.ts";
import type { TriedSetting } from "../../learn/trial/trial.ts";
import type { Untried } from "../../learn/trial/trialSettings.ts";
import { exposureStep } from "../../security/exposure.ts";
import { onOneLine } from "../../text/printable.ts";
import { readAnew } from "../../units/readUnit.ts";
import { hangingComments } from "../wrapping.ts";

/** What a trial came to. */
export interface Trial extends TrialOutcome {
  readonly name: string;
  readonly untried: readonly Untried[];
}

/** The drop-in with the settings that hold; empty where none does. */
export function dropInOf({ settings, result }: Trial): string {
  const groups = new Map<string, readonly string[]>();
  for (const [i, { group }] of settings.entries()) {
    const lines = result.setup[i] ?? [];
    if (lines.length > 0) groups.set(group, [...(groups.get(group) ?? []), ...lines]);
  }
  if (groups.size === 0) return "";
  const seen = new Set<string>();
  const blocks = [...groups].map(([group, lines]) =>
    [`# ${group}`, ...lines.filter((it) => isNew(seen, it))].join("\n"),
  );
  return `[Service]\n${blocks.join("\n\n")}\n`;
}

/** A list may be said twice, as it adds up, but a path that was opened for two settings need not. */
function isNew(seen: Set<string>, line: string): boolean {
  if (!/Paths=./.test(line)) return true;
  const fresh = !seen.has(line);
  seen.add(line);
  return fresh;
}

/** What a trial found, as comments before the settings that hold; `end` says how the service is now. */
export function reportOf(trial: Trial, end: string | undefined, width: number | undefined): string {
  const { name, settings, untried, result } = trial;
  const dropIn = dropInOf(trial);
  const count = (outcome: TriedSetting["outcome"]): number =>
    result.settings.filter((it) => it.outcome === outcome).length;
  const parts = [
    `${count("held")} of ${settings.length} settings hold`,
    count("weaker") > 0 ? `${count("weaker")} in a weaker form` : "",
    count("refused") > 0 ? `${count("refused")} not at all` : "",
    count("open") > 0 ? `${count("open")} were not reached` : "",
  ].filter(Boolean);
  const head = `${name}: ${parts.join(", ")}${gainOf(trial, dropIn)}`;
  const lines = settings.flatMap(({ lines: tightest }, i) => {
    const it = result.settings[i];
    if (!it || it.outcome === "held") return [];
    const because = it.reason === undefined ? "" : `: ${it.reason}`;
    if (it.outcome === "weaker") return [`${it.lines.join(" ")} in place of ${tightest.join(" ")}${because}`];
    return [`not ${tightest.join(" ")}${it.outcome === "open" ? ": there were too many tries" : because}`];
  });
  const others = [...byReason(untried)].map(
    ([reason, group]) => `not tried ${group.map((it) => it.line).join(", ")}: ${reason}`,
  );
  const all = [head, ...[...lines, ...others].map((it) => `  ${it}`), ...(end === undefined ? [] : [end])];
  const report = all.map((it) => `# ${onOneLine(it)}\n`).join("");
  return `${hangingComments(report, width)}${dropIn === "" ? "" : `\n${dropIn}`}`;
}

function gainOf({ unit }: Trial, dropIn: string): string {
  const texts = unit.dropIns.map((it) => it.text);
  const step = exposureStep(unit, readAnew(unit, { dropIns: [...texts, dropIn] }));
  return step === undefined ? "" : `, exposure ${step}`;
}
