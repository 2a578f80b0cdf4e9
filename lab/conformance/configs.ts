import { existsSync } from "node:fs";
import { join } from "node:path";
import { grammarIn, typeIn } from "../../server/src/catalog/catalog.ts";
import { CONFIG_KINDS, type ConfigKind } from "../../server/src/facts/configKinds.ts";
import { type ConfigPath, finishedAs } from "../../server/src/families/configs/configPath.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { check } from "../../server/src/rules/check.ts";
import type { UnitFile } from "../../server/src/syntax/tree.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { whereOf } from "../../server/src/units/where.ts";
import { issuesOf } from "../../server/src/values/read.ts";
import { dependsOnOthers } from "./elsewhere.ts";
import { jsonLines, NOTHING, type Outcome, type Suite, systemdLine } from "./suite.ts";

/** What the collection of answers calls a kind, where that is not its own name. */
const COLLECTED: Readonly<Partial<Record<ConfigKind, string>>> = {
  repart: "repart.d",
  transfer: "sysupdate.d",
  feature: "sysupdate.features",
  component: "sysupdate.components",
};

interface Message {
  readonly level: string;
  readonly line?: number;
  readonly text: string;
  readonly dropin?: string;
}

/** A file that systemd was asked about. */
export interface Case {
  readonly id: string;
  readonly family: string;
  readonly title?: string;
  readonly path?: string;
  readonly text?: string;
  readonly b64?: string;
  readonly dropins?: Readonly<Record<string, string>>;
}

/** What it said. */
export interface Answer {
  readonly id: string;
  readonly messages: readonly Message[];
  /** Whether networkd took the file. */
  readonly loaded?: boolean;
}

/** The values of one setting that systemd was asked about. */
export interface MatrixRow {
  readonly section: string;
  readonly key: string;
  readonly accepted: readonly string[];
  readonly rejected: readonly (readonly [
    templates: readonly (readonly [string, string])[],
    values: readonly string[],
  ])[];
}

/** All comparisons with what systemd's programs say of their configuration files: three for each kind. */
export const configSuites: readonly Suite[] = CONFIG_KINDS.flatMap((kind) => {
  const its = COLLECTED[kind] ?? kind;
  return [
    {
      name: `configs ${kind} matrix`,
      run: (corpus, version) => compareMatrix(kind, matrixOf(corpus, its, version), version),
    },
    {
      name: `configs ${kind} cases`,
      run: (corpus, version) => compareFiles(kind, join(opened(corpus), "cases"), "cases.jsonl", its, version),
    },
    {
      name: `configs ${kind} corpus`,
      run: (corpus, version) => compareFiles(kind, join(opened(corpus), "corpus"), "files.jsonl", its, version),
    },
  ] satisfies Suite[];
});

/** What the collection of answers calls a kind. */
export const collectedName = (kind: ConfigKind): string => COLLECTED[kind] ?? kind;

/** The rows of a kind in a folder of the matrix; none where it has no file of it. */
export function matrixRows(folder: string, kind: ConfigKind): readonly MatrixRow[] {
  const path = join(folder, `${collectedName(kind)}.jsonl`);
  return existsSync(path) ? jsonLines<MatrixRow>(path) : [];
}

const opened = (corpus: string): string => join(corpus, "..", "families", "open");
const matrixOf = (corpus: string, its: string, version: number): string =>
  join(opened(corpus), "matrix", `${version}`, `${its}.jsonl`);

/** A path of the kind, which systemd reads. */
const pathOf = (kind: ConfigKind, role: ConfigPath["role"] = "unit", name?: string): ConfigPath => ({
  config: kind,
  kind,
  role,
  name: name ?? (kind.endsWith(".conf") ? kind : `10-x.${kind}`),
  scope: kind === "user.conf" ? "user" : "system",
  placed: true,
  ...finishedAs(kind),
});

/** Complaints about the lines among which a value was tried, not about the value: the cases have those. */
const ABOUT_OTHERS = /does not match the previous assignment|different from the previous value/;

/** Settings of systemd that change at once how it says what it says, so that the answers about them are worth nothing. */
const CHANGES_MESSAGES: ReadonlySet<string> = new Set(
  ["LogLevel", "LogTarget", "LogLocation", "LogTime"].map((it) => `Manager.${it}`),
);

/** The machine that answered has no such interface, which systemd-resolved looks up at once. */
const OF_NO_INTERFACE = /^[0-9.]+%eth0/;

/**
 * What an answer says of more than its line: of an earlier line, as all values of a setting stood in one file; of a key file that
 * the machine lacks; of the name of the image, which its os-release does not have.
 */
const OF_MORE_THAN_THE_LINE =
  /^Conflicting .* setting found|^Duplicate port specification|^Failed to parse file: (?:No such file|File name too long|Is a directory)/;
const isOfMore = (value: string, theirs: string): boolean =>
  OF_MORE_THAN_THE_LINE.test(theirs) || isOfImage(value, theirs);
/** Whether an answer is about what stands for the name of the image on that machine: nothing. */
const isOfImage = (value: string, theirs: string): boolean =>
  value.includes("%A") && /, ignoring: $|\(0 bytes\)/.test(theirs);

/** Each value of each setting: whether systemd takes it, or complains about its line. */
function compareMatrix(kind: ConfigKind, path: string, version: number): Outcome {
  if (!existsSync(path)) return NOTHING;
  let total = 0;
  const aside = new Map<string, number>();
  const differences: string[] = [];
  for (const { section, key, accepted, rejected } of jsonLines<MatrixRow>(path)) {
    const said = [
      ...accepted.map((it) => [it, ""] as const),
      ...rejected.flatMap(([templates, values]) => {
        const onLine = templates.map(([, text]) => text).filter((it) => !/^(?:\* |@)/.test(it));
        return values.map((it) => [it, onLine.join(" | ")] as const);
      }),
    ];
    for (const [value, theirs] of said) {
      const unit = readUnit(pathOf(kind), `[${section}]\n${key}=${value}\n`, version);
      const known = unit.family.content.directive(section, key);
      const why = whyAside(kind, `${section}.${key}`, value, theirs, known && typeIn(known, version));
      if (why) {
        aside.set(why, (aside.get(why) ?? 0) + 1);
        continue;
      }
      total++;
      const type = known && grammarIn(known, version);
      const ours = [
        ...check(unit, { profile: "off", select: ["syntax", "section", "directive", "value/user-action"] })
          .filter((it) => systemdLine(unit.file, it.start) === 2 && isLoud(it))
          .map(({ message }) => message),
        // What we doubt although systemd takes it is no part of the answer, nor is what systemd says without naming a line.
        // Where systemd complains, a doubt is enough: it has not read what other files might say.
        ...(type ? issuesOf(type, value, whereOf(unit)) : [])
          .filter(({ effect, code }) => (effect !== "silent" || theirs !== "") && !code.startsWith("daemon/"))
          .map(({ message }) => message),
      ];
      if (ours.length > 0 === (theirs !== "")) continue;
      differences.push(
        `${known && typeIn(known, version)} [${section}] ${key}=${value}\n      systemd ${theirs || "takes it"}\n      ours    ${ours.join(" | ") || "is taken"}`,
      );
    }
  }
  const details = [...aside].map(([why, count]) => `${count} answers left aside: ${why}`);
  return { agree: total - differences.length, total, details, differences };
}

/** Why an answer is none about the line; undefined where it is one. */
function whyAside(kind: ConfigKind, key: string, value: string, theirs: string, type?: string): string | undefined {
  if (CHANGES_MESSAGES.has(key)) return "they change at once how systemd says things";
  if (ABOUT_OTHERS.test(theirs)) return "they are about the lines around";
  if (isOfMore(value, theirs))
    return "they are about an earlier line, a file that is not there, or the name of the image";
  if (kind === "dns-delegate" && OF_NO_INTERFACE.test(value)) return "they name an interface that is not there";
  const elsewhere = type !== undefined && dependsOnOthers(type, value, theirs);
  return elsewhere ? "they go by tables, users, interfaces or addresses from elsewhere" : undefined;
}

/** What a program says without a file and a line, so that nobody knows of several files which it is about. */
const NAMES_NO_FILE: ReadonlySet<string> = new Set(["daemon/server", "daemon/domain"]);

const isLoud = ({ severity }: Finding): boolean => severity === "error" || severity === "warning";

/** Whole files: a finding on each line that systemd names, and no error on another one; something where it says something of the whole. */
function compareFiles(kind: ConfigKind, folder: string, files: string, its: string, version: number): Outcome {
  const answersPath = join(folder, `answers-${version}.jsonl`);
  if (!existsSync(answersPath)) return NOTHING;
  const answers = new Map(jsonLines<Answer>(answersPath).map((it) => [it.id, it]));
  const differences: string[] = [];
  let total = 0;
  for (const it of jsonLines<Case>(join(folder, files))) {
    const answer = answers.get(it.id);
    if (it.family !== its || !answer) continue;
    total++;
    const trouble = troubleOf(kind, it, answer, version);
    if (trouble.length > 0) differences.push(`${it.id} ${it.path ?? it.title}\n      ${trouble.join("\n      ")}`);
  }
  return total === 0 ? NOTHING : { agree: total - differences.length, total, differences };
}

/** Whether a place is in a section that systemd calls unknown, whose lines it does not read: what we say of them is of no less use. */
function unreadSections(file: UnitFile, said: readonly Message[]): (offset: number) => boolean {
  const lines = new Set(said.filter((it) => it.text.startsWith("Unknown section")).map((it) => it.line));
  const unread = file.sections.filter(({ header }) => lines.has(systemdLine(file, header.start)));
  return (offset) => unread.some(({ start, end }) => start <= offset && offset < end);
}

/** What the answer depends on besides the file: interfaces and files of the machine, and other files of the same run. */
const ENVIRONMENT =
  /File exists|Cannot resolve (?:user|group) name|Invalid uid or uid range|CurrentSymlink= path has invalid length \(0 bytes\)|already configured by|look like it has an OS tree|^Note: in a future version|^No transfer definitions found|^--bind-user= requires|DNS server string '[^']*%|could not be found|time zone|is accessible|world-readable|No such file|ServerAddress= in networkd.conf is not configured|^Missing verity|no private key provided|no PEM certificate|^Couldn't find target partition/;

/** What these programs say of a file as a whole has its first line. */
const OF_FIRST_LINE: ReadonlySet<ConfigKind> = new Set(["repart", "transfer"]);
const unlined = (kind: ConfigKind, it: Message): Message => {
  const { line, ...rest } = it;
  return line === 1 && OF_FIRST_LINE.has(kind) ? rest : it;
};

/** Where our findings differ from what systemd says about a file, a line each. */
export function troubleOf(
  kind: ConfigKind,
  { id, path, text = "", b64, dropins = {} }: Case,
  { messages, loaded }: Answer,
  version: number,
): string[] {
  const main = b64 === undefined ? text : decodeUtf8(Buffer.from(b64, "base64"));
  const name = path?.split("/").at(-1) ?? `${id}.${kind}`;
  const whole = pathOf(kind, "unit", kind.endsWith(".conf") ? kind : name);
  const names = Object.keys(dropins).sort();
  const texts = names.map((it) => dropins[it] ?? "");
  const unit = readUnit(whole, main, version, { dropIns: texts });
  const found: { file: UnitFile; dropIn: string | undefined; findings: readonly Finding[] }[] = [
    { file: unit.file, dropIn: undefined, findings: check(unit, { profile: "off" }) },
    ...names.map((dropIn, at) => {
      const read = readUnit(pathOf(kind, "drop-in", whole.name), texts[at] ?? "", version, {
        main: {
          path: whole,
          text: main,
          dropIns: texts,
          at,
        },
      });
      return { file: read.file, dropIn, findings: check(read, { profile: "off" }) };
    }),
  ];
  const said = messages
    .filter((it) => !ENVIRONMENT.test(it.text) && it.level !== "info")
    .map((it) => unlined(kind, it));
  const trouble: string[] = [];
  for (const { file, dropIn, findings } of found) {
    const its = said.filter((it) => it.line !== undefined && it.dropin === dropIn);
    // Of what systemd only notes, a finding may say it or not.
    const noted = messages.filter((it) => (it.level === "info" || ENVIRONMENT.test(it.text)) && it.dropin === dropIn);
    const lines = new Set([...its, ...noted].map((it) => it.line));
    const ours = findings.map((it) => ({ ...it, line: systemdLine(file, it.start) }));
    const written = file.text.split("\n");
    for (const { line = 0, text: message } of its)
      if (!ours.some((it) => it.line === line && isLoud(it)) && !isOfImage(written[line - 1] ?? "", message))
        trouble.push(`${dropIn ?? ""}:${line} systemd: ${message}`);
    // Of a device whose conditions did not hold on that machine networkd read only [Match] and [NetDev].
    const excused = said.some((it) => it.line === undefined) || (kind === "netdev" && loaded === false);
    const unread = unreadSections(file, its);
    for (const it of ours)
      if (
        it.severity === "error" &&
        !lines.has(it.line) &&
        !excused &&
        !unread(it.start) &&
        !NAMES_NO_FILE.has(it.code)
      )
        trouble.push(`${dropIn ?? ""}:${it.line} ours: ${it.code} ${it.message}`);
  }
  const ofWhole = said.filter((it) => it.line === undefined && it.level !== "debug");
  if (ofWhole.length > 0 && !found.some(({ findings }) => findings.some(isLoud)))
    trouble.push(...ofWhole.map((it) => `of the whole, systemd: ${it.text}`));
  return trouble;
}
