import { PROGRAM_FOLDERS } from "../../../facts/programFolders.ts";
import { SERVICE_VARIABLES } from "../../../facts/serviceVariables.ts";
import { grammar, readWords } from "../../combine.ts";
import { isIssue } from "../../expand.ts";
import type { Grammar, Issue, Lookup, Offer, Piece, Reader, Replacement } from "../../grammar.ts";
import { issueAt, part, wordTopic } from "../../piece.ts";
import { about, noValue } from "../../wording.ts";
import { expandWord, judge, rawOf } from "./read.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const variable = (text: string, summary: string): Offer => ({ text, summary, role: "variable" });

/** Variables that many programs look at. */
const WELL_KNOWN: readonly Offer[] = [
  variable("PATH", "The directories searched for programs, separated by colons"),
  variable("LANG", "The language and the character set, such as `C.UTF-8`"),
  variable("LC_ALL", "Overrides `LANG` and all `LC_*` variables"),
  variable("TZ", "The time zone, such as `Europe/Berlin`"),
  variable("HOME", "The home directory; systemd sets it to that of `User=`"),
  variable("TMPDIR", "The directory for temporary files"),
  variable("LD_LIBRARY_PATH", "The directories searched first for libraries"),
  variable("LD_PRELOAD", "Libraries that are loaded before all others"),
  variable("http_proxy", "The proxy for `http` addresses"),
  variable("https_proxy", "The proxy for `https` addresses"),
  variable("no_proxy", "The hosts that need no proxy"),
  variable("DISPLAY", "The X server"),
  variable("WAYLAND_DISPLAY", "The socket of the Wayland compositor"),
  variable("XDG_RUNTIME_DIR", "The runtime directory of a logged-in user"),
  variable("DBUS_SESSION_BUS_ADDRESS", "The D-Bus daemon of a session"),
  variable("SSL_CERT_FILE", "The file with the certificates that OpenSSL trusts"),
  variable("SYSTEMD_LOG_LEVEL", "How much programs of systemd log, such as `debug`"),
  variable("MALLOC_ARENA_MAX", "The number of memory arenas that glibc uses for threads"),
  variable("PYTHONUNBUFFERED", "If not empty, Python does not buffer its output"),
];

/** What systemd itself puts into the environment of a service. */
const FROM_SYSTEMD: readonly Offer[] = [
  ...SERVICE_VARIABLES.filter((it) => it.name !== "HOME").map((it) => variable(it.name, it.summary)),
  variable("JOURNAL_STREAM", "Identifies the journal stream that the output goes to"),
  variable("NOTIFY_SOCKET", "Where a service reports that it is ready"),
  variable("WATCHDOG_USEC", "How often a service has to show that it is alive"),
  variable("MEMORY_PRESSURE_WATCH", "The file that reports memory pressure"),
];

const ASSIGNMENTS: readonly Offer[] = WELL_KNOWN.map((it) => ({ ...it, text: `${it.text}=` }));
const NAMES: readonly Offer[] = [...WELL_KNOWN, ...FROM_SYSTEMD];
const SET_HERE: Lookup = { kind: "variables" };

/** Colours NAME=VALUE and offers names; `equals` is where the `=` stands in the word as it is written, -1 without one. */
export function readAssignment(
  raw: Piece,
  equals: number,
  into: Reader,
  role: "variable" | "name",
  offers: () => readonly Offer[],
): void {
  const begin = /^["']?/.exec(raw.text)?.[0].length ?? 0;
  const nameEnd = equals < 0 ? raw.text.replace(/["']$/, "").length : equals;
  const name = part(raw, begin, Math.max(begin, nameEnd));
  into.token(name.from, name.to, role, () => wordTopic(name.text, aboutVariable(name.text))());
  into.slot(name.from, equals < 0 ? name.to : name.to + 1, offers);
  if (equals < 0) return;
  const at = raw.from + equals;
  into.token(at, at + 1, "operator");
  into.token(at + 1, raw.to, "text");
}

const aboutVariable = (name: string): string => {
  const known = NAMES.find((it) => it.text === name)?.summary;
  return known ? `${known}.` : "A variable in the environment of the processes.";
};

function readEnviron(value: Piece, word: Piece, into: Reader): Issue | undefined {
  const raw = rawOf(value, word);
  readAssignment(raw, raw.text.indexOf("="), into, "variable", () => ASSIGNMENTS);
  const resolved = expandWord(value, word, "full", into);
  const issue = judge(resolved, "value/environment", (text) =>
    NAME.test(text.slice(0, Math.max(0, text.indexOf("=")))) ? undefined : noValue(word, "NAME=VALUE"),
  );
  if (!issue && !isIssue(resolved)) noteSelfReference(raw, word.text, into);
  return issue;
}

/** `PATH=/opt/bin:$PATH` is what a shell would add to; here the text stays as it is. */
function noteSelfReference(raw: Piece, text: string, into: Reader): void {
  if (!raw.text.includes("$")) return;
  const [name] = text.split("=", 1);
  const itself = new RegExp(`\\$(?:${name}\\b|\\{${name}\\})`).exec(raw.text);
  if (!itself) return;
  const at = part(raw, itself.index, itself.index + itself[0].length);
  const wording = { ...about(at, `stands in ${name} as it is`), consequence: "systemd expands no variables here" };
  into.problem(issueAt(at, "value/self-reference", wording, name === "PATH" ? [withSearchPath(at)] : []), "silent");
}

/** Where a service manager looks for programs, which is what a shell would have put there. */
const SEARCH_PATH = PROGRAM_FOLDERS.join(":");

const withSearchPath = ({ from, to }: Piece): Replacement => ({
  title: `Change to ${SEARCH_PATH}, the default of systemd`,
  from,
  to,
  text: SEARCH_PATH,
});

function readName(value: Piece, word: Piece, into: Reader, withValue: boolean): Issue | undefined {
  const raw = rawOf(value, word);
  const equals = withValue ? raw.text.indexOf("=") : -1;
  readAssignment(raw, equals, into, "variable", () => NAMES);
  if (withValue) into.slot(word.from, word.to, () => [], SET_HERE);
  return judge(expandWord(value, word, "full", into), "value/environment", (text) => {
    const end = withValue ? text.indexOf("=") : -1;
    if (NAME.test(end < 0 ? text : text.slice(0, end))) return undefined;
    return noValue(word, withValue ? "a variable name or NAME=VALUE" : "a variable name");
  });
}

/** A list of names or assignments, read word by word. */
export function eachWord(
  routine: string,
  form: string,
  splitting: "escapes" | "quotes",
  item: (value: Piece, word: Piece, into: Reader) => Issue | undefined,
): Grammar {
  return grammar(routine, form, "reset", (value, into) => {
    readWords(value, splitting, into, {
      item: (word, reader) => item(value, word, reader),
      effect: "word",
      broken: "rest",
      gap: { form, read: (gap, reader) => item(gap, gap, reader) },
    });
  });
}

/** The environment of the processes. */
export const ENVIRONMENT_GRAMMARS = {
  environ: eachWord("environ", 'a list of assignments, such as `"NAME=two words"`', "escapes", readEnviron),
  passEnviron: eachWord("pass_environ", "a list of variable names", "quotes", (value, word, into) =>
    readName(value, word, into, false),
  ),
  unsetEnviron: eachWord("unset_environ", "a list of variable names or assignments", "escapes", (value, word, into) =>
    readName(value, word, into, true),
  ),
} as const satisfies Record<string, Grammar>;
