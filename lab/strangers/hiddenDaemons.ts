import { packagedFiles } from "../../build/extracts/packagesByDirective.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { measuredDaemons } from "../../server/src/hardening/measured.ts";
import type { MeasuredDaemon } from "../../server/src/hardening/measuredDaemon.ts";
import { impliesValue } from "../../server/src/hardening/strictness.ts";
import { unitDigest } from "../../server/src/learn/unitDigest.ts";
import { callsFor, changeCalls, noCalls } from "../../server/src/security/callSet.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { unitOf } from "../../test/hardening/kit.ts";
import { addedIn, countOne, exposureAfter, keyOf, median, PROFILES, STEPS, table } from "./outcome.ts";

/** A daemon that was measured, as a service that nobody knows: under another name, as are its program and its files. */
interface HiddenDaemon {
  readonly daemon: MeasuredDaemon;
  readonly unit: Unit;
}

/** The measured daemons whose units the corpus has; `isNamed` leaves their programs their names. */
export function hiddenDaemons(corpus: string, isNamed = false): readonly HiddenDaemon[] {
  const rows = new Map(measuredDaemons().map((it) => [`${it.package} ${it.unit.replace(/@.*\./, "@.")}`, it]));
  return [...packagedFiles(corpus)].flatMap(({ packageName, path, text }) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const daemon = rows.get(`${packageName} ${name}`);
    if (!daemon || !/\/system\/[^/]+\.service$/.test(path)) return [];
    const shipped = unitOf(text, path.replace("@.", `@${instanceOf(daemon)}.`));
    return unitDigest(shipped) === daemon.digest ? [{ daemon, unit: hidden(shipped, text, isNamed) }] : [];
  });
}

const instanceOf = ({ unit }: MeasuredDaemon): string => /@(.*)\.service$/.exec(unit)?.[1] ?? "";

/** The same unit of a program that is in no table, or under another name alone. */
function hidden(unit: Unit, text: string, isNamed: boolean): Unit {
  const stem = (unit.path.name ?? "").replace(/@.*|\.service$/g, "");
  const programs = factsOf(unit).programs.map((it) => it.path.replace(/^.*\//, ""));
  const names = [stem, ...programs].filter((it) => it.length > 2 && !INTERPRETERS.test(it));
  const pattern = new RegExp(`(?<![\\w-])(?:${names.map((it) => it.replace(/[.+]/g, "\\$&")).join("|")})(?!\\w)`, "gi");
  const body = names.length > 0 && !isNamed ? text.replace(pattern, "zorb") : text;
  return unitOf(body, `/usr/lib/systemd/system/zorb${/@/.test(unit.path.name ?? "") ? "@a" : ""}.service`);
}

const INTERPRETERS =
  /^(?:(?:ba|da)?sh|python[\d.]*|perl|ruby|node|java|env|start-stop-daemon|install|mkdir|chown|chmod|rm|kill|test)$/;

/** Whether a run says that a daemon does not bear a line: it refused the setting, or needed more than the line leaves. */
export function isRefused({ settings, refused }: MeasuredDaemon, line: string, lines: readonly string[]): boolean {
  const key = keyOf(line);
  const values = settings.filter((it) => keyOf(it) === key).map((it) => it.slice(key.length + 1));
  if (values.length === 0) return refused[key] !== undefined;
  const own = lines.filter((it) => keyOf(it) === key).map((it) => it.slice(key.length + 1));
  const isDenied = own.every((it) => it.startsWith("~"));
  if (key === "SystemCallFilter") {
    const allowed = callsOf(isDenied ? own.map((it) => it.slice(1)) : own);
    return isDenied
      ? callsOf(values).some((it, i) => (it & (allowed[i] ?? 0)) !== 0)
      : !isWithin(callsOf(values), allowed);
  }
  if (isDenied)
    return own.some((it) => values.some((of) => of.split(/\s+/).some((word) => it.slice(1).split(" ").includes(word))));
  return !impliesValue(key, values, own[0] ?? "");
}

function callsOf(values: readonly string[]): Uint32Array {
  const set = noCalls(NEWEST_VERSION);
  for (const value of values) {
    const words = value.replace(/^~/, "").split(/\s+/);
    for (const it of words) {
      const calls = callsFor(it, NEWEST_VERSION);
      if (calls) changeCalls(set, calls, value.startsWith("~") ? "remove" : "add");
    }
  }
  return set;
}

const isWithin = (inner: Uint32Array, outer: Uint32Array): boolean =>
  inner.every((it, i) => (it & ~(outer[i] ?? 0)) === 0);

/** What hardening adds to daemons whose names nobody knows, by grade, and what of it a run of them refused. */
export function hiddenReport(corpus: string, bySetting: boolean): string {
  const all = hiddenDaemons(corpus);
  const added = new Map<string, number>();
  const refused = new Map<string, string[]>();
  for (const { daemon, unit } of all) {
    const before = new Set<string>();
    for (const step of STEPS) {
      const settings = addedIn(unit, step);
      const lines = settings.map(({ line }) => line);
      for (const { line, grade } of settings.filter((it) => !before.has(it.line))) {
        const key = bySetting ? `${grade}: ${keyOf(line)}` : grade;
        countOne(added, key);
        if (isRefused(daemon, line, lines)) refused.set(key, [...(refused.get(key) ?? []), `${daemon.unit} ${line}`]);
      }
      for (const it of lines) before.add(it);
    }
  }
  const grades = [...added].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = grades.map(([key, n]) => [
    key,
    n,
    refused.get(key)?.length ?? 0,
    refused.get(key)?.slice(0, 4).join("; ") ?? "",
  ]);
  const root = all.filter(({ unit }) => factsOf(unit).privileged);
  const medians = [
    ["all", all] as const,
    ["root", root] as const,
    ["others", all.filter((it) => !root.includes(it))] as const,
  ].map(([who, them]) => [
    who,
    them.length,
    ...PROFILES.map((it) => median(them.map(({ unit }) => exposureAfter(unit, it, "safe")))),
  ]);
  return [
    `## ${all.length} measured daemons under names that nobody knows\n`,
    table(["run as", "daemons", ...PROFILES], medians),
    "",
    table(["grade", "added", "refused by a run", "such as"], rows),
    "",
  ].join("\n");
}
