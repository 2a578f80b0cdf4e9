import type { ValueRules } from "../../findings/valueRule.ts";

/** What can be wrong with the values of grammars/unitGrammars.ts. */
export const UNIT_RULES = {
  "value/unit-name": {
    title: "Invalid unit name",
    why: "A unit name has up to 255 letters, digits and the characters : - _ . \\ with a suffix for its type, such as .service; systemd ignores other names, and systemctl enable fails on them.",
    page: "systemd.unit(5)",
    bad: { text: "[Unit]\nAfter=postgresql\n[Service]\nExecStart=/bin/true\n" },
    good: { text: "[Unit]\nAfter=postgresql.service\n[Service]\nExecStart=/bin/true\n" },
  },
  "value/unit-kind": {
    title: "Unit of the wrong type",
    why: "Some directives only accept units of certain types; systemd ignores any other unit.",
    page: "systemd.unit(5)",
    bad: { text: "[Service]\nExecStart=/bin/true\nSockets=proxy.service\n" },
    good: { text: "[Service]\nExecStart=/bin/true\nSockets=proxy.socket\n" },
  },
  "value/unit-itself": {
    title: "Unit that names itself",
    why: "A unit cannot wait for itself, conflict with itself or start itself; systemd ignores the name.",
    page: "systemd.unit(5)",
    bad: {
      path: "backup.timer",
      text: "[Timer]\nOnCalendar=daily\nUnit=backup.timer\n[Install]\nWantedBy=timers.target\n",
    },
    good: {
      path: "backup.timer",
      text: "[Timer]\nOnCalendar=daily\nUnit=backup.service\n[Install]\nWantedBy=timers.target\n",
    },
  },
  "value/alias": {
    title: "Invalid alias",
    why: "An alias has the type of the unit, and an @ if the unit is a template or an instance; mounts, slices and some others have none. The manager does not read it, but systemctl enable fails.",
    page: "systemd.unit(5)",
    bad: { text: "[Service]\nExecStart=/bin/true\n[Install]\nAlias=web.target\n" },
    good: { text: "[Service]\nExecStart=/bin/true\n[Install]\nAlias=web.service\n" },
  },
  "value/default-instance": {
    title: "Invalid default instance",
    why: "Only a template has a default instance, which may contain only the characters of a unit name.",
    page: "systemd.unit(5)",
    bad: { path: "x@.service", text: "[Service]\nExecStart=/bin/true\n[Install]\nDefaultInstance=a/b\n" },
    good: { path: "x@.service", text: "[Service]\nExecStart=/bin/true\n[Install]\nDefaultInstance=a-b\n" },
  },
  "value/socket-address": {
    title: "Invalid socket address",
    why: "A socket listens on a path, a name with @, a port, an IP address with a port, or a vsock port; systemd ignores anything else, including host names.",
    page: "systemd.socket(5)",
    bad: { path: "x.socket", text: "[Socket]\nListenStream=/run/x.sock\nListenStream=localhost:80\n" },
    good: { path: "x.socket", text: "[Socket]\nListenStream=127.0.0.1:80\n" },
  },
  "value/netlink-family": {
    title: "Unknown netlink family or group",
    why: "A netlink socket takes the name or number of a family and the number of a group; systemd ignores anything else.",
    page: "systemd.socket(5)",
    bad: { path: "x.socket", text: "[Socket]\nListenStream=/run/x.sock\nListenNetlink=uevent 1\n" },
    good: { path: "x.socket", text: "[Socket]\nListenNetlink=kobject-uevent 1\n" },
  },
  "value/var-run": {
    title: "Path below /var/run",
    why: "The directory /var/run is the old name of /run; systemd reads the path as one below /run and warns.",
    page: "systemd.socket(5)",
    bad: { path: "x.socket", text: "[Socket]\nListenStream=/var/run/x.sock\n" },
    good: { path: "x.socket", text: "[Socket]\nListenStream=/run/x.sock\n" },
  },
  "value/condition": {
    title: "Condition that can never be met",
    why: "systemd evaluates conditions only when the unit starts: a value that it cannot read makes the check fail, and an unknown name never matches.",
    page: "systemd.unit(5)",
    bad: { text: "[Unit]\nConditionVirtualization=none\n[Service]\nExecStart=/bin/true\n" },
    good: { text: "[Unit]\nConditionVirtualization=no\n[Service]\nExecStart=/bin/true\n" },
  },
} as const satisfies ValueRules;
