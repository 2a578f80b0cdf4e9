import { basename, dirname, join } from "node:path";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { check } from "../../server/src/rules/check.ts";
import { COMPLAINT_RULES } from "../../server/src/rules/unit/complaints.ts";
import type { UnitFile } from "../../server/src/syntax/tree.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { isDifferent } from "./different.ts";
import { filesBeside, inlineFiles, type SynthCase, unitAmong } from "./files.ts";
import { EXPOSURES, jsonLines, type Outcome, refusalCode, type Suite, systemdLine, VERDICTS } from "./suite.ts";

interface Message {
  readonly level: string;
  /** Missing where the message is not about a line. */
  readonly line?: number;
  readonly text: string;
}

/** What systemd-analyze verify said about a file; without messages it was not asked. */
interface Answer {
  readonly unit: string;
  /** Missing for drop-ins. */
  readonly scope?: "system" | "user";
  readonly messages?: readonly Message[];
  /** What it said when it read the file once more, for another unit that needs this one. */
  readonly dep_messages?: readonly Message[];
}

/** A unit with what systemd says of it. */
interface Case {
  readonly name: string;
  readonly unit: Unit;
  readonly messages: readonly Message[];
}

/** Real unit files and drop-ins: every message about a line has a finding there, and no error stands elsewhere. */
export const verify: Suite = {
  name: "verify",
  versions: VERDICTS,
  run(corpus, version) {
    const answers = ["verify", "dropins"].flatMap((it) => jsonLines<Answer>(join(corpus, `${it}-${version}.jsonl`)));
    const cases = answers.flatMap(({ unit: name, scope, messages, dep_messages: more = [] }) => {
      const file = join(corpus, "units", name);
      const unit = scope
        ? unitAmong(basename(file), scope, version, filesBeside(dirname(file)))
        : dropIn(file, version);
      return messages && unit ? [{ name, unit, messages: [...messages, ...more] }] : [];
    });
    return outcome(cases, ({ name }) => dirname(name));
  },
};

/** The small units that were made for the exposure: the same about their messages. */
export const synth: Suite = {
  name: "synth",
  versions: EXPOSURES,
  run(corpus, version) {
    const cases = jsonLines<SynthCase>(join(corpus, "synth/cases.jsonl"));
    const answers = jsonLines<{ messages: readonly Message[] }>(join(corpus, `synth/expected-${version}.jsonl`));
    const known = cases.flatMap(({ id, scope, unit: name, files }, i) => {
      const unit = unitAmong(name, scope, version, inlineFiles(files));
      return unit ? [{ name: `${id} ${name}`, unit, messages: answers[i]?.messages ?? [] }] : [];
    });
    return outcome(known, ({ name }) => name);
  },
};

function dropIn(file: string, version: number): Unit | undefined {
  const path = unitPath(file);
  const text = filesBeside(dirname(file)).read(basename(file));
  return path && text !== undefined ? readUnit(path, text, version) : undefined;
}

/** `groupOf` tells which units systemd may read together. */
function outcome(cases: readonly Case[], groupOf: (it: Case) => string): Outcome {
  const comparisons = cases.map((it) => compare(it));
  const found = new Set(comparisons.flatMap((it, i) => it.found.map((text) => key(groupOf, cases[i], text))));
  // A message names no file: what is said of a unit may be about one that it needs.
  const missed = comparisons.flatMap((it, i) =>
    it.missed.filter((text) => !found.has(key(groupOf, cases[i], text))).map((text) => `missed ${it.name}:${text}`),
  );
  const wrong = comparisons.flatMap((it) => it.wrong.map((text) => `false ${it.name}:${text}`));
  const unexpected = [...missed, ...wrong].filter((text) => !isDifferent(text));
  const count = (what: string): number => unexpected.filter((it) => it.startsWith(what)).length;
  return {
    agree: cases.length - new Set(unexpected.map((it) => it.split(":")[0])).size,
    total: cases.length,
    summary: `files ${cases.length}, missed ${count("missed")}, false ${count("false")}`,
    differences: unexpected,
  };
}

const key = (groupOf: (it: Case) => string, it: Case | undefined, text: string): string =>
  `${it && groupOf(it)} ${text}`;

/** Each as `LINE: TEXT`. */
interface Comparison {
  readonly name: string;
  /** What systemd says and we do too. */
  readonly found: readonly string[];
  /** What systemd says and we do not. */
  readonly missed: readonly string[];
  /** What we call an error although systemd does not mind. */
  readonly wrong: readonly string[];
}

function compare({ name, unit, messages }: Case): Comparison {
  const whole = refusalCode(unit);
  const findings = [unit, ...unit.dropIns.map((file) => alone(unit, file))].flatMap((it) =>
    check(it, { profile: "off" }).map((finding) => ({ ...finding, line: systemdLine(it.file, finding.start) })),
  );
  const aboutLines = findings.filter(({ code }) => code !== whole);
  const said = messages.filter(({ line }) => line !== undefined);
  const [found, missed] = [true, false].map((wanted) =>
    said
      .filter(({ line }) => aboutLines.some((it) => it.line === line && isLoud(it)) === wanted)
      .map(({ line, text }) => `${line}: ${text}`),
  );
  const wrong = aboutLines
    .filter(({ line, severity }) => severity === "error" && !said.some((it) => it.line === line))
    .map(({ line, message }) => `${line}: ${message}`);
  for (const [theirs, ours] of [
    [messages.find(({ text }) => REFUSAL.test(text)), findings.find(({ code }) => code === whole)],
    [messages.find(({ text }) => COMPLAINT.test(text)), findings.find((it) => isComplaint(it))],
  ] as const) {
    if (theirs && !ours) missed?.push(` ${theirs.text}`);
    if (ours && !theirs) wrong.push(` ${ours.message}`);
  }
  return { name, found: found ?? [], missed: missed ?? [], wrong };
}

/** A drop-in as it is judged by itself. */
function alone({ family, path, version, memory }: Unit, file: UnitFile): Unit {
  return { family, path: { ...path, role: "drop-in" }, file, version, dropIns: [], memory };
}

const isLoud = ({ severity }: Finding): boolean => severity === "error" || severity === "warning";

/** Whether a finding is about settings of a unit that do not go together, of which systemd complains too. */
const isComplaint = ({ code }: Finding): boolean => COMPLAINTS.has(code);

const COMPLAINTS = new Set<string>(COMPLAINT_RULES.map((it) => it.code));

/** What systemd says where it refuses a unit for what does not go together in it, or for its name. */
const REFUSAL = /^\S+: .*(?: Refusing\.|, not loading\.)$|^Failed to prepare filename |^Unit \S+\.scope not found\.$/;
/** What it says where it takes a unit all the same. */
const COMPLAINT = /^\S+: .*(?: Ignoring\.| Continuing\.|, resetting \S+ to \S+\.|, it has no effect\.)$/;
