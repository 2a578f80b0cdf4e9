import { CAPABILITY_FACTS } from "../../../facts/capabilities.ts";
import { holdsIn } from "../../../facts/version.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import { parseCapability } from "../../../values/capability.ts";
import { grammar, list, readWords } from "../../../values/combine.ts";
import { isNormalAbsolute, notA } from "../../../values/configs/general/expansion.ts";
import { QUANTITIES } from "../../../values/configs/general/quantities.ts";
import type { Grammar, Issue, Offer, Piece, Term } from "../../../values/grammar.ts";
import { callOffers, callTopic, isCall, isGroup } from "../../../values/grammars/lists/callWords.ts";
import { KERNEL_LISTS } from "../../../values/grammars/lists/kernelLists.ts";
import { parseInteger, UINT_MAX } from "../../../values/number.ts";
import { oneOf } from "../../../values/oneOf.ts";
import { issueAt, part, wordTopic } from "../../../values/piece.ts";
import type { ValueType } from "../../../values/valueType.ts";
import { about, noValue } from "../../../values/wording.ts";

const ALL: Offer = { text: "all", summary: "All capabilities.", role: "word" };

const CAPABILITY_NAME = oneOf([{ text: ALL.text, summary: "All capabilities." }, ...named()], {
  code: "value/capability",
  what: "capability",
  form: "a capability such as `CAP_NET_ADMIN`, its number, or `all`",
  canonical: (text) => text.toUpperCase(),
  instead: (text) => `CAP_${text.toUpperCase()}`,
});

function named() {
  return CAPABILITY_FACTS.map(({ name, summary }) => ({ text: name, summary }));
}

/** Follows config_parse_capability() of systemd-nspawn, systemd 257 and 262. */
const CAPABILITY: Term = {
  form: CAPABILITY_NAME.form,
  read(piece, into) {
    const number = parseInteger(piece.text) === undefined ? undefined : parseCapability(piece.text, into.where.version);
    if (number === undefined) return CAPABILITY_NAME.read(piece, into);
    into.token(piece.from, piece.to, "number", wordTopic(piece.text, CAPABILITY_FACTS[number]?.name ?? ""));
    return undefined;
  },
};

const MODES: readonly (Offer & { readonly since?: number })[] = [
  {
    text: "yes",
    summary: "Users of the container are others on the host; their numbers are those of the image.",
    role: "word",
  },
  { text: "pick", summary: "Users of the container are others on the host, with free numbers.", role: "word" },
  { text: "identity", summary: "A namespace of users with the numbers of the host: root is root.", role: "word" },
  {
    text: "managed",
    summary: "systemd-nsresourced gives a range of numbers; works without privileges.",
    role: "word",
    since: 258,
  },
  { text: "no", summary: "Root of the container is root of the host.", role: "word" },
];

const RANGE = 0x10000n;

/** Follows parse_uid(), systemd 257 and 262. */
const uidOf = (text: string): bigint | undefined => {
  const number = /^(?:0|[1-9][0-9]{0,9})$/.test(text) ? BigInt(text) : undefined;
  return number === undefined || number >= UINT_MAX || number === 0xffffn ? undefined : number;
};

/** Follows config_parse_private_users(), systemd 257 and 262. */
function readUsers(value: Piece, into: Parameters<Grammar["read"]>[1]): Issue | undefined {
  const { text } = value;
  const modes = MODES.filter((it) => holdsIn(it, into.where.version));
  into.slot(value.from, value.to, () => modes);
  const mode = modes.find((it) => it.text === text);
  if (mode || parseBoolean(text) !== undefined) {
    into.token(value.from, value.to, "word", mode && wordTopic(text, mode.summary ?? ""));
    return undefined;
  }
  const colon = text.indexOf(":");
  const first = colon < 0 ? value : part(value, 0, colon);
  const second = colon < 0 ? undefined : part(value, colon + 1);
  const range = second ? parseInteger(second.text) : RANGE;
  if (second && (range === undefined || range <= 0n || range > UINT_MAX))
    return notA(second, "value/number", "how many numbers of users the container gets after the colon");
  const shift = uidOf(first.text);
  if (shift === undefined)
    return notA(first, "value/number", "a boolean, pick, identity or the first number of a range of users");
  into.token(first.from, first.to, "number", wordTopic(first.text, "What root of the container is on the host."));
  if (second) into.token(second.from, second.to, "number", wordTopic(second.text, "How many users the container has."));
  return shift > UINT_MAX - (range ?? RANGE)
    ? issueAt(value, "value/number", about(value, "is a range of users that goes beyond 32 bits"))
    : undefined;
}

/** Follows valid_user_group_name() without flags, systemd 257 and 262, and no number. */
const BOUND_USER: Term = {
  form: "a user of the host",
  read(piece, into) {
    into.slot(piece.from, piece.to, () => [], { kind: "users" });
    into.token(piece.from, piece.to, "name");
    return /^[A-Za-z_][A-Za-z0-9_-]{0,30}$/.test(piece.text)
      ? undefined
      : notA(piece, "value/user", "names of users, and none by its number");
  },
};

const SHELLS: readonly Offer[] = [
  { text: "yes", summary: "The shell that the user has on the host.", role: "word" },
  { text: "no", summary: "The shell that is the usual one of the container.", role: "word" },
  { text: "/bin/bash", summary: "This shell.", role: "path" },
];

/** Names of calls are read when the container starts, so that here no name is wrong. */
const CALL: Term = {
  form: "a system call or a group such as `@mount`",
  read(piece, into) {
    const { version } = into.where;
    const { text, from, to } = piece;
    into.slot(from, to, () => callOffers(version));
    if (isGroup(text, version) || isCall(text, version))
      into.token(from, to, isGroup(text, version) ? "name" : "word", () => callTopic(text, version));
    return undefined;
  },
};

/** Words of the section [Exec] and [Files] of .nspawn files. */
export const NSPAWN_WORDS = {
  capability: list("capability", CAPABILITY, {
    form: "a list of capabilities such as `CAP_NET_ADMIN`, or `all`",
    splitting: "plain",
    empty: "nothing",
    effect: "word",
  }),
  privateUsers: {
    ...grammar(
      "private_users",
      "a boolean, `pick`, `identity`, or the first number and the size of a range",
      "invalid",
      readUsers,
    ),
    missing: { code: "value/number", effect: "assignment" },
  },
  syscallFilter: list("syscall_filter", CALL, {
    form: "a list of system calls and groups that are allowed, or `~` and those that are not",
    splitting: "plain",
    empty: "nothing",
    effect: "word",
    inverts: true,
  }),
  restrictAddressFamilies: { ...KERNEL_LISTS.addressFamilies, routine: "config_parse_restrict_address_families" },
  bindUser: grammar("bind_user", "a list of users of the host", "reset", (value, into) =>
    readWords(value, "plain", into, { item: BOUND_USER.read, effect: "rest", broken: "rest", gap: BOUND_USER }),
  ),
  bindUserShell: grammar("bind_user_shell", "a boolean, or the path of a shell", "unset", (value, into) => {
    into.slot(value.from, value.to, () => SHELLS);
    into.token(value.from, value.to, value.text.startsWith("/") ? "path" : "word");
    return parseBoolean(value.text) === undefined && !isNormalAbsolute(value.text)
      ? issueAt(value, "value/path", noValue(value, 'a boolean or an absolute path without ".."'))
      : undefined;
  }),
  /** A wrong word costs the whole file before systemd 258. */
  cpuAffinity: {
    ...QUANTITIES.cpuSet,
    read: (value, into) =>
      QUANTITIES.cpuSet.read(value, {
        ...into,
        problem: (issue, effect) => into.problem(issue, effect === "assignment" ? "refused" : effect),
      }),
  },
} as const satisfies Record<string, ValueType>;
