import type { Finding } from "../findings/finding.ts";
import type { Profile } from "../hardening/hardening.ts";
import { type Exception, isDay, isOver } from "./exception.ts";

/** The profiles, each of which finds what those before it do. */
export const PROFILE_ORDER: readonly Profile[] = ["off", "basic", "strict", "isolated"];

/** Findings of one file that are alike: what they are about, wherever they stand, and how many there are. */
export interface KnownFinding extends Exception {
  readonly code: string;
  readonly directive?: string;
  /** What stands at their place. */
  readonly text?: string;
  readonly count: number;
  /** The profile without which it is not found, where that is higher than the usual one of its file. */
  readonly profile?: Profile;
  /** What a run has to be asked for to find it, such as another systemd; missing where the usual run does. */
  readonly targets?: readonly string[];
}

/** The findings that are known, by the paths of files relative to the folder of the baseline. */
export type Baseline = ReadonlyMap<string, readonly KnownFinding[]>;

/** So much of a text distinguishes a finding from others of its code. */
const TELLING = 160;

/** What they show is what nobody should keep a second time. */
const SECRET: ReadonlySet<string> = new Set(["sandbox/secret-in-unit"]);

/** Reads the text of a baseline; a sentence where it is none. */
export function readBaseline(text: string): Baseline | string {
  const top = parsed(text);
  const files = memberOf(top, "files");
  if (memberOf(top, "version") !== 1 || typeof files !== "object" || files === null)
    return "it is not what --update-baseline writes";
  const read = new Map<string, readonly KnownFinding[]>();
  for (const [path, list] of Object.entries(files)) {
    const known = Array.isArray(list) ? list.map(knownFinding) : [undefined];
    const wrong = known.indexOf(undefined);
    if (wrong >= 0) return `finding ${wrong + 1} of ${path} is not what --update-baseline writes`;
    read.set(
      path,
      known.flatMap((it) => it ?? []),
    );
  }
  return read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** Undefined for what is none, so that no entry is lost because it is mistyped. */
function knownFinding(value: unknown): KnownFinding | undefined {
  const code = memberOf(value, "code");
  const count = memberOf(value, "count") ?? 1;
  const profile = PROFILE_ORDER.find((it) => it === memberOf(value, "profile"));
  const targets = memberOf(value, "targets");
  const texts = ["directive", "text", "reason", "until"].flatMap((name) => {
    const text = memberOf(value, name);
    return text === undefined ? [] : [[name, text] as const];
  });
  const areTexts = texts.every(([name, text]) => typeof text === "string" && (name !== "until" || isDay(text)));
  const areTargets = targets === undefined || (Array.isArray(targets) && targets.every((it) => typeof it === "string"));
  const isProfile = (profile === undefined) === (memberOf(value, "profile") === undefined);
  if (typeof code !== "string" || !Number.isInteger(count) || !areTexts || !areTargets || !isProfile) return undefined;
  const known = { code, ...Object.fromEntries(texts), count: Number(count) };
  return { ...known, ...(profile && { profile }), ...(Array.isArray(targets) && { targets }) };
}

/** The text of a baseline: files and findings in the order of their names, a line each, so that changes of two people meet rarely. */
export function baselineText(baseline: Baseline): string {
  const files = [...baseline].filter(([, known]) => known.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = files.map(([path, known]) => {
    const entries = known.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1)).map((it) => `      ${lineOf(it)}`);
    return `    ${JSON.stringify(path)}: [\n${entries.join(",\n")}\n    ]`;
  });
  const inside = lines.length > 0 ? `{\n${lines.join(",\n")}\n  }` : "{}";
  return `{\n  "version": 1,\n  "files": ${inside}\n}\n`;
}

const lineOf = ({ code, directive, text, count, profile, targets, reason, until }: KnownFinding): string =>
  JSON.stringify({ code, directive, text, ...(count > 1 && { count }), profile, targets, reason, until });

/** What findings of one file are alike. */
export const idOf = ({ code, directive = "", text = "" }: Pick<KnownFinding, "code" | "directive" | "text">): string =>
  `${code}\n${directive}\n${text}`;

/** What a finding is known by. */
export function aboutOf(
  { code, directive, start, end }: Finding,
  text: string,
): Pick<KnownFinding, "code" | "directive" | "text"> {
  const excerpt = text.slice(start, end).replace(/\s+/g, " ").trim().slice(0, TELLING);
  return {
    code,
    ...(directive !== undefined && { directive }),
    ...(excerpt !== "" && !SECRET.has(code) && { text: excerpt }),
  };
}

/** What is known of the findings of a file. */
export function knownFindings(findings: readonly Finding[], text: string): readonly KnownFinding[] {
  const all = new Map<string, KnownFinding>();
  for (const it of findings) {
    const about = aboutOf(it, text);
    const id = idOf(about);
    all.set(id, { ...about, count: (all.get(id)?.count ?? 0) + 1 });
  }
  return [...all.values()];
}

/** The findings of a file compared with what was known of it. */
export interface AgainstBaseline {
  readonly fresh: readonly Finding[];
  /** Those that are known, each with its entry. */
  readonly known: readonly { readonly finding: Finding; readonly entry: KnownFinding }[];
  /** How many are new because the last day of their exception has passed. */
  readonly expired: number;
}

/** Which findings of a file are new: of those that are alike, those after as many as are known. */
export function againstBaseline(
  findings: readonly Finding[],
  text: string,
  entries: readonly KnownFinding[],
  today: string,
): AgainstBaseline {
  const remaining = new Map(entries.map((it) => [idOf(it), { entry: it, count: it.count }]));
  const fresh: Finding[] = [];
  const known: { readonly finding: Finding; readonly entry: KnownFinding }[] = [];
  let expired = 0;
  for (const finding of findings) {
    const counted = remaining.get(idOf(aboutOf(finding, text)));
    const isKnown = counted !== undefined && counted.count-- > 0;
    if (isKnown && !isOver(counted.entry, today)) known.push({ finding, entry: counted.entry });
    else {
      if (isKnown) expired++;
      fresh.push(finding);
    }
  }
  return { fresh, known, expired };
}

/**
 * The path under which a file that is not known seems to be known: of those that are not there any more, the one that has most
 * of what is found in it, and at least half. Of several the one with the same name.
 */
export function renamedPath(
  known: Baseline,
  vanished: readonly string[],
  path: string,
  found: readonly KnownFinding[],
  isAsked: (entry: KnownFinding) => boolean,
): string | undefined {
  const now = new Map(found.map((it) => [idOf(it), it.count]));
  const total = (list: readonly KnownFinding[]): number => list.reduce((sum, it) => sum + it.count, 0);
  const fileName = (it: string): string => it.slice(it.lastIndexOf("/") + 1);
  let best: { readonly path: string; readonly shared: number } | undefined;
  for (const old of vanished) {
    const entries = (known.get(old) ?? []).filter(isAsked);
    const shared = entries.reduce((sum, it) => sum + Math.min(it.count, now.get(idOf(it)) ?? 0), 0);
    const isBetter = shared > (best?.shared ?? 0) || (shared === best?.shared && fileName(old) === fileName(path));
    if (isBetter && shared > 0 && shared * 2 >= Math.max(total(entries), total(found))) best = { path: old, shared };
  }
  return best?.path;
}
