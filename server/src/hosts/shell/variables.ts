/** A value that a script gives a variable. */
interface Given {
  readonly value: string;
  /** Whether it was given no other one. */
  readonly only: boolean;
}

/** A path with the values of variables in it, and whether they are the only ones. */
export interface KnownPath {
  readonly path: string;
  readonly sure: boolean;
}

/** An assignment that a line begins with, by itself or as an argument of a command for it. */
const GIVEN =
  /^[ \t]{0,99}(?:(?:local|export|readonly|declare|typeset|ARG|ENV)[ \t]{1,9}(?:-\w{1,9}[ \t]{1,9})?)?([A-Za-z_]\w{0,99})=(?:"([^"`\n]{0,400})"|'([^'\n]{0,400})'|([^\s;&|"'()<>`]{0,400}))[ \t]{0,99}(?:$|[;&#\r])/;
const NAMED = /\$(?:\{([A-Za-z_]\w{0,99})(?::?-([^{}$]{0,400}))?\}|([A-Za-z_]\w{0,99}))/g;
/** A longer value is the path of no file. */
const LONGEST = 4096;

/** What the variables of a script stand for, as far as the lines above show. */
export class Variables {
  readonly #given = new Map<string, Given>();

  /** Takes note of what a line sets. */
  read(line: string): void {
    const [, name, double, single, bare] = GIVEN.exec(line) ?? [];
    if (name === undefined) return;
    const known = single === undefined ? this.inText(double ?? bare ?? "") : { path: single, sure: true };
    const before = this.#given.get(name);
    const only = known.sure && (before === undefined || (before.only && before.value === known.path));
    this.#given.set(name, { value: known.path, only });
  }

  /** A text with the values of variables; those of which none is known stay as they are. */
  inText(text: string): KnownPath {
    let sure = true;
    const path = text.replace(
      NAMED,
      (written, braced: string | undefined, usual: string | undefined, bare: string | undefined) => {
        const given = this.#given.get(braced ?? bare ?? "");
        if (!given?.only) sure = false;
        return given?.value ?? usual ?? written;
      },
    );
    return path.length < LONGEST ? { path, sure: sure && !/[$`]/.test(path) } : { path: text, sure: false };
  }
}
