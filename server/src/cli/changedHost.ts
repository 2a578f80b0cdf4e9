import type { FileWrite } from "./fileWrite.ts";
import type { Host } from "./host.ts";

/** A host on which files are as they will be once they are written, though none is yet. */
export interface ChangedHost extends Host {
  readonly change: (write: Pick<FileWrite, "path" | "text">) => void;
}

/** The files of a host, on which what is changed counts for all that is judged after it. */
export function changedHost(host: Host): ChangedHost {
  const texts = new Map<string, string>();
  return {
    ...host,
    change: ({ path, text }) => texts.set(host.absolute(path), text),
    read(path, is) {
      const text = texts.get(host.absolute(path));
      return text === undefined ? host.read(path, is) : new TextEncoder().encode(text);
    },
  };
}
