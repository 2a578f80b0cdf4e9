import { grammar } from "../../combine.ts";
import type { Grammar, Issue, Piece, Reader, Wording } from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
import { pathFault, simplifyPath } from "../../path.ts";
import { issueAt, part, wordTopic } from "../../piece.ts";
import { about, invalid, noValue, unknown } from "../../wording.ts";
import { partsOf } from "./fields.ts";
import { path } from "./path.ts";

const CODE = "value/open-file";

const OPTIONS = [
  { text: "read-only", summary: "The file is opened for reading; excludes `append` and `truncate`." },
  { text: "append", summary: "The file is opened for appending; excludes `read-only` and `truncate`." },
  { text: "truncate", summary: "The file is truncated when it is opened; excludes `read-only` and `append`." },
  { text: "graceful", summary: "A file that is missing or cannot be opened is ignored." },
];

const EXCLUSIVE = new Set(["read-only", "append", "truncate"]);

const FILE = path({ form: "an absolute path", must: "any", plain: true });

const issue = (piece: Piece, wording: Wording | string): Issue => issueAt(piece, CODE, wording);

/** Follows open_file_parse(), systemd 257 to 262, for which `%` is an ordinary character. */
function readOpenFile(value: Piece, into: Reader): Issue | undefined {
  const { parts, rest, broken } = partsOf(value, { separators: ":", escapes: "c" }, 3);
  if (broken) return { ...broken, code: CODE };
  const [file = value, name, options] = parts;
  const wrong = readFile(file, name === undefined || name.text === "", into) ?? (name && readName(name, into));
  if (wrong) return wrong;
  if (rest && rest.text !== "") return issue(rest, about(rest, "follows the options, after which nothing may stand"));
  return options && readOptions(options, into);
}

/** Only the length counts of the path, and that the name of the descriptor can be taken from it where it has no other. */
function readFile(file: Piece, names: boolean, into: Reader): Issue | undefined {
  const wrong = FILE.read(file, into);
  if (!file.text.startsWith("/")) return issue(file, noValue(file, "an absolute path"));
  const fault = pathFault(file.text, "any");
  if (fault === "name" || fault === "length") return wrong;
  if (!names) return undefined;
  const last = simplifyPath(file.text).split("/").at(-1) ?? "";
  if (last === "" || last === "..") return issue(file, about(file, "names no file"));
  return isDescriptorName(last)
    ? undefined
    : issue(file, about(file, "needs a colon and an ASCII name after it, as its own is not a valid descriptor name"));
}

function readName(name: Piece, into: Reader): Issue | undefined {
  if (name.text === "") return undefined;
  into.token(name.from, name.to, "name");
  return isDescriptorName(name.text)
    ? undefined
    : issue(name, { ...invalid(name, "name"), allowed: "up to 255 ASCII characters without a colon" });
}

/** Follows fdname_is_valid(), systemd 257 to 262. */
const isDescriptorName = (name: string): boolean => /^[\x20-\x39\x3b-\x7e]{1,255}$/.test(name);

function readOptions(options: Piece, into: Reader): Issue | undefined {
  const seen: string[] = [];
  for (let at = 0; at <= options.text.length; ) {
    const comma = options.text.indexOf(",", at);
    const end = comma < 0 ? options.text.length : comma;
    const option = part(options, at, end);
    at = end + 1;
    into.slot(option.from, option.to, () =>
      OPTIONS.filter(({ text }) => !seen.includes(text)).map((it) => ({ ...it, role: "word" })),
    );
    if (option.text === "") continue;
    const known = OPTIONS.find(({ text }) => text === option.text);
    if (!known)
      return {
        ...issue(option, unknown(option, "option")),
        fixes: meant(option, OPTIONS),
      };
    into.token(option.from, option.to, "word", wordTopic(known.text, known.summary));
    if (seen.includes(known.text)) return issue(option, about(option, "stands here twice"));
    const other = EXCLUSIVE.has(known.text) ? seen.find((it) => EXCLUSIVE.has(it)) : undefined;
    if (other) return issue(option, about(option, `cannot be combined with ${other}`));
    seen.push(known.text);
  }
  return undefined;
}

/** Files that systemd opens for a service. */
export const OPEN_FILES = {
  openFile: grammar(
    "open_file",
    "an absolute path, optionally with `:` and a descriptor name, and `:` and options",
    "reset",
    readOpenFile,
  ),
} as const satisfies Record<string, Grammar>;
