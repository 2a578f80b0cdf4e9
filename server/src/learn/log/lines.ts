/** Cuts chunks of a log into lines in bounded memory; a line that is longer than `longest` is only counted. */
export interface LineCutter {
  /** Bytes, or text in which each character stands for one byte. */
  readonly add: (chunk: Uint8Array | string) => void;
  /** Gives the last line out, where no newline ends it. */
  readonly end: () => void;
}

/** More than strace writes of any call: 64 elements of an array, each with a path. */
const LONGEST = 256 * 1024;

/** The lines keep their chunk alive: who keeps a part of one copies it with `kept()`. */
export function lineCutter(
  onLine: (line: string) => void,
  onLong: (start: string) => void,
  longest = LONGEST,
): LineCutter {
  let rest = "";
  let skipping = false;
  const whole = (line: string): void => {
    if (line.length > longest) onLong(line);
    else onLine(line);
  };
  const take = (text: string): void => {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      if (skipping) skipping = false;
      else if (from === 0 && rest !== "") whole(rest + text.slice(0, at));
      else whole(text.slice(from, at));
      if (from === 0) rest = "";
      from = at + 1;
    }
    if (skipping) return;
    rest = from === 0 ? rest + text : kept(text.slice(from));
    if (rest.length <= longest) return;
    onLong(rest);
    rest = "";
    skipping = true;
  };
  return {
    add: (chunk) => {
      if (typeof chunk === "string") take(chunk);
      else for (let i = 0; i < chunk.length; i += STEP) take(latin1(chunk.subarray(i, i + STEP)));
    },
    end: () => {
      if (rest !== "" && !skipping) whole(rest);
      rest = "";
      skipping = false;
    },
  };
}

const STEP = 64 * 1024;
const PART = 8 * 1024;

const ASCII = new TextDecoder();

/** One character for each byte. `TextDecoder` knows "latin1" only as windows-1252, which changes some of them. */
function latin1(bytes: Uint8Array): string {
  if (isAscii(bytes)) return ASCII.decode(bytes);
  let text = "";
  for (let i = 0; i < bytes.length; i += PART) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + PART) as unknown as number[]);
  }
  return text;
}

/** Four bytes at a time. */
function isAscii(bytes: Uint8Array): boolean {
  const start = -bytes.byteOffset & 3;
  if (bytes.length < start) return bytes.every((byte) => byte < 0x80);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + start, (bytes.length - start) >> 2);
  let all = 0;
  for (let i = 0; i < words.length; i++) all |= words[i] ?? 0;
  for (let i = 0; i < start; i++) all |= bytes[i] ?? 0;
  for (let i = start + words.length * 4; i < bytes.length; i++) all |= bytes[i] ?? 0;
  return (all & 0x80808080) === 0;
}

/** A copy that does not keep the text alive of which it is a part. */
export const kept = (part: string): string => ` ${part}`.slice(1);
