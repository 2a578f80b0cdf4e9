import type { TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { checkedPath, isQuadletPath, pathWithText } from "../families/checkedPath.ts";
import { lookAlikeIn } from "../families/lookAlikes.ts";
import { type View, viewOf, withLoading } from "../features/view.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import { type GatheredUnit, mainTexts } from "../units/index/gather.ts";
import type { ConfigPlace } from "../units/index/gatherConfig.ts";
import { treeRootOf } from "../units/index/rival.ts";
import { LEARNT_SUFFIX, type LearntText } from "../units/learntText.ts";
import type { ManagerDefaults } from "../units/managerDefaults.ts";
import { forOwnManager } from "../units/ownManager.ts";
import { readUnit } from "../units/readUnit.ts";
import type { WantedScope } from "../units/scope.ts";
import type { StatedText } from "../units/statedText.ts";
import { asRead, type TemplateChoice } from "../units/template/finished.ts";
import type { Unit } from "../units/unit.ts";
import { documentFile, lookAlikeOf } from "./documentFile.ts";
import type { Neighbours } from "./documentNeighbours.ts";
import { type FileAccess, withoutLongTexts } from "./fileAccess.ts";
import { configFrom, defaultsFrom, gatherFrom } from "./gathering.ts";
import { loadingOf } from "./loading.ts";
import { LongDropIns } from "./longDropIns.ts";
import { type ReadCompanions, sameCompanions } from "./sameCompanions.ts";
import { addressOf, pathOfUri, uriOfPath } from "./uris.ts";

/** The open documents as views, each parsed once for its current text and its drop-ins. */
export class UnitDocuments {
  readonly #documents: TextDocuments<TextDocument>;
  /** The files that units may be made of; what is open in the editor counts before what is on disk. */
  readonly files: FileAccess;
  readonly #views = new WeakMap<
    TextDocument,
    {
      version: number;
      companions: ReadCompanions;
      systemd: SystemdVersion;
      podman: PodmanVersion | undefined;
      scope: WantedScope;
      templates: TemplateChoice;
      placeholders: readonly string[] | undefined;
      stated: readonly StatedText[] | undefined;
      view: View | undefined;
    }
  >();
  readonly long = new LongDropIns();
  /** The addresses of the open documents, by path. */
  readonly #addresses = new Map<string, string>();
  /** What was derived and not written yet, by the path that it would have. */
  readonly #derived = new Map<string, LearntText>();
  readonly #companions = new Map<string, ReadCompanions>();
  /** Which systemd a document is read for. */
  readonly #target: (uri: string) => SystemdVersion;
  readonly #neighbours: Neighbours;

  constructor(
    documents: TextDocuments<TextDocument>,
    files: FileAccess,
    target: (uri: string) => SystemdVersion,
    neighbours: Neighbours,
  ) {
    this.#documents = documents;
    this.#target = target;
    this.#neighbours = neighbours;
    documents.onDidOpen(({ document: { uri } }) => this.#addresses.set(pathOfUri(uri), uri));
    documents.onDidClose(({ document: { uri } }) => {
      const path = pathOfUri(uri);
      if (this.#addresses.get(path) === uri) this.#addresses.delete(path);
    });
    this.files = withoutLongTexts(this.withOpenTexts(files), this.long.notice);
  }

  /** The open document at a path. Clients differ in what they escape: it may be open under another spelling of its address. */
  openAt(path: string): TextDocument | undefined {
    const uri = this.#addresses.get(path);
    // A client may open a document without an address, which is no answer for those that are not open.
    return uri === undefined ? undefined : this.#documents.get(uri);
  }

  /** Files of which those that are open in the editor are read as they stand there. */
  withOpenTexts(files: FileAccess): FileAccess {
    return {
      ...files,
      read: (uri) => {
        const open = this.#documents.get(uri) ?? this.openAt(pathOfUri(uri));
        return open ? Promise.resolve(open.getText()) : files.read(uri);
      },
    };
  }

  /** The view of the current text; undefined for a document that is closed or no unit file. */
  view(uri: string): View | undefined {
    const document = this.#documents.get(uri);
    if (!document) return undefined;
    const companions = this.#companions.get(uri) ?? NONE;
    const systemd = this.#target(uri);
    const templates = this.#templates(uri);
    const known = this.#views.get(document);
    const scope = this.#neighbours.scope(uri);
    const placeholders = this.#neighbours.placeholders?.(uri);
    const stated = this.#neighbours.stated?.(uri);
    const podman = this.#neighbours.podman;
    const isSameText = known?.templates === templates && known.placeholders === placeholders && known.stated === stated;
    const isSamePodman = known?.podman === undefined || known.podman === podman?.(uri);
    const isSameReading = isSameText && isSamePodman && known.systemd === systemd && known.scope === scope;
    if (isSameReading && known.version === document.version && known.companions === companions) return known.view;
    const file = documentFile(document, templates, placeholders, stated);
    const judgedFor = file && isQuadletPath(file.path) ? podman?.(uri) : undefined;
    const beside = judgedFor ? { ...companions, podman: judgedFor } : companions;
    const read = file && viewOf(file, systemd, beside, isSameText ? known.view : undefined);
    const view = read && { ...read, unit: this.forManager(uri, read.unit) };
    const { version } = document;
    const readAs = { systemd, scope, templates, placeholders, stated, podman: judgedFor };
    this.#views.set(document, { version, companions, ...readAs, view });
    return view;
  }

  /** A unit for the manager that reads the file at an address, as its folder, the reader or its lines say. */
  forManager(uri: string, unit: Unit): Unit {
    return forOwnManager(unit, pathOfUri(uri), this.#neighbours.scope(uri));
  }

  /** What an open document is that is named like a unit and is none. */
  lookAlike(uri: string): string | undefined {
    const document = this.#documents.get(uri);
    return document && lookAlikeOf(document);
  }

  #templates(uri: string): TemplateChoice {
    return this.#neighbours.templates?.(uri) ?? "auto";
  }

  /** Reads the other files of the unit of an open document: its drop-ins, or the unit that it is a drop-in of. Says whether they are others than before. */
  async readCompanions(uri: string): Promise<boolean> {
    const companions = await this.#companionsOf(uri);
    const known = this.#companions.get(uri) ?? NONE;
    if (sameCompanions(companions, known) || !this.#documents.get(uri)) return false;
    this.#companions.set(uri, companions);
    return true;
  }

  /** Has the views made again whose units belong to a machine, as more is known of its programs; says which documents these are. */
  forgetPrograms(): readonly string[] {
    const withFiles = [...this.#companions].filter(([, it]) => it.defaults?.files !== undefined);
    for (const [uri, it] of withFiles) this.#companions.set(uri, { ...it });
    return withFiles.map(([uri]) => uri);
  }

  /** The other open documents of the unit of a document, with their other files read again. */
  async readRelatives(uri: string): Promise<readonly string[]> {
    const unit = await this.gathered(uri);
    const paths = new Set([...(unit?.fragment ? [unit.fragment] : []), ...(unit?.dropIns ?? [])].map((it) => it.path));
    const open = [...paths].flatMap((path) => this.openAt(path) ?? []).filter((it) => it.uri !== uri);
    await Promise.all(open.map((it) => this.readCompanions(it.uri)));
    return open.map((it) => it.uri);
  }

  /** The addresses of the drop-ins of a unit file, in the order of its view. */
  async dropIns(uri: string): Promise<readonly string[]> {
    return (await this.#companionsOf(uri)).uris;
  }

  /** A unit file with its drop-ins, open or not; undefined where it cannot be read or is none. */
  async read(uri: string): Promise<Unit | undefined> {
    const open = this.view(uri);
    if (open) return open.unit;
    const checked = checkedPath(addressOf(uri).path);
    const text = checked && (await this.files.read(uri));
    const path = text === undefined ? undefined : pathWithText(addressOf(uri).path, checked, text);
    if (!path || text === undefined || lookAlikeIn(addressOf(uri).path, text)) return undefined;
    const { dropIns, learnt, defaults, loading } = await this.#companionsOf(uri);
    const as = asRead(addressOf(uri).path, path, this.#templates(uri), this.#neighbours.placeholders?.(uri));
    const stated = this.#neighbours.stated?.(uri);
    const around = { dropIns, learnt, defaults };
    const unit = readUnit(stated ? { ...as, stated } : as, text, this.#target(uri), around);
    return withLoading(this.forManager(uri, unit), loading, defaults);
  }

  /** What was derived about a service counts as if it lay next to its unit; no file there, until something is written to it. */
  derived(learnt: LearntText): void {
    this.#derived.set(learnt.path, learnt);
  }

  /** Files were written: they count from now on. */
  written(paths: readonly string[]): void {
    for (const it of paths) this.#derived.delete(it);
  }

  /** The unit that a document belongs to, with the files that systemd reads for it. */
  async gathered(uri: string): Promise<GatheredUnit | undefined> {
    const found = await (configFrom(this.files, pathOfUri(uri), (it) => this.#isClosed(it)) ?? this.#gathered(uri));
    const derived = found?.fragment && this.#derived.get(`${found.fragment.path}${LEARNT_SUFFIX}`);
    return derived && found ? { ...found, learnt: derived } : found;
  }

  async #gathered(uri: string): Promise<GatheredUnit | undefined> {
    const path = pathOfUri(uri);
    const place = filePlaceOf(path);
    const found = place && (await gatherFrom(this.files, path, { alone: this.#isClosed(place) }));
    if (found?.fragment || place?.role.kind !== "drop-in") return found;
    const elsewhere = this.#neighbours.elsewhere(place.role.of, path);
    const text = elsewhere === undefined ? undefined : await this.files.read(uri);
    if (elsewhere === undefined || text === undefined) return found;
    return gatherFrom(this.files, elsewhere, { extra: { path, text } });
  }

  /** Whether the folders around a file are those of a machine that may not be looked into. */
  #isClosed({ root }: Pick<ConfigPlace, "root">): boolean {
    return root === "" && !(this.files.machine && this.#neighbours.trusted());
  }

  /** What is far away costs requests for each document, mostly for nothing. */
  async #defaultsOf(uri: string): Promise<ManagerDefaults | undefined> {
    const path = pathOfUri(uri);
    const place = filePlaceOf(path);
    const isNear = place !== undefined && !this.#isClosed(place) && this.files.reach(uri) === "near";
    return isNear ? defaultsFrom(this.files, path, this.#neighbours.sourceRoots?.() ?? []) : undefined;
  }

  async #companionsOf(uri: string): Promise<ReadCompanions> {
    const path = checkedPath(addressOf(uri).path);
    const gathered = path && (await this.gathered(uri));
    if (!path || !gathered) return NONE;
    const isClosed = this.#isClosed({ root: treeRootOf(pathOfUri(uri)) });
    const loading = isClosed ? undefined : await loadingOf(this.files, pathOfUri(uri), gathered);
    if (path.role === "unit")
      return {
        dropIns: gathered.dropIns.map((it) => it.text),
        uris: gathered.dropIns.map((it) => uriOfPath(it.path)),
        learnt: gathered.learnt,
        defaults: await this.#defaultsOf(uri),
        beside: gathered.beside,
        loading,
      };
    // What systemd does not read is judged with what lies next to it.
    const alone =
      loading?.reason === undefined ? gathered : await gatherFrom(this.files, pathOfUri(uri), { alone: true });
    const main = alone && mainTexts(alone, pathOfUri(uri));
    return { ...NONE, ...(main && { main, beside: gathered.beside }), loading };
  }

  /** Drops what is kept about a closed document. */
  forget(document: TextDocument): void {
    this.#companions.delete(document.uri);
    this.#views.get(document)?.view?.unit.memory.forget();
  }
}
const NONE: ReadCompanions = { dropIns: [], uris: [] };
