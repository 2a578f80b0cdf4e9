import type { TableLayout } from "./checkTable.ts";
import { changesBetween, exposuresIn, type KnownExposure } from "./exposureChanges.ts";
import { changesMarkdown, changesText } from "./exposureChangesText.ts";
import type { Host } from "./host.ts";
import { listedReport } from "./html/listedReport.ts";
import { type ListedReport, securityPage } from "./html/securityPage.ts";
import type { ReportOrigin } from "./html/summaryPart.ts";
import { namedFile } from "./namedFile.ts";
import { UsageError } from "./option.ts";
import { collected, type ReportFormat } from "./reportFormat.ts";
import { type AssessedUnit, type UnitReport, withoutText } from "./securityReport.ts";

/** What changed, for a terminal where there is a layout for it, else as Markdown. */
export function changesFormat(
  before: readonly KnownExposure[],
  layout: TableLayout | undefined,
): ReportFormat<UnitReport, AssessedUnit> {
  return collected("report", withoutText, (all) => {
    const changes = changesBetween(before, all);
    return layout ? changesText(changes, layout) : changesMarkdown(changes);
  });
}

/** A service of a page, and what a comparison needs of it. */
interface PageEntry {
  readonly listed: ListedReport;
  readonly assessed: UnitReport | undefined;
}

/** The page of services, with what changed where there is an earlier run. */
export function pageFormat(
  origin: () => ReportOrigin,
  before: readonly KnownExposure[] | undefined,
): ReportFormat<PageEntry, AssessedUnit> {
  return collected(
    "xml",
    (it) => ({ listed: listedReport(it), assessed: before && withoutText(it) }),
    (all) => {
      const changes =
        before &&
        changesBetween(
          before,
          all.flatMap((it) => it.assessed ?? []),
        );
      return securityPage(
        all.map((it) => it.listed),
        origin(),
        changes,
      );
    },
  );
}

/** The exposures of an earlier run; throws UsageError for a file with something else. */
export function readBefore(host: Host, path: string): readonly KnownExposure[] {
  const known = exposuresIn(namedFile(host, path));
  if (!known) throw new UsageError(`${path} is not what security --format json prints`);
  return known;
}
