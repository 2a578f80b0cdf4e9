import { ADDRESS_FAMILIES, addressFamily, familySummary } from "../../facts/addressFamilies.ts";
import { errnos } from "../../facts/errnos.ts";
import { callsOf, systemCalls } from "../../facts/systemCalls.ts";
import { releaseOf, type SystemdVersion } from "../../facts/version.ts";
import type { Explanation } from "./layout.ts";

/** A family of sockets by any of its names, in whichever case. */
export function explainFamily(name: string): Explanation[] {
  const number = addressFamily(name);
  if (number === undefined) return [];
  const [first = name, ...others] = [...ADDRESS_FAMILIES].filter(([, it]) => it === number).map(([it]) => it);
  const parts = [
    familySummary(number),
    others.length > 0 ? `Also called ${others.join(" and ")}.` : undefined,
    FORGOTTEN[first],
    number > 0
      ? "RestrictAddressFamilies= lists the families of which the service may open sockets, or after a ~ those of which it may not; sockets that systemd passes in still work."
      : undefined,
    "More: address_families(7)",
  ];
  return [{ title: `${first}, address family ${number}`, parts }];
}

/** Who misses a family that a list leaves out. */
const FORGOTTEN: Readonly<Record<string, string>> = {
  AF_UNIX: "Without it a service reaches neither syslog nor D-Bus, and cannot tell systemd that it is ready.",
  AF_NETLINK:
    "It is easily forgotten: what lists or watches the interfaces of the machine needs it, such as name servers, file servers and discovery daemons.",
};

/** An error number by its name, in whichever case. */
export function explainErrno(name: string): Explanation[] {
  const key = name.toUpperCase();
  const facts = errnos().get(key);
  if (!facts) return [];
  const { number, meaning } = facts;
  const parts = [
    meaning && `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`,
    `SystemCallErrorNumber=${key} makes calls that SystemCallFilter= denies fail with it, instead of killing the service; :${key} after a call or group does so only for these.`,
    "unit-warden explain - UNIT reads lines of the journal with such an error and names the settings of the unit that lead there.",
    "More: errno(3)",
  ];
  return [{ title: `${key}, error number ${number}`, parts }];
}

/** A single system call: the groups that hold it, and whether it can be made at all. */
export function explainCall(name: string, version: SystemdVersion): Explanation[] {
  const { names, groups, native, unresolved } = systemCalls(version);
  if (!names.has(name)) return [];
  const holds = [...groups.keys()].filter((it) => it !== "@known" && callsOf(it, version)?.has(name));
  const direct = holds.filter((it) => groups.get(it)?.includes(name));
  const through = holds.filter((it) => !direct.includes(it));
  const parts = [
    direct.length > 0 ? `Held by ${direct.join(", ")}.` : "No group holds it: a filter has to name it.",
    through.length > 0 ? `By way of these also by ${through.join(", ")}.` : undefined,
    holds.includes(SERVICES) ? undefined : `A service with SystemCallFilter=${SERVICES} alone cannot make it.`,
    holds.includes("@default") ? "A list of what is allowed never leaves it out, named or not." : undefined,
    unresolved.has(name)
      ? "The filter library of this systemd does not know it, so that systemd skips the word with a message."
      : native.has(name)
        ? undefined
        : "Only other architectures than x86-64 have it.",
    `More: ${name}(2), or unit-warden explain ${direct[0] ?? SERVICES}`,
  ];
  return [{ title: `${name}, system call, in the groups of systemd ${releaseOf(version)}`, parts }];
}

const SERVICES = "@system-service";
