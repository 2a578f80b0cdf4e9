import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Generated, generate } from "../../server/src/dialects/quadlets/generator/generate.ts";
import type { QuadletRefusal } from "../../server/src/dialects/quadlets/generator/refusals.ts";
import { generatedText } from "../../server/src/dialects/quadlets/generator/service.ts";
import { PODMAN_VERSIONS, type PodmanVersion, podmanVersionNamed } from "../../server/src/facts/podmanVersions.ts";
import { commandWords, comparableLines, refusalMessages, saysReason } from "../../test/kit/quadlets.ts";
import { isDifferent } from "./different.ts";
import { jsonLines, NOTHING, type Suite } from "./suite.ts";

/** Where the answers for quadlets lie, seen from the corpus. */
const beside = (corpus: string, ...names: string[]): string => join(corpus, "..", "quadlet", ...names);

/** What one version says of a set of files. */
export interface Answer {
  readonly rc: number | string;
  readonly messages: readonly string[];
  /** Whole texts, or the lines that the newest has not, or only names. */
  readonly services?: Readonly<Record<string, string | readonly string[]>> | readonly string[];
  readonly changed?: Readonly<Record<string, readonly string[]>>;
}

/** Some files, and what the generator makes of them. */
export interface QuadletSet {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, Answer | "as HEAD">>;
}

/** What the answers of the corpus are called. */
export const ANSWERS: readonly (readonly [name: string, version: PodmanVersion, scope: "system" | "user"])[] = [
  ["HEAD", 6, "system"],
  ["HEAD-user", 6, "user"],
  ["v5.8.2", 5.8, "system"],
  ["v5.4.2", 5.4, "system"],
  ["v4.9.5", 4.9, "system"],
];

/** The devices of the machine that gave the answers. */
const DEVICES = /^\/dev\/(?:null|zero|full|random|urandom|tty|console|ptmx|fuse|kvm|loop\d+|net\/tun|dri|shm|pts)\b/;

/** Whole sets of files: services equal to the generator's, or refused alike. */
export const quadlets: Suite = {
  name: "quadlets",
  versions: [4.9, 5.4, 5.8, 6],
  run(corpus, version) {
    const file = beside(corpus, "open", "corpus-licensed.jsonl");
    if (!existsSync(file)) return NOTHING;
    const differences: string[] = [];
    let total = 0;
    for (const set of quadletSets(file)) {
      for (const [name, ofVersion, scope] of ANSWERS) {
        if (ofVersion !== version) continue;
        const given = set.answers[name];
        if (given === undefined) continue;
        total++;
        const newest = set.answers.HEAD as Answer;
        const answer = given === "as HEAD" ? newest : given;
        const files = new Map(Object.entries(set.files).map(([path, text]) => [`/U/${path}`, text]));
        const ours = generate({ files, folders: ["/U"], version, scope, exists: (path) => DEVICES.test(path) });
        const wrong = [...differentServices(ours, answer, newest), ...differentRefusals(ours, answer, version)];
        if (wrong.length > 0) differences.push(`${set.id} ${name}\n      ${wrong.join("\n      ")}`);
      }
    }
    const unexpected = differences.filter((it) => !isDifferent(it));
    return { agree: total - unexpected.length, total, differences: unexpected };
  },
};

/** All sets of a file. */
export const quadletSets = (file: string): QuadletSet[] => jsonLines<QuadletSet>(file);

function differentServices(ours: Generated, answer: Answer, newest: Answer): string[] {
  const texts = new Map(ours.services.map((it) => [it.name, comparableLines(generatedText(it).text)]));
  const { services } = answer;
  if (Array.isArray(services)) return unequal("services", [...texts.keys()].sort(), [...services].sort());
  const known = (newest.services ?? {}) as Readonly<Record<string, string>>;
  const given = services ?? { ...Object.fromEntries(Object.keys(known).map((it) => [it, []])), ...answer.changed };
  const names = unequal("services", [...texts.keys()].sort(), Object.keys(given).sort());
  if (names.length > 0) return names;
  return Object.entries(given).flatMap(([name, text]) => {
    const own = texts.get(name) ?? [];
    if (typeof text === "string") return unequal(name, own, comparableLines(text));
    const base = new Set(comparableLines(known[name] ?? ""));
    const changed = (lines: readonly string[]): string[] => lines.filter((it) => !base.has(it));
    return unequal(name, changed(own), changed(comparableLines(text.join("\n"))));
  });
}

function unequal(what: string, ours: readonly string[], theirs: readonly string[]): string[] {
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return [];
  const less = (a: readonly string[], b: readonly string[]): string[] => a.filter((it) => !b.includes(it));
  const [more, missing] = [less(ours, theirs), less(theirs, ours)];
  if (more.length + missing.length === 0)
    return [`${what}: another order: ${ours.join(" / ")} <> ${theirs.join(" / ")}`];
  return [`${what}: ours ${more.join(" / ")} <> theirs ${missing.join(" / ")}`];
}

/** Those that a reader would be told at the file: what follows from another one is told there. */
const ownRefusals = (refusals: readonly QuadletRefusal[]): readonly QuadletRefusal[] =>
  refusals.filter(({ reason }) => reason !== "unreadable-neighbour" && reason !== "after-crash");

function differentRefusals(ours: Generated, answer: Answer, version: PodmanVersion): string[] {
  const refused = ownRefusals(ours.refusals);
  const names = [...new Set(refused.map(({ quadlet }) => quadlet.slice(quadlet.lastIndexOf("/") + 1)))].sort();
  if (answer.rc === "hangs") return refused.some(({ about }) => about === "endless") ? [] : ["ours comes to an end"];
  if (answer.rc === 2 && answer.messages.length === 0)
    return refused.some(({ reason }) => reason === "crash") ? [] : ["ours does not crash"];
  const theirs = refusalMessages(answer.messages);
  const unread = version < 5 ? refused.filter(({ reason }) => reason === "unreadable") : [];
  const silent = unread.map(({ quadlet }) => quadlet.slice(quadlet.lastIndexOf("/") + 1));
  const wrong = unequal(
    "refused",
    names.filter((it) => !silent.includes(it)),
    [...new Set(theirs.map(({ file }) => file))].sort(),
  );
  for (const { file, text } of theirs) {
    const own = refused.filter(({ quadlet }) => quadlet.endsWith(`/${file}`));
    if (own[0] && !saysReason(text, own[0].reason)) wrong.push(`${file}: ours ${own[0].reason} <> theirs ${text}`);
  }
  return wrong;
}

interface Probe {
  readonly id: string;
  readonly ext: string;
  readonly section: string;
  readonly key: string;
  readonly lines: readonly string[];
  readonly verdicts: readonly Verdict[];
}

interface Verdict {
  readonly from: string;
  readonly to: string;
  readonly ok: boolean;
  readonly msg?: readonly string[];
  readonly diff?: Readonly<
    Record<string, { readonly "+"?: readonly string[]; readonly "-"?: readonly string[] }>
  > | null;
}

/** The files around each probe, from matrix-base.json. */
interface Base {
  readonly lines: Readonly<Record<string, readonly string[]>>;
  readonly files: Readonly<Record<string, string>>;
  readonly versions: readonly string[];
}

function readBase(path: string): Base {
  const given = JSON.parse(readFileSync(path, "utf8"));
  return {
    lines: given["base lines of the own section, by file type"],
    files: given["files beside it"],
    versions: given["versions, in order"],
  };
}

/** Probed values: whether the generator takes each, and what it changes in the service. */
export const quadletMatrix: Suite = {
  name: "quadlet matrix",
  versions: PODMAN_VERSIONS,
  run(corpus, version) {
    const file = beside(corpus, "open", "matrix.jsonl");
    if (!existsSync(file)) return NOTHING;
    const base = readBase(beside(corpus, "matrix-base.json"));
    const names = base.versions.map((it) => (it === "HEAD" ? 6 : (podmanVersionNamed(it) ?? 0)));
    const quadletNumber = (name: string): PodmanVersion => names[base.versions.indexOf(name)] ?? 0;
    let total = 0;
    const differences: string[] = [];
    for (const probe of jsonLines<Probe>(file)) {
      const verdict = probe.verdicts.find((it) => quadletNumber(it.from) <= version && version <= quadletNumber(it.to));
      if (!verdict) continue;
      total++;
      const wrong = differentVerdict(probe, verdict, base, version);
      if (wrong !== undefined) differences.push(`${probe.id} ${version} ${probe.lines.join(" \\n ")}\n      ${wrong}`);
    }
    const unexpected = differences.filter((it) => !isDifferent(it));
    return { agree: total - unexpected.length, total, differences: unexpected };
  },
};

const PROBE = "NAME";

function probeText({ section, key, lines, ext }: Probe, base: Base, probed: boolean): string {
  const shown = probed ? lines.filter((it) => it !== "IMAGE-" && it !== "X-") : [];
  const own = `${ext.charAt(0).toUpperCase()}${ext.slice(1)}`;
  const set = new Set([key, ...shown.map((it) => it.split("=")[0] ?? "")]);
  const beneath =
    probed && lines.includes("IMAGE-")
      ? []
      : probed && lines.includes("X-")
        ? ["SetWorkingDirectory=unit"]
        : (base.lines[ext] ?? []).filter((it) => section !== own || !probed || !set.has(it.split("=")[0] ?? ""));
  const service = shown.filter((it) => it.startsWith("SVC:")).map((it) => it.slice(4));
  const inSection = shown.filter((it) => !it.startsWith("SVC:"));
  return [
    `[${own}]`,
    ...beneath,
    ...(section === own ? inSection : [`[${section}]`, ...inSection]),
    ...(service.length > 0 ? ["[Service]", ...service] : []),
    "",
  ].join("\n");
}

function differentVerdict(probe: Probe, verdict: Verdict, base: Base, version: PodmanVersion): string | undefined {
  const made = (probed: boolean): Generated => {
    const files = new Map(Object.entries(base.files).map(([name, text]) => [`/U/${name}`, text]));
    files.set(`/U/${PROBE}.${probe.ext}`, probeText(probe, base, probed));
    return generate({ files, folders: ["/U"], version, scope: "system", exists: () => undefined });
  };
  const ours = made(true);
  const source = `/U/${PROBE}.${probe.ext}`;
  const refused = ours.refusals.filter(({ quadlet }) => quadlet === source);
  if (!verdict.ok) {
    const [first] = refused;
    if (!first) return `ours takes it <> theirs ${verdict.msg?.join(" | ")}`;
    const theirs = refusalMessages(verdict.msg ?? []);
    const [message] = theirs;
    return message && !saysReason(message.text, first.reason)
      ? `ours ${first.reason} <> theirs ${message.text}`
      : undefined;
  }
  if (refused[0]) return `ours ${refused[0].reason} <> theirs takes it`;
  const changes = changed(made(false), ours, source);
  const theirs = new Map<string, number>();
  for (const [key, { "+": more = [], "-": less = [] }] of Object.entries(verdict.diff ?? {})) {
    for (const it of more) count(theirs, key, it, 1);
    for (const it of less) count(theirs, key, it, -1);
  }
  const [a, b] = [written(changes), written(theirs)];
  return a === b ? undefined : `ours ${a} <> theirs ${b}`;
}

/** Counts the words of a line. */
function count(counts: Map<string, number>, key: string, line: string, by: number): void {
  // The folder of the answers was /u, and so was what follows from it.
  for (const word of commandWords(line.replaceAll("/Up", "/up"))) {
    const name = `${key} ${word}`;
    counts.set(name, (counts.get(name) ?? 0) + by);
  }
}

function changed(before: Generated, after: Generated, source: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [made, by] of [
    [before, -1],
    [after, 1],
  ] as const)
    for (const { sections, source: from } of made.services)
      if (from === source)
        for (const { name, lines } of sections)
          if (!name.startsWith("X-"))
            for (const { key, value } of lines) if (key !== undefined) count(counts, `[${name}]${key}`, value, by);
  return counts;
}

const written = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .filter(([, it]) => it !== 0)
    .map(([name, it]) => `${it > 0 ? "+" : ""}${it} ${name}`)
    .sort()
    .join(", ");
