import type { PathStatus } from "./bundle.ts";

/** The line of a path in `stat.tsv`. */
export function statusLine(path: string, { mode, uid, gid, capabilities, real }: PathStatus): string {
  const fields = [mode.toString(8), uid, gid, capabilities ? "yes" : "-", field(path), field(real)];
  return `${fields.join("\t")}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\\": "\\\\" };

const field = (text: string): string => text.replace(/[\t\n\\]/g, (it) => ESCAPES[it] ?? it);

/** What a file of a bundle is, by its path in the archive: `UNIT/NAME`. */
export type BundlePart =
  | { readonly kind: "head" | "unit" | "status" | "configured" | "learnt" | "needs" }
  | { readonly kind: "log"; readonly name: string };

/** Undefined for what no bundle has. */
export function bundlePart(path: string): BundlePart | undefined {
  const name = path.split("/").at(-1) ?? "";
  if (name === "bundle.json") return { kind: "head" };
  if (name === "unit.txt") return { kind: "unit" };
  if (name === "stat.tsv") return { kind: "status" };
  if (name === "configured.tsv") return { kind: "configured" };
  if (name === "learnt.json") return { kind: "learnt" };
  if (name === "needs.json") return { kind: "needs" };
  const log = /^(Exec[A-Z][A-Za-z]{2,20}-\d{1,4})\.strace$/.exec(name)?.[1];
  return log === undefined ? undefined : { kind: "log", name: log };
}
