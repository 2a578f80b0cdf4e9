import { grammar } from "../../combine.ts";
import { isBase64 } from "../../credential.ts";
import type { Grammar, Issue, Piece, Reader, Wording } from "../../grammar.ts";
import { part, wordTopic } from "../../piece.ts";
import { about, noValue } from "../../wording.ts";
import { BEGINS } from "./path.ts";

const CODE = "value/root-hash";

/** The bytes that a hash needs at least. */
const SHORTEST = 16;

const PATHS = { kind: "paths" } as const;

/** Follows config_parse_exec_root_hash(), systemd 257 to 262, which looks no further at what begins with a slash. */
function readHash(value: Piece, into: Reader): Issue | undefined {
  const { from, to, text } = value;
  into.slot(from, to, () => BEGINS, PATHS);
  const isPath = text.startsWith("/");
  into.token(from, to, isPath ? "path" : "number");
  return isPath ? undefined : hashIssue(value, text.replace(/[ \t\n\r]+/g, ""));
}

function hashIssue(value: Piece, digits: string): Issue | undefined {
  const { from, to } = value;
  const wrong = (wording: Wording): Issue => ({ from, to, code: CODE, ...wording });
  if (!/^[0-9a-f]*$/i.test(digits)) return wrong(noValue(value, "hexadecimal digits or an absolute path"));
  if (digits.length % 2 === 1)
    return wrong(about(value, `has ${digits.length} hexadecimal digits, but needs an even number`));
  if (digits.length < 2 * SHORTEST)
    return wrong(about(value, `has ${digits.length} hexadecimal digits, but needs at least ${2 * SHORTEST}`));
  return undefined;
}

const PREFIX = "base64:";

const BASE64 = { text: PREFIX, summary: "The signature itself follows, in Base64.", role: "word" } as const;

/** Follows config_parse_exec_root_hash_sig(), systemd 257 to 262. */
function readSignature(value: Piece, into: Reader): Issue | undefined {
  const { from, to, text } = value;
  into.slot(from, to, () => [BASE64, ...BEGINS], PATHS);
  if (text.startsWith("/")) {
    into.token(from, to, "path");
    return undefined;
  }
  if (!text.startsWith(PREFIX))
    return {
      from,
      to,
      code: CODE,
      ...noValue(value, "an absolute path, or base64: and a signature"),
    };
  const data = part(value, PREFIX.length);
  into.token(from, data.from, "word", wordTopic(PREFIX, BASE64.summary));
  into.token(data.from, data.to, "text");
  return isBase64(data.text, into.where.version)
    ? undefined
    : { from: data.from, to, code: CODE, ...about(value, "has invalid Base64 in its signature") };
}

/** What the root image is checked with. */
export const ROOT_HASHES = {
  execRootHash: grammar("exec_root_hash", "a hash in hexadecimal digits, or an absolute path", "unset", readHash),
  execRootHashSig: grammar(
    "exec_root_hash_sig",
    "an absolute path, or `base64:` with a signature",
    "unset",
    readSignature,
  ),
} as const satisfies Record<string, Grammar>;
