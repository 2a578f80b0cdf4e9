import { utf8Length } from "../../../text/utf8.ts";
import { isBusName } from "../../busName.ts";
import { grammar, list, readWords, single } from "../../combine.ts";
import { expand } from "../../expand.ts";
import type { Grammar, Issue, Lookup, Offer, Piece, Reader, ReportedIssue, Term } from "../../grammar.ts";
import { colourless, issueAt } from "../../piece.ts";
import { isStrictUserOrGroup, isUserOrGroup } from "../../userName.ts";
import { about, noValue } from "../../wording.ts";
import { unseen } from "./plain.ts";
import { judge } from "./read.ts";

const CODE = "value/user";
const NAME = "value/name";

type Kind = "user" | "group";

const LOOKUPS: Readonly<Record<Kind, Lookup>> = { user: { kind: "users" }, group: { kind: "groups" } };

/** Accounts that services without one of their own mostly run as, the most common first but for root. */
const OFFERS: Readonly<Record<Kind, readonly Offer[]>> = {
  user: [
    { text: "www-data", summary: "The account of web servers on Debian", role: "name" },
    { text: "root", summary: "May do everything that the sandbox of the service does not forbid", role: "name" },
    { text: "nobody", summary: "The account for nobody's files, which other services may run as too", role: "name" },
  ],
  group: [
    { text: "www-data", summary: "The group of web servers on Debian", role: "name" },
    { text: "root", summary: "The group of most files of the system", role: "name" },
  ],
};

/** Reads one user or group; what systemd accepts with a complaint says so. */
function readWho(piece: Piece, kind: Kind, into: Reader): Issue | ReportedIssue | undefined {
  into.token(piece.from, piece.to, /^[0-9]+$/.test(piece.text) ? "number" : "name");
  into.slot(piece.from, piece.to, () => OFFERS[kind], LOOKUPS[kind]);
  const resolved = expand(piece, "full", into);
  const issue = judge(resolved, CODE, (text) =>
    isUserOrGroup(text, into.where.version) ? undefined : noValue(piece, `the name or number of a ${kind}`),
  );
  if (issue) return issue;
  const odd = judge(resolved, CODE, (text) =>
    isStrictUserOrGroup(text) ? undefined : about(piece, `is not a portable ${kind} name`),
  );
  return odd && { ...odd, fixes: unseen(piece).flatMap((it) => it.fixes ?? []), effect: "complains" };
}

/** `nobody` owns what nobody should own, and other services run as it too. */
function noteNobody(value: Piece, into: Reader): void {
  if (value.text !== "nobody") return;
  const message = "uses nobody, whose processes and files are accessible to every other service that runs as nobody";
  into.problem(issueAt(value, "value/nobody", message), "complains");
}

/** The user or group that commands run as; an invalid one is fatal. */
function who(kind: Kind): Grammar {
  return grammar("user_group_compat", `the name or number of a ${kind}`, "unset", (value, into) => {
    const issue = readWho(value, kind, into);
    if (!issue && kind === "user") noteNobody(value, into);
    return issue && { effect: "refused", ...issue };
  });
}

const groups: Grammar = grammar(
  "user_group_strv_compat",
  "a list of names or numbers of groups",
  "reset",
  (value, into) => {
    readWords(value, "plain", into, {
      item: (word, reader) =>
        readWho(word, "group", word.exact ? reader : { ...reader, token: colourless(reader).token }),
      effect: "refused",
      broken: "assignment",
      gap: { form: "", read: (gap, reader) => readWho(gap, "group", reader) },
    });
  },
);

const BUS_NAME: Term = {
  form: "a D-Bus name of two or more parts, such as `org.example.Daemon`",
  read(piece, into) {
    into.token(piece.from, piece.to, "name");
    into.slot(piece.from, piece.to, () => [], { kind: "busNames" });
    if (isBusName(piece.text)) return undefined;
    const wording = noValue(piece, "a D-Bus name such as org.example.Daemon");
    return issueAt(piece, "value/bus-name", wording);
  },
};

/** A name whose characters are checked and nothing else. */
const name = (form: string, takes: string, isValid: (text: string) => boolean): Term => ({
  form,
  read(piece, into) {
    into.token(piece.from, piece.to, "name");
    return isValid(piece.text) ? undefined : issueAt(piece, NAME, noValue(piece, takes));
  },
});

const isFileName = (text: string): boolean =>
  text !== "" && text !== "." && text !== ".." && !text.includes("/") && utf8Length(text) <= 255;

/** Names that the kernel has for files in a control group. */
const RESERVED =
  /^[_.]|^(?:notify_on_release|release_agent|tasks)$|^(?:cgroup|cpu|cpuacct|cpuset|io|blkio|memory|devices|pids)\./;

/** Follows cg_needs_escape(), systemd 257 to 262. */
const SUBGROUP = name(
  "the name of a control group",
  "a name that is not a cgroup file",
  (text) => isFileName(text) && !RESERVED.test(text),
);

/** Follows config_parse_managed_oom_rules(), systemd 262. */
const OOM_RULE = name(
  "the name of a rule",
  "names of rules without slashes, quotes and backslashes",
  (text) => isFileName(text) && !/[\x01-\x1f\x7f"'\\]/.test(text),
);

/** Sessions of the kernel's live update; a name may come once. */
const luoSessions: Grammar = grammar(
  "luo_sessions",
  "a list of sessions that outlive a live update of the kernel",
  "reset",
  (value, into) => {
    const seen = new Set<string>();
    readWords(value, "plain", into, {
      item(word, reader) {
        const issue = LUO_SESSION.read(word, reader);
        if (issue || !seen.has(word.text)) {
          seen.add(word.text);
          return issue;
        }
        return issueAt(word, NAME, about(word, "stands here twice"));
      },
      effect: "word",
      broken: "rest",
      gap: LUO_SESSION,
    });
  },
);

const LUO_SESSION = name(
  "the name of a session",
  "names without colons and quotes",
  (text) => utf8Length(text) <= 255 && !/[\x01-\x1f\x7f"':]/.test(text),
);

/** Who runs a unit, and what it is called by others. */
export const IDENTITY_GRAMMARS = {
  userGroupCompat: who("user"),
  /** The same for groups, of which none is special. */
  groupCompat: who("group"),
  userGroupStrvCompat: groups,
  busName: single("bus_name", BUS_NAME, { empty: "invalid", specifiers: "full", code: "value/bus-name" }),
  delegateSubgroup: single("delegate_subgroup", SUBGROUP, { empty: "unset" }),
  managedOomRules: list("managed_oom_rules", OOM_RULE, {
    form: "a list of rules for systemd-oomd",
    splitting: "retain",
    empty: "reset",
    effect: "word",
  }),
  luoSessions,
} as const satisfies Record<string, Grammar>;
