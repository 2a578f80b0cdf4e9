import { manualUrl } from "../catalog/manualLink.ts";
import { NEWEST_VERSION } from "../facts/version.ts";
import { pageTarget, type Shelf } from "../features/manual.ts";
import { pagesNamedIn } from "../manual/references.ts";
import { manualRows } from "../manual/rows.ts";
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
    const shelf = await manuals.load();
    return shelf ? manualIndex(shelf) : null;
  });
  connection.onRequest<ManualAnswer | null, unknown>(MANUAL_PAGE_REQUEST, async (params: unknown) => {
    const { page, section } = (params ?? {}) as { readonly page?: unknown; readonly section?: unknown };
    const shelf = await manuals.load();
    return typeof page === "string" ? manualPage(shelf, page, typeof section === "string" ? section : undefined) : null;
  });
}

const indexes = new WeakMap<Shelf, Promise<ManualIndex>>();

/** All names that can be looked up, read page by page with a rest in between for other requests. */
function manualIndex(shelf: Shelf): Promise<ManualIndex> {
  const index = indexes.get(shelf) ?? readIndex(shelf);
  indexes.set(shelf, index);
  return index;
}

async function readIndex({ manual, origin }: Shelf): Promise<ManualIndex> {
  const pages: ManualIndexPage[] = [];
  for (const { page: title, rows } of manualRows(manual)) {
    const [, page = "", section = ""] = /^(.+)\((\w+)\)$/.exec(title) ?? [];
    pages.push({ page, section, here: manual.has(page, section), rows });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { version: manual.version, origin, pages };
}

/** A whole page with where its links lead, or where else it can be read; null where nobody knows. */
function manualPage(shelf: Shelf | undefined, name: string, section: string | undefined): ManualAnswer | null {
  if (!shelf)
    return SYSTEMDS.test(name) ? { kind: "elsewhere", url: manualUrl(name, undefined, NEWEST_VERSION) } : null;
  const { manual, origin } = shelf;
  const page = manual.has(name, section) ? manual.page(name, section) : undefined;
  if (!page) {
    const url = pageTarget(shelf, { page: name, section: section ?? "" });
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
