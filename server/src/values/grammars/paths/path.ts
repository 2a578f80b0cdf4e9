import { holdsIn } from "../../../facts/version.ts";
import { utf8Length } from "../../../text/utf8.ts";
import { QUOTED, readResolved } from "../../combine.ts";
import { expand, isIssue } from "../../expand.ts";
import type { Issue, Lookup, Offer, Piece, Reader, Replacement, Term, Wording } from "../../grammar.ts";
import {
  isBelowApiVfs,
  LONGEST_NAME,
  LONGEST_PATH,
  OUTSIDE_API_VFS,
  type PathFault,
  pathFault,
  simplifyPath,
} from "../../path.ts";
import { part, wordTopic } from "../../piece.ts";
import { about } from "../../wording.ts";

const CODE = "value/path";

interface PathOptions {
  readonly form: string;
  readonly must?: "absolute" | "relative" | "any";
  /** Which file systems of the kernel it must not be below: /proc, /sys and /dev, or the first two. */
  readonly outside?: "kernel" | "kernel-but-dev";
  readonly only?: "directories";
  /** What is offered to begin with. */
  readonly begins?: readonly Offer[];
  /** Where `%` is an ordinary character. */
  readonly plain?: true;
}

/** A path. Follows path_simplify_and_warn(), systemd 257 to 262. */
export function path(options: PathOptions): Term {
  const { form, must = "absolute", outside, only, begins = must === "relative" ? [] : BEGINS, plain } = options;
  const lookup: Lookup | undefined = must === "relative" ? undefined : { kind: "paths", ...(only ? { only } : {}) };
  return {
    form,
    read(piece, into) {
      const { from, to, text } = piece;
      into.slot(from, to, () => (isBegun(piece, into) ? [] : begins), lookup);
      into.token(from, to, "path");
      const { version } = into.where;
      const fault = pathFault(text, must, version);
      if (fault) return pathIssue(piece, fault, into.brief ? [] : fixesFor(piece, fault, plain));
      if (!outside) return undefined;
      const simple = simplifyPath(text);
      if (!isBelowApiVfs(simple)) return undefined;
      if (outside === "kernel" && !holdsIn(OUTSIDE_API_VFS, version)) return undefined;
      if (outside === "kernel-but-dev" && /^\/dev(?:\/|$)/.test(simple)) return undefined;
      const where = outside === "kernel" ? "/proc, /sys or /dev" : "/proc or /sys";
      return {
        ...shownExtent(piece),
        code: CODE,
        ...about(piece, `is below ${where}, which is not allowed`),
      };
    },
  };
}

/** Reads a path in which specifiers stand; undefined for one of which nothing certain is known. */
export const readPath = readResolved;

/** What a path may begin with. */
export const BEGINS: readonly Offer[] = [
  { text: "/etc/", summary: "Settings.", role: "path" },
  { text: "/run/", summary: "Data that is removed at shutdown.", role: "path" },
  { text: "/srv/", summary: "Data served by the machine.", role: "path" },
  { text: "/usr/", summary: "Programs and data of the distribution.", role: "path" },
  { text: "/var/cache/", summary: "Data that can be regenerated.", role: "path" },
  { text: "/var/lib/", summary: "Persistent data of services.", role: "path" },
  { text: "/var/log/", summary: "Logs.", role: "path" },
];

/** An absolute path, and one to a directory. */
export const ABSOLUTE = path({ form: "an absolute path" });
export const FOLDER = path({ form: "an absolute path", only: "directories" });

/** Whether more than a slash stands in front of the cursor. */
const isBegun = ({ from, text }: Piece, { cursor = from }: Reader): boolean =>
  !/^\/?$/.test(text.slice(0, cursor - from));

/** What stands for nothing is shown on the character in front of it. */
function shownExtent({ from, to }: Piece): { from: number; to: number } {
  return from === to && from > 0 ? { from: from - 1, to } : { from, to };
}

function pathIssue(piece: Piece, fault: PathFault, fixes: readonly Replacement[]): Issue {
  return { ...shownExtent(piece), code: CODE, ...WORDINGS[fault](piece), ...(fixes.length > 0 ? { fixes } : {}) };
}

const WORDINGS: Readonly<Record<PathFault, (piece: Piece) => Wording>> = {
  relative: (piece) =>
    piece.text === "" ? { message: "needs an absolute path" } : about(piece, "is not an absolute path"),
  absolute: (piece) => about(piece, "is an absolute path, and only relative ones are allowed"),
  empty: () => ({ message: "needs a path, but has an empty one" }),
  name: (piece) => {
    const most = piece.text.split("/").reduce((longest, it) => Math.max(longest, utf8Length(it)), 0);
    return about(piece, `has a name of ${most} bytes, but at most ${LONGEST_NAME} are allowed between slashes`);
  },
  length: (piece) =>
    about(piece, `has ${utf8Length(simplifyPath(piece.text))} bytes, but a path has at most ${LONGEST_PATH}`),
  parent: (piece) => about(piece, 'has "..", which is not allowed in a path'),
  dot: () => about(".", "is not a name"),
};

function fixesFor(piece: Piece, fault: PathFault, plain?: true): Replacement[] {
  if (!piece.exact) return [];
  const { from, to, text } = piece;
  const change = (title: string, into: string, safe?: true): Replacement[] => [
    { title, from, to, text: into, ...(safe ? { safe } : {}) },
  ];
  if (fault === "parent") {
    const normal = withoutParents(text);
    return normal === undefined ? [] : change(`Change to ${normal}`, normal);
  }
  if (fault === "absolute") {
    const [root] = ROOTS.exec(text) ?? [];
    return root && root.length < text.length ? change(`Remove ${root}`, text.slice(root.length)) : [];
  }
  if (fault !== "relative") return [];
  const bare = /^(["'])((?:\/|%[CDEhLStTV](?:\/|$)).*)\1$/s.exec(text)?.[2] ?? /^\s+(\/.*)$/s.exec(text)?.[1];
  if (bare !== undefined && (bare.startsWith("%") || !pathFault(bare, "absolute")))
    return change(`Remove the ${/^\s/.test(text) ? "blank" : "quotes"}`, bare, true);
  const url = /^file:(?:\/\/)?(\/[^/].*)$/s.exec(text)?.[1];
  if (url !== undefined) return change("Remove file:", url);
  const home = plain ? undefined : /^(?:~|\$HOME|\$\{HOME\})(\/.*)?$/s.exec(text);
  if (home) return change("Use %h for the home directory of the manager's user", `%h${home[1] ?? ""}`);
  return TOP.test(text) && !pathFault(`/${text}`, "absolute") ? change("Add a leading /", `/${text}`) : [];
}

/** The folders below which systemd puts the directories of services. */
const ROOTS = /^\/(?:var\/run|run|var\/lib|var\/cache|var\/log|etc)\/+/;

/** The folders of every root. */
const TOP = /^(?:bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)\//;

/** The path with each `..` taking away the name before it; undefined where it leads out of what is written. */
function withoutParents(path: string): string | undefined {
  const kept: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") kept.push(name);
    else if (kept.length > 0) kept.pop();
    else if (!path.startsWith("/")) return undefined;
  }
  const joined = kept.join("/");
  return path.startsWith("/") ? `/${joined}` : joined || undefined;
}

/** The sign in front of what may be missing. */
export const OPTIONAL: Offer = {
  text: "-",
  summary: "The path is ignored if it does not exist.",
  role: "operator",
};

/** Reads a path that may be missing after a `-`, which specifiers may give too. */
export function readOptionalPath(piece: Piece, term: Term, into: Reader): Issue | undefined {
  const place = behindSign(piece, OPTIONAL, into);
  if (place.exact && QUOTED.test(place.text)) return readResolved(place, term, "full", into);
  const resolved = expand(place, "full", into);
  if (isIssue(resolved)) return resolved;
  const given = place === piece && resolved.text.startsWith("-");
  const issue = term.read(given ? { ...resolved, text: resolved.text.slice(1) } : resolved, into);
  return resolved.certain ? issue : undefined;
}

/** A part of a piece without its first character, which is a sign with a meaning of its own. */
export function behindSign(piece: Piece, sign: Offer, into: Reader): Piece {
  if (!piece.text.startsWith(sign.text)) {
    into.slot(piece.from, piece.from, () => [sign]);
    return piece;
  }
  const at = part(piece, 0, sign.text.length);
  if (piece.exact) into.token(at.from, at.to, sign.role, wordTopic(sign.text, sign.summary ?? ""));
  return part(piece, sign.text.length);
}
