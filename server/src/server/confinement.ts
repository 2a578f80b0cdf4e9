import { unitPath } from "../families/unitFiles/unitPath.ts";
import { UNIT_FAMILY } from "../families/unitFiles.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import type { FileAccess } from "./fileAccess.ts";
import { INNER } from "./looked.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";

/** What decides where links may lead. */
export interface ConfinementSources {
  readonly files: Pick<FileAccess, "machine" | "reach" | "realPath">;
  /** The folders of the workspace, as URIs. */
  readonly roots: () => readonly string[];
  /** Whether the units of the machine may be looked at. */
  readonly trusted: () => boolean;
  readonly now: () => number;
}

/** Where an address really is: where its name says, where a link leads that may be followed, or anywhere else. */
export type Whereabouts = "there" | "linked" | "outside";

/** How old what is known of the places that links may lead to may be, in milliseconds. */
const FRESH = 5_000;

/**
 * Where links may lead: within the folders of the workspace, from a unit elsewhere within its own folder, and, once the
 * reader trusts what is open, to the units of the machine. Links of the machine's own load path may name any unit file, as
 * those of NixOS do: root has made them. Nobody reports the links of files that are far away.
 */
export class Confinement {
  readonly #sources: ConfinementSources;
  readonly #reals = new Map<string, { readonly at: number; readonly real: Promise<string | undefined> }>();

  constructor(sources: ConfinementSources) {
    this.#sources = sources;
  }

  /** What is not there is where its name says: nothing can be read of it. */
  async whereabouts(uri: string): Promise<Whereabouts> {
    const { files } = this.#sources;
    if (files.reach(uri) !== "near") return "there";
    const path = pathOfUri(uri);
    const real = await files.realPath(uri);
    if (real === undefined || real === path) return "there";
    const roots = this.#roots();
    const inRoot = roots.find((it) => isWithin(path, it));
    const base = inRoot ?? unitFolder(path);
    const realBase = await this.#real(base);
    if (realBase !== undefined && real === (realBase + path.slice(base.length)).replace("//", "/")) return "there";
    const areas = inRoot === undefined ? [base] : roots;
    for (const it of areas) if (isWithin(real, await this.#real(it))) return "linked";
    return real === NOTHING || (await this.#isOfMachine(path, real)) ? "linked" : "outside";
  }

  async #isOfMachine(path: string, real: string): Promise<boolean> {
    const { files, trusted } = this.#sources;
    if (!files.machine || !trusted()) return false;
    if (isOnLoadPath(path) && (unitPath(real) !== undefined || INNER.test(real))) return true;
    for (const it of LOAD_PATH) if (isWithin(real, it) || isWithin(real, await this.#real(it))) return true;
    return false;
  }

  #roots(): readonly string[] {
    return this.#sources.roots().map((it) => pathOfUri(it).replace(/\/$/, ""));
  }

  #real(path: string): Promise<string | undefined> {
    const { files, now } = this.#sources;
    const known = this.#reals.get(path);
    if (known && now() - known.at <= FRESH) return known.real;
    const real = files.realPath(uriOfPath(path === "" ? "/" : path));
    this.#reals.set(path, { at: now(), real });
    return real;
  }
}

/** Systemd reads nothing from there, and neither do we. */
const NOTHING = "/dev/null";

const LOAD_PATH: readonly string[] = Object.values(UNIT_FAMILY.dropIns.loadPaths)
  .flat()
  .filter((it) => /^(?:etc|lib|run\/systemd|usr)\//.test(it))
  .map((it) => `/${it}`);

const isWithin = (path: string, folder: string | undefined): boolean =>
  folder !== undefined && `${path}/`.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

/** Whether a file or folder belongs to a folder of units that a manager of this machine reads. */
function isOnLoadPath(path: string): boolean {
  const place = [path, `${path}/a.conf`, `${path}/a.service`].map(filePlaceOf).find((it) => it !== undefined);
  return place?.root === "" && place.folder !== "";
}

/** The folder that the units lie in which a path is about. */
function unitFolder(path: string): string {
  const parts = path.split("/");
  const inner = parts.findIndex((it) => INNER.test(it));
  return parts.slice(0, inner < 0 ? -1 : inner).join("/");
}

/** The files of which none is read and no folder is listed that lies where no link may lead. */
export function confinedFiles(files: FileAccess, confinement: Confinement): FileAccess {
  const isOutside = async (uri: string): Promise<boolean> => (await confinement.whereabouts(uri)) === "outside";
  return {
    ...files,
    read: async (uri) => ((await isOutside(uri)) ? undefined : files.read(uri)),
    list: async (folder) => ((await isOutside(folder)) ? [] : files.list(folder)),
    programs: async (folder) => ((await isOutside(folder)) ? [] : files.programs(folder)),
  };
}
