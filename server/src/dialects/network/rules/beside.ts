import { typeIn } from "../../../catalog/catalog.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule } from "../../../findings/rule.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units/unit.ts";
import { type Device, deviceOf } from "./device.ts";
import { filesBeside, isPlain, type OtherFile, otherUnit } from "./filesBeside.ts";
import { isJudgedHere, isSwitchedOn, objectNamed } from "./objects.ts";
import { refusedDevice, TUNNELS } from "./refusedDevice.ts";
import { takesAllOf } from "./sameInterface.ts";

const sameInterface: Rule = {
  code: "network/same-interface",
  *check(unit, context) {
    const { kind } = unit.path;
    if (kind !== "network" && kind !== "link") return;
    const beside = filesBeside(unit, context);
    const header = objectNamed(unit, "Match")?.header;
    if (!beside || !header || !isJudgedHere(unit, header)) return;
    const isFirst = ({ name }: { readonly name: string }): boolean => name < beside.own && name.endsWith(`.${kind}`);
    const first = beside.others.filter(isFirst).find((it) => holds(it, (other) => takesAllOf(other, unit)));
    if (!first) return;
    const reader = kind === "network" ? "networkd" : "udev";
    const message = `${reader} never uses this file: ${first.name} comes first and matches all its interfaces`;
    yield { ...header.nameSpan, severity: "warning", message };
  },
};

const missingDevice: Rule = {
  code: "network/missing-device",
  *check(unit, context) {
    const beside = unit.path.kind === "network" ? filesBeside(unit, context) : undefined;
    const files = beside?.others.filter((it) => it.name.endsWith(".netdev")) ?? [];
    if (files.length === 0) return;
    const devices = files.flatMap((it) => {
      const other = otherUnit(it);
      return other ? deviceOf(other) : [];
    });
    const isAll = devices.length === files.length && devices.every((it) => isPlain(it.name ?? "{}"));
    for (const { node, key, kind, name } of namedDevices(unit)) {
      if (!isJudgedHere(unit, node) || !isPlain(name)) continue;
      const matching = devices.filter((it) => it.name === name);
      const place = { ...node.valueSpan, directive: key } as const;
      if (matching.length === 0 && isAll) {
        const message = `"${name}" in ${key}= is created by no .netdev file: networkd ignores this line`;
        yield { ...place, severity: "warning", message };
      } else if (matching.length > 0 && matching.every((it) => isOther(it, kind))) {
        const message = `"${name}" in ${key}= is a ${matching[0]?.kind} and no ${kind}: networkd ignores this line`;
        yield { ...place, severity: "error", message };
      }
    }
  },
};

function holds(file: OtherFile, is: (unit: Unit) => boolean): boolean {
  const unit = otherUnit(file);
  return unit !== undefined && is(unit);
}

const isOther = ({ kind }: Device, wanted: string): boolean =>
  kind !== undefined && isPlain(kind) && kind !== wanted && !(wanted === "tunnel" && TUNNELS.has(kind));

/** The kinds of the devices that an interface is put into. */
const MASTERS: Readonly<Record<string, string>> = {
  BatmanAdvanced: "batadv",
  Bond: "bond",
  Bridge: "bridge",
  VRF: "vrf",
};

/** The names of devices in [Network] that have to be of a kind. Follows network_resolve_netdev_one(), systemd 257 and 262. */
function* namedDevices(
  unit: Unit,
): Iterable<{ readonly node: Assignment; readonly key: string; readonly kind: string; readonly name: string }> {
  const network = objectNamed(unit, "Network");
  if (!network) return;
  for (const row of unit.family.content.directivesIn("Network" as never, unit.version)) {
    const key: string = row.name;
    const master = MASTERS[key];
    const type = typeIn(row, unit.version);
    const kind = master ?? (type.includes("/stackedNetdev") ? type.split(":")[1] : undefined);
    if (kind === undefined || (master !== undefined && isSwitchedOn(network, "KeepMaster"))) continue;
    for (const node of master === undefined ? network.list(key) : network.list(key).slice(-1))
      for (const name of node.text.split(/\s+/)) if (name !== "") yield { node, key, kind, name };
  }
}

const sameDevice: Rule = {
  code: "network/same-device",
  *check(unit, context) {
    const beside = unit.path.kind === "netdev" ? filesBeside(unit, context) : undefined;
    const { name, netdev } = deviceOf(unit);
    const node = netdev?.last("Name");
    if (!beside || !node || name === undefined || !isPlain(name) || !isJudgedHere(unit, node)) return;
    const first = beside.others.find(
      (it) => it.name < beside.own && it.name.endsWith(".netdev") && holds(it, (other) => surelyCreates(other, name)),
    );
    if (!first) return;
    const message = `"${name}" in Name= is created by ${first.name}, which comes first: networkd ignores this file`;
    yield { ...node.valueSpan, severity: "warning", message, directive: "Name" };
  },
};

/** Whether a file creates a device on every machine. */
function surelyCreates(unit: Unit, name: string): boolean {
  const device = deviceOf(unit);
  const isSure = device.kind !== undefined && isPlain(device.kind) && refusedDevice(device) === undefined;
  return device.name === name && isSure && objectNamed(unit, "Match") === undefined;
}

/** What the files of the network say about each other. */
export const BESIDE_RULES: readonly Rule[] = alsoInDropIns([sameInterface, missingDevice, sameDevice]);
