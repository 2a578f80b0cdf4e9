import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { Span } from "../../../text/span.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { kindsOfSection } from "../netdevKinds.ts";
import { type Device, deviceOf } from "./device.ts";
import { isJudgedHere, objectNamed } from "./objects.ts";
import { refusedDevice } from "./refusedDevice.ts";

const refused: Rule = {
  code: "network/refused-device",
  *check(unit) {
    if (unit.path.kind !== "netdev" || unit.path.role === "drop-in" || unit.file.text === "") return;
    const described = deviceOf(unit);
    const lacking = ["Kind", "Name"].find((it) => described.netdev?.value(it) === undefined);
    if (lacking !== undefined) {
      // A line whose value is wrong says so itself.
      if (hasWrongLine(unit, lacking)) return;
      yield {
        ...sectionSpan(described, "NetDev"),
        severity: "error",
        message: `[NetDev] has no ${lacking}=: networkd ignores the whole file`,
      };
      return;
    }
    const why = refusedDevice(described);
    if (why !== undefined)
      yield {
        ...sectionSpan(described, sectionIn(why)),
        severity: "error",
        message: `Kind=${described.kind} ${why}: networkd ignores the whole file`,
      };
    yield* withoutKey(described);
  },
};

const hasWrongLine = (unit: Unit, key: string): boolean => {
  const last = ownFile(unit).nodes.findLast((it) => it.kind === "assignment" && it.key === key);
  return last?.kind === "assignment" && last.text !== "";
};

/** The section that a reason names. */
const sectionIn = (why: string): string | undefined => /\[(\w+)\]/.exec(why)?.[1];

/** The header of a section, or the line of Kind=, or the first line. */
function sectionSpan({ unit, netdev, kindLine }: Device, section: string | undefined): Span {
  const header = section === undefined ? undefined : objectNamed(unit, section)?.header;
  if (header && isJudgedHere(unit, header)) return header.nameSpan;
  if (kindLine && isJudgedHere(unit, kindLine)) return kindLine.valueSpan;
  if (netdev && isJudgedHere(unit, netdev.header)) return netdev.header.nameSpan;
  const first = ownFile(unit).sections[0]?.header.nameSpan;
  return first ?? { start: 0, end: 0 };
}

/** Follows wireguard_verify(), systemd 257 and 262: the last place for the key is a credential. */
function* withoutKey(described: Device): Iterable<Found> {
  if (described.kind !== "wireguard") return;
  if (["PrivateKey", "PrivateKeyFile"].some((it) => described.value("WireGuard", it) !== undefined)) return;
  yield {
    ...sectionSpan(described, "WireGuard"),
    severity: "warning",
    message: `[WireGuard] has no PrivateKeyFile=: without the credential network.wireguard.private.${described.name} networkd ignores the whole file`,
  };
}

const otherKind: Rule = {
  code: "network/other-kind",
  *check(unit) {
    if (unit.path.kind !== "netdev") return;
    const { kind, name, otherKinds } = deviceOf(unit);
    for (const node of otherKinds)
      if (isJudgedHere(unit, node))
        yield {
          ...node.valueSpan,
          severity: "error",
          message: `Kind= differs from Kind=${kind} above: systemd ignores this line`,
          directive: "Kind",
        };
    if (kind === undefined || name === undefined) return;
    for (const { name: section, header } of ownFile(unit).sections) {
      const kinds = header.closed ? kindsOfSection(section) : undefined;
      if (!kinds || kinds.includes(kind)) continue;
      const of = kinds.length > 3 ? "other kinds" : `Kind=${kinds.join(" or ")}`;
      yield {
        ...header.nameSpan,
        severity: "error",
        message: `[${section}] is for ${of}: networkd ignores it in a device of Kind=${kind}`,
      };
    }
  },
};

/** What a .netdev file is for. */
export const DEVICE_RULES: readonly Rule[] = alsoInDropIns([refused, otherKind]);
