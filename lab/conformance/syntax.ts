import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type SystemdVersion, valueIn } from "../../server/src/facts/version.ts";
import { unitKindOf } from "../../server/src/families/checkedPath.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { parseExec } from "../../server/src/syntax/commandLine.ts";
import { splitWords } from "../../server/src/syntax/words.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { assignmentsOf, sinceReset, type Unit } from "../../server/src/units/unit.ts";
import { unitNameOf } from "../../server/src/units/where.ts";
import { commandProblem } from "../../server/src/values/command.ts";
import { accepts } from "../../server/src/values/enumeration.ts";
import { resolveSpecifiers } from "../../server/src/values/resolve.ts";
import { isTestInstance, type UnitName } from "../../server/src/values/unitName.ts";
import { valueType } from "../../server/src/values/valueTypes.ts";
import { quoteCommandLine } from "../../test/kit/commandLine.ts";
import { linesWanted } from "./different.ts";
import { jsonLines, refusalCode, type Suite, systemdLine, VERDICTS } from "./suite.ts";

interface Case {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly files_b64?: Readonly<Record<string, string>>;
  readonly big?: Readonly<Record<string, number>>;
}

interface Expected {
  readonly loads: boolean;
  readonly messages: readonly { level: string; line?: number; text: string }[];
  readonly values: readonly string[];
}

/** What systemd takes without a word. */
const OF_OUR_OWN: readonly string[] = ["syntax/line-too-long", "syntax/joined-setting"];

/** What both sides are compared by. */
interface Verdict {
  readonly lines: readonly number[];
  readonly loads: boolean;
  readonly values: readonly string[];
}

/** The lexical cases: which lines draw a complaint, whether the unit loads, and the values as parsed. */
export const syntax: Suite = {
  name: "syntax",
  versions: VERDICTS,
  run(corpus, version) {
    const folder = join(corpus, "syntax");
    const cases = jsonLines<Case>(join(folder, "cases.jsonl"));
    const answers = jsonLines<Expected>(join(folder, `expected-${version}.jsonl`));
    const differences: string[] = [];
    for (const [i, it] of cases.entries()) {
      const expected = answers[i];
      if (!expected) throw new Error(`no answer for the case ${it.id}`);
      const theirs = JSON.stringify({ ...systemdVerdict(expected), ...wanted(it.id) });
      const ours = JSON.stringify(ourVerdict(it, folder, version, expected.values));
      if (theirs !== ours) differences.push(`${it.id} ${it.name}\n      systemd ${theirs}\n      ours    ${ours}`);
    }
    return { agree: cases.length - differences.length, total: cases.length, differences };
  },
};

function wanted(id: string): Partial<Verdict> {
  const lines = linesWanted(id);
  return lines ? { lines } : {};
}

function systemdVerdict({ loads, messages, values }: Expected): Verdict {
  const lines = [...new Set(messages.flatMap((it) => (it.line === undefined ? [] : [it.line])))];
  return { lines: lines.sort((a, b) => a - b), loads, values: loads ? comparable(values) : [] };
}

/** The lines of a dump that stem from the text of the file alone. */
function comparable(values: readonly string[]): string[] {
  return values
    .filter((it) => /^(Description|Type|Restart|WorkingDirectory|User|Environment|Command Line): /.test(it))
    .sort();
}

function ourVerdict(it: Case, folder: string, version: number, theirs: readonly string[]): Verdict {
  const path = unitPath(it.unit);
  if (!path) return { lines: [], loads: false, values: [] };
  const text = decodeUtf8(bytesOf(it, folder));
  const unit = readUnit(path, text, version);
  const findings = check(unit, { profile: "off" });
  const complaints = findings.filter(
    ({ code, severity }) => !code.startsWith("unit/") && (severity === "error" || severity === "warning"),
  );
  const lines = [
    ...new Set(
      complaints.filter(({ code }) => !OF_OUR_OWN.includes(code)).map(({ start }) => systemdLine(unit.file, start)),
    ),
  ];
  const refused = text === "" || findings.some(({ code, stopsReading }) => stopsReading || code === refusalCode(unit));
  return {
    lines: lines.sort((a, b) => a - b),
    loads: !refused,
    values: refused ? [] : comparable(dump(unit, it.unit, theirs)),
  };
}

function bytesOf({ id, unit, files, files_b64, big }: Case, folder: string): Uint8Array {
  if (big) return readFileSync(join(folder, "big", id, unit));
  const encoded = files_b64?.[unit];
  return encoded === undefined ? Buffer.from(files?.[unit] ?? "", "utf8") : Buffer.from(encoded, "base64");
}

/** What systemd prints of these settings; long values are cut as the corpus cuts them. */
function dump(unit: Unit, name: string, theirs: readonly string[]): string[] {
  const last = (key: "Type" | "Restart" | "WorkingDirectory" | "User"): string | undefined => {
    const type = valueType(
      { Type: "serviceType", Restart: "serviceRestart", WorkingDirectory: "workingDirectory", User: "userGroupCompat" }[
        key
      ] as never,
    );
    const valid = assignmentsOf(unit, "Service", key).map((it) => it.value.text);
    return valid.findLast((it) => type.kind !== "enumeration" || accepts(type, it, unit.version));
  };
  const unitName = instanceOf(unitNameOf(name, unitKindOf(unit.path)), unit.version);
  const resolve = (text: string): string =>
    text.replace(/%(.)/g, (specifier, letter: string) => {
      if (letter === "y") return `DIR/${name}`;
      return letter === "Y" ? "DIR" : (resolveSpecifiers(specifier, unitName, "system") ?? specifier);
    });
  const description = assignmentsOf(unit, "Unit", "Description")
    .map((it) => it.value.text)
    .findLast((it) => resolveSpecifiers(it, unitName, "system", unit.version) !== undefined);
  const known = theirs.find((it) => it.startsWith("Description: "));
  const out = [`Description: ${resolve(description || known?.slice("Description: ".length) || name)}`];
  if (unit.path.kind !== "service") return [...out, ...theirs.filter((it) => it.startsWith("WorkingDirectory: "))];
  out.push(
    `Type: ${last("Type") ?? "simple"}`,
    `Restart: ${last("Restart") ?? "no"}`,
    `WorkingDirectory: ${last("WorkingDirectory")?.replace(/^-/, "") ?? "/"}`,
  );
  if (last("User")) out.push(`User: ${last("User")}`);
  const environment = new Map<string, string>();
  for (const { value } of sinceReset(assignmentsOf(unit, "Service", "Environment"))) {
    for (const word of splitWords(value.text, "escapes").words) {
      const [, key, text] = /^([A-Za-z_]\w*)=(.*)$/s.exec(resolve(word.value)) ?? [];
      if (key !== undefined && text !== undefined) environment.set(key, text);
    }
  }
  for (const [key, text] of environment) out.push(`Environment: ${key}=${text}`);
  for (const { value } of sinceReset(assignmentsOf(unit, "Service", "ExecStart"))) {
    for (const command of parseExec(value.text).commands) {
      if (commandProblem(command, unit.version)) break;
      const { prefixes, path, args } = command;
      const words = prefixes.includes("@") ? args : [path, ...args];
      out.push(
        `Command Line: ${quoteCommandLine(
          words.map((it) => resolve(it.value)),
          unit.version,
        )}`,
      );
    }
  }
  return out.map((line) => shortened(line.split("\n")[0] ?? "", theirs));
}

/** The name that systemd-analyze verify loads a template under. */
function instanceOf(name: UnitName, version: SystemdVersion): UnitName {
  const instance = valueIn({ 0: "i", 255: "test_instance" }, version);
  if (!isTestInstance(name)) return name;
  const stem = `${name.prefix}@${instance}`;
  return { ...name, instance, stem, full: `${stem}.${name.kind}` };
}

/** The corpus cuts long values and notes their length. */
function shortened(line: string, theirs: readonly string[]): string {
  const cut = theirs.find((it) => it.includes("...<") && line.startsWith(it.slice(0, it.indexOf("...<"))));
  return cut ?? line;
}
