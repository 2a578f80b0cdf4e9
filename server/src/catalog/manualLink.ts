import { byVersion, hasCome, NEWEST_VERSION, releaseOf, type SystemdVersion } from "../facts/version.ts";
import { type Directive, isRead } from "./catalog.ts";
import { QUADLET_PAGE, type SectionFacts } from "./sections.ts";

/** The address of an entry in the HTML manual of a version; without an anchor, of the page. */
export function manualUrl(page: string, anchor: string | undefined, version: SystemdVersion): string {
  if (page === QUADLET_PAGE) return `https://docs.podman.io/en/latest/markdown/${page}.5.html`;
  const edition = hasCome({ since: NEWEST_VERSION }, version) ? "latest" : String(releaseOf(version));
  const url = `https://www.freedesktop.org/software/systemd/man/${edition}/${page}.html`;
  return anchor === undefined ? url : `${url}#${encodeURI(anchor)}`;
}

/** The address of a page written as `systemd.exec(5)`; undefined for one that is neither systemd's nor podman's. */
export function pageUrl(page: string, version: SystemdVersion): string | undefined {
  const urls = PAGE_URLS(version);
  const known = urls.get(page);
  if (known !== undefined) return known;
  const name = /^(systemd[\w.-]*|podman-systemd\.unit)\(\d\)$/.exec(page)?.[1];
  if (name === undefined) return undefined;
  const url = manualUrl(name, undefined, version);
  urls.set(page, url);
  return url;
}

const PAGE_URLS = byVersion(() => new Map<string, string>());

/** The address of a directive's entry, undefined where no page describes it. */
export function directiveUrl(directive: Directive, version: SystemdVersion): string | undefined {
  // What a version does not know yet stands in the newest manual.
  const edition = isRead(directive, version) ? version : NEWEST_VERSION;
  return directive.page && manualUrl(directive.page, directive.anchor ?? `${directive.name}=`, edition);
}

/** The address of what the manual says about a section. */
export function sectionUrl({ page, anchor }: SectionFacts, version: SystemdVersion): string {
  return manualUrl(page, anchor, version);
}
