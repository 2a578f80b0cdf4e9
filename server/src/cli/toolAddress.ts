import * as manifest from "../../../package.json";
import { manualUrl } from "../catalog/manualLink.ts";
import type { SystemdVersion } from "../facts/version.ts";

const { repository } = manifest as { readonly repository?: string | { readonly url: string } };

/** Where a report says that more is to be found: the repository that the manifest names, else the manual that the rules are about. */
export function toolAddress(systemd: SystemdVersion): string {
  const url = typeof repository === "object" ? repository.url : repository;
  const [, address] = /^(?:git\+)?(https:\/\/.*?)(?:\.git)?$/.exec(url ?? "") ?? [];
  return address ?? manualUrl("systemd.directives", undefined, systemd);
}
