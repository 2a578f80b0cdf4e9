import type { Hover } from "vscode-languageserver-types";
import type { Profile } from "../../hardening/hardening.ts";
import { hover } from "../hover.ts";
import type { World } from "../world.ts";
import { type HostedView, placedUnitAt } from "./hostedView.ts";

/** What stands under the cursor in a unit of a file of another language, explained as in a unit file. */
export function hostedHover(
  view: HostedView,
  offset: number,
  markdown: boolean,
  world: World,
  profile: Profile,
): Hover | undefined {
  const placed = placedUnitAt(view, offset);
  const piece = placed?.written.map.pieceAt(offset);
  if (!placed || !piece) return undefined;
  const { text, uncertain } = placed.written;
  const at = placed.written.map.toText(offset);
  if (uncertain.some((it) => it.start <= at && at < it.end)) return undefined;
  const answer = hover(placed.view, at, markdown, world, profile);
  // What stands at several places of the text, such as the name of a unit, is shown where the cursor is.
  const source = text.startsWith("[", piece.start) ? piece.source : undefined;
  const range = source && { start: view.lines.positionAt(source.start), end: view.lines.positionAt(source.end) };
  return answer && { ...answer, ...(range && { range }) };
}
