import examples from "../../../data/rules/examples.json" with { type: "json" };
import texts from "../../../data/rules/texts.json" with { type: "json" };
import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdVersion } from "../facts/version.ts";

/** The code of a rule that a page of docs/rules describes, `family/name`, stable forever. */
export type RuleCode = keyof typeof texts.rules;

/** A unit file that shows a rule at work; all are run as tests. */
export interface Example {
  /** The name of the file, which decides its kind. */
  readonly path?: string;
  /** The systemd that it is read for; the newest where missing. */
  readonly version?: SystemdVersion;
  /** The podman that it is read for, where it is a quadlet; the newest where missing. */
  readonly podman?: PodmanVersion;
  readonly text: string;
  /** Other files by their paths, those of the same folder by their names. */
  readonly otherFiles?: Readonly<Record<string, string>>;
  /** The files of the machine that it is on, by their absolute paths; missing where nobody looked. */
  readonly machine?: Readonly<Record<string, string>>;
}

/** What the page of a rule says of it. */
export interface RuleText {
  /** What is wrong, as a heading. */
  readonly title: string;
  /** What systemd does then and what follows from it. */
  readonly why: string;
  /** The manual page to read, with its section number. */
  readonly page: string;
}

/** The examples on the page of a rule. */
export interface RuleExamples {
  /** Triggers this rule and no other of the same family. */
  readonly bad: Example;
  /** The same, put right. */
  readonly good: Example;
  /** Near misses: what looks alike and is right, so that this rule finds nothing there. */
  readonly silent: readonly Example[];
}

/** A text with how often it stands there. */
export type StoredRun = readonly [text: string, times: number];

/** An example as its table keeps it. */
export type StoredExample = Omit<Example, "text"> & { readonly text: string | readonly StoredRun[] };

interface StoredExamples {
  readonly bad: StoredExample;
  readonly good: StoredExample;
  readonly silent?: readonly StoredExample[];
}

/** All that stand there, in the order of the pages. */
export const describedCodes = (): readonly RuleCode[] => Object.keys(texts.rules) as RuleCode[];

/** What the page says of a rule; what is literal stands between backticks. */
export const ruleText = (code: RuleCode): RuleText => texts.rules[code];

/** Its examples; undefined where no text of a unit can be one. */
export function ruleExamples(code: RuleCode): RuleExamples | undefined {
  const stored = (examples.rules as unknown as Partial<Record<RuleCode, StoredExamples>>)[code];
  if (!stored) return undefined;
  const { bad, good, silent = [] } = stored;
  return { bad: whole(bad), good: whole(good), silent: silent.map(whole) };
}

const whole = ({ text, ...rest }: StoredExample): Example => ({
  ...rest,
  text: typeof text === "string" ? text : text.map(([part, times]) => part.repeat(times)).join(""),
});
