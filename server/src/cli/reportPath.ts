import { pathParts } from "../families/pathParts.ts";

/** A path as reports for other programs name it: with forward slashes alone and without `.`, `..` only where it leads out. */
export function portablePath(path: string): string {
  const { root, parts } = rooted(path);
  const kept: string[] = [];
  for (const part of parts) {
    if (part === "" || part === ".") continue;
    const last = kept.at(-1);
    if (part !== "..") kept.push(part);
    else if (last !== undefined && last !== "..") kept.pop();
    else if (root === "") kept.push(part);
  }
  return root + kept.join("/");
}

/** The same, relative to a folder where it lies below it: what shows reports knows files by their place in a repository. */
export function pathWithin(folder: string, path: string): string {
  const plain = portablePath(path);
  const top = portablePath(folder).replace(/\/?$/, "/");
  return plain.startsWith(top) ? plain.slice(top.length) : plain;
}

/** The URI of a path: relative where the path is, else of the scheme `file` (RFC 8089). */
export function pathUri(path: string): string {
  const plain = portablePath(path);
  const uri = plain.split("/").map(encoded).join("/");
  if (DRIVE.test(plain)) return `file:///${uri.replace("%3A", ":")}`;
  if (plain.startsWith("//")) return `file:${uri}`;
  return plain.startsWith("/") ? `file://${uri}` : uri;
}

const DRIVE = /^[A-Za-z]:\//;

function rooted(path: string): { readonly root: string; readonly parts: readonly string[] } {
  const [first = "", ...rest] = pathParts(path);
  if (path.startsWith("\\\\")) return { root: "//", parts: rest };
  if (DRIVE.test(`${first}/`) && rest.length > 0) return { root: `${first}/`, parts: rest };
  return { root: first === "" ? "/" : "", parts: [first, ...rest] };
}

/**
 * Percent-encoded but for `@`, which templates and instances have in their names and which means nothing in a path. A byte of
 * a name that is no UTF-8 is itself.
 */
function encoded(part: string): string {
  return part
    .split(/([\udc80-\udcff])/u)
    .map((it, i) => (i % 2 === 1 ? `%${(it.charCodeAt(0) - 0xdc00).toString(16).toUpperCase()}` : plainlyEncoded(it)))
    .join("");
}

const plainlyEncoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replaceAll("%40", "@");
