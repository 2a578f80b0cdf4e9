import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { packageQuietly } from "../../test/kit/vsix.ts";

/** A small extension: its manifest without what all have, and its files. */
export interface OtherExtension {
  readonly name: string;
  readonly displayName: string;
  readonly contributes: object;
  readonly files?: Readonly<Record<string, string>>;
}

/** Extensions that give unit files a language of their own, as others that exist do. */
export const OTHER_EXTENSIONS: readonly OtherExtension[] = [
  {
    name: "systemd-files",
    displayName: "All of systemd's files",
    contributes: {
      languages: [{ id: "systemd-conf", filenamePatterns: ["*.service", "*.network"] }],
      // The scope that several of them have.
      grammars: [{ language: "systemd-conf", scopeName: "source.systemd", path: "./grammar.json" }],
    },
    files: {
      "grammar.json": JSON.stringify({
        scopeName: "source.systemd",
        patterns: [{ match: "^\\[.*\\]$", name: "entity.name.section" }],
      }),
    },
  },
  {
    name: "unit-files",
    displayName: "Unit files",
    contributes: { languages: [{ id: "systemd-unit-file", filenamePatterns: ["*.socket"] }] },
  },
  {
    name: "units",
    displayName: "Units",
    contributes: { languages: [{ id: "systemd-unit", filenamePatterns: ["*.timer"] }] },
  },
];

/** Packages them into a folder and says where the packages are. */
export async function packagedInto(folder: string, extensions: readonly OtherExtension[]): Promise<string[]> {
  const packages: string[] = [];
  for (const { name, displayName, contributes, files } of extensions) {
    const cwd = join(folder, "others", name);
    const manifest = { name, displayName, version: "1.0.0", publisher: "someone", engines: { vscode: "^1.91.0" } };
    const all = { "package.json": JSON.stringify({ ...manifest, contributes }), ".vscodeignore": "", ...files };
    for (const [path, text] of Object.entries(all)) {
      await mkdir(dirname(join(cwd, path)), { recursive: true });
      await writeFile(join(cwd, path), text);
    }
    packages.push(join(folder, "others", `${name}.vsix`));
    await packageQuietly(cwd, packages.at(-1) ?? "");
  }
  return packages;
}
