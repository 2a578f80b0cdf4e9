import { grammar, single } from "../../../values/combine.ts";
import { withEffect } from "../../../values/configs/general/expansion.ts";
import type { Effect, Grammar, Issue, Piece, Reader, ReportedIssue } from "../../../values/grammar.ts";
import { integer } from "../../../values/grammars/numbers/integers.ts";
import { isAmount, type Quantity, termOf } from "../../../values/grammars/numbers/quantity.ts";
import { size } from "../../../values/grammars/numbers/sizes.ts";
import { ULONG_MAX } from "../../../values/number.ts";
import { issueAt } from "../../../values/piece.ts";
import { about, noValue } from "../../../values/wording.ts";

const CODE = "value/size";
const GRAIN = 4096n;

const BYTES = size({ form: "a size in bytes, or with K, M, G, T, P or E to the base of 1024" });

const isReported = (issue: Issue | ReportedIssue): issue is ReportedIssue => "effect" in issue;

/** A size that ends all work where it is wrong; `judge` says what is wrong with a number of bytes. */
function fatalSize(
  routine: string,
  form: string,
  empty: "invalid" | "unset",
  judge: (bytes: bigint, value: Piece) => Issue | ReportedIssue | undefined,
): Grammar {
  const read = (value: Piece, into: Reader): ReportedIssue | undefined => {
    const bytes = BYTES.measure(value, into);
    const issue = isAmount(bytes) ? (bytes === "infinity" ? undefined : judge(bytes, value)) : bytes;
    return issue && isReported(issue) ? issue : withEffect(issue, "refused");
  };
  return {
    ...grammar(routine, form, empty, read),
    ...(empty === "invalid" ? { missing: { code: CODE, effect: "refused" as Effect } } : {}),
  };
}

/** Follows config_parse_size4096(), systemd 257 and 262: rounded up where the argument is positive, and else down. */
const size4096 = (direction: string): Grammar =>
  fatalSize("size4096", BYTES.form, "invalid", (bytes, value) => {
    if (bytes % GRAIN === 0n) return undefined;
    const rounded = (bytes / GRAIN + (Number(direction) > 0 ? 1n : 0n)) * GRAIN;
    const fixes = value.exact
      ? [{ title: `Change to ${rounded}`, from: value.from, to: value.to, text: `${rounded}` }]
      : [];
    if (rounded > ULONG_MAX) return undefined;
    const wording = about(value, `is no multiple of 4096 bytes and becomes ${rounded}`);
    return { ...issueAt(value, CODE, wording, fixes), effect: "complains" };
  });

const isPower = (bytes: bigint): boolean => bytes > 0n && (bytes & (bytes - 1n)) === 0n;

/** Follows config_parse_weight(), systemd 257 and 262; beyond the limit the message speaks of ten times as much. */
const WEIGHT: Quantity = integer({ low: 0n, high: 1_000_000n, form: "a whole number from 0 to 1000000" });

const FLAGS = integer({ low: 0n, high: ULONG_MAX, form: "the attributes of the partition as a number of 64 bits" });

/** Sizes and numbers of partitions. */
export const REPART_SIZES = {
  size4096,
  blockSize: fatalSize("block_size", "512, 1024, 2048 or 4096 bytes", "invalid", (bytes, value) =>
    bytes < 512n || bytes > GRAIN || !isPower(bytes)
      ? issueAt(value, CODE, noValue(value, ["512", "1024", "2048", "4096"]))
      : undefined,
  ),
  fsSectorSize: fatalSize("fs_sector_size", "a power of two of bytes", "unset", (bytes, value) =>
    isPower(bytes) ? undefined : issueAt(value, CODE, about(value, "is no power of two")),
  ),
  weight: single("weight", termOf(WEIGHT), { empty: "invalid", code: "value/number" }),
  gptFlags: single("gpt_flags", termOf(FLAGS), { empty: "invalid", code: "value/number" }),
} as const;
