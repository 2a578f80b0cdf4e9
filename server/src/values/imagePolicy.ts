import { IMAGE_POLICY_FLAGS, partitionsIn } from "../facts/images.ts";
import { holdsIn, type SystemdVersion, thoseIn } from "../facts/version.ts";
import { splitWords, type Word } from "../syntax/words.ts";

/** A stretch of a policy without the blanks around it. */
type Field = Pick<Word, "from" | "to" | "value">;

/** One rule of a policy, or what is written instead of one; offsets count in the policy. */
export interface ImageRule {
  readonly from: number;
  readonly to: number;
  /** Whether `=` stands in it. */
  readonly complete: boolean;
  /** Blanks around them are no part of the name and the flags. */
  readonly partition: Field;
  readonly flags: readonly Field[];
}

/** What is wrong with a policy; `unknown` is what is no partition or flag, which newer versions pass over. */
export interface ImagePolicyFault {
  readonly kind: "incomplete" | "partition" | "twice" | "flag" | "backslash";
  readonly from: number;
  readonly to: number;
}

/** The values that are no list of rules, the empty one apart. */
export const WHOLE_POLICIES: readonly string[] = ["*", "-", "~"];

/** The rules of a policy. Follows image_policy_from_string(), systemd 257 to 262. */
export function imageRules(policy: string): { rules: ImageRule[]; broken: boolean } {
  const { words, error } = splitWords(policy, { separators: ":", escapes: "next" });
  return { rules: words.map(ruleOf), broken: error !== undefined };
}

function ruleOf(rule: Field): ImageRule {
  const { from, to, value } = rule;
  const equals = value.indexOf("=");
  const inside = (start: number, end: number): Field => {
    const text = value.slice(start, end);
    const at = start + (text.length - text.trimStart().length);
    return { from: from + at, to: from + at + text.trim().length, value: text.trim() };
  };
  if (equals < 0) return { from, to, complete: false, partition: inside(0, value.length), flags: [] };
  const flags: Field[] = [];
  for (let at = equals + 1; at <= value.length; ) {
    const plus = value.indexOf("+", at);
    const end = plus < 0 ? value.length : plus;
    flags.push(inside(at, end));
    at = end + 1;
  }
  return { from, to, complete: true, partition: inside(0, equals), flags };
}

/** The mistakes of a policy from the left, up to the first for which systemd refuses the unit. */
export function imagePolicyFaults(policy: string, version: SystemdVersion): ImagePolicyFault[] {
  if (policy === "" || WHOLE_POLICIES.includes(policy)) return [];
  const { rules, broken } = imageRules(policy);
  const faults: ImagePolicyFault[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    for (const fault of ruleFaults(rule, seen, version)) {
      faults.push(fault);
      if (isFatal(fault, version)) return faults;
    }
    seen.add(rule.partition.value);
  }
  if (broken) faults.push({ kind: "backslash", from: policy.length - 1, to: policy.length });
  return faults;
}

function ruleFaults(rule: ImageRule, seen: ReadonlySet<string>, version: SystemdVersion): ImagePolicyFault[] {
  const { from, to, complete, partition, flags } = rule;
  if (!complete) return [{ kind: "incomplete", from, to }];
  if (partition.value !== "" && !partitionsIn(version).some(({ text }) => text === partition.value))
    return [{ kind: "partition", from: partition.from, to: partition.to }];
  return seen.has(partition.value) ? [{ kind: "twice", from, to }] : flagFaults(flags, version);
}

function flagFaults(flags: readonly Field[], version: SystemdVersion): ImagePolicyFault[] {
  const [only] = flags;
  if (flags.length === 1 && (only?.value === "" || only?.value === "-")) return [];
  const known = imagePolicyFlags(version);
  return flags
    .filter(({ value }) => !known.some(({ text }) => text === value))
    .map(({ from, to }) => ({ kind: "flag", from, to }));
}

/** The flags that a version knows. */
export const imagePolicyFlags = (version: SystemdVersion): typeof IMAGE_POLICY_FLAGS =>
  thoseIn(IMAGE_POLICY_FLAGS, version);

/** Since when names that are unknown are skipped. */
const SKIPS_UNKNOWN = { since: 258 };

/** Whether a mistake makes loading fail. Follows config_parse_image_policy(), systemd 257 to 262. */
export const isFatal = ({ kind }: ImagePolicyFault, version: SystemdVersion): boolean =>
  !holdsIn(SKIPS_UNKNOWN, version) || (kind !== "partition" && kind !== "flag");
