import {
  CONFIGURATION_NAMES,
  configurationFor,
  type FileConfiguration,
  MOST_CONFIGURATION,
  type ReadConfiguration,
  readConfiguration,
} from "../configuration/configuration.ts";
import { podmanVersionNamed } from "../facts/podmanVersions.ts";
import { oldestOf } from "../facts/targets.ts";
import type { FileAccess } from "./fileAccess.ts";
import type { UserSettings } from "./settings.ts";
import { today } from "./today.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";

/** What holds for one document: the settings of the user with what a configuration sets instead. */
export interface DocumentSettings extends UserSettings {
  /** What a configuration sets; missing where there is none. */
  readonly team?: FileConfiguration;
}

/** Where configurations are looked for. */
export interface TeamSources {
  /** Files that do not lead out of the workspace. */
  readonly files: Pick<FileAccess, "list" | "read">;
  /** The folders of the workspace, as URIs. */
  readonly roots: () => readonly string[];
  readonly user: () => UserSettings;
}

/** A configuration and the folder that it is in. */
interface Placed extends ReadConfiguration {
  readonly folder: string;
}

/** What was made for a document, and of what. */
interface Made {
  readonly user: UserSettings;
  readonly found: Placed | undefined;
  readonly day: string;
  readonly settings: DocumentSettings;
}

/**
 * The configurations in the folders of the workspace, the nearest one for each document. Invariant: what was read counts until
 * it was read again, so that no answer is made without it meanwhile.
 */
export class TeamSettings {
  readonly #sources: TeamSources;
  /** What was read since the last change, by folder. */
  readonly #reading = new Map<string, Promise<Placed | undefined>>();
  /** What counts, by folder. */
  readonly #found = new Map<string, Placed | undefined>();
  readonly #made = new Map<string, Made>();

  constructor(sources: TeamSources) {
    this.#sources = sources;
  }

  /** What holds for a document, as far as its configuration was read; the same object as long as nothing changes. */
  of(uri: string): DocumentSettings {
    const user = this.#sources.user();
    if (this.#found.size === 0) return user;
    const path = pathOfUri(uri);
    const found = this.#found.get(folderOf(path));
    if (!found) return user;
    const made = this.#made.get(uri);
    const day = today();
    if (made?.user === user && made.found === found && made.day === day) return made.settings;
    const settings = withTeam(user, configurationFor(found, path.slice(found.folder.length + 1), day));
    this.#made.set(uri, { user, found, day, settings });
    return settings;
  }

  /** Reads the configuration that counts for a document; says whether it is another one than before. */
  async read(uri: string): Promise<boolean> {
    const folder = folderOf(pathOfUri(uri));
    const before = this.#found.get(folder);
    const now = await this.#nearest(folder);
    if (now || this.#found.has(folder)) this.#found.set(folder, now);
    return before !== now;
  }

  /** Files have changed: says whether one of them may be a configuration that counts, all of which are read again then. */
  changed(uris: readonly string[]): boolean {
    const counts = uris.some((uri) => {
      const path = pathOfUri(uri);
      const folder = folderOf(path);
      return isConfigurationName(path.slice(folder.length + 1)) && this.#reading.has(folder);
    });
    if (counts) this.forget();
    return counts;
  }

  /** Has everything be read again. */
  forget(): void {
    this.#reading.clear();
    this.#made.clear();
  }

  /** Nothing above a folder of the workspace, or above a repository, is of those who work in it. */
  #nearest(folder: string): Promise<Placed | undefined> {
    const known = this.#reading.get(folder);
    if (known) return known;
    const reading = this.#isInWorkspace(folder) ? this.#readAt(folder) : Promise.resolve(undefined);
    this.#reading.set(folder, reading);
    return reading;
  }

  async #readAt(folder: string): Promise<Placed | undefined> {
    const { files } = this.#sources;
    const names = new Set((await files.list(uriOfPath(folder || "/"))).map((it) => it.name));
    for (const name of CONFIGURATION_NAMES) {
      const text = names.has(name) ? await files.read(uriOfPath(`${folder}/${name}`)) : undefined;
      const read = text === undefined || text.length > MOST_CONFIGURATION ? undefined : readConfiguration(name, text);
      if (read) return { ...read, folder };
    }
    return names.has(".git") ? undefined : this.#nearest(folderOf(folder));
  }

  #isInWorkspace(folder: string): boolean {
    return this.#sources.roots().some((it) => `${folder}/`.startsWith(`${pathOfUri(it).replace(/\/$/, "")}/`));
  }
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Whether a file of this name may be a configuration. */
export const isConfigurationName = (name: string): boolean => CONFIGURATION_NAMES.some((it) => it === name);

/** What the team has agreed on counts before what a user likes; of rules, for the names that it has. */
function withTeam(user: UserSettings, team: FileConfiguration): DocumentSettings {
  const { profile = user.hardening.profile, systemd, podman, rules, templates = user.templates } = team;
  const main = systemd && oldestOf(systemd);
  return {
    ...user,
    templates,
    hardening: { ...user.hardening, profile },
    rules: rules ? { ...user.rules, ...rules } : user.rules,
    ...(systemd && main && { systemdVersion: main.version, targets: systemd }),
    podmanVersion: podmanVersionNamed(podman ?? "") ?? user.podmanVersion,
    team,
  };
}
