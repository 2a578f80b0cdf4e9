/** A text that stands in a script after the line that asks for it; empty until that line has ended. */
export interface Heredoc {
  text: string;
}

const BLANKS = /(?:[ \t\r]|\\\r?\n)+/y;
const SEPARATOR = /\n|;;&|;;|;&|;|&&|&(?!>)|\|\||\|&|\||\(|\)/y;

/** Goes through the text of a shell script: blanks, comments, what separates commands, and texts for their input. */
export class ShellScanner {
  at = 0;
  readonly text: string;
  readonly #heredocs: { heredoc: Heredoc; delimiter: string; strip: boolean }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  has(sign: string): boolean {
    return this.text.startsWith(sign, this.at);
  }

  skipBlanks(): void {
    this.match(BLANKS);
    if (this.text[this.at] !== "#" || /[^\s;&|()]/.test(this.text[this.at - 1] ?? " ")) return;
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  skipLines(): void {
    for (this.skipBlanks(); this.has("\n"); this.skipBlanks()) this.separator();
  }

  /** What stands between two commands; empty for none. */
  separator(): string {
    const sign = this.match(SEPARATOR);
    if (sign === "\n") this.#readHeredocs();
    return sign;
  }

  /** Goes past `((…))`, of which one `(` may have been read. */
  arithmetic(): boolean {
    this.skipBlanks();
    const isFirst = this.text[this.at - 1] === "(" && this.has("(");
    if (!isFirst && !this.has("((")) return false;
    const end = this.text.indexOf("))", this.at);
    const line = this.text.indexOf("\n", this.at);
    if (end < 0 || (line >= 0 && line < end)) return false;
    this.at = end + 2;
    return true;
  }

  expectHeredoc(delimiter: string, strip: boolean): Heredoc {
    const heredoc = { text: "" };
    this.#heredocs.push({ heredoc, delimiter: delimiter.replace(/["'\\]/g, ""), strip });
    return heredoc;
  }

  #readHeredocs(): void {
    for (const { heredoc, delimiter, strip } of this.#heredocs.splice(0)) {
      const start = this.at;
      for (;;) {
        const end = this.text.indexOf("\n", this.at);
        const line = this.text.slice(this.at, end < 0 ? undefined : end).replace(/\r$/, "");
        const before = this.at;
        this.at = end < 0 ? this.text.length : end + 1;
        if ((strip ? line.replace(/^\t+/, "") : line) === delimiter || end < 0) {
          heredoc.text = this.text.slice(start, before);
          break;
        }
      }
    }
  }
}
