import type { Unwanted } from "../hardening/ownHardening.ts";
import type { Profile } from "../hardening/profiles.ts";
import { reportDocument } from "../reports/markdown.ts";
import { join, plainProse, strong } from "../reports/markup.ts";
import { READERS } from "../reports/model.ts";
import type { Unit } from "../units/unit.ts";
import { inShort } from "./exposure.ts";
import { closedGroups, exposureHead, openGroups } from "./exposureBlocks.ts";
import { safeHeading } from "./missingIn.ts";
import { exposureReport } from "./report.ts";

/** The report as a document, for editors without a view of their own. */
export function reportMarkdown(unit: Unit, profile: Profile = "basic", unwanted?: Unwanted): string {
  const report = exposureReport(unit, profile, unwanted);
  const { blocks } = exposureHead(report, report.name, READERS);
  const title = join([strong(report.name), plainProse(inShort(report))], ": ");
  return reportDocument(title, [
    ...blocks,
    ...openGroups(report, safeHeading(report.missing), READERS),
    ...closedGroups(report, READERS),
  ]);
}
