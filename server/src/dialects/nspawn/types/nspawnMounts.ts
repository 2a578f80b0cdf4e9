import { TMPFS_OPTIONS } from "../../../facts/mountOptions.ts";
import { grammar } from "../../../values/combine.ts";
import { isNormalAbsolute } from "../../../values/configs/general/expansion.ts";
import type { Grammar, Issue, Piece, Reader } from "../../../values/grammar.ts";
import { type Parts, partsOf } from "../../../values/grammars/paths/fields.ts";
import { readMountOptions } from "../../../values/grammars/paths/mountOptions.ts";
import { BEGINS } from "../../../values/grammars/paths/path.ts";
import { issueAt, part, wordTopic } from "../../../values/piece.ts";
import { about } from "../../../values/wording.ts";

const CODE = "value/mount";

/** How these routines split at colons: a backslash takes the next character, and a field may be empty. */
const FIELDS = { separators: ":", escapes: "next" } as const;

/** The fields of a value, of which an empty one has one that is empty. */
const fieldsOf = (value: Piece, limit?: number): Parts =>
  value.text === "" ? { parts: [value], rest: undefined, broken: undefined } : partsOf(value, FIELDS, limit);

/** A place in the container, of which only its slash counts. Follows path_is_absolute(), systemd 257 and 262. */
function readPlace(piece: Piece, into: Reader): Issue | undefined {
  into.slot(piece.from, piece.to, () => BEGINS, { kind: "paths" });
  into.token(piece.from, piece.to, "path");
  if (!piece.text.startsWith("/")) {
    const wording = piece.text === "" ? "needs an absolute path" : about(piece, "is not an absolute path");
    return issueAt(piece, "value/path", wording);
  }
  return undefined;
}

/**
 * A place of the host, below the working directory of systemd-nspawn where it does not begin with a slash; after a plus sign one
 * in the image, which has to. Follows source_path_parse(), systemd 257 and 262.
 */
function readSource(piece: Piece, into: Reader): Issue | undefined {
  if (piece.text === "") return issueAt(piece, "value/path", "needs a path");
  if (!piece.text.startsWith("+")) {
    into.slot(piece.from, piece.to, () => BEGINS, { kind: "paths" });
    into.token(piece.from, piece.to, "path");
    return undefined;
  }
  if (piece.exact) into.token(piece.from, piece.from + 1, "operator", IN_IMAGE);
  return readPlace(part(piece, 1), into);
}

const IN_IMAGE = wordTopic("+", "The path is looked up in the image of the container, not on the host.");

/** Follows bind_mount_parse(), systemd 257 and 262; without a source the container gets an empty directory. */
function readBind(value: Piece, into: Reader): Issue | undefined {
  const { parts, rest, broken } = fieldsOf(value, 2);
  if (broken) return broken;
  const [source = value, target] = parts;
  if (!target) return readPlace(source.text.startsWith("+") ? part(source, 1) : source, into);
  const wrong = (source.text === "" ? undefined : readSource(source, into)) ?? readPlace(target, into);
  if (wrong || rest === undefined) return wrong;
  for (const option of rest.text === "" ? [rest] : partsOf(rest, COMMAS).parts) readOption(option, into);
  return undefined;
}

const COMMAS = { separators: ",", escapes: "kept" } as const;

const OPTIONS: readonly { readonly text: string; readonly summary: string }[] = [
  { text: "rbind", summary: "Includes what is mounted below the source; this is the default." },
  { text: "norbind", summary: "Only the source, without what is mounted below it." },
  { text: "idmap", summary: "Users and groups of the host are those of the same numbers in the container." },
  { text: "noidmap", summary: "Numbers of users and groups are not mapped; this is the default." },
  { text: "rootidmap", summary: "Root of the container owns what the owner of the source owns on the host." },
  { text: "owneridmap", summary: "Who owns the target in the container owns what the owner of the source owns." },
];

/** The words are read when the container starts, not with the file. */
function readOption(piece: Piece, into: Reader): void {
  into.slot(piece.from, piece.to, () => OPTIONS.map((it) => ({ ...it, role: "word" })));
  const known = OPTIONS.find(({ text }) => text === piece.text);
  if (known) into.token(piece.from, piece.to, "word", wordTopic(known.text, known.summary));
}

/** Follows tmpfs_mount_parse(), systemd 257 and 262. */
function readTemporary(value: Piece, into: Reader): Issue | undefined {
  const { parts, rest, broken } = fieldsOf(value, 1);
  const wrong = broken ?? readPlace(parts[0] ?? value, into);
  if (!wrong && rest) readMountOptions(rest, TMPFS_OPTIONS, into);
  return wrong;
}

/** Follows overlay_mount_parse(), systemd 257 and 262: folders below, one above them that may be empty, and the place. */
function readOverlay(value: Piece, into: Reader): Issue | undefined {
  const { parts, broken } = fieldsOf(value);
  if (broken) return broken;
  const [first, second, third] = parts;
  if (!first || !second) return issueAt(value, CODE, about(value, "is only one path"), []);
  const [destination = value, upper = value] = third ? parts.toReversed() : [];
  for (const it of third ? parts.slice(0, -2) : parts) {
    const wrong = readSource(it, into);
    if (wrong) return wrong;
  }
  if (!third) return undefined;
  return (upper.text === "" ? undefined : readSource(upper, into)) ?? readPlace(destination, into);
}

/** A path that needs no change to be the shortest that means the same. Follows path_is_normalized(), systemd 257 and 262. */
function readNormal(piece: Piece, into: Reader): Issue | undefined {
  const wrong = readPlace(piece, into);
  if (wrong || isNormalAbsolute(piece.text)) return wrong;
  return issueAt(piece, "value/path", about(piece, 'has "..", "." or doubled slashes, which are not allowed'));
}

/** Follows pivot_root_parse(), systemd 257 and 262. */
function readPivot(value: Piece, into: Reader): Issue | undefined {
  const { parts, rest, broken } = fieldsOf(value, 1);
  const [root = value] = parts;
  return broken ?? readNormal(root, into) ?? (rest && rest.text !== "" ? readNormal(rest, into) : undefined);
}

const mount = (routine: string, form: string, read: (value: Piece, into: Reader) => Issue | undefined): Grammar => ({
  ...grammar(routine, form, "invalid", read),
  missing: { code: CODE, effect: "assignment" },
});

/** What is mounted in a container of systemd-nspawn. */
export const NSPAWN_MOUNTS = {
  bind: mount("bind", "an absolute path, optionally with `:` and a target, and `:` and options", readBind),
  tmpfs: mount("tmpfs", "an absolute path, optionally with `:` and options", readTemporary),
  inaccessible: mount("inaccessible", "an absolute path", readPlace),
  overlay: mount("overlay", "lower directories, an upper one and a target, with `:` between them", readOverlay),
  pivotRoot: mount("pivot_root", "an absolute path, optionally with `:` and where the old root goes", readPivot),
} as const satisfies Record<string, Grammar>;
