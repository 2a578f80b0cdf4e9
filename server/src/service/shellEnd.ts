/** What the end of a shell means for a service that runs a line of it. */
export type ShellEnd =
  /** It ends at once, and leaves something behind in the background. */
  | { readonly kind: "background"; readonly words: readonly string[] }
  /** It lives as long as its last command; `isChild` where that is surely another process than the shell. */
  | { readonly kind: "last"; readonly words: readonly string[]; readonly isChild: boolean }
  /** Other commands of it run on before the last one, as processes of their own. */
  | { readonly kind: "children" };

interface Part {
  readonly words: readonly string[];
  /** What separates it from the next one. */
  readonly end: string;
}

/** How a line of a shell ends; undefined where loops, conditions or substitutions decide. */
export function shellEnd(line: string): ShellEnd | undefined {
  const parts = partsOf(line);
  const last = parts?.at(-1);
  if (!parts || !last || parts.some(({ words }) => WAITS.has(words[0] ?? "") && words.length > 1)) return undefined;
  const waits = parts.some(({ words }) => words[0] === "wait");
  const behind = parts.filter((_, i) => isBehind(parts, i));
  const others = parts.filter((_, i) => !isBehind(parts, i));
  if (behind.length > 0 && others.every(({ words }) => isQuick(words) && !WAITS.has(words[0] ?? "")))
    return { kind: "background", words: behind.at(-1)?.words ?? [] };
  if (waits) return behind.length > 0 ? { kind: "children" } : undefined;
  if (behind.includes(last)) return undefined;
  if (others.some(({ words }) => words[0] === "exec")) return asLast(last, parts, false);
  if (isQuick(last.words) && others.some(({ words }) => !isQuick(words))) return { kind: "children" };
  return asLast(last, parts, parts.at(-2)?.end === "|");
}

function asLast({ words }: Part, parts: readonly Part[], isChild: boolean): ShellEnd | undefined {
  if (parts.some(({ end }) => end === "||")) return undefined;
  return { kind: "last", words: words[0] === "exec" ? words.slice(1) : words, isChild };
}

/** Whether a part is in the background: the list that it belongs to ends in a lone `&`. */
function isBehind(parts: readonly Part[], at: number): boolean {
  const end = parts.slice(at).find((it) => !JOINS.has(it.end))?.end;
  return end === "&";
}

const JOINS: ReadonlySet<string> = new Set(["&&", "||", "|"]);
const WAITS: ReadonlySet<string> = new Set(["wait", "fg"]);

/** Commands that end at once, whatever their words. */
const QUICK: ReadonlySet<string> = new Set(
  ": [ cd chmod chown disown echo exit export mkdir printf rm set sleep source test touch true ulimit umask unset".split(
    " ",
  ),
);
const isQuick = ([name = ""]: readonly string[]): boolean => QUICK.has(name.slice(name.lastIndexOf("/") + 1));

/** Words with which other lines decide what runs. */
const CONTROL =
  /^(?:if|then|elif|else|fi|case|esac|for|while|until|do|done|function|select|trap|\{|\}|!|\[\[|eval|return)$/;
const TOKEN = /(?:[<>]&[\w-]*|&>>?|"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"';&|()\\])+|&&|\|\||[;&|()\n]/gs;
/** More than anyone writes in one line or a short script. */
const MAX_LINE = 5000;

function partsOf(line: string): readonly Part[] | undefined {
  if (line.length > MAX_LINE || /`|\$\(|<</.test(line)) return undefined;
  const parts: Part[] = [];
  let words: string[] = [];
  for (const [token] of line.replace(/\\\n/g, " ").matchAll(TOKEN)) {
    if (token === "(" || token === ")") return undefined;
    if (!/^(?:&&?|\|\|?|;|\n)$/.test(token)) words.push(token.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
    else if (words.length > 0) {
      parts.push({ words: withoutAssignments(words), end: token });
      words = [];
    }
  }
  if (words.length > 0) parts.push({ words: withoutAssignments(words), end: "" });
  return parts.some((it) => it.words.some((word) => CONTROL.test(word) && word === it.words[0])) ? undefined : parts;
}

function withoutAssignments(words: readonly string[]): readonly string[] {
  const at = words.findIndex((it) => !/^[A-Za-z_]\w*=/.test(it));
  return at < 0 ? [":"] : words.slice(at);
}
