import type { TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { type View, viewOf } from "../features/view.ts";
import { parse } from "../syntax/parse.ts";
import { readUnit, type Unit } from "../units/unit.ts";
import { kindFromSections, type UnitPath, unitPath } from "../units/unitPath.ts";
import type { SystemdVersion } from "../values/version.ts";
import { readDropIns } from "./dropInTexts.ts";
import type { Files } from "./files.ts";

/** The open documents as views, each parsed once for its current text and its drop-ins. */
export class UnitDocuments {
  readonly #documents: TextDocuments<TextDocument>;
  /** What is open in the editor counts before what is on disk. */
  readonly files: Files;
  readonly #views = new WeakMap<
    TextDocument,
    { version: number; dropIns: readonly string[]; systemd: SystemdVersion; view: View | undefined }
  >();
  readonly #dropIns = new Map<string, readonly string[]>();
  /** Which systemd a document is read for. */
  readonly #target: (uri: string) => SystemdVersion;

  constructor(documents: TextDocuments<TextDocument>, files: Files, target: (uri: string) => SystemdVersion) {
    this.#documents = documents;
    this.#target = target;
    this.files = {
      machine: files.machine,
      read: (uri) => {
        const open = documents.get(uri);
        return open ? Promise.resolve(open.getText()) : files.read(uri);
      },
      list: (folder) => files.list(folder),
    };
  }

  /** The view of the current text; undefined for a document that is closed or no unit file. */
  view(uri: string): View | undefined {
    const document = this.#documents.get(uri);
    if (!document) return undefined;
    const dropIns = this.#dropIns.get(uri) ?? NONE;
    const systemd = this.#target(uri);
    const known = this.#views.get(document);
    if (known?.version === document.version && known.dropIns === dropIns && known.systemd === systemd)
      return known.view;
    const path = pathOf(document);
    const view = path && viewOf(path, document.getText(), systemd, dropIns, known?.view);
    this.#views.set(document, { version: document.version, dropIns, systemd, view });
    return view;
  }

  /** Reads the drop-ins beside an open unit file. */
  async readDropIns(uri: string): Promise<void> {
    const path = unitPath(URI.parse(uri).path);
    if (!path) return;
    const texts = await readDropIns(this.files, uri, path);
    const known = this.#dropIns.get(uri) ?? NONE;
    const same = texts.length === known.length && texts.every((text, i) => text === known[i]);
    if (!same && this.#documents.get(uri)) this.#dropIns.set(uri, texts);
  }

  /** A unit file with its drop-ins, open or not; undefined where it cannot be read or is none. */
  async read(uri: string): Promise<Unit | undefined> {
    const open = this.view(uri);
    if (open) return open.unit;
    const path = unitPath(URI.parse(uri).path);
    if (!path) return undefined;
    const text = await this.files.read(uri);
    if (text === undefined) return undefined;
    return readUnit(path, text, this.#target(uri), await readDropIns(this.files, uri, path));
  }

  /** Drops what is kept about a closed document. */
  forget(uri: string): void {
    this.#dropIns.delete(uri);
  }
}

const NONE: readonly string[] = [];

/** What the path of a document says; a document without a path, such as a new tab, is judged by its sections. */
function pathOf(document: TextDocument): UnitPath | undefined {
  const { scheme, path } = URI.parse(document.uri);
  const known = unitPath(path);
  if (known || scheme !== "untitled") return known;
  const names = parse(document.getText()).sections.map((it) => it.name);
  return { kind: kindFromSections(names), role: "unit", name: undefined, scope: "system" };
}
