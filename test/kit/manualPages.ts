import type { ManualSource } from "../../server/src/features/manual.ts";
import { NO_WORLD, type World } from "../../server/src/features/world.ts";
import { type Manual, manualOf } from "../../server/src/manual/manual.ts";
import { entry, page, source } from "../manual/kit.ts";

/** A page of ours in the shape of systemd's, of a systemd that never was. */
export function ownPage(name: string, content: string, section = "5"): string {
  return page(content, "", name).replace('" "5" "', `" "${section}" "`);
}

/** An entry: its terms, then its paragraphs. */
export function ownEntry(terms: string, ...paragraphs: readonly string[]): string {
  return entry(terms, paragraphs.join("\n.sp\n"));
}

/** The pages as the reader opens them. */
export function ownManual(...pages: readonly string[]): Manual {
  return manualOf(pages.map(source));
}

/** A world whose reader has this manual on his machine, in a client that opens pages where `views` is true. */
export function worldWith(manual: Manual, views: boolean, origin: ManualSource["origin"] = "installed"): World {
  const pages: ManualSource = { manual, views, origin };
  return { ...NO_WORLD, manual: () => pages };
}
