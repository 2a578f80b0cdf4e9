import { holdsIn, type PerVersion, valueIn } from "../../../facts/version.ts";
import { grammar, readWords } from "../../combine.ts";
import type { Effect, Grammar, Issue, Piece, Reader, ReportedIssue, Term, Wording } from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
import { pathFault, simplifyPath } from "../../path.ts";
import { issueAt, wordTopic } from "../../piece.ts";
import { about, unknown } from "../../wording.ts";
import { partsOf, SEPARATE } from "./fields.ts";
import { path, readPath } from "./path.ts";

const CODE = "value/directory";

const RELATIVE = path({ form: "a relative path", must: "relative" });

const READ_ONLY = {
  text: "ro",
  summary: "The service cannot write to the directory; it is bound read-only.",
  role: "word",
} as const;

const issue = (piece: Piece, wording: Wording | string): Issue => issueAt(piece, CODE, wording);

const OWN = { summary: "Named after the unit.", role: "path" } as const;

/** What stands below /run, /var/lib and their like and is kept there by systemd. */
const DIRECTORY: Term = {
  form: RELATIVE.form,
  read(piece, into) {
    const { unit, certain } = into.where;
    if (certain) into.slot(piece.from, piece.to, () => [{ ...OWN, text: unit.prefix }]);
    const wrong = RELATIVE.read(piece, into);
    if (wrong || !/^private(?:\/|$)/.test(simplifyPath(piece.text))) return wrong;
    return issue(piece, about(piece, "is reserved for the directories of dynamic users"));
  },
};

/** A path, perhaps with a symlink and flags. Follows config_parse_exec_directories(), systemd 257 to 262. */
function readDirectory(word: Piece, linked: boolean, into: Reader): Issue | ReportedIssue | undefined {
  const { parts, broken } = partsOf(word, SEPARATE, 3);
  const [source = word, link, flags] = parts;
  if (broken) return { ...broken, effect: "rest" };
  const wrong = readPath(source, DIRECTORY, "full", into);
  if (wrong) return wrong;
  if (link && link.text !== "") {
    if (!linked) return misplaced(word, link, flags);
    const wrongLink = readPath(link, RELATIVE, "full", into);
    if (wrongLink) return wrongLink;
  }
  if (!flags) return undefined;
  if (!holdsIn(FLAGS, into.where.version))
    return flags.text === ""
      ? undefined
      : { ...issue(flags, about(flags, "is a flag, and this directory has none")), effect: "silent" };
  into.slot(flags.from, flags.to, () => [READ_ONLY]);
  if (flags.text !== "" && flags.text !== READ_ONLY.text)
    return {
      ...issue(flags, { ...unknown(flags, "flag"), allowed: "ro" }),
      fixes: meant(flags, [READ_ONLY.text]),
    };
  into.token(flags.from, flags.to, "word", wordTopic("ro", READ_ONLY.summary));
  return undefined;
}

/** A configuration directory has no symlink, so that its flags stand behind two colons. */
function misplaced(word: Piece, link: Piece, flags: Piece | undefined): Issue {
  const wrong = issue(link, about(link, "is a symlink, and a configuration directory has none"));
  if (link.text !== READ_ONLY.text || flags || !word.exact) return wrong;
  return { ...wrong, fixes: [{ title: "Write ::ro", from: link.from, to: link.from, text: ":" }] };
}

/** Since when a directory may have a symlink, and since when flags. */
const FIELDS = { since: 250 };
const FLAGS = { since: 257 };

/** What follows from a name that is too long for a mount: nothing at first, then no unit could be named after it. */
const TOO_LONG: PerVersion<Effect> = { 0: "silent", 247: "refused", 249: "word" };

const tooLong = (word: Piece, { where }: Reader): ReportedIssue | undefined =>
  pathFault(word.text, "relative") === "name"
    ? {
        ...issue(word, about(word, "is too long for the name of a mount")),
        effect: valueIn(TOO_LONG, where.version),
      }
    : undefined;

/** It looks like the symlink of a later systemd. */
const colonIn = (word: Piece): ReportedIssue | undefined =>
  word.text.includes(":")
    ? { ...issue(word, about(word, "has a colon, which belongs to the name before systemd 250")), effect: "silent" }
    : undefined;

function directories(linked: boolean): Grammar {
  return grammar(
    "exec_directories",
    linked
      ? "a list of relative paths, each optionally with `:` and a symlink, and `:ro`"
      : "a list of relative paths, each optionally with `::ro`",
    "reset",
    (value, into) => {
      const options = { effect: "word", broken: "rest", gap: DIRECTORY } as const;
      const plain = (word: Piece, reader: Reader) =>
        tooLong(word, reader) ?? readPath(word, DIRECTORY, "full", reader) ?? colonIn(word);
      const item = (word: Piece, reader: Reader) => readDirectory(word, linked, reader);
      if (holdsIn(FIELDS, into.where.version)) readWords(value, "retain", into, { ...options, item });
      else readWords(value, "quotes", into, { ...options, item: plain });
    },
  );
}

/** The directories that systemd makes for a service. */
export const SERVICE_DIRECTORIES = {
  execDirectories: directories(true),
  execConfigurationDirectories: directories(false),
} as const satisfies Record<string, Grammar>;
