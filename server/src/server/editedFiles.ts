import type { UnitFile } from "../syntax/tree.ts";
import { type FileText, saysNothingNew, type UnitIndex, withFileTexts } from "../units/index/unitIndex.ts";
import { pathOfUri } from "./uris.ts";

/** The edited documents that an index does not know yet. Invariant: each is looked at once for what it says of units. */
export class EditedFiles {
  /** The parsed text of an open document. */
  readonly #open: (uri: string) => UnitFile | undefined;
  readonly #edited = new Set<string>();
  /** Those that say of units what they said before, be it in other places. */
  readonly #moved = new Set<string>();

  constructor(open: (uri: string) => UnitFile | undefined) {
    this.#open = open;
  }

  /** Notes that a document was edited; its text is asked for later. */
  add(uri: string): void {
    this.#edited.add(uri);
  }

  /** The index with the texts of now. */
  places(index: UnitIndex): UnitIndex {
    const uris = [...this.#edited, ...this.#moved];
    this.#edited.clear();
    this.#moved.clear();
    return withFileTexts(index, this.#texts(uris));
  }

  /** The same where it does not count what stands where: the very same index after most edits. */
  sayings(index: UnitIndex): UnitIndex {
    const news: FileText[] = [];
    for (const uri of this.#edited) {
      const [text] = this.#texts([uri]);
      if (text && saysNothingNew(index, text)) this.#moved.add(uri);
      else if (text) news.push(text);
    }
    this.#edited.clear();
    return withFileTexts(index, news);
  }

  #texts(uris: readonly string[]): FileText[] {
    return uris.flatMap((uri) => {
      const parsed = this.#open(uri);
      return parsed ? [{ path: pathOfUri(uri), parsed }] : [];
    });
  }
}
