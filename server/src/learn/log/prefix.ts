/** A line of a log without its prefix. */
export interface LogLine {
  /** The process; 0 where the log names none, as strace without `-f` does. */
  readonly pid: number;
  /** Seconds since 1970; 0 where the log has no times. */
  readonly time: number;
  readonly text: string;
}

const SPACE = 32;
const DOT = 46;
const BRACKET = 91;
const ATTACHED = /^\[pid +(\d{1,10})\] /;
const START_OF_CALL = /^(?:[a-z_?][a-z_0-9?]*\(|<\.\.\. |\+\+\+ |--- |\[ |strace: )/;

/**
 * Reads `PID TIME`, `TIME`, or `[pid PID] TIME` off a line; `undefined` where what follows can be no call.
 * The text shares its memory with the line.
 */
export function logLine(line: string): LogLine | undefined {
  let at = 0;
  let pid = 0;
  if (line.charCodeAt(0) === BRACKET) {
    const attached = ATTACHED.exec(line);
    if (attached !== null) {
      pid = Number(attached[1]);
      at = attached[0].length;
    }
  }
  let end = afterDigits(line, at);
  if (end > at && line.charCodeAt(end) === SPACE) {
    if (end - at > 10) return undefined;
    pid = digits(line, at, end);
    at = afterSpaces(line, end);
    end = afterDigits(line, at);
  }
  let time = 0;
  if (end > at && line.charCodeAt(end) === DOT) {
    const fraction = afterDigits(line, end + 1);
    const places = fraction - end - 1;
    if (end - at > 12 || places > 9 || line.charCodeAt(fraction) !== SPACE) return undefined;
    time = digits(line, at, end) + digits(line, end + 1, fraction) / 10 ** places;
    at = afterSpaces(line, fraction);
  }
  if (at >= line.length) return undefined;
  const text = at === 0 ? line : line.slice(at);
  return time > 0 || START_OF_CALL.test(text) ? { pid, time, text } : undefined;
}

function afterDigits(line: string, from: number): number {
  let at = from;
  for (let code = line.charCodeAt(at); code >= 48 && code <= 57; code = line.charCodeAt(at)) at++;
  return at;
}

function digits(line: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) number = number * 10 + line.charCodeAt(at) - 48;
  return number;
}

function afterSpaces(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === SPACE) at++;
  return at;
}
