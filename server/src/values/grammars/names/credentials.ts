import { utf8Length } from "../../../text/utf8.ts";
import { isBase64, isCredentialGlob, isCredentialName } from "../../credential.ts";
import { expand } from "../../expand.ts";
import { type Grammar, type Lookup, type Piece, part, quoted, type Reader, type Trouble } from "../../grammar.ts";
import { escapeTrouble, readEscapes } from "./escapes.ts";
import { judge, prose, spanOf } from "./read.ts";

const CODE = "value/credential";
const PATHS: Lookup = { kind: "paths" };

/** The parts of a value before and behind its first colon; a backslash takes the next character into the first part. */
function split(value: Piece, into: Reader): { id: Piece; rest: Piece | undefined } {
  const at = /^(?:\\[\s\S]|[^:\\])*/.exec(value.text)?.[0].length ?? 0;
  const written = part(value, 0, at);
  const id = written.text.includes("\\")
    ? { ...written, text: written.text.replace(/\\([\s\S])/g, "$1"), exact: false }
    : written;
  into.token(
    id.from,
    id.to,
    "name",
    prose(`\`${id.text}\``, "The name of the credential: a file in `%d` of the service."),
  );
  if (at >= value.text.length) return { id, rest: undefined };
  into.token(value.from + at, value.from + at + 1, "operator");
  return { id, rest: part(value, at + 1) };
}

const nameTrouble = (id: Piece, into: Reader): Trouble | undefined =>
  judge(expand(id, "full", into), CODE, (text) =>
    isCredentialName(text) ? undefined : `has invalid credential name ${quoted(id)}`,
  );

/** Drops the assignment for the first trouble. */
const tell = (trouble: Trouble | undefined, into: Reader): boolean => {
  if (trouble) into.problem(trouble, "assignment");
  return trouble !== undefined;
};

const load: Grammar["read"] = (value, into) => {
  const { id, rest } = split(value, into);
  if (tell(nameTrouble(id, into), into) || !rest) return;
  into.token(rest.from, rest.to, rest.text.startsWith("/") ? "path" : "name");
  into.slot(rest.from, rest.to, () => [], PATHS);
  if (rest.text === "") return;
  const trouble = judge(expand(rest, "full", into), CODE, (text) =>
    (text.startsWith("/") ? isPlainPath(text) : isCredentialName(text))
      ? undefined
      : `takes an absolute path without //, . and .. or the name of a credential after the colon, not ${quoted(rest)}`,
  );
  tell(trouble, into);
};

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

const importThem: Grammar["read"] = (value, into) => {
  const { id, rest } = split(value, into);
  const trouble = judge(expand(id, "full", into), CODE, (text) =>
    isCredentialGlob(text) ? undefined : `takes the name of a credential, or a prefix and one *, not ${quoted(id)}`,
  );
  if (tell(trouble, into) || !rest) return;
  into.token(rest.from, rest.to, "name");
  if (rest.text !== "" && !isCredentialName(rest.text))
    tell({ ...spanOf(rest), code: CODE, says: `has invalid credential name ${quoted(rest)}` }, into);
};

/** `name:data`, of which both must be there. */
function set(value: Piece, into: Reader, data: (rest: Piece) => Trouble | undefined): void {
  const { id, rest } = split(value, into);
  if (!rest || rest.text === "") {
    tell({ ...spanOf(value), code: CODE, says: `takes a name, a colon and the data, not ${quoted(value)}` }, into);
    return;
  }
  if (tell(nameTrouble(id, into), into)) return;
  into.token(rest.from, rest.to, "text");
  tell(data(rest), into);
}

/** Why data are no Base64. */
export const base64Trouble = (data: Piece): Trouble | undefined =>
  isBase64(data.text)
    ? undefined
    : { ...spanOf(data), code: "value/encoding", says: `has invalid Base64 ${quoted(data)}` };

const grammar = (routine: string, form: string, read: Grammar["read"]): Grammar => ({
  kind: "grammar",
  routine: `config_parse_${routine}`,
  form,
  empty: "reset",
  read,
});

/** What a service is given to keep secret. */
export const CREDENTIALS = {
  setCredential: grammar("set_credential", "a name, `:` and text with C escapes", (value, into) =>
    set(value, into, (rest) => {
      readEscapes(rest, into, "nul");
      return escapeTrouble(rest, "nul");
    }),
  ),
  setCredentialEncrypted: grammar("set_credential", "a name, `:` and encrypted data in Base64", (value, into) =>
    set(value, into, base64Trouble),
  ),
  /** For both LoadCredential= and LoadCredentialEncrypted=. */
  loadCredential: grammar(
    "load_credential",
    "a name, optionally with `:` and an absolute path or another credential",
    load,
  ),
  importCredential: grammar(
    "import_credential",
    "a name with an optional `*` at its end, and `:` with a new name",
    importThem,
  ),
} as const satisfies Record<string, Grammar>;
