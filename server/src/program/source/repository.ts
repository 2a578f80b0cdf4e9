import type { ProgramFiles } from "../files.ts";

/** A checkout, whose source is read for the services in it. */
export interface Repository {
  /** Absolute, without a slash behind. */
  readonly root: string;
  readonly files: ProgramFiles;
}

const KNOWN = new WeakMap<ProgramFiles, Map<string, Repository>>();

/** The repository of a root, the same for all who ask, so that it is searched once. */
export function repositoryAt(root: string, files: ProgramFiles): Repository {
  const known = KNOWN.get(files) ?? new Map<string, Repository>();
  KNOWN.set(files, known);
  const found = known.get(root) ?? { root, files };
  known.set(root, found);
  return found;
}

/** What version control keeps at the root of a checkout. */
export const MARKS_OF_CHECKOUTS = [".git", ".hg", ".jj"] as const;

/** A unit lies no deeper in a repository. */
const MOST_LEVELS = 12;

/** Knows the roots of the checkouts that folders lie in, each folder looked at once. */
export class Checkouts {
  readonly #known = new Map<string, string | undefined>();
  readonly #isRoot: (folder: string) => boolean;

  constructor(isRoot: (folder: string) => boolean) {
    this.#isRoot = isRoot;
  }

  /** The root of the checkout that an absolute folder lies in; `/` is none. */
  rootOf(folder: string, levels = MOST_LEVELS): string | undefined {
    const parent = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
    if (levels === 0 || folder === "") return undefined;
    if (!this.#known.has(folder))
      this.#known.set(folder, this.#isRoot(folder) ? folder : this.rootOf(parent, levels - 1));
    return this.#known.get(folder);
  }
}

/** Folders that are made, or that belong to others. */
const FOREIGN = /^(?:\..*|node_modules|vendor|third_party|target|dist|build|out|venv|tests?|testdata|examples?|docs?)$/;

/** The files of which one says what a folder builds. */
export const MANIFESTS =
  "go.mod Cargo.toml package.json pyproject.toml requirements.txt pom.xml settings.gradle settings.gradle.kts".split(
    " ",
  );

const IS_THERE = new RegExp(`^(?:${MANIFESTS.map((it) => it.replaceAll(".", "\\.")).join("|")})$`, "m");

/** More folders than a repository has programs in, and levels below its root. */
const MOST_FOLDERS = 200;
const MOST_DEPTH = 2;

/** A folder of source with the names in it. */
export interface SourceFolder {
  readonly path: string;
  readonly names: ReadonlySet<string>;
}

/** The folders of a repository in which something says that programs are built, the root first. */
export function sourceFolders({ root, files }: Repository): readonly SourceFolder[] {
  const found: SourceFolder[] = [];
  let level = [root];
  let allowed = MOST_FOLDERS;
  for (let depth = 0; depth <= MOST_DEPTH; depth++) {
    const below: string[] = [];
    for (const path of level.slice(0, allowed)) {
      allowed--;
      const names = files.list(path);
      if (IS_THERE.test(names.join("\n"))) found.push({ path, names: new Set(names) });
      // Files have an ending, folders mostly none; what is neither has nothing in it.
      for (const it of names) if (!FOREIGN.test(it) && !it.includes(".")) below.push(`${path}/${it}`);
    }
    level = below;
  }
  return found;
}
