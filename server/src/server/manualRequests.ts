import { manualUrl } from "../catalog/manualLink.ts";
import { NEWEST_VERSION } from "../facts/version.ts";
import { type ManualSource, pageTarget } from "../features/manual.ts";
import { pagesNamedIn } from "../manual/references.ts";
import { manualRows } from "../manual/rows.ts";
import { memo } from "../units/memo.ts";
import {
  MANUAL_INDEX_REQUEST,
  MANUAL_PAGE_REQUEST,
  type ManualAnswer,
  type ManualIndex,
  type ManualIndexPage,
} from "./protocol.ts";
import type { Session } from "./session.ts";

/** Answers what the client asks about the manual, waiting for it to be read. */
export function answerManualRequests({ connection, manuals }: Session): void {
  connection.onRequest<ManualIndex | null, unknown>(MANUAL_INDEX_REQUEST, async () => {
    const pages = await manuals.load();
    return pages ? manualIndex(pages) : null;
  });
  connection.onRequest<ManualAnswer | null, unknown>(MANUAL_PAGE_REQUEST, async (params: unknown) => {
    const { page, section } = (params ?? {}) as { readonly page?: unknown; readonly section?: unknown };
    const pages = await manuals.load();
    return typeof page === "string" ? manualPage(pages, page, typeof section === "string" ? section : undefined) : null;
  });
}

/** All names that can be looked up, read page by page with a rest in between for other requests. */
const manualIndex = memo(async ({ manual, origin }: ManualSource): Promise<ManualIndex> => {
  const pages: ManualIndexPage[] = [];
  for (const { page: title, rows } of manualRows(manual)) {
    const [, page = "", section = ""] = /^(.+)\((\w+)\)$/.exec(title) ?? [];
    pages.push({ page, section, here: manual.has(page, section), rows });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { version: manual.version, origin, pages };
});

/** A whole page with where its links lead, or where else it can be read; null where nobody knows. */
function manualPage(pages: ManualSource | undefined, name: string, section: string | undefined): ManualAnswer | null {
  if (!pages)
    return SYSTEMDS.test(name) ? { kind: "elsewhere", url: manualUrl(name, undefined, NEWEST_VERSION) } : null;
  const { manual, origin } = pages;
  const page = manual.has(name, section) ? manual.page(name, section) : undefined;
  if (!page) {
    const url = pageTarget(pages, { page: name, section: section ?? "" });
    return url === undefined ? null : { kind: "elsewhere", url };
  }
  const links = pagesNamedIn(page).flatMap(({ page: to, section: of }): [string, string][] => {
    const title = `${to}(${of})`;
    if (manual.has(to, of)) return [[title, HERE]];
    return manual.isOurs(to, of) ? [[title, manualUrl(to, undefined, manual.version)]] : [];
  });
  return {
    kind: "page",
    page,
    origin,
    url: manualUrl(page.name, undefined, manual.version),
    links: Object.fromEntries(links),
  };
}

const HERE = "here";
/** The pages that are systemd's by their names. */
const SYSTEMDS = /^(?:systemd|sd-|systemctl$|journalctl$|udev)/;
