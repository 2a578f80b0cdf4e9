import { CAPABILITY_FACTS } from "../../facts/capabilities.ts";
import { isPrivileged, optionsNamed } from "./lookups.ts";
import type { PodmanOption } from "./podmanOptions.ts";

/** The capabilities that podman leaves to a container which says nothing (seen with 5.4.2). */
export const PODMAN_CAPABILITIES: readonly string[] = [
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];

const ALL: readonly string[] = CAPABILITY_FACTS.map(({ name }) => name.replace(/^CAP_/, ""));

/** A capability as podman takes it, in any letter case and with or without its prefix; `ALL` for all. */
export const capabilityName = (word: string): string => word.toUpperCase().replace(/^CAP_/, "");

/** What a container may have at most, in the kernel's order, and the lines that say so. */
export interface PayloadCapabilities {
  readonly bounding: readonly string[];
  /** Those that were added by name. */
  readonly added: readonly string[];
  readonly because: readonly PodmanOption[];
}

/** How podman adds and drops: what is named wins over `all`, in either direction. */
export function capabilitiesIn(options: readonly PodmanOption[]): PayloadCapabilities {
  const lists = (option: string): readonly PodmanOption[] => optionsNamed(options, option);
  const namesIn = (lines: readonly PodmanOption[]): readonly string[] =>
    lines.flatMap(({ value }) => value.split(",")).map(capabilityName);
  const privileged = isPrivileged(options);
  const [adds, drops] = [lists("cap-add"), lists("cap-drop")];
  const [added, dropped] = [namesIn(adds), namesIn(drops)];
  const because = [...(privileged ? [privileged] : []), ...adds, ...drops];
  if (privileged) return { bounding: ALL, added: [], because };
  const base = added.includes("ALL") ? ALL : dropped.includes("ALL") ? [] : PODMAN_CAPABILITIES;
  const kept = new Set([...base.filter((it) => !dropped.includes(it)), ...added]);
  return { bounding: ALL.filter((it) => kept.has(it)), added: added.filter((it) => it !== "ALL"), because };
}
