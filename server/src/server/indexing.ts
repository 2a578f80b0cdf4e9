import { UNIT_FAMILY } from "../families/unitFiles.ts";
import { shortText } from "../syntax/longFile.ts";
import type { UnitFile } from "../syntax/tree.ts";
import { type FilePlace, filePlaceOf } from "../units/index/filePlace.ts";
import { EMPTY_INDEX, type FileChange, type SeenFile, type UnitIndex, withChanges } from "../units/index/unitIndex.ts";
import { changedEntries } from "./changedEntries.ts";
import { ChangedFiles, READING } from "./changedFiles.ts";
import { Confinement } from "./confinement.ts";
import { EditedFiles } from "./editedFiles.ts";
import type { FileAccess, ListedEntry } from "./fileAccess.ts";
import { INNER, LookedFolders } from "./looked.ts";
import type { Progress } from "./progress.ts";
import { batches, type FoundFile, type WalkStart, walkUnits } from "./unitWalk.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";

/** What the index is made of. */
export interface IndexSources {
  readonly files: FileAccess;
  /** The folders of the workspace, as URIs. */
  readonly roots: () => readonly string[];
  /** Whether the units of the machine may be looked at. */
  readonly trusted: () => boolean;
  /** The parsed text of an open document. */
  readonly open: (uri: string) => UnitFile | undefined;
  readonly now: () => number;
  /** Shown where it takes a while; nothing is where this is missing. */
  readonly progress?: Progress;
}

/** How many files are read at a time, and then put into the index together. */
const BATCH = 256;
/** How old what was seen of the machine may be, in milliseconds; nobody reports its changes. */
const FRESH = 60_000;

/**
 * The index of the workspace and, where that is allowed, of the machine. Invariant: what is open in the editor counts with
 * its current text. Nothing is read before someone asks.
 */
export class Indexing {
  readonly #sources: IndexSources;
  readonly #confinement: Confinement;
  #index: UnitIndex = EMPTY_INDEX;
  #filling: Promise<void> | undefined;
  #machineSeen = Number.NEGATIVE_INFINITY;
  readonly #looked = new LookedFolders();
  readonly #edited: EditedFiles;
  readonly #changed: ChangedFiles;
  /** Folders that are to be looked at, before or once more. */
  readonly #due = new Set<string>();

  constructor(sources: IndexSources) {
    this.#sources = sources;
    this.#confinement = new Confinement(sources);
    this.#edited = new EditedFiles(sources.open);
    this.#changed = new ChangedFiles((uris) => this.#readAgain(uris), sources.progress);
  }

  /** What is known now; what is missing begins to be read. */
  current(): UnitIndex {
    void this.ready().catch(() => undefined);
    this.#index = this.#edited.places(this.#index);
    return this.#index;
  }

  /** The same for those who do not ask where in a file something stands: most keystrokes leave it the very same. */
  sayings(): UnitIndex {
    void this.ready().catch(() => undefined);
    this.#index = this.#edited.sayings(this.#index);
    return this.#index;
  }

  /** Whether there may be units that were not seen: too many folders, or files far away that could not be read. */
  get partial(): boolean {
    return this.#looked.isPartial;
  }

  /** Waits until all that may be seen was read once, and what is asked for while it is read. */
  async ready(): Promise<UnitIndex> {
    do {
      const { progress } = this.#sources;
      const fill = (): Promise<void> => this.#fill();
      // That the machine is looked at once more is no news.
      const isShown = progress && this.#hasMuchToRead();
      this.#filling ??= (isShown ? progress.during(READING, fill) : fill()).finally(() => {
        this.#filling = undefined;
      });
      await this.#filling;
      await this.#changed.reading;
      // What came late is not read yet, or another reading has begun with it.
    } while (this.#filling || this.#changed.reading || this.#due.size > 0 || this.#hasNewRoots());
    return this.#index;
  }

  #hasMuchToRead(): boolean {
    return this.#machineSeen === Number.NEGATIVE_INFINITY || this.#hasNewRoots();
  }

  #hasNewRoots(): boolean {
    return this.#sources.roots().some((it) => !this.#looked.has(it.replace(/\/$/, "")));
  }

  /** Notes that a document was edited; its text is asked for when the index is. */
  edited(uri: string): void {
    this.#edited.add(uri);
  }

  /** Notes a document that was opened: what lies around it is looked at when someone asks, `again` also where it was before. */
  opened(uri: string, again: boolean): void {
    this.#edited.add(uri);
    const place = filePlaceOf(pathOfUri(uri));
    if (!place) return;
    const folders = [place.folder, ...(place.root === place.folder ? [] : this.#siblings(place))].map(uriOfPath);
    for (const folder of folders) if (again || !this.#looked.extentOf(folder)) this.#due.add(folder);
  }

  /** The other folders that the manager reads which reads this place; those of the machine only where that is trusted. */
  #siblings({ root, scope }: FilePlace): readonly string[] {
    if (root === "" && !this.#sources.trusted()) return [];
    return UNIT_FAMILY.dropIns.loadPaths[scope].filter((it) => !it.includes("*")).map((it) => `${root}/${it}`);
  }

  /** Forgets folders that are no folders of the workspace any more; what is open in the editor, or in another one, stays. */
  dropFolders(folders: readonly string[]): void {
    const { roots, open } = this.#sources;
    const isBelow = (path: string, folder: string): boolean => `${path}/`.startsWith(`${folder}/`);
    const others = roots().map((it) => pathOfUri(it).replace(/\/$/, ""));
    for (const top of folders.map((it) => pathOfUri(it).replace(/\/$/, ""))) {
      const isGone = (path: string): boolean => isBelow(path, top) && !others.some((it) => isBelow(path, it));
      this.#looked.forget(isGone);
      const gone = [...this.#index.files.keys()].filter((path) => isGone(path) && !open(uriOfPath(path)));
      this.#apply(gone.map((path) => ({ path, gone: true })));
    }
  }

  /** Reads again what may have changed on disk: files, or folders with all that is in them. */
  changed(uris: readonly string[]): Promise<void> {
    return this.#changed.add(uris);
  }

  /** Settles once all that was told to have changed is read again, without a look at anything else. */
  caughtUp(): Promise<void> {
    return this.#changed.caughtUp();
  }

  async #readAgain(uris: readonly string[]): Promise<void> {
    const files = uris.filter((it) => filePlaceOf(pathOfUri(it)));
    const isOpen = (uri: string): boolean => this.#sources.open(uri) !== undefined;
    for (const uri of files.filter(isOpen)) this.#edited.add(uri);
    await this.#seeAgain(files.filter((it) => !isOpen(it)));
    for (const uri of uris) if (!filePlaceOf(pathOfUri(uri))) await this.#lookAgain(uri);
  }

  async #seeAgain(uris: readonly string[]): Promise<void> {
    const entries = await changedEntries(uris, { files: this.#sources.files, confinement: this.#confinement });
    for (const batch of batches(uris, BATCH)) {
      const seen = await Promise.all(batch.map((it) => this.#see(it, entries.get(it))));
      this.#apply(batch.map((it, i) => seen[i] ?? { path: pathOfUri(it), gone: true }));
      for (const it of batch) this.#looked.seen(it);
    }
  }

  async #lookAgain(folder: string): Promise<void> {
    const extent = this.#looked.extentOf(folder);
    const where = extent && (await this.#confinement.whereabouts(folder));
    if (extent && where !== "outside") await this.#lookInto({ folder, extent, linked: where === "linked" });
  }

  /** Looks again at a folder of the workspace or at a place outside it, such as that of a document. */
  async #lookInto(start: WalkStart): Promise<void> {
    const { folder, extent } = start;
    const top = pathOfUri(folder).replace(/\/$/, "");
    const found = new Set<string>();
    const unseen = new Set<string>();
    for await (const files of walkUnits(
      start,
      { files: this.#sources.files, confinement: this.#confinement },
      unseen,
    )) {
      for (const [uri] of files) found.add(pathOfUri(uri));
      await this.#readAll(files, unseen);
    }
    this.#looked.note(folder, unseen);
    const isBelow = (path: string, { folder }: FilePlace): boolean =>
      path.startsWith(`${top}/`) && (extent === "all" || folder === top || INNER.test(top));
    const gone = [...this.#index.files].filter(
      ([path, { placed }]) => !found.has(path) && isBelow(path, placed.place) && !this.#sources.open(uriOfPath(path)),
    );
    if (gone.length > 0) this.#apply(gone.map(([path]) => ({ path, gone: true })));
  }

  async #readAll(seen: readonly FoundFile[], unseen: Set<string>): Promise<void> {
    for (const batch of batches(seen, BATCH)) {
      const files = await Promise.all(
        batch.map(async ([uri, entry]) => {
          const file = await this.#see(uri, entry);
          if (!file && this.#sources.files.reach(uri) === "far") unseen.add(uri);
          return file;
        }),
      );
      this.#apply(files.filter((it) => it !== undefined));
    }
  }

  async #see(uri: string, entry: ListedEntry | undefined): Promise<SeenFile | undefined> {
    const { files, open } = this.#sources;
    const path = pathOfUri(uri);
    const isPlain = entry && !entry.link;
    const link = isPlain ? undefined : await files.linkTarget(uri);
    const parsed = open(uri);
    const mayRead = isPlain || (await this.#confinement.whereabouts(uri)) !== "outside";
    const text = parsed?.text ?? (mayRead ? await files.read(uri) : undefined);
    if (text === undefined && link === undefined) return undefined;
    const content = text === undefined ? {} : { text: shortText(text) };
    return { path, ...content, ...(parsed ? { parsed } : {}), ...(link === undefined ? {} : { link }) };
  }

  async #fill(): Promise<void> {
    const { files, roots, trusted, now } = this.#sources;
    for (const root of roots().map((it) => it.replace(/\/$/, ""))) {
      if (this.#looked.has(root)) continue;
      this.#looked.add(root, "all");
      await this.#lookInto({ folder: root, extent: "all" });
    }
    await this.#lookAtDue();
    if (!files.machine || !trusted() || now() - this.#machineSeen < FRESH) return;
    this.#machineSeen = now();
    for (const folder of Object.values(UNIT_FAMILY.dropIns.loadPaths).flat()) {
      if (!/^(?:etc|run\/systemd|usr)\//.test(folder)) continue;
      const uri = uriOfPath(`/${folder}`);
      if (!roots().some((root) => uri.startsWith(`${root}/`))) await this.#lookInto({ folder: uri, extent: "units" });
      await this.#lookAtDue(); // what lies around a document that was opened meanwhile is nearer
    }
  }

  async #lookAtDue(): Promise<void> {
    for (const folder of this.#due) {
      this.#due.delete(folder);
      if (!this.#looked.extentOf(folder)) this.#looked.add(folder, "units");
      await this.#lookInto({ folder, extent: "units" });
    }
  }

  #apply(changes: readonly FileChange[]): void {
    if (changes.length > 0) this.#index = withChanges(this.#index, changes);
  }
}
