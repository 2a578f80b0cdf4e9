import type { UnitSettings } from "../settings.ts";
import type { Check } from "./check.ts";

/** Whether BPF programs of the unit's own filter its packets, so that address lists do not count. */
export function hasFilters(settings: UnitSettings): boolean {
  return settings.ipIngressFilters > 0 || settings.ipEgressFilters > 0;
}

const hasDenyAll = ({ ipDeny }: UnitSettings): boolean => ipDeny.allV4 && ipDeny.allV6;

/** Follows assess_ip_address_allow(), systemd 257 to 262: an allow list without a deny list for all is none. */
function addressBadness(settings: UnitSettings): number {
  if (hasFilters(settings)) return 0;
  if (!hasDenyAll(settings)) return 10;
  if (settings.ipAllow.remote > 0) return 5;
  return settings.ipAllow.count > 0 ? 2 : 0;
}

/** Follows assess_device_allow(), systemd 257 to 262: DeviceAllow= alone counts as no list. */
function deviceBadness({ devicePolicy, devices }: UnitSettings): number {
  if (devicePolicy === "auto") return 10;
  return devices.length > 0 ? 5 : 0;
}

/** What the control group of the service may reach. */
export const ACCESS_CHECKS = {
  addresses: {
    id: "IPAddressDeny",
    name: "IPAddressDeny=",
    directive: "IPAddressDeny",
    weight: 1000,
    range: 10,
    assess: addressBadness,
    good: (settings) =>
      hasFilters(settings) ? "Its own BPF programs filter its packets" : "It cannot exchange packets with any address",
    bad: (settings) =>
      addressBadness(settings) === 10
        ? settings.ipDeny.count > 0
          ? "No list limits its packets to some addresses; IPAddressDeny= only excludes a few"
          : "No list limits with which addresses it exchanges packets"
        : settings.ipAllow.remote > 0
          ? "It can exchange packets with the addresses listed, which are not all local"
          : "It can exchange packets with the local machine only",
    fix: (settings) => (hasDenyAll(settings) ? undefined : "IPAddressDeny=any"),
  },
  devices: {
    id: "DeviceAllow",
    name: "DeviceAllow=",
    directive: "DeviceAllow",
    weight: 1000,
    range: 10,
    assess: deviceBadness,
    good: "It can open harmless devices only, such as /dev/null",
    bad: ({ devicePolicy, devices }) =>
      devicePolicy === "auto"
        ? "No device policy restricts it"
        : `The device policy also allows: ${[...new Set(devices)].join(", ")}`,
    fix: ({ devicePolicy }) => (devicePolicy === "auto" ? "DevicePolicy=closed" : undefined),
  },
} as const satisfies Record<string, Check>;
