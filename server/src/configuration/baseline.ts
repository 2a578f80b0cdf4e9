import type { Finding } from "../findings/finding.ts";

/** Findings of one file that are alike: what they are about, wherever they stand, and how many there are. */
export interface KnownFinding {
  readonly code: string;
  readonly directive?: string;
  /** What stands at their place. */
  readonly text?: string;
  readonly count: number;
}

/** The findings that are known, by the paths of files relative to the folder of the baseline. */
export type Baseline = ReadonlyMap<string, readonly KnownFinding[]>;

/** So much of a text tells a finding from others of its code. */
const TELLING = 160;

/** What they show is what nobody should keep a second time. */
const SECRET: ReadonlySet<string> = new Set(["sandbox/secret-in-unit"]);

/** Reads the text of a baseline; a sentence where it is none. */
export function readBaseline(text: string): Baseline | string {
  const top = parsed(text);
  const files = memberOf(top, "files");
  if (memberOf(top, "version") !== 1 || typeof files !== "object" || files === null)
    return "it is not what --update-baseline writes";
  return new Map(
    Object.entries(files).map(([path, known]: [string, unknown]) => [
      path,
      Array.isArray(known) ? known.flatMap(knownFinding) : [],
    ]),
  );
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

function knownFinding(value: unknown): readonly KnownFinding[] {
  const [code, directive, text, count = 1] = ["code", "directive", "text", "count"].map((it) => memberOf(value, it));
  if (typeof code !== "string" || typeof count !== "number") return [];
  return [
    { code, ...(typeof directive === "string" && { directive }), ...(typeof text === "string" && { text }), count },
  ];
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

const lineOf = ({ code, directive, text, count }: KnownFinding): string =>
  JSON.stringify({ code, directive, text, ...(count > 1 && { count }) });

/** What findings of one file are alike. */
const idOf = ({ code, directive = "", text = "" }: Omit<KnownFinding, "count">): string =>
  `${code}\n${directive}\n${text}`;

function aboutOf({ code, directive, start, end }: Finding, text: string): Omit<KnownFinding, "count"> {
  const its = text.slice(start, end).replace(/\s+/g, " ").trim().slice(0, TELLING);
  return { code, ...(directive !== undefined && { directive }), ...(its !== "" && !SECRET.has(code) && { text: its }) };
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

/** The findings of a file beside what was known of it. */
export interface AgainstBaseline {
  readonly fresh: readonly Finding[];
  /** How many are known. */
  readonly known: number;
  /** How many of those that were known are found no longer. */
  readonly gone: number;
}

/** Which findings of a file are new: of those that are alike, those after as many as are known. */
export function againstBaseline(
  findings: readonly Finding[],
  text: string,
  known: readonly KnownFinding[],
): AgainstBaseline {
  const left = new Map(known.map((it) => [idOf(it), it.count]));
  const fresh = findings.filter((it) => {
    const id = idOf(aboutOf(it, text));
    const more = left.get(id) ?? 0;
    if (more > 0) left.set(id, more - 1);
    return more <= 0;
  });
  const gone = [...left.values()].reduce((sum, it) => sum + Math.max(0, it), 0);
  return { fresh, known: findings.length - fresh.length, gone };
}
