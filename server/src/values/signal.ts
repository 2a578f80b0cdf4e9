import { REALTIME, SIGNALS } from "../facts/signals.ts";
import { parseUnsigned } from "./number.ts";

const BY_NAME: ReadonlyMap<string, number> = new Map(SIGNALS.map(({ name, number }) => [name, number]));

/**
 * The number of a signal, undefined where a text names none. Follows signal_from_string(), systemd 257 to 262: a number, or a
 * name in capitals with or without `SIG`, or one of the real-time signals counted from their first or last one.
 */
export function parseSignal(text: string): number | undefined {
  const number = parseUnsigned(text);
  if (number !== undefined) return number >= 1 && number <= REALTIME.last ? number : undefined;
  const name = text.startsWith("SIG") ? text : `SIG${text}`;
  const known = BY_NAME.get(name);
  if (known !== undefined) return known;
  const [, base, distance] = /^SIGRT(MIN|MAX)(?:$|[+-](.*)$)/.exec(name) ?? [];
  if (base === undefined) return undefined;
  const steps = distance === undefined ? 0 : parseUnsigned(distance);
  const sign = distance === undefined ? undefined : name.charAt("SIGRTMIN".length);
  if (steps === undefined || steps > REALTIME.last - REALTIME.first) return undefined;
  if (base === "MIN") return sign === "-" ? undefined : REALTIME.first + steps;
  return sign === "+" ? undefined : REALTIME.last - steps;
}
