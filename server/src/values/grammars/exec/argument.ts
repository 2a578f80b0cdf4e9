import { cEscapeAt } from "../../../syntax/escapes.ts";
import { expand } from "../../expand.ts";
import type { Lookup, Piece, Reader } from "../../grammar.ts";
import { part, titledTopic, wordTopic } from "../../piece.ts";
import { escapeTopic } from "../names/escapes.ts";

const VARIABLES: Lookup = { kind: "variables" };
const PATHS: Lookup = { kind: "paths" };

/** `$$`, `${NAME}`, an escape or a specifier inside an argument. */
const PART = /\$\$|\$\{[A-Za-z_][A-Za-z0-9_]*\}|\\[\s\S]|%[A-Za-z0-9%]/g;

/** `$NAME` as a whole argument, perhaps in quotes. */
const WHOLE = /^(["']?)\$([A-Za-z_][A-Za-z0-9_]*)\1$/;

/** Whether an argument is a variable that systemd replaces by the words of its value. */
export const isVariable = (raw: string): boolean => WHOLE.test(raw);

/**
 * Colours an argument as it is written, and offers what may stand in it. Follows replace_env_argv(), systemd 257 to 262:
 * `$NAME` is replaced as a whole argument only, `${NAME}` anywhere.
 */
export function readArgument(raw: Piece, into: Reader, replaces: boolean): void {
  offerInside(raw, into, replaces);
  if (replaces && isVariable(raw.text)) {
    into.token(raw.from, raw.to, "variable", WORDS);
    return;
  }
  const role = /^["']?\//.test(raw.text) ? "path" : "text";
  if (!/[$\\%]/.test(raw.text)) {
    into.token(raw.from, raw.to, role);
    return;
  }
  let done = 0;
  const text = (to: number): void => {
    if (to > done) into.token(raw.from + done, raw.from + to, role);
    done = to;
  };
  for (const { 0: written, index } of raw.text.matchAll(PART)) {
    const end = index + written.length;
    const at = part(raw, index, end);
    if (written.startsWith("$")) {
      if (!replaces) continue;
      text(index);
      done = end;
      if (written === "$$") into.token(at.from, at.to, "escape", DOLLAR);
      else into.token(at.from, at.to, "variable", ONE);
    } else if (written.startsWith("\\")) {
      const length = cEscapeAt(raw.text, index + 1)?.length;
      if (length === undefined) continue;
      const whole = part(raw, index, index + 1 + length);
      into.token(whole.from, whole.to, "escape", escapeTopic(whole.text));
    } else expand(at, "full", into);
  }
  text(raw.text.length);
}

const WORDS = titledTopic(
  "A variable",
  "Replaced by its value when the command is run; the value is split at whitespace into several words.",
);
const ONE = titledTopic("A variable", "Replaced by its value when the command is run, without splitting it.");
const DOLLAR = wordTopic("$$", "A dollar sign.");

/** Offers variables after `$` and `${`, and paths after a slash that begins a path. */
function offerInside(raw: Piece, into: Reader, replaces: boolean): void {
  const { cursor } = into;
  if (cursor === undefined || cursor < raw.from || cursor > raw.to) return;
  const before = raw.text.slice(0, cursor - raw.from);
  const begun = /(?:^|[^$])(?:\$\$)*\$\{?([A-Za-z0-9_]*)$/.exec(before)?.[1];
  if (begun !== undefined && replaces) {
    const rest = /^[A-Za-z0-9_]*/.exec(raw.text.slice(before.length))?.[0].length ?? 0;
    into.slot(cursor - begun.length, cursor + rest, () => [], VARIABLES);
    return;
  }
  const path = /(?:^["']?|[=:,])(\/[^=:,]*)$/.exec(before)?.[1];
  if (path === undefined) return;
  const rest = /^[^=:,"']*/.exec(raw.text.slice(before.length))?.[0].length ?? 0;
  into.slot(cursor - path.length, cursor + rest, () => [], PATHS);
}
