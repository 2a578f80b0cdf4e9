import { signOfPath } from "../pathSigns.ts";
import type { FileReading, ProgramForm, ProgramSign, SignForm } from "../reading.ts";
import type { SignName } from "../sign.ts";

const MAX_SIGNS = 500;
const MAX_PATHS = 1000;
const MAX_HIDDEN = 50;
const MAX_TEXT = 200;

/** Gathers what one file of a script shows, each thing once. */
export class ScriptFindings {
  readonly path: string;
  readonly form: ProgramForm;
  readonly own: boolean;
  readonly #signs = new Map<string, ProgramSign>();
  readonly #paths = new Set<string>();
  readonly #hides = new Set<string>();
  readonly #foreign = new Set<string>();

  constructor(path: string, form: ProgramForm, own: boolean) {
    this.path = path;
    this.form = form;
    this.own = own;
  }

  sign(sign: SignName, form: SignForm, what: string, line?: number): void {
    const key = `${sign} ${form} ${what}`;
    if (this.#signs.has(key) || this.#signs.size >= MAX_SIGNS) return;
    const base = { sign, form, what: what.slice(0, MAX_TEXT) };
    this.#signs.set(key, line === undefined ? base : { ...base, line });
  }

  /** Notes a path that stands in the file, and what it shows. */
  namedPath(path: string, line?: number): void {
    if (path.length > MAX_TEXT) return;
    if (this.#paths.size < MAX_PATHS) this.#paths.add(path);
    const sign = signOfPath(path);
    if (sign) this.sign(sign, "text", path, line);
  }

  hide(sentence: string): void {
    if (this.#hides.size < MAX_HIDDEN) this.#hides.add(sentence.slice(0, MAX_TEXT));
  }

  /** A module of others that it loads, whose code is not read. */
  foreign(module: string): void {
    if (this.#foreign.size < MAX_HIDDEN) this.#foreign.add(module.slice(0, MAX_TEXT));
  }

  get reading(): FileReading {
    const { path, form, own } = this;
    const found = { signs: [...this.#signs.values()], paths: [...this.#paths], hides: [...this.#hides] };
    return { path, form, own, ...found, ...(this.#foreign.size > 0 && { foreign: [...this.#foreign] }) };
  }
}
