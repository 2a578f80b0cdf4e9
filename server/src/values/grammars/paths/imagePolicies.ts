import { partitionsIn } from "../../../facts/images.ts";
import { byVersion } from "../../../facts/version.ts";
import { grammar } from "../../combine.ts";
import type { Grammar, Issue, Offer, Piece, Reader, ReportedIssue, Wording } from "../../grammar.ts";
import {
  type ImagePolicyFault,
  imagePolicyFaults,
  imagePolicyFlags,
  imageRules,
  isFatal,
  WHOLE_POLICIES,
} from "../../imagePolicy.ts";
import { meant } from "../../oneOf.ts";
import { part, wordTopic } from "../../piece.ts";
import { about, noValue, unknown } from "../../wording.ts";

const CODE = "value/image-policy";

const WHOLE: Readonly<Record<string, string>> = {
  "*": "Every partition can be used, protected or not.",
  "-": "Partitions may exist, but none is used.",
  "~": "No partition may exist.",
};

const WHOLE_OFFERS: readonly Offer[] = WHOLE_POLICIES.map((text) => ({
  text,
  summary: WHOLE[text] ?? "",
  role: "operator",
}));

const partitionOffers = byVersion((version): readonly Offer[] =>
  partitionsIn(version).map(({ text, summary }) => ({ text: `${text}=`, summary, role: "name" })),
);

/** The rule of what no other rule names. */
const DEFAULT_OFFER: Offer = { text: "=", summary: "All partitions without a rule of their own.", role: "operator" };

/** Follows config_parse_image_policy(), systemd 257 to 262: what it cannot read makes loading fail. */
function read(policy: Piece, into: Reader): ReportedIssue | undefined {
  const { version } = into.where;
  if (WHOLE_POLICIES.includes(policy.text)) {
    into.slot(policy.from, policy.to, () => [...WHOLE_OFFERS, DEFAULT_OFFER, ...partitionOffers(version)]);
    into.token(policy.from, policy.to, "operator", wordTopic(policy.text, WHOLE[policy.text] ?? ""));
    return undefined;
  }
  readRules(policy, into);
  for (const [i, fault] of imagePolicyFaults(policy.text, version).entries()) {
    const issue = troubleOf(policy, fault, i > MAX_FIXED, version);
    if (isFatal(fault, version)) return { ...issue, effect: "refused" };
    into.problem({ ...issue, consequence: "systemd silently ignores it" }, "silent");
  }
  return undefined;
}

/** After as many mistakes nobody needs fixes for the others. */
const MAX_FIXED = 100;

function readRules(policy: Piece, into: Reader): void {
  const { cursor } = into;
  const { version } = into.where;
  const flags = imagePolicyFlags(version);
  const { rules } = imageRules(policy.text);
  const named = new Set(rules.map(({ partition }) => `${partition.value}=`));
  if (rules.length === 0)
    into.slot(policy.from, policy.to, () => [...WHOLE_OFFERS, DEFAULT_OFFER, ...partitionOffers(version)]);
  for (const rule of rules) {
    const place = part(policy, rule.from, rule.to);
    if (cursor !== undefined && (cursor < place.from || place.to < cursor)) continue;
    const name = part(policy, rule.partition.from, rule.partition.to);
    const isFree = ({ text }: Offer): boolean => !named.has(text) || text === `${name.text}=`;
    if (rule.complete)
      into.slot(name.from, name.to, () =>
        partitionOffers(version)
          .filter(isFree)
          .map((it) => ({ ...it, text: it.text.slice(0, -1) })),
      );
    else
      into.slot(place.from, place.to, () => [
        ...(rules.length === 1 ? WHOLE_OFFERS : []),
        ...[DEFAULT_OFFER, ...partitionOffers(version)].filter(isFree),
      ]);
    const known = partitionsIn(version).find(({ text }) => text === rule.partition.value);
    into.token(name.from, name.to, "name", known && wordTopic(known.text, known.summary));
    for (const field of rule.flags) {
      const flag = part(policy, field.from, field.to);
      const facts = flags.find(({ text }) => text === field.value);
      into.slot(flag.from, flag.to, () => flags.map(({ text, summary }) => ({ text, summary, role: "word" })));
      into.token(flag.from, flag.to, "word", facts && wordTopic(facts.text, facts.summary));
    }
  }
}

function troubleOf(policy: Piece, fault: ImagePolicyFault, brief: boolean, version: number): Issue {
  const piece = part(policy, fault.from, fault.to);
  const { from, to } = piece;
  const fixesIn = (names: readonly { readonly text: string }[]) => (brief ? [] : meant(piece, names));
  switch (fault.kind) {
    case "partition":
      return { ...shown(piece, unknown(piece, "partition")), fixes: fixesIn(partitionsIn(version)) };
    case "flag": {
      const wording = piece.text === "" ? about("+", "needs a flag after it") : unknown(piece, "policy flag");
      return { ...shown(piece, wording), fixes: fixesIn(imagePolicyFlags(version)) };
    }
    case "twice":
      return { from, to, code: CODE, ...about(piece, "is for a partition that already has a rule") };
    case "incomplete":
      return { from, to, code: CODE, ...noValue(piece, "*, -, ~ or rules such as root=verity") };
    case "backslash":
      return { from, to, code: CODE, message: "ends in a backslash" };
  }
}

/** Nothing is shown on the character in front of it. */
const shown = ({ from, to }: Piece, wording: Wording): Issue => ({
  from: from === to && from > 0 ? from - 1 : from,
  to,
  code: CODE,
  ...wording,
});

/** What is asked of the partitions of an image. */
export const IMAGE_POLICIES = {
  imagePolicy: grammar("image_policy", "partitions with required flags, such as `root=verity+signed`", "unset", read),
} as const satisfies Record<string, Grammar>;
