import { CodeLensRefreshRequest } from "vscode-languageserver";
import { type CheckedPath, isConfigPath } from "../families/checkedPath.ts";
import { isOfNetwork } from "../families/configs/configPath.ts";
import type { ShownFindings } from "../features/hardeningSummary.ts";
import type { View } from "../features/view.ts";
import type { Finding } from "../findings/finding.ts";
import { sameFindings } from "../findings/same.ts";
import { type Selection, wantedFindings } from "../rules/check.ts";
import { tooLongDropIn } from "../rules/notRead.ts";
import type { UnitIndex } from "../units/index/unitIndex.ts";
import { isLoaded } from "../units/loadedFiles.ts";
import { memo } from "../units/memo.ts";
import { countBy } from "./countBy.ts";
import { Delivery, type Diagnosed } from "./delivery.ts";
import { whyUnread } from "./documentFile.ts";
import type { JudgingSources } from "./judgingSources.ts";
import { Paced } from "./paced.ts";
import { QuietDocuments } from "./quietDocuments.ts";
import { shownFindings, withoutHardening } from "./shownFindings.ts";
import type { DocumentSettings } from "./teamSettings.ts";
import { pathOfUri } from "./uris.ts";

/** How long typing has to rest before other documents are looked at, in milliseconds. */
const REST = 100;

interface DocumentResult {
  by?: DocumentSettings;
  index?: UnitIndex | undefined;
  shown: ShownFindings;
}

const NOTHING: ShownFindings = { reported: [], folded: [], open: [] };

const documentResult = memo((_: View): DocumentResult => ({ shown: NOTHING }));

/** Judges the open documents and says when to bring what is found. Invariant: what is found belongs to the current text. */
export class Judging {
  readonly #sources: JudgingSources;
  readonly #quiet: QuietDocuments;
  /** The documents whose other files are being read for the first time. */
  readonly #opening = new Map<string, Promise<void>>();
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** The documents whose edits others were not judged after yet. */
  readonly #edited = new Set<string>();
  readonly #reconsidering = new Paced(() => this.#reconsiderAll());
  readonly #refreshing = new Paced(() => this.#refreshAll());
  readonly #looking = new Paced(() => this.#lookAgain());
  /** The way of the diagnostics to the client. */
  readonly delivery: Delivery;

  constructor(sources: JudgingSources) {
    this.#sources = sources;
    this.#quiet = new QuietDocuments((uri) => sources.writings.of(uri));
    const { connection, guard } = sources;
    const pulls = (): boolean => sources.client.pulls;
    const awaited = (uri: string) => (sources.hosted.isOpen(uri) ? sources.hosted.judge(uri) : undefined);
    this.delivery = new Delivery({ connection, pulls, current: (uri) => this.diagnosed(uri), awaited, guard });
  }

  /** The findings of the current text, with the settings of now and among the units that are known now. */
  findings(view: View, uri: string): readonly Finding[] {
    return this.shown(view, uri).reported;
  }

  /** The same with what one of them stands for, and with the decisions that are left to the reader. */
  shown(view: View, uri: string): ShownFindings {
    const settings = this.#sources.team.of(uri);
    if (settings.team?.excluded) return NOTHING;
    const known = documentResult(view);
    const surroundings = this.#sources.survey.surroundings(uri);
    if (known.by === settings && known.index === surroundings?.index) return known.shown;
    const targetIsOpen = this.#sources.targetIsOpen(uri);
    const context = surroundings && { ...surroundings, beside: view.beside };
    known.shown = shownFindings(view.unit, { ...settings, targetIsOpen }, context);
    known.by = settings;
    known.index = surroundings?.index;
    return known.shown;
  }

  /** What the reader wants to be told about a document. */
  selection(uri: string): Selection {
    const { units, team } = this.#sources;
    const unit = units.view(uri)?.unit;
    const settings = team.of(uri);
    const { hardening, rules } = unit && !isLoaded(unit) ? withoutHardening(settings) : settings;
    return { profile: hardening.profile, severities: rules };
  }

  /** What the client is shown of them: nothing yet of what is still being written. */
  diagnosed(uri: string): Diagnosed | undefined {
    const { documents, units, hosted, team } = this.#sources;
    const document = documents.get(uri);
    if (!document) return undefined;
    const { version } = document;
    const settings = team.of(uri);
    const unread = whyUnread(document);
    if (unread) {
      const selection = { profile: "off", severities: settings.rules } as const;
      return { version, items: settings.team?.excluded ? [] : this.#quiet.ofUnread(document, unread, selection) };
    }
    const view = units.view(uri);
    if (view) {
      const tooLong = settings.team?.excluded ? [] : units.long.of(uri, view.unit).map(tooLongDropIn);
      const found = tooLong.length === 0 ? [] : wantedFindings(tooLong, { profile: "off", severities: settings.rules });
      return { version, items: this.#quiet.ofUnit(document, view, [...found, ...this.findings(view, uri)]) };
    }
    const inHost = settings.team?.excluded ? undefined : hosted.view(uri);
    return { version, items: inHost ? this.#quiet.ofHost(document, inHost) : this.#quiet.ofOther(document) };
  }

  /** A document is written otherwise now without an edit: what was held back of it may be finished. */
  settled(uri: string, first: boolean): void {
    if (this.#quiet.holds(uri)) this.delivery.again(uri);
    // The line above [Service] says nothing of a new document that is unfinished, and saving is no edit.
    if (first) this.#refreshLenses();
  }

  /** Settles once the drop-ins of a document that was just opened are read; undefined where they were. */
  opening(uri: string): Promise<void> | undefined {
    return this.#opening.get(uri);
  }

  /** Judges all open documents again, as after a change of the settings. */
  publishAll(): void {
    for (const { uri } of this.#sources.documents.all()) this.delivery.again(uri);
    this.delivery.touched();
  }

  /** Judges them again among the units that are known now, and says so only where that makes a difference. */
  reconsiderAll(): void {
    this.#reconsidering.ask();
  }

  #reconsiderAll(): void {
    const { documents, guard } = this.#sources;
    for (const { uri } of documents.all()) guard.run(() => this.#reconsider(uri), undefined);
    this.delivery.touched();
  }

  /** Reads the other files of all open units again, and judges them. */
  refreshAll(): void {
    this.#refreshing.ask();
  }

  async #refreshAll(): Promise<void> {
    await Promise.all(this.#sources.documents.all().map(({ uri }) => this.#refresh(uri)));
    this.delivery.touched();
  }

  /** Programs were read that were not in time for what was said of their services. */
  programsRead(): void {
    const uris = this.#sources.units.forgetPrograms();
    for (const it of uris) this.delivery.again(it);
    if (uris.length > 0) this.#refreshLenses();
  }

  /** Follows the documents that are opened, edited, saved and closed, and the files that change on disk. */
  follow(): void {
    const { connection, documents, units, team, indexing, guard, survey, writings } = this.#sources;
    documents.onDidOpen(({ document: { uri } }) => {
      survey.look(uri);
      if (!this.#sources.client.watchedFiles) team.forget();
      const read = this.#refresh(uri).finally(() => this.#opening.delete(uri));
      this.#opening.set(uri, read);
    });
    documents.onDidChangeContent(({ document: { uri } }) => {
      indexing.edited(uri);
      this.#refreshOthers(uri);
      if (!this.#opening.has(uri)) this.delivery.edited(uri);
    });
    documents.onDidSave(({ document }) => {
      if (!this.#sources.client.watchedFiles) indexing.opened(document.uri, true);
      // Not every client reports files that change.
      if (team.changed([document.uri])) this.refreshAll();
      writings.saved(document.uri);
    });
    documents.onDidClose(({ document, document: { uri } }) => {
      units.forget(document);
      writings.closed(uri);
      this.#quiet.closed(uri);
      void indexing.changed([uri]).catch(guard.complain);
      this.delivery.closed(uri);
    });
    connection.onDidChangeWatchedFiles(async ({ changes }) => {
      units.written(changes.map((it) => pathOfUri(it.uri)));
      team.changed(changes.map((it) => it.uri));
      await indexing.changed(changes.map((it) => it.uri)).catch(guard.complain);
      this.refreshAll();
    });
  }

  /** Has the client ask for lenses again, where it can. */
  #refreshLenses(): void {
    const { connection, client } = this.#sources;
    if (client.refreshesLenses) void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  }

  /** A unit file is judged once its drop-ins are read, so that nothing is reported that they put right. */
  async #refresh(uri: string): Promise<void> {
    const { units, team, guard } = this.#sources;
    const reading = [units.readCompanions(uri), team.read(uri)].map((it) => it.catch(guard.complain));
    const changed = await Promise.all(reading);
    this.delivery.again(uri);
    // What stands above [Service] was asked for with the text alone.
    if (changed.includes(true)) this.#refreshLenses();
  }

  /** Judges a document again among the others, and says so only where that makes a difference. */
  #reconsider(uri: string): void {
    const view = this.#sources.units.view(uri);
    if (!view || this.delivery.isPending(uri) || this.#opening.has(uri)) return;
    const before = documentResult(view).shown.reported;
    if (!sameFindings(before, this.findings(view, uri))) this.delivery.again(uri);
  }

  /** Once the typing rests, the open documents that may belong to the same unit are judged again. */
  #refreshOthers(uri: string): void {
    this.#edited.add(uri);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#looking.ask(), REST);
  }

  async #lookAgain(): Promise<void> {
    const { documents, guard, units } = this.#sources;
    this.delivery.touched();
    const edited = new Set(this.#edited);
    this.#edited.clear();
    const pathOf = (uri: string): CheckedPath | undefined => guard.run(() => units.view(uri)?.unit.path, undefined);
    const paths = [...edited].flatMap((uri) => pathOf(uri) ?? []);
    const all = countBy(paths.map((it) => it.kind));
    const dropIns = countBy(paths.filter((it) => it.role === "drop-in").map((it) => it.kind));
    const names = countBy(paths.flatMap((it) => (it.role === "unit" && it.name !== undefined ? [it.name] : [])));
    const hasDevices = paths.some((it) => isConfigPath(it) && isOfNetwork(it));
    const reading: Promise<void>[] = [];
    for (const { uri } of documents.all()) {
      const isEdited = edited.has(uri);
      if (isEdited && edited.size === 1) continue;
      const path = pathOf(uri);
      // Files of one kind may be of one unit where one of them is a drop-in; the document itself does not count.
      const isDropIn = path?.role === "drop-in";
      const related = (path && (isDropIn ? all : dropIns).get(path.kind)) ?? 0;
      // One file may be read instead of another one of its name.
      const isRival = path?.role === "unit" && (names.get(path.name ?? "") ?? 0) > Number(isEdited);
      const isMet = hasDevices && path !== undefined && isConfigPath(path) && isOfNetwork(path);
      if (isMet || isRival || related > Number(isEdited && isDropIn)) reading.push(this.#refresh(uri));
      else if (path) guard.run(() => this.#reconsider(uri), undefined);
    }
    await Promise.all(reading);
  }
}
