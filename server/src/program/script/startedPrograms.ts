import { type CallArgument, valueAt } from "./callArguments.ts";
import { type CommandPlace, isCommandName, noteCommand } from "./commandRuns.ts";
import type { CallEffect } from "./languageTable.ts";
import type { MaskedText } from "./maskedText.ts";
import { PLACES, UNKNOWN, unknownValue } from "./shellValues.ts";

/** What stands for the program that runs the script. */
const INTERPRETERS = new Map([
  ["sys.executable", "python3"],
  ["process.execPath", "node"],
  ["process.argv[0]", "node"],
  ["$^X", "perl"],
  ["RbConfig.ruby", "ruby"],
  ["PHP_BINARY", "php"],
]);

/** A name with more values than these stands for anything. */
const MAX_VALUES = 6;

/** The programs that calls of a script start, as far as their arguments and the values of its names show. */
export class StartedPrograms {
  readonly #text: MaskedText;
  /** Where names of the script are given values. */
  readonly #values = new Map<string, number[]>();
  readonly #known = new Map<string, readonly CallArgument[]>();

  constructor(text: MaskedText) {
    this.#text = text;
    this.#findValues();
  }

  #findValues(): void {
    for (const { 0: whole, 1: name = "", index } of this.#text.code.matchAll(
      /([A-Za-z_]\w{0,60})(?:\s{0,3}:\s{0,3}[\w.[\]]{1,40})?\s{0,9}(?:=(?![=~>])|\.=|=>)\s{0,9}/g,
    )) {
      const places = this.#values.get(name) ?? [];
      if (places.length <= MAX_VALUES) places.push(index + whole.length);
      this.#values.set(name, places);
    }
  }

  /** Notes what a call starts; false where its text does not say it. */
  note(values: readonly CallArgument[], effect: CallEffect, place: CommandPlace, depth = 0): boolean {
    const [first, second] = values;
    if (!first) return true;
    if (first.kind === "code" && !INTERPRETERS.has(first.source)) {
      const known = depth < 3 ? this.#valuesOf(first.source) : [];
      const read = known.filter((it) => it.kind !== "code" || it.source !== first.source);
      return (
        read.length > 0 &&
        read.map((it) => this.note([it, ...values.slice(1)], effect, place, depth + 1)).every(Boolean)
      );
    }
    if (first.kind === "list") {
      const words = first.items.flatMap((it) => (it.kind === "list" ? it.items : [it]));
      return words[0]?.kind === "code" && !INTERPRETERS.has(words[0].source) && depth < 3
        ? this.note([words[0], ...words.slice(1)], "start", place, depth + 1)
        : this.#command(words, place);
    }
    const rest = second?.kind === "list" ? second.items : values.slice(1).filter((it) => it.kind === "text");
    if (first.kind === "code") return this.#command([first, ...rest], place);
    if (effect === "line" || (rest.length === 0 && /\s/.test(first.text.trim()))) return this.line(first.text, place);
    const program = first.text.slice(first.text.lastIndexOf("/") + 1);
    const repeated = rest[0]?.kind === "text" && rest[0].text.slice(rest[0].text.lastIndexOf("/") + 1) === program;
    return this.#command([first, ...rest.slice(repeated ? 1 : 0)], place);
  }

  #command(words: readonly CallArgument[], place: CommandPlace): boolean {
    const argv = words.map(
      (it) =>
        (it.kind === "text" ? this.#filled(it.text) : it.kind === "code" ? INTERPRETERS.get(it.source) : undefined) ??
        unknownValue(),
    );
    if (argv[0] === undefined || argv[0].includes(UNKNOWN) || !isCommandName(argv[0])) return false;
    noteCommand(argv, place);
    return true;
  }

  /** A text with the values of names that are put into it. */
  #filled(text: string): string {
    return text.replace(PLACES, (mark, name: string) => {
      const [value] = name === "" ? [] : this.#valuesOf(name).filter((it) => it.kind === "text");
      return value?.text ?? mark;
    });
  }

  /** Notes a line for a shell; false where it begins with what is not known. */
  line(written: string, place: CommandPlace): boolean {
    const text = this.#filled(written);
    if (text.trim().startsWith(UNKNOWN)) return false;
    place.shellLine(text);
    return true;
  }

  /** The values that a name is given in the script. */
  #valuesOf(source: string): readonly CallArgument[] {
    const name =
      /^(?:shlex\.split\(|list\()?[$@*]{0,2}(?:\w+(?:\.|->))?([A-Za-z_]\w*)\)?(?:\.split\(\)|\.c_str\(\))?$/.exec(
        source,
      )?.[1];
    if (name === undefined) return [];
    const places = this.#values.get(name) ?? [];
    if (places.length > MAX_VALUES) return [];
    const known = this.#known.get(name) ?? places.map((it) => valueAt(this.#text, it));
    this.#known.set(name, known);
    return known;
  }
}
