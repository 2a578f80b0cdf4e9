import { holdsIn } from "../../../facts/version.ts";
import { utf8Length } from "../../../text/utf8.ts";
import { grammar } from "../../combine.ts";
import { isBase64, isCredentialGlob, isCredentialName } from "../../credential.ts";
import { expand } from "../../expand.ts";
import type { Grammar, Issue, Lookup, Offer, Piece, Reader, Replacement } from "../../grammar.ts";
import { extentOf, issueAt, part, wordTopic } from "../../piece.ts";
import { about, invalid, noValue } from "../../wording.ts";
import { escapeIssue, readEscapes } from "./escapes.ts";
import { judge } from "./read.ts";

const CODE = "value/credential";
const store = (text: string, summary: string): Offer => ({ text, summary, role: "path" });

/** Where systemd looks for a credential that is loaded by its name. */
const STORES: readonly Offer[] = [
  store("/etc/credstore/", "Credentials of the administrator."),
  store("/run/credstore/", "Credentials that are removed at shutdown."),
  store("/etc/credstore.encrypted/", "Encrypted credentials, for `LoadCredentialEncrypted=`."),
  store("/usr/lib/credstore/", "Credentials of packages."),
];

const PATHS: Lookup = { kind: "paths" };

/** The parts of a value before and after its first colon; a backslash takes the next character into the first part. */
function split(value: Piece, into: Reader): { id: Piece; rest: Piece | undefined } {
  const at = /^(?:\\[\s\S]|[^:\\])*/.exec(value.text)?.[0].length ?? 0;
  const written = part(value, 0, at);
  const id = written.text.includes("\\")
    ? { ...written, text: written.text.replace(/\\([\s\S])/g, "$1"), exact: false }
    : written;
  into.slot(id.from, id.to, () => [], { kind: "credentials", alone: at >= value.text.length });
  into.token(
    id.from,
    id.to,
    "name",
    wordTopic(
      id.text,
      "The name of the credential: a read-only file in `%d` that only the user of the service and root can open; systemd writes it again at each start. It belongs to root: with mode 0400 for a service of root, else with 0440 and an ACL for the user, so that programs refuse it that accept no key of a group.",
    ),
  );
  if (at >= value.text.length) return { id, rest: undefined };
  into.token(value.from + at, value.from + at + 1, "operator");
  return { id, rest: part(value, at + 1) };
}

const nameIssue = (id: Piece, into: Reader): Issue | undefined =>
  judge(expand(id, "full", into), CODE, (text) =>
    isCredentialName(text) ? undefined : invalid(id, "credential name"),
  );

/** Since when a credential of the system may be loaded under its own name. */
const NAME_ALONE = { since: 249 };

function load(value: Piece, into: Reader): Issue | undefined {
  const { id, rest } = split(value, into);
  const issue = nameIssue(id, into);
  if (issue) return rest ? { ...issue, fixes: nameFirst(value, id, rest) } : issue;
  if (!rest)
    return holdsIn(NAME_ALONE, into.where.version)
      ? undefined
      : issueAt(value, CODE, noValue(value, "a name, a colon and a path"));
  into.token(rest.from, rest.to, rest.text.startsWith("/") ? "path" : "name");
  into.slot(rest.from, rest.to, () => (rest.text.length < 2 ? STORES : []), PATHS);
  if (rest.text === "") return undefined;
  return judge(expand(rest, "full", into), CODE, (text) =>
    (text.startsWith("/") ? isPlainPath(text) : isCredentialName(text))
      ? undefined
      : noValue(rest, "an absolute path without //, . and .. or the name of a credential after the colon"),
  );
}

/** The name before the path, where the path of the file comes first, and after it a name or a path for the service. */
function nameFirst(value: Piece, id: Piece, rest: Piece): Replacement[] {
  const name = rest.text.slice(rest.text.lastIndexOf("/") + 1);
  if (!id.text.startsWith("/") || !isCredentialName(name) || /[%\\]/.test(value.text)) return [];
  const text = `${name}:${id.text}`;
  return [{ title: `Change to ${text}, which the service reads as %d/${name}`, ...extentOf(value), text }];
}

/** Follows path_is_normalized() and path_is_safe(), which here nothing simplifies before: no empty, `.` or `..` component. */
const isPlainPath = (path: string): boolean =>
  path === "/" ||
  (utf8Length(path) < PATH_MAX &&
    path
      .slice(1)
      .replace(/\/$/, "")
      .split("/")
      .every((it) => !["", ".", ".."].includes(it) && utf8Length(it) <= NAME_MAX));

const PATH_MAX = 4096;
const NAME_MAX = 255;

/** Since when what is imported may get another name. */
const RENAMES = { since: 257 };

function importThem(value: Piece, into: Reader): Issue | undefined {
  const renames = holdsIn(RENAMES, into.where.version);
  if (!renames && value.text.includes(":"))
    return issueAt(value, CODE, about(value, "has a colon, after which no other name is allowed"));
  const { id, rest } = split(value, into);
  const issue = judge(expand(id, "full", into), CODE, (text) =>
    isCredentialGlob(text) ? undefined : noValue(id, "the name of a credential, or a prefix and one *"),
  );
  if (issue || !rest) return issue;
  into.token(rest.from, rest.to, "name");
  return rest.text === "" || isCredentialName(rest.text)
    ? undefined
    : issueAt(rest, CODE, invalid(rest, "credential name"));
}

/** `name:data`, of which both must be there. */
function set(value: Piece, into: Reader, data: (rest: Piece, into: Reader) => Issue | undefined): Issue | undefined {
  const { id, rest } = split(value, into);
  if (!rest || rest.text === "") return issueAt(value, CODE, "needs a name, a colon and the data");
  const issue = nameIssue(id, into);
  if (issue) return issue;
  into.token(rest.from, rest.to, "text");
  return data(rest, into);
}

/** Why data are no Base64. */
export const base64Issue = (data: Piece, { where }: Reader): Issue | undefined =>
  isBase64(data.text, where.version) ? undefined : issueAt(data, "value/encoding", invalid(data, "Base64"));

/** What a service is given to keep secret. */
export const CREDENTIALS = {
  setCredential: grammar("set_credential", "a name, `:` and text with C escapes", "reset", (value, into) =>
    set(value, into, (rest) => {
      readEscapes(rest, into, "nul");
      return escapeIssue(rest, "nul");
    }),
  ),
  setCredentialEncrypted: grammar(
    "set_credential",
    "a name, `:` and encrypted data in Base64",
    "reset",
    (value, into) => set(value, into, base64Issue),
  ),
  /** For both LoadCredential= and LoadCredentialEncrypted=. */
  loadCredential: grammar(
    "load_credential",
    "a name, optionally with `:` and an absolute path or another credential",
    "reset",
    load,
  ),
  importCredential: grammar(
    "import_credential",
    "a name with an optional `*` at its end, and `:` with a new name",
    "reset",
    importThem,
  ),
} as const satisfies Record<string, Grammar>;
