import type {
  CancellationToken,
  Diagnostic,
  DocumentDiagnosticReport,
  PreviousResultId,
  ResultProgressReporter,
  WorkspaceDiagnosticReportPartialResult,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { checkedPath, isQuadletPath, pathWithText } from "../families/checkedPath.ts";
import { unitDocument } from "../families/document.ts";
import { diagnosticsOf } from "../features/diagnostics.ts";
import { type Companions, viewOf } from "../features/view.ts";
import type { Finding } from "../findings/finding.ts";
import { treeKey } from "../units/index/filePlace.ts";
import { mainTexts } from "../units/index/gather.ts";
import { loadUnit } from "../units/index/load.ts";
import { isLoadPath } from "../units/index/loadPlace.ts";
import { rivalOf } from "../units/index/rival.ts";
import type { PlacedFile, UnitIndex } from "../units/index/unitIndex.ts";
import { LEARNT_SUFFIX, type LearntText, needsPath } from "../units/learntText.ts";
import { forOwnManager } from "../units/ownManager.ts";
import type { MainTexts } from "../units/readUnit.ts";
import { diagnosticReport, resultIdOf } from "./delivery.ts";
import type { ReportProgress } from "./progress.ts";
import type { Session } from "./session.ts";
import { shownFindings, withoutHardening } from "./shownFindings.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";

/** How many files make a part of an answer. */
const BATCH = 32;
/**
 * How long files may be judged in one go, and how long the workspace rests before it is judged again, in milliseconds: at
 * least as long as that took.
 */
const SLICE = 8;
const REST = 500;

/** A file as it was when it was judged. */
interface FileFindings extends Found {
  readonly key: readonly unknown[];
}

interface Found {
  readonly items: readonly Diagnostic[];
  readonly resultId: string;
}

type Parts = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult>;
type Item = WorkspaceDocumentDiagnosticReport;

/** Judges all unit files of the workspace, open or not. What is not touched between two requests is judged once. */
export class WorkspaceFindings {
  readonly #session: Session;
  readonly #judged = new Map<string, FileFindings>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** The diagnostics of one file that is not open. */
  async report(uri: string, previous: string | undefined): Promise<DocumentDiagnosticReport> {
    const index = await this.#session.survey.all();
    const { items, resultId } = await this.#judge(uri, index.files.get(pathOfUri(uri))?.placed, index);
    return diagnosticReport(items, resultId, previous);
  }

  /**
   * The diagnostics of the workspace, in parts where the client takes them. A client that has them already is answered when
   * they change: it asks again as soon as it has its answer.
   */
  async answer(
    previous: readonly PreviousResultId[],
    token: CancellationToken,
    partial: Parts | undefined,
  ): Promise<Item[]> {
    const { judging, progress } = this.#session;
    const known = new Map(previous.map(({ uri, value }) => [uri, value]));
    let wake: () => void = () => undefined;
    let isTouched = false;
    const stop = judging.delivery.onTouched((closed) => {
      // What the client was told of an open document may be more than what counts for a closed one.
      if (closed !== undefined) known.delete(closed);
      isTouched = true;
      wake();
    });
    const cancelling = token.onCancellationRequested(() => wake());
    const moment = (): Promise<void> =>
      new Promise((resolve) => {
        wake = resolve;
        if (isTouched || token.isCancellationRequested) resolve();
      });
    try {
      for (;;) {
        isTouched = false;
        const begun = performance.now();
        const answered = await progress.during("Checking unit files", (report) =>
          this.#round(known, token, report, partial),
        );
        const taken = performance.now() - begun;
        if (answered || token.isCancellationRequested) return answered ?? [];
        await moment();
        if (!token.isCancellationRequested) await pause(Math.max(REST, taken));
      }
    } finally {
      stop();
      cancelling.dispose();
    }
  }

  /** All files once; undefined where the client knows all that can be said of them. */
  async #round(
    known: ReadonlyMap<string, string>,
    token: CancellationToken,
    report: ReportProgress,
    partial: Parts | undefined,
  ): Promise<Item[] | undefined> {
    const { documents, judging, settings, survey } = this.#session;
    const index = await survey.all();
    const files = settings.workspaceDiagnostics === "off" ? [] : this.#filesOf(index);
    const opened = documents.keys();
    // Clients differ in what they escape: an address is written as they have it.
    const spelled = new Map([...known.keys(), ...opened].map((uri) => [pathOfUri(uri), uri]));
    const reported = new Set(opened);
    const [changed, same]: [Item[], Item[]] = [[], []];
    let news = 0;
    const say = (uri: string, found: Found & { readonly version?: number }): void => {
      reported.add(uri);
      const item = diagnosticReport(found.items, found.resultId, known.get(uri));
      (item.kind === "full" ? changed : same).push({ ...item, uri, version: found.version ?? null });
      if (item.kind === "full") news++;
    };
    const send = (items: Item[]): void => {
      if (partial && items.length > 0) partial.report({ items: items.splice(0) });
    };
    let begun = performance.now();
    for (const [i, placed] of files.entries()) {
      if (token.isCancellationRequested) return undefined;
      const uri = spelled.get(placed.path) ?? uriOfPath(placed.path);
      say(uri, judging.delivery.identified(uri) ?? (await this.#judge(uri, placed, index)));
      if (performance.now() - begun < SLICE) continue;
      await pause(0);
      begun = performance.now();
      report(i, files.length);
      if (changed.length >= BATCH) send(changed);
    }
    for (const uri of known.keys()) if (!reported.has(uri)) say(uri, NOTHING);
    if (news === 0 && known.size > 0) return undefined;
    const all = [...changed, ...same];
    send(all);
    return all;
  }

  /** The files below the folders of the workspace that are units or drop-ins themselves, and no links to one. */
  #filesOf(index: UnitIndex): PlacedFile[] {
    const files = [...index.files.values()].map((it) => it.placed);
    const paths = new Set(files.map((it) => it.path));
    for (const path of this.#judged.keys()) if (!paths.has(path)) this.#judged.delete(path);
    return files.filter(
      ({ path, place, link }) =>
        link === undefined && place.role.kind !== "dependency" && this.#session.isInWorkspace(path),
    );
  }

  async #judge(uri: string, placed: PlacedFile | undefined, index: UnitIndex): Promise<Found> {
    const { survey, team, units } = this.#session;
    await team.read(uri);
    const wanted = this.#session.settingsFor(uri);
    if (wanted.team?.excluded) return NOTHING;
    const checked = placed && checkedPath(placed.path);
    const text = checked && (await units.files.read(uri));
    const path = text === undefined || !placed ? undefined : pathWithText(placed.path, checked, text);
    if (!placed || !path || text === undefined) return NOTHING;
    const { dropIns, main, learnt, isLoaded } = await this.#companions(placed, text, index);
    const settings = isLoaded ? wanted : withoutHardening(wanted);
    const version = this.#session.target(uri);
    const others = [
      main?.path.name,
      main?.text,
      main?.at,
      (main ?? { learnt }).learnt?.text,
      (main ?? { learnt }).learnt?.needs,
    ];
    const scope = this.#session.scope(uri);
    const podman = isQuadletPath(path) ? this.#session.podman(uri) : undefined;
    const key = [text, version, podman, wanted, isLoaded, scope, index, ...others, ...(main?.dropIns ?? dropIns)];
    const known = this.#judged.get(placed.path);
    if (known?.key.length === key.length && key.every((it, i) => it === known.key[i])) return known;
    const read = viewOf(unitDocument(path, text), version, { dropIns, learnt, podman, ...(main && { main }) });
    const view = { ...read, unit: forOwnManager(read.unit, placed.path, scope) };
    const isShown = ({ severity }: Finding): boolean =>
      settings.workspaceDiagnostics !== "errors" || severity === "error";
    const found = shownFindings(view.unit, settings, survey.surroundings(uri)).reported.filter(isShown);
    const items = diagnosticsOf(view, found);
    const judged = { key, items, resultId: resultIdOf(items) };
    this.#judged.set(placed.path, judged);
    return judged;
  }

  /** The texts of the other files of a unit, and whether systemd reads this one, as the index knows them. */
  async #companions(
    { path, place, link }: PlacedFile,
    text: string,
    { trees }: UnitIndex,
  ): Promise<Omit<Companions, "main"> & { readonly main?: MainTexts | undefined; readonly isLoaded: boolean }> {
    const tree = trees.get(treeKey(place));
    if (!tree || place.role.kind === "dependency") return { dropIns: [], isLoaded: true };
    const { role, scope } = place;
    const unit = loadUnit(tree, role.kind === "unit" ? role.name : role.of);
    if (role.kind === "drop-in" && !unit.fragment) return { dropIns: [], isLoaded: true };
    const isRivalled = unit.masked || (link === undefined && rivalOf(path, unit) !== undefined);
    const isLoaded = !(isLoadPath(place) && isRivalled);
    const read = async (it: PlacedFile): Promise<{ path: string; text: string }> => ({
      path: it.path,
      text: it.path === path ? text : ((await this.#session.units.files.read(uriOfPath(it.path))) ?? ""),
    });
    const dropIns = await Promise.all(unit.dropIns.map(read));
    const learnt = await this.#learntBeside(unit.fragment?.path);
    if (role.kind === "unit") return { dropIns: dropIns.map((it) => it.text), learnt, isLoaded };
    const fragment = unit.fragment && (await read(unit.fragment));
    return { dropIns: [], isLoaded, main: mainTexts({ ...unit, scope, fragment, dropIns, learnt }, path) };
  }

  /** What was learnt about a service; what is far away costs a request for each service, mostly for nothing. */
  async #learntBeside(unit: string | undefined): Promise<LearntText | undefined> {
    const { files } = this.#session.units;
    if (!unit?.endsWith(".service") || files.reach(uriOfPath(unit)) !== "near") return undefined;
    const path = `${unit}${LEARNT_SUFFIX}`;
    const text = await files.read(uriOfPath(path));
    return text === undefined ? undefined : { path, text, needs: await files.read(uriOfPath(needsPath(path))) };
  }
}

const NOTHING: Found = { items: [], resultId: resultIdOf([]) };

const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
