import { unescapeRoff } from "./escapes.ts";

const SMALL: ReadonlySet<string> = new Set(["and", "or", "of", "the", "in", "on", "for", "to", "a", "with", "by"]);
const PLAIN_CAPITALS = /^(?:SYSTEMD|EFI|SMBIOS|DNS|PAM|API|OOM|UUID|GPT|TPM2?|PCR|CPU|IO|IPC|MTU|DNS-SD|SR-IOV)$/;

/** The words in quotes after the name of a request. */
export function headingText(line: string): string {
  return unescapeRoff(line.replace(/^\.S[HS] /, "").replace(/^"(.*)"$/, "$1"));
}

/** The sections of files that a page names in brackets, by their names in capitals. */
export type SectionNames = ReadonlyMap<string, string>;

/** Finds the section names of a page. */
export function sectionNames(roff: string): SectionNames {
  const names = new Map<string, string>();
  for (const [, escaped] of roff.matchAll(/\[([\w\\-]{1,60})\]/g)) {
    const name = unescapeRoff(escaped ?? "");
    if (name !== name.toUpperCase() && !names.has(name.toUpperCase())) names.set(name.toUpperCase(), name);
  }
  return names;
}

/** A title of capitals as the source has it, as far as that can be known. */
export function headingCase(title: string, names: SectionNames): string {
  if (title !== title.toUpperCase()) return title;
  return title
    .split(" ")
    .map((word, i) => {
      const section = /^\[(.+)\]$/.exec(word)?.[1];
      if (section !== undefined) return `[${names.get(section) ?? section}]`;
      if (PLAIN_CAPITALS.test(word)) return word;
      const small = word.toLowerCase();
      if (/^\/|\(\d\)/.test(word)) return small;
      return i > 0 && SMALL.has(small) ? small : small.replace(/(?<![\p{L}\d'])\p{L}/gu, (it) => it.toUpperCase());
    })
    .join(" ");
}

/** The section of a file that a heading announces, in capitals as the page has it. */
export function sectionNamed(heading: string): string | undefined {
  return /^\[([^\]]+)\]/.exec(heading)?.[1];
}
