/** A finished system call of a log, taken apart. */
export interface LoggedCall {
  readonly name: string;
  /** As strace writes them, without the space around. */
  readonly args: readonly string[];
  readonly result: CallResult;
}

/** What a call returned. */
export interface CallResult {
  /** As `3`, `0x7f00`, `-1`, `?`; without the path of a descriptor. */
  readonly value: string;
  /** As `ENOENT`; of an interrupted call `ERESTARTSYS` and the like. */
  readonly error: string | undefined;
  /** What the descriptor returned leads to, still escaped: as `/etc/passwd`, `socket:[1]`. */
  readonly leadsTo: string | undefined;
}

/** The name of the call that a text begins with. */
export function callName(text: string): string | undefined {
  for (let at = 0; at < text.length && at < 40; at++) {
    const code = text.charCodeAt(at);
    const letter = (code >= 97 && code <= 122) || code === 95 || (code >= 48 && code <= 57);
    if (!letter) return code === 40 && at > 0 ? text.slice(0, at) : undefined;
  }
  return undefined;
}

/** Takes a call apart; `undefined` where it does not end as a finished call does. */
export function readCall(text: string, name: string): LoggedCall | undefined {
  const args: string[] = [];
  const end = splitUntil(text, name.length + 1, 41, args);
  if (end < 0) return undefined;
  const result = RESULT.exec(text.slice(end + 1));
  if (result === null) return undefined;
  return { name, args, result: readResult(result[1] ?? "") };
}

const RESULT = /^\s*= (.+)$/s;

/** The result alone, for calls whose arguments tell nothing. */
export function resultOf(text: string): CallResult | undefined {
  const at = text.lastIndexOf(" = ");
  return at < 0 ? undefined : readResult(text.slice(at + 3));
}

const FAILED = /^(?:-1|\?) (E[A-Z0-9]{1,30})(?: |$)/;

function readResult(text: string): CallResult {
  const code = text.charCodeAt(0);
  if (code === 45 || code === 63) {
    const failed = FAILED.exec(text);
    if (failed !== null) return { value: text.slice(0, code === 45 ? 2 : 1), error: failed[1], leadsTo: undefined };
  }
  let end = 0;
  while (end < text.length && text.charCodeAt(end) !== 32 && text.charCodeAt(end) !== 60) end++;
  const leads = text.charCodeAt(end) === 60 ? text.slice(end + 1, closingAngle(text, end)) : undefined;
  return { value: text.slice(0, end), error: undefined, leadsTo: leads };
}

/** The parts of a structure or an array, `{a=1, b={…}}` or `[1, 2]`; an empty list where it is something else. */
export function elementsOf(value: string): readonly string[] {
  const open = value.charCodeAt(0);
  if (open !== 123 && open !== 91) return [];
  const parts: string[] = [];
  return splitUntil(value, 1, open + 2, parts) < 0 ? [] : parts;
}

/** The value of a field of a structure. */
export function fieldOf(value: string, field: string): string | undefined {
  const start = `${field}=`;
  return elementsOf(value)
    .find((part) => part.startsWith(start))
    ?.slice(start.length);
}

const MOST_PARTS = 1024;

/** Pushes what commas part on the first level, and returns where `close` stands; -1 where nothing closes. */
function splitUntil(text: string, from: number, close: number, into: string[]): number {
  let start = from;
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) at = closingQuote(text, at);
    else if (code === 60) at = text.charCodeAt(at + 1) === 60 ? at + 1 : closingAngle(text, at);
    else if (code === 47 && text.charCodeAt(at + 1) === 42) at = closingComment(text, at);
    else if (code === 40 || code === 91 || code === 123) depth++;
    else if (depth === 0 && code === close) {
      const last = text.slice(start, at).trim();
      if (last !== "" || into.length > 0) into.push(last);
      return at;
    } else if (code === 41 || code === 93 || code === 125) depth--;
    else if (code === 44 && depth === 0) {
      if (into.length > MOST_PARTS) return -1;
      into.push(text.slice(start, at).trim());
      start = at + 1;
    }
    if (at < 0 || depth < 0) return -1;
    at++;
  }
  return -1;
}

function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at;
  }
  return text.length;
}

/** In a path `<` and `>` are escaped; the arrow of an address, as `-yy` writes it, closes nothing. */
function closingAngle(text: string, from: number): number {
  for (let at = text.indexOf(">", from + 1); at >= 0; at = text.indexOf(">", at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (text.charCodeAt(at - 1) === 45 && ((next >= 48 && next <= 57) || next === 91)) continue;
    return at;
  }
  return text.length;
}

function closingComment(text: string, from: number): number {
  const end = text.indexOf("*/", from + 2);
  return end < 0 ? text.length : end + 1;
}
