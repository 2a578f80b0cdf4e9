import { manualUrl } from "../catalog/manualLink.ts";
import type { SystemdVersion } from "../facts/version.ts";

/** The page of the repository, which the build writes here where the manifest names one. */
const home = (globalThis as { readonly unitWardenHome?: string }).unitWardenHome;

/** Where a report says that more is to be found: the repository, else the manual that the rules are about. */
export const toolAddress = (systemd: SystemdVersion): string =>
  home ?? manualUrl("systemd.directives", undefined, systemd);
