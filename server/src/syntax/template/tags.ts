import { TERRAFORM_TAG } from "./mayBeTemplate.ts";
import type { Placeholder, PlaceholderDialect } from "./templateDialect.ts";

/**
 * What a tag of a template engine does: it opens a block, or `wrap`s lines that count in any case, goes over to its next branch or closes it; it says something that
 * leaves no text behind; or a `value` comes in its place.
 */
export type TagRole = "open" | "wrap" | "middle" | "else" | "close" | "silent" | "value";

/** A tag of a template engine. */
export interface Tag extends Placeholder {
  readonly role: TagRole;
}

/** Farther from each other no two signs belong together. */
const MAX_TAG = 4096;

const OPENERS = new RegExp(`\\{[{%#]|<%|@\\[|(?<!%)${TERRAFORM_TAG.source}`, "g");
const CLOSERS: Readonly<Record<string, string>> = {
  "{{": "}}",
  "{%": "%}",
  "{#": "#}",
  "<%": "%>",
  "@[": "]@",
  "%{": "}",
};

/** The tags of a text in their order, none inside another. */
export function tagsIn(text: string): readonly Tag[] {
  const tags: Tag[] = [];
  // A closing sign that was not found once is nowhere behind either.
  const gone = new Set<string>();
  OPENERS.lastIndex = 0;
  for (let opener = OPENERS.exec(text); opener; opener = OPENERS.exec(text)) {
    const sign = opener[0].slice(0, 2);
    const start = opener.index;
    const closer = CLOSERS[sign] ?? "";
    const at = gone.has(closer) ? -1 : text.indexOf(closer, start + 2);
    if (at < 0) gone.add(closer);
    if (at < 0 || at - start > MAX_TAG) continue;
    let end = at + closer.length;
    // Mustache writes three of them for what is not escaped.
    if (sign === "{{" && text[start + 2] === "{" && text[end] === "}") end++;
    tags.push({ start, end, ...read(sign, text.slice(start + 2, at)) });
    OPENERS.lastIndex = end;
  }
  return tags;
}

function read(sign: string, inside: string): { readonly role: TagRole; readonly dialect: PlaceholderDialect } {
  const code = inside.replace(/^[-+~_{]/, "").trimStart();
  switch (sign) {
    case "{%":
      return {
        role: roleOf(code, /^(?:if|ifchanged|unless|for|macro)\b/),
        dialect: "jinja",
      };
    case "%{":
      return { role: roleOf(code, /^(?:if|for)\b/), dialect: "terraform" };
    case "{#":
      return { role: "silent", dialect: "jinja" };
    case "<%":
      return { role: roleOfCode(inside, code), dialect: "erb" };
    case "@[":
      return { role: roleOf(code, /^(?:if|for|while)\b/), dialect: "empy" };
    default:
      return { role: roleOfBraces(code), dialect: GO.test(code) ? "go" : "braces" };
  }
}

/** What nobody writes but in a Go template. */
const GO = /^(?:[.$]|(?:if|with|range|define|template|include|block|end|else|printf|index)\b)/;

function roleOf(code: string, opens: RegExp): TagRole {
  if (/^(?:block|call|filter|raw|verbatim|autoescape|with|trans)\b/.test(code)) return "wrap";
  if (opens.test(code)) return "open";
  if (/^else\s*[-+~]?$/.test(code)) return "else";
  if (/^(?:elif|elsif|elseif|else)\b/.test(code)) return "middle";
  return /^end/.test(code) ? "close" : "silent";
}

function roleOfBraces(code: string): TagRole {
  if (/^[#^]/.test(code)) return "open";
  if (/^\/(?!\*)/.test(code)) return "close";
  if (/^(?:\/\*|!)/.test(code)) return "silent";
  if (/^block\s/.test(code)) return "wrap";
  if (/^(?:if|with|range|define)\s/.test(code)) return "open";
  if (/^else\s*-?$/.test(code)) return "else";
  if (/^else\s/.test(code)) return "middle";
  return /^end\s*-?$/.test(code) ? "close" : "value";
}

/** Of Ruby and JavaScript. */
function roleOfCode(inside: string, code: string): TagRole {
  if (inside.startsWith("=")) return "value";
  if (inside.startsWith("#")) return "silent";
  if (/^(?:else|\}\s*else\s*\{)\s*-?$/.test(code)) return "else";
  if (/^(?:elsif|else|when|\}\s*else)\b/.test(code)) return "middle";
  if (/^(?:end\b|\})/.test(code)) return "close";
  const last = code.slice(-80).trimEnd().replace(/[-_]$/, "").trimEnd();
  if (/^(?:if|unless|case|for|while|begin)\b/.test(code) || /(?:\bdo|\{|\|)$/.test(last)) return "open";
  // In EJS the dash means a value as it is, in Ruby that the blanks before it go.
  return inside.startsWith("- ") && /^[\w.]+\s*$/.test(code) ? "value" : "silent";
}
