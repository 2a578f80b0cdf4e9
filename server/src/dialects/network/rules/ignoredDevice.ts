import { holdsIn } from "../../../facts/version.ts";
import type { Unit } from "../../../units/unit.ts";
import { deviceOf } from "./device.ts";
import { type ConfigObject, isSwitchedOn, objectNamed } from "./objects.ts";

/** A setting that has no effect with others: where it stands, and why. */
type Idle = readonly [object: ConfigObject | undefined, key: string, why: string];

/** Since when networkd warns of settings of VXLAN that need External=, or exclude it. */
const EXTERNAL = { since: 258 };

/** What has no effect in a .netdev file. Follows tuntap_verify(), netdev_nlmon_verify() and netdev_vxlan_verify(), systemd 257 and 262. */
export function* idleInDevice(unit: Unit): Iterable<Idle> {
  const { kind, netdev } = deviceOf(unit);
  if (kind === "tun" || kind === "tap")
    for (const key of ["MTUBytes", "MACAddress"])
      if (isSet(netdev, key))
        yield [netdev, key, `has no effect for Kind=${kind}: networkd sets it only from a .network file`];
  if (kind === "nlmon" && isSet(netdev, "MACAddress"))
    yield [netdev, "MACAddress", "has no effect for Kind=nlmon: networkd ignores it"];
  if (kind !== "vxlan" || !holdsIn(EXTERNAL, unit.version)) return;
  const vxlan = objectNamed(unit, "VXLAN");
  const external = isSwitchedOn(vxlan, "External");
  for (const key of ["VNI", "Id"])
    if (external && vxlan?.value(key) !== undefined)
      yield [vxlan, key, "has no effect with External=yes: networkd ignores it"];
  if (!external && isSwitchedOn(vxlan, "VNIFilter"))
    yield [vxlan, "VNIFilter", "has no effect without External=yes: networkd ignores it"];
}

const isSet = (object: ConfigObject | undefined, key: string): boolean => {
  const value = object?.value(key);
  return value !== undefined && value !== "none";
};

/** What has no effect in a .link file. Follows link_load_one(), systemd 257 and 262. */
export function* idleInLink(unit: Unit): Iterable<Idle> {
  const link = objectNamed(unit, "Link");
  const policy = link?.value("MACAddressPolicy");
  if ((policy === "persistent" || policy === "random") && link?.value("MACAddress") !== undefined)
    yield [link, "MACAddress", `has no effect with MACAddressPolicy=${policy}: udev ignores it`];
}
