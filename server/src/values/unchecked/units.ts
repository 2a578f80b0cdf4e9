import type { Unchecked } from "../valueType.ts";
import { unchecked } from "./unchecked.ts";

/** What the sections other than `[Service]` need: dependencies, sockets, timers, paths, mounts, installation. */
export const UNCHECKED_UNITS = {
  unitDeps: unchecked("unit_deps", "a list of units"),
  obsoleteUnitDeps: unchecked("obsolete_unit_deps", "a list of units, under an old name of the setting"),
  unitMountsFor: unchecked("unit_mounts_for", "a list of absolute paths"),
  unitSlice: unchecked("unit_slice", "a slice unit"),
  triggerUnit: unchecked("trigger_unit", "one unit, not the unit itself"),

  socketListenAddress: unchecked(
    "socket_listen",
    "an absolute path, `@` and a name, a port, an address with a port, or `vsock:` with a context id and a port",
  ),
  socketListenSequentialPacket: unchecked("socket_listen", "an absolute path, `@` and a name, or `vsock:` with a port"),
  socketListenNetlink: unchecked("socket_listen", "a netlink family, and perhaps a multicast group"),
  socketListenPath: unchecked("socket_listen", "an absolute path"),
  socketService: unchecked("socket_service", "a service unit"),
  socketBindtodevice: unchecked("socket_bindtodevice", "a network interface"),
  xattr: unchecked("xattr", "`user.` with a name, `=` and a value"),

  calendarTimer: unchecked("timer", "a calendar event, such as `Mon..Fri 08:00`, `daily` or `*-*-01`"),
  monotonicTimer: unchecked("timer", "a time span in seconds or with units"),

  pathSpec: unchecked("path_spec", "an absolute path"),
  pathSpecGlob: unchecked("path_spec", "an absolute path in which `*`, `?` and `[…]` may stand"),
  mountNode: unchecked("mount_node", "a device, `UUID=` or `LABEL=` with a value, or another source of a mount"),

  installUnits: { kind: "unchecked", routine: "config_parse_strv", form: "a list of units" },
  installAlias: { kind: "unchecked", routine: "config_parse_alias", form: "a list of unit names of the same type" },
  installAlso: { kind: "unchecked", routine: "config_parse_also", form: "a list of units" },
  installDefaultInstance: {
    kind: "unchecked",
    routine: "config_parse_default_instance",
    form: "the instance that enabling the template takes",
  },
} as const satisfies Record<string, Unchecked>;
