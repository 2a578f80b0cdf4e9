import { once } from "../units/once.ts";
import type { Facts } from "./facts.ts";
import { firstMatch, words } from "./settings.ts";

/** Whether a command names its display, whose socket lies in /tmp. */
export const displayed = once((programs: Facts["programs"]): string | undefined =>
  programs.some(({ args }) => args.some((it) => /^--?display(?:=|$)/.test(it)))
    ? "it talks to a display through /tmp"
    : undefined,
);

/** What shows a program for the pins and buses of a small board. */
export function board({ programs, programPaths }: Facts): string | undefined {
  const own = firstMatch(programPaths, /^\/home\/pi\/./);
  return boardOf(programs) ?? (own === undefined ? undefined : `the pins of a board, as ${own} may`);
}

const boardOf = once((programs: Facts["programs"]): string | undefined => {
  const all = programs.flatMap(({ path, args }) => [path, ...args]);
  const word = firstMatch(all, BOARD);
  return word === undefined ? undefined : BOARD.exec(word)?.[1];
});

const BOARD =
  /(?:^|[^a-z])((?:pi)?gpio(?:zero|d)?|i2c|spidev|smbus2?|wiringpi|neopixels?|ws281x|ds18b20|dht(?:11|22)|bm[ep]280|ssd1306)(?![a-z])/i;

/** What shows a program that computes on graphics processors. */
export const graphics = ({ programs, unit }: Facts): string | undefined =>
  firstMatch(words(unit, "Environment"), /^(?:CUDA|ROCR?|HIP|HSA|NVIDIA|GPU|ZE|VLLM|OLLAMA)_\w+=/)?.replace(
    /=.*$/s,
    "",
  ) ?? graphicsOf(programs);

const graphicsOf = once((programs: Facts["programs"]): string | undefined => {
  const all = programs.flatMap(({ path, args }) => [path, ...args]);
  return firstMatch(all, GRAPHICS);
});

const GRAPHICS =
  /(?:^|\/)(?:comfyui|stable-diffusion[\w-]*|text-generation[\w-]*|llama[._-]cpp(?:-python)?|llama_cpp[\w.]*|faster-whisper[\w-]*|whisper\.cpp|vllm[\w.]*|invokeai)(?:\/|$)|^--?(?:n-)?gpu[\w-]*(?:=|$)|^(?:--device[= ]?)?cuda(?::\d+)?$/i;
