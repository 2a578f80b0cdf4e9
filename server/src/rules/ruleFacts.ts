import { gatherBeside } from "../dialects/network/gatherDevices.ts";
import { NEWEST_VERSION } from "../facts/version.ts";
import { checkedPath, isConfigPath, pathWithText } from "../families/checkedPath.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import { type Example, type RuleCode, ruleExamples } from "../findings/ruleTexts.ts";
import type { ProgramFiles } from "../program/files.ts";
import { mainTexts } from "../units/index/gather.ts";
import type { Answer, Ask, Gathering } from "../units/index/gatherAsk.ts";
import { gatherFiles } from "../units/index/gatherConfig.ts";
import { EMPTY_INDEX, withChanges } from "../units/index/unitIndex.ts";
import { LEARNT_SUFFIX } from "../units/learntText.ts";
import { type MainTexts, readUnit } from "../units/readUnit.ts";
import { check } from "./check.ts";

/** What a rule does, as seen in its bad example: nothing of it is written down twice. */
export interface RuleFacts {
  /** What it finds there. */
  readonly findings: readonly Finding[];
  readonly severity: Severity;
  /** Whether it offers a way to put it right; `safe` where one of them keeps the meaning of the unit. */
  readonly fix: "none" | "offered" | "safe";
}

const HINT: Severity = "hint";

/** The facts that documentation and `explain` state about a rule; `bad` where its page was changed since its tables were made. */
export function ruleFacts(code: RuleCode, bad = ruleExamples(code)?.bad): RuleFacts {
  const findings = bad ? findingsIn(bad).filter((it) => it.code === code) : [];
  const fixes = findings.flatMap((it) => it.fixes);
  const fix = fixes.length === 0 ? "none" : fixes.some((it) => it.safe) ? "safe" : "offered";
  return { findings, severity: findings[0]?.severity ?? HINT, fix };
}

/** All findings of an example but the hardening advice, in the version that it is for and among the files next to it. */
export function findingsIn({
  path = "x.service",
  version = NEWEST_VERSION,
  podman,
  text,
  otherFiles = {},
  machine,
}: Example): Finding[] {
  const parts = pathWithText(path, checkedPath(path), text);
  if (!parts) return [];
  const files = Object.entries({ ...otherFiles, [path]: text });
  const index = withChanges(
    EMPTY_INDEX,
    files.map(([name, content]) => ({ path: pathOf(name), text: content })),
  );
  const main = parts.role === "drop-in" ? mainOf(pathOf(path), { ...otherFiles, [path]: text }) : undefined;
  const learnt = otherFiles[`${path}${LEARNT_SUFFIX}`];
  const beside = learnt === undefined ? undefined : { path: pathOf(`${path}${LEARNT_SUFFIX}`), text: learnt };
  const around = isConfigPath(parts)
    ? answered(gatherBeside(pathOf(path)), { ...otherFiles, [path]: text })
    : undefined;
  const context = { index, path: pathOf(path), complete: true, beside: around };
  const defaults = machine && { restrictSuidSgid: false, files: filesOf(machine) };
  const unit = readUnit(parts, text, version, { main, learnt: beside, defaults, podman });
  return check(unit, { profile: "off" }, context);
}

/** A machine of few files, which all belong to root. */
function filesOf(machine: NonNullable<Example["machine"]>): ProgramFiles {
  const namesIn = (folder: string): string[] =>
    Object.keys(machine).flatMap((it) =>
      it.startsWith(`${folder}/`) ? [it.slice(folder.length + 1).split("/")[0] ?? ""] : [],
    );
  const found = { bytes: 0, changed: 0, mode: 0o755, user: 0, group: 0 };
  return {
    look: (path) => {
      if (machine[path] !== undefined) return { ...found, path, kind: "file" };
      return namesIn(path).length > 0 ? { ...found, path, kind: "folder" } : undefined;
    },
    read: (path, start, end) => new TextEncoder().encode(machine[path]).subarray(start, end),
    list: (folder) => [...new Set(namesIn(folder))].sort(),
    packageOf: () => undefined,
  };
}

/** The unit that a drop-in among other files of an example belongs to. */
function mainOf(path: string, files: Readonly<Record<string, string>>): MainTexts | undefined {
  const gathered = answered(gatherFiles(path), files);
  return gathered && mainTexts(gathered, path);
}

function answered<T>(asking: Gathering<T>, files: Readonly<Record<string, string>>): T {
  const answerTo = (ask: Ask): Answer => {
    if (ask.kind !== "list") return { text: files[ask.path.slice(pathOf("").length)] };
    const below = Object.keys(files)
      .map(pathOf)
      .filter((it) => it.startsWith(`${ask.folder}/`));
    const names = new Set(below.map((it) => it.slice(ask.folder.length + 1).split("/")[0] ?? ""));
    return { names: [...names].map((name) => ({ name, link: false })) };
  };
  let step = asking.next();
  while (!step.done) step = asking.next(step.value.map(answerTo));
  return step.value;
}

/** Examples lie in a folder of their own, so that they are not taken for the machine's. */
const pathOf = (path: string): string => `/example/${path}`;

/** How to silence a code: the comment above a line, and what the settings of an editor say. */
export function silencingOf(code: string): { readonly comment: string; readonly setting: string } {
  return { comment: `# unit-warden: ignore ${code} -- reason`, setting: `"unitWarden.rules": { "${code}": "off" }` };
}
