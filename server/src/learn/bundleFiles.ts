import type { BundleHead, PathStatus } from "./bundle.ts";

/** Reads `bundle.json`; undefined where it is none of a version that is known. Lists of strangers are cut. */
export function readHead(text: string): BundleHead | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  if (fields.version !== 1) return undefined;
  const word = (name: string): string => (typeof fields[name] === "string" ? fields[name].slice(0, MOST_TEXT) : "");
  const words = (name: string): string[] => {
    const list: readonly unknown[] = Array.isArray(fields[name]) ? fields[name] : [];
    return list.filter((it): it is string => typeof it === "string" && it.length <= MOST_TEXT).slice(0, MOST_WORDS);
  };
  return {
    version: 1,
    unit: word("unit"),
    systemd: word("systemd"),
    strace: word("strace"),
    kernel: word("kernel"),
    architecture: word("architecture"),
    users: words("users"),
    ...(Array.isArray(fields.groups) && { groups: words("groups") }),
    exercised: words("exercised"),
  };
}

const MOST_TEXT = 4096;
const MOST_WORDS = 10_000;

/** The line of a path in `stat.tsv`. */
export function statusLine(path: string, { mode, uid, gid, capabilities, real }: PathStatus): string {
  const fields = [mode.toString(8), uid, gid, capabilities ? "yes" : "-", field(path), field(real)];
  return `${fields.join("\t")}\n`;
}

/** The lines of `stat.tsv`; what is no such line is passed over. */
export function readStatuses(text: string): ReadonlyMap<string, PathStatus> {
  const found = new Map<string, PathStatus>();
  for (const line of text.split("\n")) {
    const [mode = "", uid = "", gid = "", capability = "", path = "", real = ""] = line.split("\t");
    if (!/^[0-7]{1,7}$/.test(mode) || !/^\d{1,10}$/.test(uid) || !/^\d{1,10}$/.test(gid) || !path.startsWith("/"))
      continue;
    found.set(plain(path), {
      mode: Number.parseInt(mode, 8),
      uid: Number(uid),
      gid: Number(gid),
      capabilities: capability !== "-" && capability !== "",
      real: real.startsWith("/") ? plain(real) : plain(path),
    });
  }
  return found;
}

const ESCAPES: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\\": "\\\\" };

const field = (text: string): string => text.replace(/[\t\n\\]/g, (it) => ESCAPES[it] ?? it);

const plain = (text: string): string =>
  text.replace(/\\([tn\\])/g, (_, it: string) => (it === "t" ? "\t" : it === "n" ? "\n" : "\\"));

/** What a file of a bundle is, by its path in the archive: `UNIT/NAME`. */
export type BundlePart =
  | { readonly kind: "head" | "unit" | "status" }
  | { readonly kind: "log"; readonly name: string };

/** Undefined for what no bundle has. */
export function bundlePart(path: string): BundlePart | undefined {
  const name = path.split("/").at(-1) ?? "";
  if (name === "bundle.json") return { kind: "head" };
  if (name === "unit.txt") return { kind: "unit" };
  if (name === "stat.tsv") return { kind: "status" };
  const log = /^(Exec[A-Z][A-Za-z]{2,20}-\d{1,4})\.strace$/.exec(name)?.[1];
  return log === undefined ? undefined : { kind: "log", name: log };
}
