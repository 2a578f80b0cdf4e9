import { lazy } from "../text/tables.ts";
import { unescapeRoff } from "./escapes.ts";
import type { Notes } from "./inline.ts";

/** What the first lines of a manual page say. */
export interface PageHead {
  readonly name: string;
  /** All names under which it is installed, as far as it names them. */
  readonly names: readonly string[];
  readonly section: string;
  /** The systemd that it describes. */
  readonly version: number;
}

/** A manual page as systemd ships it: what its first lines say, and all of its text. */
export interface PageSource extends PageHead {
  readonly roff: string;
}

/** A page that is unpacked when its text is asked for, and stays so; where that fails, its text is empty. */
export function packedPage(head: PageHead, unpack: () => string): PageSource {
  const text = lazy(() => {
    try {
      return { roff: unpack() };
    } catch {
      return { roff: "" };
    }
  });
  return {
    ...head,
    get roff() {
      return text().roff;
    },
  };
}

/** The longest page of systemd's, org.freedesktop.systemd1(5), has 0.5 million characters. */
const LONGEST = 4_000_000;

/** A page, or why it is none that can be read. */
export function openPage(roff: string): PageSource | string {
  if (roff.length > LONGEST) return "it is too long for a manual page of systemd";
  if (/^\.Dd /m.test(roff.slice(0, 4000))) return "it is written in mdoc";
  const [, capitals, section = "", version] =
    /^\.TH "([^"\n]+)" "(\w+)" "[^"\n]*" "systemd (\d+)[^"\n]*"/m.exec(roff.slice(0, 4000)) ?? [];
  if (capitals === undefined) return "it is not a manual page of systemd";
  const listed = /^\.SH "NAME"\n(.+?) \\- /m.exec(roff.slice(0, 8000))?.[1];
  if (listed === undefined) return "it is not in English";
  const names = unescapeRoff(listed).split(", ");
  const title = unescapeRoff(capitals).toLowerCase();
  return {
    name: names.find((it) => it.toLowerCase() === title) ?? title,
    names,
    section,
    version: Number(version),
    roff,
  };
}

/** The part of a page with content. */
export function bodyStart(roff: string): number {
  return Math.max(0, roff.indexOf('\n.SH "') + 1);
}

const NOTE = /^\.IP " *(\d+)\." 4\n.*\n\.RS 4\n\\%(.+)$/gm;

/** The addresses that links of a page lead to. */
export function notesOf(roff: string): Notes {
  const start = roff.lastIndexOf('\n.SH "NOTES"');
  if (start < 0) return new Map();
  return new Map(
    [...roff.slice(start).matchAll(NOTE)].map(([, number, url]) => [Number(number), unescapeRoff(url ?? "")] as const),
  );
}
