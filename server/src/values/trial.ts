import type { Reader } from "./grammar.ts";

/** Reads into a buffer, of which all or only the slots are passed on. */
export function trialOf(into: Reader): { reader: Reader; keep: (what: "all" | "slots") => void } {
  if (into.quiet) return { reader: into, keep: () => undefined };
  const tokens: Parameters<Reader["token"]>[] = [];
  const slots: Parameters<Reader["slot"]>[] = [];
  return {
    reader: {
      ...into,
      token: (...it) => void tokens.push(it),
      slot: (...it) => void slots.push(it),
    },
    keep(what) {
      if (what === "all") for (const it of tokens) into.token(...it);
      for (const it of slots) into.slot(...it);
    },
  };
}
