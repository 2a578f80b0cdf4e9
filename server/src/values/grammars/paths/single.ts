import { grammar, single } from "../../combine.ts";
import { expand, isIssue } from "../../expand.ts";
import type { Effect, Grammar, Issue, Offer, Piece, Reader, ReportedIssue, Term } from "../../grammar.ts";
import { wordTopic } from "../../piece.ts";
import { NOT, OR } from "../unit/conditionCheck.ts";
import { legacyRun } from "./legacyRun.ts";
import { ABSOLUTE, behindSign, FOLDER, OPTIONAL, path, readOptionalPath, readPath } from "./path.ts";

interface OnePath {
  readonly empty: Grammar["empty"];
  readonly effect?: Effect;
}

const onePath = (routine: string, term: Term, { empty, effect = "assignment" }: OnePath): Grammar =>
  single(routine, term, { empty, effect, specifiers: "full" });

/** Below /run or the runtime folder of a user unless absolute. */
const PID_FILE = path({
  form: "a path, below /run unless absolute",
  must: "any",
  outside: "kernel",
  begins: [
    { text: "/run/", summary: "The usual directory for PID files.", role: "path" },
    { text: "%t/", summary: "The same, also in the user manager.", role: "path" },
  ],
});

/** Follows config_parse_pid_file(), systemd 257 to 262, which calls its errors ignored and fails all the same. */
function readPidFile(value: Piece, into: Reader): Issue | ReportedIssue | undefined {
  const resolved = expand(value, "full", into);
  if (isIssue(resolved)) return resolved;
  const issue = PID_FILE.read(resolved, into);
  if (resolved.text === "") return undefined;
  return issue && resolved.certain ? { ...issue, effect: "refused" } : legacy(resolved, value);
}

/** What systemd says of the old name of /run, and then reads as the new one; specifiers after it change nothing. */
function legacy(path: Piece, written: Piece): ReportedIssue | undefined {
  const issue = legacyRun(written) ?? legacyRun(path);
  return issue && { ...issue, effect: "complains" };
}

const HOME: Offer = {
  text: "~",
  summary: "The home directory of `User=`, or of the user who runs the manager.",
  role: "word",
};

/** Follows config_parse_working_directory(), systemd 257 to 262: a bad path is fatal unless `-` stands before it. */
function readWorkingDirectory(value: Piece, into: Reader): ReportedIssue | undefined {
  const place = behindSign(value, OPTIONAL, into);
  into.slot(place.from, place.to, () => [HOME]);
  if (place.text === "~") {
    into.token(place.from, place.to, "word", wordTopic("~", HOME.summary ?? ""));
    return undefined;
  }
  const issue = readPath(place, FOLDER, "full", into);
  return issue && { ...issue, effect: place === value ? "refused" : "assignment" };
}

/** Follows config_parse_unit_condition_path(), systemd 257 to 262: no blanks may stand between the signs and the path. */
function condition(about: string, term: Term): Grammar {
  const form = `${about}, after an optional \`|\` and \`!\``;
  return grammar("unit_condition_path", form, "reset", (value, into) => {
    const any = behindSign(value, OR, into);
    const place = behindSign(any, NOT, into);
    const issue = readPath(place, term, "full", into);
    if (!issue || place === any || !/^\|(?!\|)/.test(place.text)) return issue;
    const { from } = place;
    return { ...issue, fixes: [{ title: "Put the | first", from: from - 1, to: from + 1, text: "|!" }] };
  });
}

const NEEDS_UPDATE = path({
  form: "`/etc` or `/var`",
  only: "directories",
  begins: [
    { text: "/etc", summary: "The settings are older than `/usr`.", role: "path" },
    { text: "/var", summary: "The data of services are older than `/usr`.", role: "path" },
  ],
});

const NODE = path({ form: "an absolute path", outside: "kernel" });

/** Follows config_parse_socket_listen() for a FIFO, systemd 257 to 262. */
function readFifo(value: Piece, into: Reader): Issue | ReportedIssue | undefined {
  const resolved = expand(value, "full", into);
  if (isIssue(resolved)) return resolved;
  const issue = NODE.read(resolved, into);
  return resolved.certain ? (issue ?? legacy(resolved, value)) : undefined;
}

const PINNED = path({
  form: "the absolute path of a pinned BPF program",
  begins: [{ text: "/sys/fs/bpf/", summary: "Where BPF programs are pinned.", role: "path" }],
});

const GLOB = "an absolute path, optionally with `*`, `?` and `[…]`";

/** What specifiers leave nothing of is as good as no value. */
const orNothing = (term: Term): Term => ({
  form: term.form,
  read: (piece, into) => (piece.exact || piece.text !== "" ? term.read(piece, into) : undefined),
});

/** Values that are one path. */
export const SINGLE_PATHS = {
  unitPathPrintf: onePath("unit_path_printf", orNothing(ABSOLUTE), { empty: "unset" }),
  /** The same routine with `ltype` set. */
  unitPathPrintfFatal: onePath(
    "unit_path_printf",
    orNothing(path({ form: "an absolute path; the unit does not start on anything else" })),
    { empty: "unset", effect: "refused" },
  ),
  pidFile: grammar("pid_file", PID_FILE.form, "unset", readPidFile),
  workingDirectory: grammar(
    "working_directory",
    "an absolute path, or `~`; with the prefix `-` it may be missing",
    "unset",
    readWorkingDirectory,
  ),
  /** Quotes and blanks are part of the path. */
  unitEnvFile: grammar(
    "unit_env_file",
    "one absolute path, which may contain spaces; with the prefix `-` it may be missing",
    "reset",
    (value, into) => readOptionalPath(value, ABSOLUTE, into),
  ),
  pathSpec: onePath("path_spec", ABSOLUTE, { empty: "reset" }),
  pathSpecGlob: onePath("path_spec", path({ form: GLOB }), { empty: "reset" }),
  unitConditionPath: condition("an absolute path", ABSOLUTE),
  unitConditionPathGlob: condition(GLOB, ABSOLUTE),
  conditionNeedsUpdate: condition("`/etc` or `/var`", NEEDS_UPDATE),
  socketListenFifo: grammar("socket_listen", NODE.form, "reset", readFifo),
  socketListenSpecial: onePath("socket_listen", ABSOLUTE, { empty: "reset" }),
  socketListenPath: onePath("socket_listen", NODE, { empty: "reset" }),
  ipFilterBpfProgs: onePath("ip_filter_bpf_progs", PINNED, { empty: "reset" }),
} as const satisfies Record<string, Grammar>;
