import { URI } from "vscode-uri";
import { escapedPart, unescaped, wellFormed } from "../text/percent.ts";

/** The parts of an address, unescaped; of one that is no URI the path alone, as far as it shows one. */
export interface UriParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

/** Takes any text apart that a client gives as a URI. */
export function addressOf(uri: string): UriParts {
  const { scheme, authority, path, query } = parsed(uri) ?? { ...NOWHERE, path: unescaped(opaque(uri).name) };
  return { scheme, authority, path, query };
}

const NOWHERE = { scheme: "", authority: "", path: "", query: "" };

/** Undefined for what is no URI, such as a path that begins with two slashes and nobody knows on which machine. */
function parsed(uri: string): URI | undefined {
  try {
    return URI.parse(wellFormed(uri));
  } catch {
    return undefined;
  }
}

/**
 * The path under which the index knows a file: that of a `file:` URI, of any other with its scheme and authority in front.
 * What has no path that begins at a root, or is no URI at all, stands alone in a folder of its own.
 */
export function pathOfUri(uri: string): string {
  const address = parsed(uri);
  if (!address || !/^(?:\/|$)/.test(address.path) || OPAQUE === `${address.scheme}://`) {
    const { before, name } = opaque(uri);
    return `${OPAQUE}${escapedPart(before)}/${name}`;
  }
  const { scheme, authority } = address;
  const path = address.path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  if (scheme === "file" && authority === "") return path.replace(/^\/+/, "/");
  return `${scheme}://${authority.toLowerCase().replace(/[%/]/g, encodeURIComponent)}${path || "/"}`;
}

/** In front of the rest of an address that names no place in any file system. */
const OPAQUE = "opaque://";

/** The name at the end of an address, and all that is before it. */
function opaque(uri: string): { readonly before: string; readonly name: string } {
  const [, before = "", name = ""] = /^(.*[/:])?([^/:]*)$/s.exec(uri) ?? [];
  return { before, name };
}

/** The URI of such a path. */
export function uriOfPath(path: string): string {
  if (path.startsWith(OPAQUE)) {
    const [, before = "", name = ""] = /^([^/]*)\/?(.*)$/s.exec(path.slice(OPAQUE.length)) ?? [];
    return unescaped(before) + name;
  }
  const [, scheme, authority = "", rest = "/"] = /^(\w[\w+.-]*):\/\/([^/]*)(\/.*)?$/s.exec(path) ?? [];
  const whole = wellFormed(rest);
  return scheme === undefined
    ? URI.file(wellFormed(path)).toString()
    : URI.from({
        scheme,
        authority: decoded(wellFormed(authority)),
        path: whole.replace(/^\/+/, authority === "" ? "/" : "$&"),
      }).toString();
}

const decoded = (authority: string): string => authority.replace(/%2[5F]/g, decodeURIComponent);

/** Whether a document lies on the machine that the server runs on, or nowhere yet. */
export function isLocal(uri: string): boolean {
  const { scheme, authority } = addressOf(uri);
  return (scheme === "untitled" || (scheme === "file" && uri !== "")) && authority === "";
}
