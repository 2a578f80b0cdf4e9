import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { capabilitiesRead, seldomRead } from "../../server/src/hardening/callsRead.ts";
import { evidenceAgainst } from "../../server/src/hardening/evidence.ts";
import { excludedBy } from "../../server/src/hardening/exclusions.ts";
import type { HardeningDirective } from "../../server/src/hardening/profiles.ts";
import { needsDeciding } from "../../server/src/needs/decided.ts";
import { programReading } from "../../server/src/needs/programReading.ts";
import { NEEDS_IN_PROGRAMS } from "../../server/src/needs/programSigns.ts";
import { makesUsualCalls, readCalls } from "../../server/src/needs/readCalls.ts";
import { type ReadDecision, readDecision } from "../../server/src/needs/readDecision.ts";
import { callsFor } from "../../server/src/security/callSet.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { firstStepReport, type ReadService } from "./firstStep.ts";
import { machineWith, unitIn, unpacked } from "./unpacked.ts";
import { isNamed, placesWritten } from "./writtenPlaces.ts";

/** What runs of a daemon proved, and what they refused by its setting. */
interface MeasuredRow {
  readonly unit: string;
  readonly package: string;
  readonly settings: readonly string[];
  readonly refused: Readonly<Record<string, string>>;
}

const { values } = parseArgs({ options: { only: { type: "string" }, write: { type: "boolean" } } });
const { rows } = JSON.parse(readFileSync("data/measured/daemons.json", "utf8")) as {
  readonly rows: readonly MeasuredRow[];
};

type Kind = "proven" | "read" | "against" | "open" | "silent" | "not read";
const KINDS: readonly Kind[] = ["proven", "read", "against", "open", "silent", "not read"];

/** By setting and kind of decision: how many, and how many of these a run refused. */
const table = new Map<string, Map<Kind, readonly [number, number]>>();
const wrong: string[] = [];
const first: { readonly isRoot: boolean; readonly count: number }[] = [];
const calls = { daemons: 0, wrongGroups: 0, usual: 0, wrongUsual: 0, seldom: 0, wrongSeldom: 0 };

const services: ReadService[] = [];
/** What a program shows to need nothing of, though its kind or words speak against it, and how much of that a run refused. */
const above = { kind: [0, 0], words: [0, 0] };
const capabilities = { daemons: 0, unused: 0 };
const places = { written: 0, named: 0 };

const kindOf = (decision: ReadDecision | undefined): Kind =>
  decision === undefined ? "not read" : decision.says === "for" ? decision.grade : decision.says;

function count(setting: string, kind: Kind, isRefused: boolean): void {
  const row = table.get(setting) ?? new Map<Kind, readonly [number, number]>();
  const [all, refused] = row.get(kind) ?? [0, 0];
  table.set(setting, row.set(kind, [all + 1, refused + Number(isRefused)]));
}

/** The settings that some need decides which programs speak of. */
const settings = [
  ...new Set(rows.flatMap((it) => [...it.settings.map((line) => line.replace(/=.*/, "")), ...Object.keys(it.refused)])),
]
  .filter((it) => needsDeciding(it).length > 0 && needsDeciding(it).every((need) => need in NEEDS_IN_PROGRAMS))
  .sort();

async function judge(row: MeasuredRow): Promise<void> {
  const folder = await unpacked(row.package);
  const text = folder && unitIn(folder, row.unit);
  const path = unitPath(`/usr/lib/systemd/system/${row.unit}`);
  if (!folder || text === undefined || !path) return;
  const files = machineWith(folder, row.package);
  services.push({ text, files, refused: row.refused });
  const facts = factsOf(readUnit(path, text, 257, { defaults: { restrictSuidSgid: false, files } }));
  const reading = programReading(facts);
  if (reading)
    for (const place of placesWritten(row.settings)) {
      places.written++;
      if (isNamed(place, facts, reading)) places.named++;
    }
  let added = 0;
  for (const setting of settings) {
    const decision = reading && readDecision(reading, setting, facts.privileged);
    const reason = row.refused[setting];
    if (reading && decision === undefined) continue;
    count(setting, kindOf(decision), reason !== undefined);
    if (decision?.says !== "for") continue;
    const name = setting as HardeningDirective;
    const by = excludedBy(name, facts.kinds) === undefined ? evidenceAgainst(name, facts) && above.words : above.kind;
    if (by) by.splice(0, 2, (by[0] ?? 0) + 1, (by[1] ?? 0) + Number(reason !== undefined));
    added++;
    if (reason !== undefined) wrong.push(`${row.unit} ${setting}=: ${decision.reason}; the run: ${reason}`);
  }
  first.push({ isRoot: facts.privileged, count: added });
  const unused = capabilitiesRead(facts)?.unused;
  if (unused) judgeCapabilities(row, unused);
  const read = reading && readCalls(reading, facts.privileged);
  if (reading) judgeSeldom(row, seldomRead(facts));
  if (read) judgeCalls(row, read.groups, makesUsualCalls(reading, facts.privileged, []) !== undefined);
}

/** Of what starts as root: the capabilities that nothing in it has a use for, against those that a run of it used. */
function judgeCapabilities(row: MeasuredRow, unused: readonly string[]): void {
  const line = row.settings.findLast((it) => it.startsWith("CapabilityBoundingSet="));
  if (line === undefined) return;
  const used = new Set(line.replace(/^.*=/, "").split(" "));
  capabilities.daemons++;
  capabilities.unused += unused.length;
  for (const it of unused.filter((it) => used.has(it)))
    wrong.push(`${row.unit} CapabilityBoundingSet=: the run used ${it}`);
}

function judgeCalls(row: MeasuredRow, groups: readonly string[], isUsual: boolean): void {
  const allowed = row.settings.flatMap((it) =>
    /^SystemCallFilter=[^~]/.test(it) ? it.replace(/^.*=/, "").split(" ") : [],
  );
  calls.daemons++;
  if (groups.some((it) => allowed.includes(it))) calls.wrongGroups++;
  if (!isUsual) return;
  calls.usual++;
  // What the deny list after it takes away is allowed again, and is in the group itself.
  if (allowed.some((it) => /^@(?:clock|debug|module|mount|raw-io|pkey)$|^(?:syslog|bpf)$/.test(it))) calls.wrongUsual++;
}

/** Groups that are denied, of which the run of a measured daemon allowed some calls again. */
function judgeSeldom(row: MeasuredRow, groups: readonly string[]): void {
  const again = row.settings.flatMap((it) =>
    /^SystemCallFilter=(?![~]|@system-service)/.test(it) ? it.replace(/^.*=/, "").split(" ") : [],
  );
  for (const group of groups) {
    calls.seldom++;
    if (again.some((it) => overlaps(it, group))) calls.wrongSeldom++;
  }
}

const overlaps = (word: string, group: string): boolean => {
  const denied = callsFor(group, 257);
  return callsFor(word, 257)?.some((bits, i) => (bits & (denied?.[i] ?? 0)) !== 0) ?? false;
};

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
const sum = (kind: Kind): readonly [number, number] =>
  [...table.values()].reduce<readonly [number, number]>(
    ([all, refused], row) => [all + (row.get(kind)?.[0] ?? 0), refused + (row.get(kind)?.[1] ?? 0)],
    [0, 0],
  );
const cell = ([all, refused]: readonly [number, number] = [0, 0]): string => `${all} / ${refused}`;

/** Of each setting: how many daemons whose programs leave it open bear it, and how many there are. */
function writeOpenRates(): void {
  const rates = [...table].flatMap(([setting, row]) => {
    const [all, refused] = row.get("open") ?? [0, 0];
    return all > 0 ? [`  "${setting}": [${all - refused}, ${all}]`] : [];
  });
  writeFileSync("data/measured/open-rates.json", `{\n${rates.join(",\n")}\n}\n`);
}

/** Takes out what no program decides, however it is read. */
function dropUndecided(): void {
  for (const [setting, row] of table) if (row.size === 1 && row.has("not read")) table.delete(setting);
}

async function main(): Promise<void> {
  for (const row of rows.filter((it) => values.only === undefined || it.package === values.only)) await judge(row);
  dropUndecided();
  console.log(
    `${first.length} measured daemons, their packages unpacked beside this machine. Each cell: decisions / refused by a run.\n`,
  );
  console.log(`| setting | ${KINDS.join(" | ")} |\n| --- |${" --- |".repeat(KINDS.length)}`);
  for (const [setting, row] of table)
    console.log(`| ${setting} | ${KINDS.map((it) => cell(row.get(it))).join(" | ")} |`);
  console.log(`| all | ${KINDS.map((it) => cell(sum(it))).join(" | ")} |\n`);
  console.log(
    `settings for which reading decides, at the median: ${median(first.map((it) => it.count))}, of root ${median(first.filter((it) => it.isRoot).map((it) => it.count))}`,
  );
  console.log(
    `groups of calls: ${calls.daemons} daemons, ${calls.wrongGroups} with one that a run made; @system-service: ${calls.usual}, ${calls.wrongUsual} with more; groups of usual calls: ${calls.seldom}, ${calls.wrongSeldom} with one that a run made`,
  );
  console.log(
    `shown to be without need, though its kind speaks against it: ${above.kind.join(" / ")}; its words: ${above.words.join(" / ")}`,
  );
  console.log(`capabilities of root without a use: ${capabilities.unused} in ${capabilities.daemons} daemons`);
  console.log(`places that runs wrote: ${places.written}, named by files, packages or the unit: ${places.named}`);
  if (values.write) writeOpenRates();
  console.log(`\n## Programs that no table names\n\n${firstStepReport(services, settings)}\n`);
  for (const it of wrong) console.log(`refused: ${it}`);
}

void main();
