import { URI } from "vscode-uri";

/** The path under which the index knows a file: that of a `file:` URI, of any other with its scheme and authority in front. */
export function pathOfUri(uri: string): string {
  const { scheme, authority, path } = URI.parse(uri);
  return scheme === "file" && authority === "" ? path.replace(/^\/+/, "/") : `${scheme}://${authority}${path}`;
}

/** The URI of such a path. */
export function uriOfPath(path: string): string {
  const [, scheme, authority, rest] = /^([a-z][a-z0-9+.-]+):\/\/([^/]*)(\/.*)?$/i.exec(path) ?? [];
  return scheme === undefined
    ? URI.file(path).toString()
    : URI.from({ scheme, authority: authority ?? "", path: rest ?? "/" }).toString();
}
