import { URI } from "vscode-uri";

/** The path under which the index knows a file: that of a `file:` URI, of any other with its scheme and authority in front. */
export function pathOfUri(uri: string): string {
  const { scheme, authority, path } = URI.parse(uri);
  if (scheme === "file" && authority === "") return path.replace(/^\/+/, "/");
  return `${scheme}://${authority.replace(/[%/]/g, encodeURIComponent)}${path || "/"}`;
}

/** The URI of such a path. */
export function uriOfPath(path: string): string {
  const [, scheme, authority, rest] = /^([a-z][a-z0-9+.-]+):\/\/([^/]*)(\/.*)?$/i.exec(path) ?? [];
  return scheme === undefined
    ? URI.file(path).toString()
    : URI.from({ scheme, authority: decoded(authority ?? ""), path: rest ?? "/" }).toString();
}

const decoded = (authority: string): string => authority.replace(/%2[5F]/g, decodeURIComponent);

/** Whether a document lies on the machine that the server runs on, or nowhere yet. */
export const isLocal = (uri: string): boolean => /^(?:file|untitled):/.test(uri) && URI.parse(uri).authority === "";
