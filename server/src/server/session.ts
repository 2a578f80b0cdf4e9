import { type Connection, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { NEWEST_PODMAN, type PodmanVersion } from "../facts/podmanVersions.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../facts/version.ts";
import type { View } from "../features/view.ts";
import { fragmentOf } from "../units/index/lookup.ts";
import type { Client } from "./capabilities.ts";
import { Confinement, confinedFiles } from "./confinement.ts";
import { UnitDocuments } from "./documents.ts";
import type { FileAccess } from "./fileAccess.ts";
import { type Guard, guardOf } from "./guard.ts";
import { HostedDocuments } from "./hostedDocuments.ts";
import { Indexing } from "./indexing.ts";
import { coveredVersion } from "./installed.ts";
import { installedPodman } from "./installedPodman.ts";
import type { Introduction } from "./introduction.ts";
import { Judging } from "./judging.ts";
import { type LoadManual, type Manuals, manualsOf } from "./manuals.ts";
import { type Progress, progressOf } from "./progress.ts";
import type { UserSettings } from "./settings.ts";
import { Survey } from "./survey.ts";
import { type DocumentSettings, TeamSettings } from "./teamSettings.ts";
import { isLocal, pathOfUri } from "./uris.ts";
import { type WorldRequest, worldsOf } from "./worlds.ts";
import { afterPatience, followedBy, Writings } from "./writings.ts";

/**
 * One client, from its first message to the end of its connection: what it can do and what its user wants, and the parts of
 * the server that work for it. Invariant: all of them read the client, settings, roots and trust of this moment from here,
 * and only `lifecycle.ts` writes them.
 */
export class Session {
  readonly client: Client;
  settings: UserSettings;
  /** The folders of the workspace. */
  roots: readonly string[];
  /** Whether the user trusts what is open: only then is the machine looked at. */
  trusted: boolean;
  /** The systemd of this machine; undefined where none was found. */
  readonly installed: SystemdVersion | undefined;

  readonly connection: Connection;
  readonly guard: Guard;
  /** All files that can be reached, as they are on disk. */
  readonly files: FileAccess;
  readonly progress: Progress;
  readonly writings: Writings;
  readonly documents: TextDocuments<TextDocument>;
  readonly team: TeamSettings;
  readonly units: UnitDocuments;
  readonly hosted: HostedDocuments;
  readonly indexing: Indexing;
  readonly survey: Survey;
  readonly judging: Judging;
  readonly manuals: Manuals;
  /** The time zone of calendar events, for those who meet one: V8 loads some megabytes for the answer. */
  readonly zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
  /** Makes the world of a document for one request. */
  readonly worldOf: (uri: string) => WorldRequest;
  /** What the settings of each folder say, where there are several. */
  folderScopes: ReadonlyMap<string, UserSettings["scope"]> = new Map();
  /** Whether the index was asked for. */
  #indexed = false;
  #machinePodman = NEWEST_PODMAN;
  #podmanHere: Promise<void> | undefined;

  constructor(connection: Connection, introduction: Introduction, files: FileAccess, loadManual: LoadManual) {
    this.client = introduction.client;
    this.settings = introduction.settings;
    this.roots = introduction.roots;
    this.trusted = introduction.trusted;
    this.installed = introduction.installed;
    const roots = (): readonly string[] => this.roots;
    const trusted = (): boolean => this.trusted;
    const now = Date.now;
    this.connection = connection;
    this.guard = guardOf(connection);
    this.files = files;
    this.progress = progressOf(connection, () => this.client.progress);
    this.writings = new Writings({
      later: afterPatience,
      settled: (uri, first) => this.judging.settled(uri, first),
    });
    this.documents = new TextDocuments(followedBy(this.writings));
    const units = confinedFiles(this.files, new Confinement({ files: this.files, roots, trusted, now }));
    this.team = new TeamSettings({ files: units, roots, user: () => this.settings });
    this.units = new UnitDocuments(this.documents, units, (uri) => this.target(uri), {
      templates: (uri) => this.settingsFor(uri).templates,
      placeholders: (uri) => this.settingsFor(uri).team?.placeholders,
      stated: (uri) => this.settingsFor(uri).team?.stated,
      trusted,
      sourceRoots: () => (this.trusted ? this.roots.filter(isLocal).map(pathOfUri) : []),
      elsewhere: (name, near) => this.#elsewhere(name, near),
      scope: (uri) => this.scope(uri),
      podman: (uri) => this.podman(uri),
    });
    const { documents } = this;
    const target = (uri: string): SystemdVersion => this.target(uri);
    this.hosted = new HostedDocuments({
      documents,
      settings: (uri) => this.settingsFor(uri),
      target,
      targetIsOpen: (uri) => this.targetIsOpen(uri),
      guard: this.guard,
    });
    const openFirst = this.units.withOpenTexts(this.files);
    const open = (uri: string) => this.units.view(uri)?.unit.file;
    this.indexing = new Indexing({ files: openFirst, roots, trusted, open, now, progress: this.progress });
    this.survey = new Survey(this, () => this.judging.reconsiderAll());
    this.judging = new Judging(this);
    files.lateReadings?.onRead(() => this.judging.programsRead());
    this.manuals = manualsOf(loadManual, () => this.settings.manual.source, {
      views: () => this.client.views,
      log: (line) => connection.console.warn(line),
    });
    this.worldOf = worldsOf({
      files: openFirst,
      own: units,
      units: (uri) => this.survey.seen(uri),
      trusted,
      roots,
      manuals: this.manuals,
      now,
      zone: this.zone,
    });
  }

  /** The settings for a document: the user's, and what the configuration of the team sets instead. */
  settingsFor(uri: string): DocumentSettings {
    return this.team.of(uri);
  }

  /** Which systemd a document is read for. */
  target(uri: string): SystemdVersion {
    const { systemdVersion } = this.settingsFor(uri);
    if (systemdVersion !== "auto") return systemdVersion;
    return isLocal(uri) && this.installed !== undefined ? coveredVersion(this.installed) : NEWEST_VERSION;
  }

  /** Whether nothing says which systemd reads a document: an older one may. */
  targetIsOpen(uri: string): boolean {
    const { systemdVersion, targets } = this.settingsFor(uri);
    return systemdVersion === "auto" && targets.length === 0 && !(isLocal(uri) && this.installed !== undefined);
  }

  /** Which podman quadlets are read for. */
  podman(uri: string): PodmanVersion {
    const { podmanVersion } = this.settingsFor(uri);
    if (podmanVersion !== "auto") return podmanVersion;
    this.#podmanHere ??= installedPodman(this.files).then((found) => {
      if (found === undefined || found === NEWEST_PODMAN) return;
      this.#machinePodman = found;
      this.judging.refreshAll();
    }, this.guard.complain);
    return this.#machinePodman;
  }

  /** Whose units the reader says that those of a folder are: the innermost folder with a setting of its own counts. */
  scope(uri: string): UserSettings["scope"] {
    const isIn = (root: string): boolean => uri.startsWith(`${root.replace(/\/$/, "")}/`);
    const { team } = this.settingsFor(uri);
    if (team?.scope !== undefined) return team.scope;
    const root = [...this.folderScopes.keys()].filter(isIn).sort((a, b) => b.length - a.length)[0];
    return (root === undefined ? undefined : this.folderScopes.get(root)) ?? this.settings.scope;
  }

  /** Answers from the current text of a document; `fallback` where it is closed or no unit file, and where that fails. */
  answer<R>(uri: string, from: (view: View) => R, fallback: R): R {
    return this.guard.run(() => {
      const view = this.units.view(uri);
      return view ? from(view) : fallback;
    }, fallback);
  }

  /** Whether a path lies in a folder of the workspace. */
  isInWorkspace(path: string): boolean {
    return this.roots.some((it) => path.startsWith(`${pathOfUri(it).replace(/\/$/, "")}/`));
  }

  #elsewhere(name: string, near: string): string | undefined {
    if (!this.#indexed) void this.indexing.ready().then(() => this.judging.refreshAll(), this.guard.complain);
    this.#indexed = true;
    return fragmentOf(this.indexing.current(), name, near)?.placed.path;
  }
}
