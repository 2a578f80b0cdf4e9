/** A font as a page asks for it. */
export type Font = "roman" | "bold" | "italic";

/** What one escape means: characters, or a change of the font. */
export interface RoffEscape {
  /** The offset after it. */
  readonly end: number;
  readonly text: string;
  readonly font?: Font | "previous";
}

const GLYPHS: Readonly<Record<string, string>> = {
  ...{ em: "—", en: "–", hy: "-", mi: "−", bu: "•", lq: "“", rq: "”", oq: "‘", cq: "’", aq: "'", dq: '"' },
  ...{ mc: "µ", "+-": "±", mu: "×", co: "©", rg: "®", tm: "™", de: "°", sc: "§", rs: "\\", ti: "~", ha: "^", ga: "`" },
  ...{ S1: "¹", S2: "²", S3: "³", "12": "½", "14": "¼", "34": "¾", "->": "→", "<-": "←", "<=": "≤", ">=": "≥" },
};

const STRINGS: Readonly<Record<string, string>> = { Aq: "'", lq: "“", rq: "”" };

const CHARACTERS: Readonly<Record<string, string>> = {
  ...{ "-": "-", ".": ".", e: "\\", "\\": "\\", " ": " ", "~": " ", "0": " ", t: "\t", "'": "'", "`": "`" },
};

const FONTS: Readonly<Record<string, Font | "previous">> = {
  ...{ R: "roman", "1": "roman", I: "italic", "2": "italic", B: "bold", "3": "bold", P: "previous", "": "previous" },
};

/** The escape at a backslash. Other escapes of roff are left out. */
export function roffEscapeAt(text: string, at: number): RoffEscape {
  const char = text[at + 1] ?? "";
  const plain = CHARACTERS[char];
  if (plain !== undefined) return { end: at + 2, text: plain };
  switch (char) {
    case "(":
      return { end: at + 4, text: GLYPHS[text.slice(at + 2, at + 4)] ?? "" };
    case "[": {
      const { end, name } = argument(text, at + 1);
      return { end, text: GLYPHS[name] ?? codePoint(name) };
    }
    case "*": {
      const { end, name } = argument(text, at + 2);
      return { end, text: STRINGS[name] ?? "" };
    }
    case "f": {
      const { end, name } = argument(text, at + 2);
      return { end, text: "", font: FONTS[name] ?? "roman" };
    }
    case "m":
    case "n":
    case "F":
      return { end: argument(text, at + 2).end, text: "" };
    case "s": {
      const sign = /[-+]/.test(text[at + 2] ?? "") ? 1 : 0;
      return { end: argument(text, at + 2 + sign).end, text: "" };
    }
    case "h":
    case "v":
    case "w":
    case "o":
    case "D": {
      const close = text.indexOf(text[at + 2] ?? "'", at + 3);
      return { end: close < 0 || close > at + 200 ? at + 2 : close + 1, text: "" };
    }
    case '"': {
      const line = text.indexOf("\n", at);
      return { end: line < 0 ? text.length : line, text: "" };
    }
    case "c":
      return { end: text[at + 2] === "\n" ? at + 3 : at + 2, text: "" };
    default:
      return { end: Math.min(text.length, at + 2), text: /^[A-Zg-z]$/.test(char) && char !== "u" ? char : "" };
  }
}

/** The argument of an escape: `x`, `(xx` or `[…]`. */
function argument(text: string, at: number): { end: number; name: string } {
  if (text[at] === "(") return { end: at + 3, name: text.slice(at + 1, at + 3) };
  if (text[at] !== "[") return { end: at + 1, name: text[at] ?? "" };
  const close = text.indexOf("]", at);
  if (close < 0 || close > at + 200) return { end: at + 1, name: "" };
  return { end: close + 1, name: text.slice(at + 1, close) };
}

function codePoint(name: string): string {
  const code = /^u([0-9A-F]{4,6})$/.exec(name)?.[1];
  const value = Number.parseInt(code ?? "", 16);
  return value <= 0x10ffff ? String.fromCodePoint(value) : "";
}

/** The characters of a text without fonts and sizes. */
export function unescapeRoff(text: string): string {
  let result = "";
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf("\\", at);
    if (next < 0) break;
    const found = roffEscapeAt(text, next);
    result += text.slice(at, next) + found.text;
    at = found.end;
  }
  return result + text.slice(at);
}
