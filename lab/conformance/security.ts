import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CHECKS } from "../../server/src/security/checks.ts";
import { type Assessment, assess } from "../../server/src/security/exposure.ts";
import { type Files, filesBeside, inlineFiles, type SynthCase, unitAmong } from "./files.ts";
import { EXPOSURES, jsonLines, type Outcome, type Suite } from "./suite.ts";

/** What systemd-analyze said about a unit. */
interface Answer {
  readonly exposure: number | null;
  /** In the order of checks.json. */
  readonly badness: readonly (number | null)[] | null;
}

interface Service extends Answer {
  readonly unit: string;
  readonly scope: "system" | "user";
}

/** Real services: exposure, badness of every check, and whether they load. */
export const services: Suite = {
  name: "services",
  versions: EXPOSURES,
  run(corpus, version) {
    const ids = checkIds(corpus);
    const rows = jsonLines<Service>(join(corpus, `security-${version}.jsonl`));
    return compare(rows, ids, (row) => {
      const path = join(corpus, "units", row.unit);
      return { name: row.unit, ours: assessment(basename(path), row.scope, version, filesBeside(dirname(path))) };
    });
  },
};

/** Small units that were made to find differences, with drop-ins and user units. */
export const synthetic: Suite = {
  name: "synthetic",
  versions: EXPOSURES,
  run(corpus, version) {
    const ids = checkIds(corpus);
    const cases = jsonLines<SynthCase>(join(corpus, "synth/cases.jsonl"));
    const answers = jsonLines<Answer>(join(corpus, `synth/expected-${version}.jsonl`));
    return compare(answers, ids, (_, i) => {
      const it = cases[i];
      if (!it) throw new Error(`there is no case ${i}`);
      return { name: `${it.id} ${it.unit}`, ours: assessment(it.unit, it.scope, version, inlineFiles(it.files)) };
    });
  },
};

function checkIds(corpus: string): string[] {
  const rows = JSON.parse(readFileSync(join(corpus, "checks.json"), "utf8")) as {
    id: string;
    weight: number;
    range: number;
  }[];
  const known = new Map(CHECKS.map((it) => [it.id, it]));
  for (const { id, weight, range } of rows) {
    const check = known.get(id);
    if (check?.weight !== weight || check.range !== range) throw new Error(`the check ${id} differs from systemd's`);
  }
  if (rows.length !== CHECKS.length) throw new Error("there are more or fewer checks than systemd has");
  return rows.map((it) => it.id);
}

function compare<T extends Answer>(
  answers: readonly T[],
  ids: readonly string[],
  ask: (answer: T, index: number) => { name: string; ours: Assessment | undefined },
): Outcome {
  const differences: string[] = [];
  for (const [i, answer] of answers.entries()) {
    const { name, ours } = ask(answer, i);
    const found = difference(answer, ids, ours);
    if (found) differences.push(`${name}: ${found}`);
  }
  return { agree: answers.length - differences.length, total: answers.length, differences };
}

/** What differs, with the ids of the checks; undefined where nothing does. */
export function difference(answer: Answer, ids: readonly string[], ours: Assessment | undefined): string | undefined {
  const loads = answer.exposure !== null;
  if (loads !== (ours?.loads ?? false)) {
    return loads ? `systemd loads it, we refuse it: ${ours?.messages.join("; ")}` : "systemd refuses it, we load it";
  }
  if (!loads || !ours) return undefined;
  const badness = new Map(ours.checks.map((it) => [it.id, it.badness ?? null]));
  const rows = ids.flatMap((id, i) => {
    const [theirs, own] = [answer.badness?.[i] ?? null, badness.get(id)];
    return theirs === own ? [] : [`${id} systemd ${theirs} ours ${own}`];
  });
  if (answer.exposure !== ours.exposure) rows.push(`exposure systemd ${answer.exposure} ours ${ours.exposure}`);
  return rows.length > 0 ? rows.join(", ") : undefined;
}

/** Our assessment of a unit among its files; undefined where the name is none of a unit. */
export function assessment(
  name: string,
  scope: "system" | "user",
  version: number,
  files: Files,
): Assessment | undefined {
  const unit = unitAmong(name, scope, version, files);
  return unit && assess(unit);
}
