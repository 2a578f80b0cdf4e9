import { spawnSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { bytesOf } from "./bytes.ts";
import { HOSTILE_PIECES } from "./hostile.ts";
import { mutatedUnit } from "./mutate.ts";
import { mutatedFile, teamFile } from "./mutatedFile.ts";
import type { Random } from "./random.ts";

/** One thing of a folder; `name` is its path below it, in which a lone surrogate is a byte that is not UTF-8. */
export type TreeEntry = { readonly name: string } & (
  | { readonly kind: "file"; readonly text: string }
  | { readonly kind: "link"; readonly to: string }
  | { readonly kind: "pipe" }
  | { readonly kind: "folder" }
  /** A file without content of so many bytes, which cost no room. */
  | { readonly kind: "sparse"; readonly bytes: number }
);

const FOLDERS = [
  ...[
    "",
    "",
    "",
    "etc/systemd/system/",
    "etc/systemd/system/",
    "usr/lib/systemd/system/",
    "a.service.d/",
    "service.d/",
    "deep/er/",
  ],
  ...["etc/systemd/system/a.service.d/", "etc/systemd/system/b.target.wants/", "etc/systemd/user/", "-/", "a b/"],
];
const STEMS = ["a", "b", "a@", "a@x", "x-y", "-a", "a b", "é", "A", "%i", "\\x2d", ".hidden", "~"];
const ENDS = [
  ".service",
  ".service",
  ".service",
  ".timer",
  ".socket",
  ".target",
  ".mount",
  ".conf",
  ".network",
  ".txt",
  "",
];

/** The unit in the folder outside of a tree, which also says so. */
export const OUTSIDE_UNIT = "outside.service";

/** What stands in the target of a link for the folder outside of the tree, until the tree is made. */
const OUTSIDE = "OUTSIDE";

/** Folders of units, with whatever else a folder can hold; links lead anywhere, also out of it. */
export function hostileTree(random: Random, most: number): TreeEntry[] {
  const entries = Array.from({ length: 1 + random.below(most) }, () => hostileEntry(random));
  // Of two things with one name only the first can be there.
  return entries.filter(({ name }, i) => entries.findIndex((it) => it.name === name) === i);
}

/** One such thing. */
export function hostileEntry(random: Random): TreeEntry {
  const stem = random.chance(0.15) ? random.pick(HOSTILE_PIECES).replace(/[/\0]/g, "_") : random.pick(STEMS);
  const name = `${random.pick(FOLDERS)}${stem}${random.pick(ENDS)}` || "x";
  const kind = random.below(26);
  if (kind >= 20) {
    const { path, text } = kind === 25 ? teamFile(random) : mutatedFile(random);
    const own = path.replace(/^.*\//, "");
    return random.chance(0.1)
      ? { name: random.pick(FOLDERS) + own, kind: "link", to: random.pick(TARGETS) }
      : { name: random.pick([random.pick(FOLDERS) + own, path.slice(1)]), kind: "file", text };
  }
  if (kind < 13) return { name, kind: "file", text: mutatedUnit(random).text };
  if (kind < 17)
    return {
      name: name + random.pick(["", "", ".d", ".wants"]),
      kind: "link",
      to: random.pick(TARGETS),
    };
  if (kind < 18) return { name, kind: "pipe" };
  if (kind < 19) return { name, kind: "folder" };
  return { name, kind: "sparse", bytes: random.pick([1, 4096, 1 << 20, (1 << 20) + 1, 5 << 30]) };
}

const TARGETS = [
  ...[OUTSIDE, OUTSIDE, `${OUTSIDE}/${OUTSIDE_UNIT}`],
  ...[
    "a.service",
    "./b.service",
    "../a.service",
    ".",
    "..",
    "../..",
    "self",
    "no/such",
    "/dev/null",
    "/dev/zero",
    "/dev/full",
  ],
  ...["/proc/kmsg", "/proc/self/root", "/", "/etc", "etc/systemd/system", "/dev/stdin", "/proc/self/fd/0", "/dev/tty"],
];

/** Makes the folder outside of a tree. */
export function makeOutside(outside: string): void {
  writeFileSync(
    `${outside}/${OUTSIDE_UNIT}`,
    `[Unit]\nDescription=${OUTSIDE_UNIT}\n\n\n[Service]\nExecStart=/bin/true\n`,
  );
}

/** Makes the things in a folder; what cannot be made is left out, such as a file below another file. */
export function makeTree(folder: string, entries: readonly TreeEntry[], outside: string): void {
  for (const it of entries) {
    try {
      const path = pathBelow(folder, it.name);
      mkdirSync(path.subarray(0, path.lastIndexOf("/")), { recursive: true });
      makeEntry(path, it, outside);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }
}

function makeEntry(path: Buffer, entry: TreeEntry, outside: string): void {
  switch (entry.kind) {
    case "file":
      writeFileSync(path, bytesOf(entry.text), { flag: "wx" });
      break;
    case "link":
      symlinkSync(entry.to.replace(OUTSIDE, outside) || ".", path);
      break;
    case "folder":
      mkdirSync(path);
      break;
    case "pipe":
      spawnSync("mkfifo", ["--", path.toString()]);
      break;
    case "sparse":
      writeFileSync(path, "", { flag: "wx" });
      truncateSync(path, entry.bytes);
  }
}

/** The path of something in a folder, as bytes. */
export function pathBelow(folder: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), bytesOf(name)]);
}

/** What is in a folder: each thing by its path with what it holds, so that two moments can be compared. */
export function treeSnapshot(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const look = (below: Buffer): void => {
    for (const it of readdirSync(below, { withFileTypes: true, encoding: "buffer" })) {
      const path = Buffer.concat([below, Buffer.from("/"), it.name]);
      found[path.subarray(folder.length + 1).toString("latin1")] = stateOf(path);
      if (it.isDirectory()) look(path);
    }
  };
  look(Buffer.from(folder));
  return found;
}

/** Longer files are those without content. */
const LONG = 1 << 20;

function stateOf(path: Buffer): string {
  const stat = lstatSync(path);
  const mode = `${stat.mode.toString(8)} `;
  if (stat.isSymbolicLink()) return `${mode}-> ${readlinkSync(path)}`;
  if (!stat.isFile()) return mode;
  return mode + (stat.size >= LONG ? `${stat.size} bytes` : readFileSync(path).toString("latin1"));
}
