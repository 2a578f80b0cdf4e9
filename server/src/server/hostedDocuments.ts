import type { TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { SystemdVersion } from "../facts/version.ts";
import { type HostedView, hostedViewOf } from "../features/hosted/hostedView.ts";
import { hostLanguage } from "../hosts/hosts.ts";
import { isTooLong } from "../syntax/longFile.ts";
import type { DocumentSettings } from "./teamSettings.ts";
import { addressOf } from "./uris.ts";

/** What the views of files of other languages depend on besides their texts. */
interface HostedSources {
  readonly documents: TextDocuments<TextDocument>;
  readonly settings: (uri: string) => DocumentSettings;
  readonly target: (uri: string) => SystemdVersion;
  readonly targetIsOpen: (uri: string) => boolean;
}

/** A view and what it was made of. */
interface KnownView {
  readonly version: number;
  readonly settings: DocumentSettings;
  readonly target: SystemdVersion;
  readonly view: HostedView;
}

/** The open files of other languages with units in them, each read once for its current text. */
export class HostedDocuments {
  readonly #sources: HostedSources;
  readonly #known = new WeakMap<TextDocument, KnownView>();

  constructor(sources: HostedSources) {
    this.#sources = sources;
  }

  /** The view of the current text; undefined for a document that is closed, of no such language, or without units. */
  view(uri: string): HostedView | undefined {
    const document = this.#sources.documents.get(uri);
    const host = document && hostLanguage(addressOf(uri).path);
    if (!document || !host) return undefined;
    const text = document.getText();
    if (isTooLong(text) || !host.mayHold(text)) return undefined;
    const settings = this.#sources.settings(uri);
    const target = this.#sources.target(uri);
    const known = this.#known.get(document);
    const isSame = known?.settings === settings && known.target === target;
    if (isSame && known.version === document.version) return shown(known.view);
    const { hardening, rules } = settings;
    const targetIsOpen = this.#sources.targetIsOpen(uri);
    const wishes = { profile: hardening.profile, rules, targetIsOpen, each: hardening.findings === "each" };
    const view = hostedViewOf(host, text, target, wishes, isSame ? known.view : undefined);
    this.#known.set(document, { version: document.version, settings, target, view });
    return shown(view);
  }
}

const shown = (view: HostedView): HostedView | undefined =>
  view.units.length > 0 || view.unread.length > 0 ? view : undefined;
