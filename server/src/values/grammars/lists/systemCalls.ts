import { OTHER_ARCHITECTURE_NAMES } from "../../../facts/architectures.ts";
import { errnos } from "../../../facts/errnos.ts";
import { SYSTEM_CALL_ARCHITECTURES } from "../../../facts/systemCallArchitectures.ts";
import { holdsIn } from "../../../facts/version.ts";
import { list, single } from "../../combine.ts";
import { parseErrno } from "../../errno.ts";
import type { Grammar, Issue, Offer, Piece, Reader, Term } from "../../grammar.ts";
import { oneOf, unknownWord } from "../../oneOf.ts";
import { part } from "../../piece.ts";
import { parseAction } from "../../systemCall.ts";
import { about, unknown } from "../../wording.ts";
import { callOffers, callTopic, isCall, isGroup, isUnresolved } from "./callWords.ts";

/** A system call or a group, without an error number. Follows seccomp_parse_syscall_filter(), systemd 257 to 262. */
const CALL: Term = {
  form: "a system call or a group such as `@system-service`",
  read(piece, into) {
    const { text, from, to } = piece;
    const { version } = into.where;
    into.slot(from, to, () => callOffers(version));
    if (!isGroup(text, version) && !isCall(text, version)) return unknownCall(piece, into);
    into.token(from, to, text.startsWith("@") ? "name" : "word", () => callTopic(text, version));
    return undefined;
  },
};

function unknownCall(piece: Piece, into: Reader): Issue {
  const { text } = piece;
  const { version } = into.where;
  const group = text.startsWith("@");
  const wording = group
    ? unknown(piece, "system call group")
    : isUnresolved(text, version)
      ? about(piece, "is a system call that libseccomp does not support")
      : unknown(piece, "system call");
  return unknownWord(piece, "value/system-call", wording, namesLike(text, version), into);
}

/** Groups where someone wrote a group or left out its `@`, calls else. */
function* namesLike(text: string, version: number): Generator<string> {
  if (isGroup(`@${text}`, version)) yield `@${text}`;
  else for (const it of callOffers(version)) if (it.text.startsWith("@") === text.startsWith("@")) yield it.text;
}

const ACTIONS: readonly Offer[] = [
  { text: "kill", summary: "Kills the process instead of returning an error.", role: "word" },
  ...[...errnos()].map(([text, { number, meaning }]) => ({
    text,
    summary: meaning ? `Error ${number}: ${meaning}.` : `Error ${number}.`,
    role: "word" as const,
  })),
];

const ACTION_TOPICS = new Map(ACTIONS.map((it) => [it.text, it.summary ?? ""]));

/** Since when the process may be killed at a single call. */
const KILLS = { since: 247 };

/** An error number in the words of the reader, or undefined for a good one. */
function readAction(piece: Piece, into: Reader, parse: (text: string) => unknown): Issue | undefined {
  const { text, from, to } = piece;
  const kills = holdsIn(KILLS, into.where.version);
  into.slot(from, to, () => (kills ? ACTIONS : ACTIONS.slice(1)));
  if (parse(text) !== undefined && (kills || text !== "kill")) {
    const name = text === "kill" ? text : text.toUpperCase();
    const named = ACTION_TOPICS.has(name) ? name : ERRNO_BY_NUMBER.get(Number(parse(text)));
    into.token(from, to, /^[0-9+-]/.test(text) ? "number" : "word", () => ({
      kind: "prose",
      title: named ? `\`${named}\`` : "Error number",
      text: ACTION_TOPICS.get(named ?? "") ?? "Linux has no error with this number.",
    }));
    return undefined;
  }
  return unknownWord(
    piece,
    "value/error-number",
    { ...unknown(piece, "error"), allowed: `names such as EPERM${kills ? ", and kill" : ""}` },
    ACTION_TOPICS.keys(),
    into,
  );
}

const ERRNO_BY_NUMBER = new Map([...errnos()].map(([name, { number }]) => [number, name] as const).reverse());

/** A word of SystemCallFilter=; only those that are left out may have an error number. Follows config_parse_syscall_filter(). */
/** Since when systemd says of an error number in an allow list that it has no effect. */
const COMPLAINS_OF_ERRORS = { since: 248 };

function filterWord(inverted: boolean): Term {
  return {
    form: CALL.form,
    read(piece, into) {
      const colon = piece.text.indexOf(":");
      if (colon < 0) return CALL.read(piece, into);
      const { from, to } = piece;
      const action = part(piece, colon + 1);
      if (colon === 0) return { from, to, code: "value/system-call", ...about(piece, "names no system call") };
      const call = CALL.read(part(piece, 0, colon), into);
      if (piece.exact) into.token(from + colon, from + colon + 1, "operator");
      const wrong = readAction(action, into, parseAction);
      if (wrong || inverted || !holdsIn(COMPLAINS_OF_ERRORS, into.where.version)) return wrong ?? call;
      return {
        ...(piece.exact ? { from: from + colon, to } : { from, to }),
        code: "value/error-number",
        ...about(piece, "has an error number, which only deny lists (after ~) may have"),
        ...(piece.exact && !call
          ? { fixes: [{ title: "Remove the error number", from: from + colon, to, text: "" }] }
          : {}),
      };
    },
  };
}

const FILTER = { splitting: "plain", empty: "reset", effect: "word", inverts: true } as const;

const callOf = (word: string): string => word.replace(/:.*$/s, "");

const filter = (inverted: boolean): Grammar =>
  list("syscall_filter", filterWord(inverted), {
    ...FILTER,
    form: "a list of system calls and groups such as `@system-service`, or `~` and a list to leave out",
    same: callOf,
  });

const [ALLOWED, LEFT_OUT] = [filter(false), filter(true)];

/** Filters of system calls and what comes with them. */
export const SYSTEM_CALL_LISTS = {
  syscallFilter: {
    ...ALLOWED,
    read: (value, into) => (value.text.startsWith("~") ? LEFT_OUT : ALLOWED).read(value, into),
  },
  syscallLog: list("syscall_log", CALL, {
    ...FILTER,
    form: "a list of system calls and groups, or `~` and a list to leave out",
  }),
  syscallArchs: list(
    "syscall_archs",
    oneOf(SYSTEM_CALL_ARCHITECTURES, {
      code: "value/system-call-architecture",
      what: "system call architecture",
      form: "an architecture such as `native`",
      instead: (text) => OTHER_ARCHITECTURE_NAMES[text.toLowerCase()],
    }),
    {
      form: "a list of architectures such as `native`",
      splitting: "quotes",
      empty: "reset",
      effect: "word",
    },
  ),
  syscallErrno: single(
    "syscall_errno",
    {
      form: "an error such as `EPERM`, its number, or `kill`",
      read: (piece, into) =>
        readAction(piece, into, (text) => (text === "kill" ? text : parseErrno(text) || undefined)),
    },
    { empty: "reset" },
  ),
} as const satisfies Record<string, Grammar>;
