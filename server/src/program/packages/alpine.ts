import { decodeUtf8 } from "../../text/utf8.ts";
import type { PackageDatabase, PackageManager } from "./manager.ts";

/** Where apk keeps its list, in the order of its versions. */
const LISTS = ["/usr/lib/apk/db/installed", "/lib/apk/db/installed"];

/** apk of Alpine Linux: one list, whose lines begin with a letter that says what they are. */
export const APK: PackageManager = {
  isHere: (files) => textOf(files) !== undefined,
  tellOwners(files, tell) {
    for (const { path, source } of entriesOf(files)) tell(path, source);
  },
  digests: (files) =>
    new Map(entriesOf(files).flatMap(({ path, digest }) => (digest ? [[path, digest] as const] : []))),
};

interface ListedFile {
  readonly path: string;
  readonly source: string;
  /** Of files below /etc. */
  digest?: string;
}

function textOf(files: PackageDatabase): string | undefined {
  const content = LISTS.map((it) => files.read(it)).find((it) => it !== undefined);
  return content && decodeUtf8(content);
}

function entriesOf(files: PackageDatabase): readonly ListedFile[] {
  const found: ListedFile[] = [];
  let [source, folder] = ["", ""];
  for (const line of (textOf(files) ?? "").split("\n")) {
    const value = line.slice(2);
    // The package comes before what it was built from, and its folders before their files.
    if (line.startsWith("P:") || line.startsWith("o:")) source = value;
    else if (line.startsWith("F:")) folder = value;
    else if (line.startsWith("R:")) found.push({ path: `/${folder}/${value}`, source });
    else if (folder === "etc" || folder.startsWith("etc/")) {
      const [, digest] = DIGEST.exec(line) ?? [];
      const last = digest === undefined ? undefined : found.at(-1);
      if (last && digest) last.digest = hexadecimal(digest);
    }
  }
  return found;
}

/** A digest of SHA-1 in base 64. */
const DIGEST = /^Z:Q1([A-Za-z0-9+/]{27}=)$/;

const hexadecimal = (text: string): string =>
  [...atob(text)].map((it) => it.charCodeAt(0).toString(16).padStart(2, "0")).join("");
