import type { CancellationToken, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { SystemdVersion } from "../facts/version.ts";
import { type HostedView, hostedViewOf } from "../features/hosted/hostedView.ts";
import { hostLanguage } from "../hosts/hosts.ts";
import { isTooLong } from "../syntax/longFile.ts";
import type { Guard } from "./guard.ts";
import type { DocumentSettings } from "./teamSettings.ts";
import { nextTurn } from "./turns.ts";
import { addressOf } from "./uris.ts";

/** So long units are judged in one go, in milliseconds, until messages are read in between. */
const SLICE = 20;

/** What the views of files of other languages depend on besides their texts. */
interface HostedSources {
  readonly documents: TextDocuments<TextDocument>;
  readonly settings: (uri: string) => DocumentSettings;
  readonly target: (uri: string) => SystemdVersion;
  readonly targetIsOpen: (uri: string) => boolean;
  readonly guard: Guard;
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
  /** What the next slice of each document will say of it. */
  readonly #slices = new Map<string, Promise<boolean>>();

  constructor(sources: HostedSources) {
    this.#sources = sources;
  }

  /**
   * Settles once all units of the current text are judged; without a wait where few are left. A file of hundreds takes seconds,
   * in which other messages are read and answered. Nothing is done that nobody waits for any longer.
   */
  async judge(uri: string, token?: CancellationToken): Promise<void> {
    let isOpen = this.#judgeSlice(uri);
    while (isOpen && !token?.isCancellationRequested) isOpen = await this.#nextSlice(uri);
  }

  /** Whether units of it are left that a slice would judge. */
  isOpen(uri: string): boolean {
    return this.#sources.guard.run(() => this.view(uri)?.isJudged() === false, false);
  }

  /** One slice for all who wait for the document. */
  #nextSlice(uri: string): Promise<boolean> {
    const known = this.#slices.get(uri);
    if (known) return known;
    const made = new Promise<boolean>((resolve) =>
      nextTurn(() => {
        this.#slices.delete(uri);
        resolve(this.#judgeSlice(uri));
      }),
    );
    this.#slices.set(uri, made);
    return made;
  }

  /** Judges units for as long as a slice may take; false once none is left. */
  #judgeSlice(uri: string): boolean {
    const end = performance.now() + SLICE;
    const judge = (): boolean => {
      const view = this.view(uri);
      while (view && !view.isJudged()) if (view.judgeNext() && performance.now() >= end) return true;
      return false;
    };
    return this.#sources.guard.run(judge, false);
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
  view.file.units.length > 0 || view.unread.length > 0 ? view : undefined;
