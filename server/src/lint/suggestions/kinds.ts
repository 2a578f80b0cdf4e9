import type { Unit } from "../../units/unit.ts";
import type { Finding, Fix } from "../finding.ts";
import { type Facts, factsOf } from "../hardening/facts.ts";
import { addLines } from "../hardening/fixes.ts";
import { hardenedSection } from "../hardening/hardening.ts";
import type { Kind } from "../hardening/kinds.ts";
import { assigned } from "../hardening/settings.ts";

/** What programs need beyond the usual, by their kind or name. */
interface Need {
  readonly kinds?: readonly Kind[];
  readonly names?: RegExp;
  readonly words: string;
}

const FAMILIES: readonly Need[] = [
  { names: /^(?:bluetoothd|bluez.*|bluetooth|obexd|btmon|bluealsa.*|hci\w+|blueman.*)$/, words: "AF_ALG AF_BLUETOOTH" },
  { names: /^(?:slcand|can\w*|socketcand|isobus\w*)$/, words: "AF_CAN AF_PACKET" },
  { names: /^(?:ipsec|charon.*|strongswan.*|starter|pluto|iked|racoon)$/, words: "AF_KEY AF_PACKET AF_ALG" },
  { names: /^(?:pppd|xl2tpd|accel-ppp.*|rp-pppoe.*|pppoe-server)$/, words: "AF_PPPOX AF_PACKET" },
  { names: /^(?:qrtr-ns|pd-mapper|tqftpserv|rmtfs|hexagonrpcd)$/, words: "AF_QIPCRTR" },
  { kinds: ["guest"], words: "AF_VSOCK" },
  { kinds: ["capture", "routing", "network", "vpn"], words: "AF_PACKET" },
  {
    names: /^(?:lldpd|ladvd|arping|arpwatch|ptpd|ptp4l|phc2sys|keepalived|dhclient|dhcpcd|batman.*|alfred)$/,
    words: "AF_PACKET",
  },
];

const CALLS: readonly Need[] = [
  { kinds: ["clock"], words: "@clock" },
  { names: /^(?:u?mount|automount|autofs|udisksd|fusermount3?|devmon)$/, words: "@mount" },
  { names: /^(?:swapon|swapspace|dphys-swapfile|zram.*)$/, words: "@swap" },
];

const BASE = "AF_UNIX AF_INET AF_INET6 AF_NETLINK";

/** The advice about families and calls with the value first that suits the kind of program; as it is where none does. */
export function suitingKind(unit: Unit, advice: Finding): Finding {
  const facts = factsOf(unit);
  const section = hardenedSection(unit);
  const table = advice.directive === "SystemCallFilter" ? CALLS : FAMILIES;
  const more = [...new Set(table.filter((it) => isMet(it, facts)).flatMap((it) => it.words.split(" ")))];
  const [first] = advice.fixes;
  const missing =
    advice.directive === "SystemCallFilter" || advice.directive === "RestrictAddressFamilies"
      ? assigned(unit, advice.directive).length === 0
      : false;
  if (!section || !first?.sets || more.length === 0 || !missing) return advice;
  const value = advice.directive === "SystemCallFilter" ? "@system-service chroot" : BASE;
  const line = `${advice.directive}=${value} ${more.join(" ")}`;
  const lines = [line, ...first.sets.slice(1)];
  const fix: Fix = {
    title: `Add ${line} (as such programs need ${more.join(", ")}; what else is missing shows as ${SHOWS[advice.directive ?? ""]})`,
    safe: false,
    sets: lines,
    edits: () => [addLines(unit, section, lines)],
  };
  return { ...advice, fixes: [fix, ...advice.fixes] };
}

const SHOWS: Readonly<Record<string, string>> = { RestrictAddressFamilies: "EAFNOSUPPORT", SystemCallFilter: "EPERM" };

const isMet = ({ kinds = [], names }: Need, facts: Facts): boolean =>
  kinds.some((it) => facts.kinds.has(it)) ||
  (names !== undefined && facts.programs.some((it) => it.names.some((name) => names.test(name))));
