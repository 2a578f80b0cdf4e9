import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const TOOL = "systemd-analyze";

const FIRST_LINE = spawnSync(TOOL, ["--version"], { encoding: "utf8" }).stdout ?? "";

/** The version of the machine's own systemd, undefined where there is none. */
export const MACHINE_VERSION: number | undefined = Number(/^systemd (\d+)/.exec(FIRST_LINE)?.[1]) || undefined;

/**
 * What `systemd-analyze verify` prints about a unit, with no units around it but these; DIR stands for their folder. Of the
 * other units only with `recursive`.
 */
export function verify(
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  environment: Readonly<Record<string, string>> = {},
  recursive = false,
): string[] {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { stdout, stderr } = spawnSync(
      TOOL,
      ["verify", "--man=no", "--generators=no", `--recursive-errors=${recursive ? "yes" : "no"}`, "--", name],
      { cwd: folder, encoding: "utf8", env: { ...process.env, SYSTEMD_UNIT_PATH: folder, ...environment } },
    );
    return (stderr + stdout).replaceAll(folder, "DIR").split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `systemd-analyze calendar` says of an expression that it takes. */
export interface Elapses {
  readonly normalForm: string;
  /** As printed, in UTC and without fractions: `2026-11-24 10:00:00`; fewer than asked for where no more follow. */
  readonly elapses: readonly string[];
}

/**
 * Asks `systemd-analyze calendar` for the next times of expressions, by their text. Those that it refuses are missing;
 * where its search for one of the times goes round in circles, it says nothing of the others.
 */
export function elapsesOf(
  expressions: readonly string[],
  base: string,
  count: number,
  zone: string,
): ReadonlyMap<string, Elapses | "gives up"> {
  const { stdout, stderr } = spawnSync(
    TOOL,
    ["calendar", `--iterations=${count}`, `--base-time=${base}`, "--", ...expressions],
    { encoding: "utf8", env: { ...process.env, TZ: zone, LC_ALL: "C" } },
  );
  const answers = new Map<string, Elapses | "gives up">();
  for (const [, expression = ""] of stderr.matchAll(/^Failed to determine next elapse for '(.*)': /gm))
    answers.set(expression, "gives up");
  for (const block of `\n${stdout}`.split(/\n(?= *Original form: |(?<!Original form: .*\n)Normalized form: )/)) {
    const normalForm = /^Normalized form: (.*)$/m.exec(block)?.[1];
    if (normalForm === undefined) continue;
    const times = [...block.matchAll(/^ *(Next elapse|Iteration #\d+|\(in UTC\)): (?:\w{3} )?(\d.*) (\S+)$/gm)];
    const inUtc = times.filter(([, label], i) => label === "(in UTC)" || times[i + 1]?.[1] !== "(in UTC)");
    const expression = /^ *Original form: (.*)$/m.exec(block)?.[1] ?? normalForm;
    answers.set(expression, { normalForm, elapses: inUtc.map(([, , time = ""]) => time) });
  }
  return answers;
}

/** What `systemd-analyze timespan` says of a time span that it takes. */
export interface TimeSpanAnswer {
  readonly microseconds: bigint;
  readonly human: string;
}

/** Asks `systemd-analyze timespan` for time spans; it stops at the first that it refuses, and so does the list. */
export function timeSpansOf(texts: readonly string[]): readonly TimeSpanAnswer[] {
  const { stdout } = spawnSync(TOOL, ["timespan", "--", ...texts], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  return [...stdout.matchAll(/^Original: .*\n +\S+: (\d+) *\n +Human: (.*)$/gm)].map(([, count = "0", human = ""]) => ({
    microseconds: BigInt(count),
    human: human.trim(),
  }));
}
