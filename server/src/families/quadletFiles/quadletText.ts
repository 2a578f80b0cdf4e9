import { isQuadletSection, OWN_SECTIONS_OF_QUADLETS } from "../../facts/quadletKinds.ts";
import type { QuadletPath } from "./quadletPath.ts";

const HEADER = /^[ \t]*\[([^\]\r\n]*)\]/gm;
const GENERAL: ReadonlySet<string> = new Set(["Unit", "Service", "Install"]);

/** The keys of [Network] that networkd has and podman has not are many, those of podman few. */
const OF_NETWORK =
  /^[ \t]*(?:ContainersConfModule|DisableDNS|Driver|GlobalArgs|IPAMDriver|IPRange|IPv6|InterfaceName|Internal|Label|NetworkDeleteOnStop|NetworkName|Options|PodmanArgs|ServiceName|Subnet)[ \t]*=/m;
const ANY_KEY = /^[ \t]*([A-Za-z0-9]+)[ \t]*=/gm;
/** What both know. */
const SHARED: ReadonlySet<string> = new Set(["DNS", "Gateway"]);

/**
 * Whether a file is a quadlet, as its suffix says: other programs have files called `x.image`, `x.build`, `x.pod` and
 * `x.network` too. In a folder that the generator reads each of them is, but for what networkd reads there.
 */
export function isQuadletText({ kind, placed }: Pick<QuadletPath, "kind" | "placed">, text: string): boolean {
  if (kind === "network") return isQuadletNetwork(placed, text);
  if (placed) return true;
  const names = headers(text);
  if (names.length === 0) return isEmpty(text) || (saysNothing(text) && !SHARED_SUFFIXES.has(kind));
  if (kind === "quadlets") return names.some(isQuadletSection);
  const own = OWN_SECTIONS_OF_QUADLETS[kind];
  // A header in the wrong letter case is a mistake of the writer where no other program has such files.
  return names.some(
    (it) => it === own || it === "Quadlet" || (kind === "container" && it.toLowerCase() === "container"),
  )
    ? true
    : names.every((it) => GENERAL.has(it));
}

/** The suffixes that files of other programs have, too: nothing but comments makes none of these a quadlet. */
const SHARED_SUFFIXES: ReadonlySet<string> = new Set(["image", "build", "pod", "artifact"]);

const isEmpty = (text: string): boolean => text.trim() === "";

/** Whether a text has nothing but blank lines and comments, as that of a file which is yet to be written. */
const saysNothing = (text: string): boolean => !/^[ \t]*[^\s#;]/m.test(text);

/** A `.network` is networkd's where it has a section or a key that only networkd knows; one that says nothing of either is podman's. */
function isQuadletNetwork(placed: boolean, text: string): boolean {
  const names = headers(text);
  if (placed) return true;
  if (names.length === 0) return saysNothing(text);
  const isGeneral = (it: string): boolean => GENERAL.has(it) || it === "Quadlet";
  if (names.some((it) => it !== "Network" && !isGeneral(it) && !it.startsWith("X-"))) return false;
  if (names.some(isGeneral)) return true;
  if (OF_NETWORK.test(text)) return true;
  return [...text.matchAll(ANY_KEY)].every(([, key = ""]) => SHARED.has(key));
}

const headers = (text: string): string[] => [...text.matchAll(HEADER)].map(([, name = ""]) => name);
