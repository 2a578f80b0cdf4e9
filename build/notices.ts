import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import type { BundledManual } from "./manual.ts";

/** Licences that no package brings along: that of the manual, and those of what packages hide in their own bundles. */
const KEPT = "licenses";

/** What the bundles are made of, as esbuild and their source maps tell. */
export interface Origins {
  readonly metafiles: readonly Metafile[];
  /** The `sources` of all source maps: they also name packages that lie inside of another package's bundle. */
  readonly sources: readonly string[];
  readonly manual: BundledManual | undefined;
}

interface Notice {
  readonly title: string;
  readonly text: string;
}

/** The licences of all that dist/ has from others. Fails for a package that comes without one. */
export function thirdPartyNotices(origins: Origins): string {
  const folders = packageFolders(origins.metafiles);
  const names = new Set([...folders].map(packageName));
  const inner = new Set(origins.sources.map(packageName).filter((it) => it !== "" && !names.has(it)));
  const notices = [
    ...[...folders].map(installedNotice),
    ...[...inner].map(innerNotice),
    ...(origins.manual ? [manualNotice(origins.manual)] : []),
  ];
  const sorted = notices.sort((a, b) => (a.title < b.title ? -1 : 1));
  const head =
    "Unit Warden is under the MIT licence, in the file LICENSE. What it contains of others is under these licences:";
  return [head, ...sorted.map(({ title, text }) => `${LINE}\n${title}\n${LINE}\n\n${text.trim()}`), ""].join("\n\n");
}

const LINE = "-".repeat(80);

/** The name of the package that a path leads into; empty for a file of ours. */
const packageName = (path: string): string => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? "";

/** The folders of the packages of which something is in a bundle. */
function packageFolders(metafiles: readonly Metafile[]): ReadonlySet<string> {
  const used = metafiles.flatMap((it) => Object.values(it.outputs).flatMap(({ inputs }) => Object.entries(inputs)));
  const paths = used.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  return new Set(paths.flatMap((it) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(it)?.[0] ?? []));
}

function installedNotice(folder: string): Notice {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((it) => /^(?:licen[cs]e|copying|notice)/i.test(it));
  if (files.length === 0) throw new Error(`${folder} has no text of its licence`);
  const texts = files.sort().map((it) => readFileSync(join(folder, it), "utf8").replaceAll("\r\n", "\n").trim());
  return { title: `${name} ${version} (${license})`, text: texts.join("\n\n") };
}

function innerNotice(name: string): Notice {
  const path = join(KEPT, `${name}.txt`);
  if (!existsSync(path)) throw new Error(`${name} is part of a bundled package: its licence belongs into ${path}`);
  return { title: name, text: readFileSync(path, "utf8") };
}

function manualNotice({ version, origin }: BundledManual): Notice {
  return {
    title: `The manual pages of systemd ${version} (LGPL-2.1-or-later)`,
    text: [
      `dist/manual.pages has the manual pages of systemd ${version}, (c) the systemd authors, from ${origin}.`,
      "They are unchanged but for the comments and macros that every page begins with. Their source is the tag",
      `v${version} of https://github.com/systemd/systemd, in the folder man. The licence is in licenses/LGPL-2.1.txt.`,
    ].join("\n"),
  };
}
