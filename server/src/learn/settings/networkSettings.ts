import { addressFamily } from "../../facts/addressFamilies.ts";
import { unitWords } from "../../service/facts.ts";
import { assigned, textOf } from "../../service/settings.ts";
import type { Unit } from "../../units/unit.ts";
import type { LearntSetting } from "../learnt.ts";
import type { AddressNeed, Needs } from "../needs.ts";
import { unseenAbilities } from "./abilities.ts";
import { kindNeeds } from "./kindNeeds.ts";
import { type LearnContext, type LearnRule, offered, refused, usedAs } from "./learnContext.ts";
import { listed } from "./sentences.ts";

const INTERNET = ["AF_INET", "AF_INET6"];

/** The families of sockets that were made, and those that come with them. */
export const addressFamilies: LearnRule = (context) => {
  const { needs } = context;
  const { seen, added } = familiesIn(context);
  const extra = added.length > 0 ? `${listed(added)} ${added.length > 1 ? "come" : "comes"} along` : "";
  const evidence = [seen.length > 0 ? `only ${seen.join(", ")} used` : "no socket was made", extra]
    .filter((it) => it !== "")
    .join("; ");
  const value = [...seen, ...added].sort().join(" ");
  return [offered("RestrictAddressFamilies", value, evidence, Object.values(needs.families))];
};

function familiesIn(context: LearnContext): Readonly<Record<"seen" | "added", readonly string[]>> {
  const { needs } = context;
  const seen = Object.keys(needs.families).sort();
  const added = [
    ...(seen.includes("AF_UNIX") ? [] : ["AF_UNIX"]),
    ...(seen.some((it) => INTERNET.includes(it)) ? INTERNET.filter((it) => !seen.includes(it)) : []),
    ...(!seen.includes("AF_NETLINK") && resolvesNames(context) ? ["AF_NETLINK"] : []),
    ...packetFamilies(context).filter((it) => !seen.includes(it)),
    ...kindNeeds(context).flatMap((it) => it.families.filter((family) => !seen.includes(family))),
  ].filter((it, i, all) => all.indexOf(it) === i && allowed(context, it));
  return { seen, added };
}

/** The families of raw packets that own code asks for, though no run did. */
const packetFamilies = (context: LearnContext): readonly string[] =>
  unseenAbilities(context)
    .filter(({ row }) => row.sign === "packets")
    .flatMap(({ places }) => places.flatMap(({ what }) => (what === "SOCK_RAW" ? INTERNET : ["AF_PACKET"])));

/** Whether the unit lets a service have sockets of a family. */
function allowed({ settings: { addressFamilies: own } }: LearnContext, name: string): boolean {
  const number = addressFamily(name);
  return number === undefined || !own.members || own.members.has(number) === own.allow;
}

/** Whether it looks up names of hosts: the C library then asks the kernel over netlink which addresses there are. */
function resolvesNames({ needs }: LearnContext): boolean {
  const read = ["/etc/resolv.conf", "/etc/hosts", "/etc/gai.conf"].some((path) => {
    const need = Object.hasOwn(needs.paths, path) ? needs.paths[path] : undefined;
    return need !== undefined && usedAs(need, ["read"]).length > 0;
  });
  return (read && usesInternet(needs)) || needs.addresses.some((it) => it.use === "connect" && it.port === 53);
}

const usesInternet = ({ families }: Needs): boolean => INTERNET.some((it) => Object.hasOwn(families, it));

/** No network, where none was used; sockets below a path work all the same. */
export const ownNetwork: LearnRule = (context) => {
  const { needs, unit } = context;
  const [family, sight] = Object.entries(needs.families).find(([it]) => it !== "AF_UNIX") ?? [];
  if (sight) return [refused("PrivateNetwork", "yes", `uses ${family}`, [sight])];
  const shared = needs.addresses.find((it) => it.family !== "AF_UNIX" || it.address.startsWith("@"));
  if (shared) return [refused("PrivateNetwork", "yes", `uses ${addressText(shared)}`, [shared.sight])];
  const kind = kindNeeds(context).find((it) => it.isNetwork);
  if (kind) return [refused("PrivateNetwork", "yes", kind.reason)];
  const joins = textOf(unit, "NetworkNamespacePath") ?? textOf(unit, "JoinsNamespaceOf");
  if (joins !== undefined) return [refused("PrivateNetwork", "yes", "the unit names the network that it uses")];
  const socket = socketOf(unit);
  if (socket !== undefined) return [refused("PrivateNetwork", "yes", `${socket} may hand it sockets of the network`)];
  const mayBreak = "A connection to another machine that the run did not make cannot be made.";
  return [
    offered(
      "PrivateNetwork",
      "yes",
      "no socket but those below paths was used",
      Object.values(needs.families),
      mayBreak,
    ),
  ];
};

/** A socket unit that may hand sockets to a service. */
const socketOf = (unit: Unit): string | undefined =>
  unitWords(unit).find((it) => it.endsWith(".socket")) ?? textOf(unit, "Sockets");

/** The same settings without an address list that rests on families which are open after all. */
export function withoutAddressList(settings: readonly LearntSetting[]): readonly LearntSetting[] {
  const isOpen = (it: LearntSetting): boolean =>
    it.key === "RestrictAddressFamilies" && (it.grade === "refused" || /\bAF_INET6?\b/.test(it.value));
  return settings.some(isOpen) ? settings.filter((it) => it.evidence !== NO_IP_SOCKET) : settings;
}

/** The evidence of an address list that takes nothing away: sockets of the families that it is about cannot be made. */
const NO_IP_SOCKET = "no IPv4 or IPv6 socket was made, and none can be with RestrictAddressFamilies=";

/** Of what has sockets of IP never by default: a run cannot tell which peers come later. */
export const addressLists: LearnRule = (context) => {
  const { needs, unit } = context;
  const inet = needs.addresses.filter((it) => it.family.startsWith("AF_INET"));
  const remote = inet.filter((it) => !isLoopback(it.address));
  const shown = remote.find((it) => it.use === "listen") ?? remote[0];
  if (shown) return [refused("IPAddressDeny", "any", `uses ${addressText(shown)}`, [shown.sight])];
  if (inet.length === 0) {
    const { seen, added } = familiesIn(context);
    const isWithout = [...seen, ...added].every((it) => !INTERNET.includes(it)) && socketOf(unit) === undefined;
    return isWithout && !isHeld(unit) ? [offered("IPAddressDeny", "any", NO_IP_SOCKET)] : [];
  }
  const sights = inet.map((it) => it.sight);
  return [
    refused(
      "IPAddressDeny",
      "any",
      "only loopback addresses were seen, but a new listener or peer would be cut off",
      sights,
    ),
  ];
};

/** Whether the unit has a list of its own, or is one of a user manager, which has none. */
const isHeld = (unit: Unit): boolean => unit.path.scope === "user" || assigned(unit, "IPAddressDeny").length > 0;

const isLoopback = (address: string): boolean => /^(?:127\.|::1$|::ffff:127\.)/.test(address);

/** An address without what differs from run to run: which peers are there, ports that are free, names with numbers. */
function addressText({ use, family, address, port }: AddressNeed): string {
  if (!family.startsWith("AF_INET")) return `${family} ${ownNumbers(family, address)}`;
  if (use === "connect") return `${family} addresses of ${isLoopback(address) ? "this machine" : "other machines"}`;
  return port === undefined || port >= FREE_PORTS ? `${family} ${address}` : `${family} ${address} port ${port}`;
}

/** From here on the kernel, and programs themselves, take whichever port is free. */
export const FREE_PORTS = 32768;

/** The name of a socket that is no IP address, without numbers, as of processes. */
export const ownNumbers = (family: string, address: string): string =>
  family.startsWith("AF_INET") ? address : address.replace(/\d{2,}/g, "*");
