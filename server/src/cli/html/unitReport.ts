import { closedGroups, exposureHead, openGroups } from "../../features/exposureBlocks.ts";
import { safeHeading } from "../../features/missingIn.ts";
import type { ExposureReport } from "../../features/report.ts";
import { READERS, type ReportBlock } from "../../reports/model.ts";
import { blockTags, type ReportPlace, scoreTag } from "../../reports/reportTags.ts";
import { type Child, type PageTag, tag } from "../../reports/tag.ts";
import { dropInText } from "./unitDetails.ts";

/** How much a report says. */
interface Extent {
  /** Without what passed and what does not apply. */
  readonly isBrief: boolean;
  /** The text of a drop-in with what is safe to add. */
  readonly dropIn: string | undefined;
}

const PLACE: ReportPlace = { level: 2, isInteractive: false };

/** The report of one unit, as the editor shows it but without what can be pressed; `id` is where links to it lead. */
export function unitReport(report: ExposureReport, path: string, id: string, { isBrief, dropIn }: Extent): PageTag {
  const head = exposureHead(report, path, READERS);
  const shown = (blocks: readonly ReportBlock[]): Child => blocks.map((it) => blockTags(it, PLACE));
  const open = openGroups(report, safeHeading(report.missing), READERS);
  const closed = closedGroups(report, READERS);
  return tag(
    "section",
    { class: "report", id },
    scoreTag(head, PLACE),
    shown(head.blocks),
    shown(open.filter((it) => it.id === "safe")),
    dropIn === undefined ? undefined : dropInText(dropIn, path),
    shown(open.filter((it) => it.id !== "safe")),
    shown(isBrief ? closed.filter((it) => !it.isFolded) : closed),
  );
}
