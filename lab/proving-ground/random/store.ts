import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Looked } from "./look.ts";
import type { TriedDrawn } from "./tryDrawn.ts";

/** What is known of one drawn package. */
export interface Kept {
  readonly package: string;
  readonly unit?: string;
  /** Why it is left out. */
  readonly leftOut?: string;
  readonly looked?: Looked;
  readonly tried?: TriedDrawn;
}

/** Why most packages are left out. */
export const NO_DAEMON = "it has no service that goes on running, or none that systemd starts itself";

/** Where results of a seed are kept, a file for each package, so that an interrupted run goes on where it stopped. */
export interface Store {
  readonly read: (name: string) => Kept | undefined;
  readonly write: (kept: Kept) => void;
}

/** Opens the results of a seed. */
export function storeOf(seed: string): Store {
  const folder = join(tmpdir(), "unit-warden-proving-ground-drawn", seed.replace(/[^\w.-]/g, "_"));
  mkdirSync(folder, { recursive: true });
  const pathOf = (name: string): string => join(folder, `${name}.json`);
  return {
    read: (name) => (existsSync(pathOf(name)) ? (JSON.parse(readFileSync(pathOf(name), "utf8")) as Kept) : undefined),
    write: (kept) => {
      writeFileSync(`${pathOf(kept.package)}.new`, JSON.stringify(kept, undefined, 1));
      renameSync(`${pathOf(kept.package)}.new`, pathOf(kept.package));
    },
  };
}
