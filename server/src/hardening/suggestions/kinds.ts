import type { Finding, Fix } from "../../findings/finding.ts";
import { type Facts, factsOf } from "../../service/facts.ts";
import type { Kind } from "../../service/kinds.ts";
import { assigned } from "../../service/settings.ts";
import type { Unit } from "../../units/unit.ts";
import { addLines } from "../fixes.ts";
import { hardenedSection } from "../hardening.ts";

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
  const { directive } = advice;
  if (directive !== "SystemCallFilter" && directive !== "RestrictAddressFamilies") return advice;
  const section = hardenedSection(unit);
  const [first] = advice.fixes;
  if (!section || !first?.sets || assigned(unit, directive).length > 0) return advice;
  const facts = factsOf(unit);
  const { table, base, shows } = OF_KINDS[directive];
  const more = [...new Set(table.filter((it) => isMet(it, facts)).flatMap((it) => it.words.split(" ")))];
  if (more.length === 0) return advice;
  const line = `${directive}=${base} ${more.join(" ")}`;
  const lines = [line, ...first.sets.slice(1)];
  const fix: Fix = {
    title: `Add ${line} (such programs need ${more.join(", ")}; anything else that is missing fails with ${shows})`,
    safe: false,
    sets: lines,
    edits: () => [addLines(unit, section, lines)],
  };
  return { ...advice, fixes: [fix, ...advice.fixes] };
}

/** What programs of a kind need beside what all need, and how it shows where something is missing. */
const OF_KINDS = {
  SystemCallFilter: { table: CALLS, base: "@system-service chroot", shows: "EPERM" },
  RestrictAddressFamilies: { table: FAMILIES, base: BASE, shows: "EAFNOSUPPORT" },
} as const;

const isMet = ({ kinds = [], names }: Need, facts: Facts): boolean =>
  kinds.some((it) => facts.kinds.has(it)) ||
  (names !== undefined && facts.programs.some((it) => it.names.some((name) => names.test(name))));
