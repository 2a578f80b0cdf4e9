import type { ValueRules } from "../valueRule.ts";

/** What can be wrong with the values of grammars/units.ts. */
export const UNIT_RULES = {
  "value/unit-name": {
    title: "Name that no unit can have",
    why: "A unit is named by up to 255 letters, digits and the characters : - _ . \\ with a suffix for its type, such as .service; systemd drops other names, and systemctl enable fails on them.",
    page: "systemd.unit(5)",
    bad: { text: "[Unit]\nAfter=postgresql\n[Service]\nExecStart=/bin/true\n" },
    good: { text: "[Unit]\nAfter=postgresql.service\n[Service]\nExecStart=/bin/true\n" },
  },
  "value/unit-kind": {
    title: "Unit of the wrong type",
    why: "Some directives name or concern units of certain types only; systemd drops what does not fit.",
    page: "systemd.unit(5)",
    bad: { text: "[Service]\nExecStart=/bin/true\nSockets=proxy.service\n" },
    good: { text: "[Service]\nExecStart=/bin/true\nSockets=proxy.socket\n" },
  },
  "value/unit-itself": {
    title: "Unit that names itself",
    why: "No unit can wait for itself, conflict with itself or start itself; systemd drops the name.",
    page: "systemd.unit(5)",
    bad: { path: "backup.timer", text: "[Timer]\nOnCalendar=daily\nUnit=backup.timer\n" },
    good: { path: "backup.timer", text: "[Timer]\nOnCalendar=daily\nUnit=backup.service\n" },
  },
  "value/alias": {
    title: "Alias that the unit cannot have",
    why: "An alias has the type of the unit, and an @ if the unit is a template or an instance; mounts, slices and some others have none. The manager does not read it, but systemctl enable fails.",
    page: "systemd.unit(5)",
    bad: { text: "[Service]\nExecStart=/bin/true\n[Install]\nAlias=web.target\n" },
    good: { text: "[Service]\nExecStart=/bin/true\n[Install]\nAlias=web.service\n" },
  },
  "value/default-instance": {
    title: "Instance that enabling cannot use",
    why: "Only a template has a default instance, and it is made of the characters of a unit's name.",
    page: "systemd.unit(5)",
    bad: { path: "x@.service", text: "[Service]\nExecStart=/bin/true\n[Install]\nDefaultInstance=a/b\n" },
    good: { path: "x@.service", text: "[Service]\nExecStart=/bin/true\n[Install]\nDefaultInstance=a-b\n" },
  },
  "value/socket-address": {
    title: "Address that no socket can have",
    why: "A socket listens on a path, a name with @, a port, an IP address with a port, or a port of vsock; systemd drops anything else, also host names.",
    page: "systemd.socket(5)",
    bad: { path: "x.socket", text: "[Socket]\nListenStream=/run/x.sock\nListenStream=localhost:80\n" },
    good: { path: "x.socket", text: "[Socket]\nListenStream=127.0.0.1:80\n" },
  },
  "value/netlink-family": {
    title: "Unknown netlink family or group",
    why: "A netlink socket takes the name or number of a family and the number of a group; systemd drops anything else.",
    page: "systemd.socket(5)",
    bad: { path: "x.socket", text: "[Socket]\nListenStream=/run/x.sock\nListenNetlink=uevent 1\n" },
    good: { path: "x.socket", text: "[Socket]\nListenNetlink=kobject-uevent 1\n" },
  },
  "value/var-run": {
    title: "Path below /var/run",
    why: "The folder /var/run is the old name of /run; systemd reads the path as one below /run and warns.",
    page: "systemd.socket(5)",
    bad: { path: "x.socket", text: "[Socket]\nListenStream=/var/run/x.sock\n" },
    good: { path: "x.socket", text: "[Socket]\nListenStream=/run/x.sock\n" },
  },
  "value/condition": {
    title: "Condition that cannot be met as it stands",
    why: "systemd reads conditions only when the unit starts: a value that it cannot read makes the check fail, a name that it does not know never fits.",
    page: "systemd.unit(5)",
    bad: { text: "[Unit]\nConditionVirtualization=none\n[Service]\nExecStart=/bin/true\n" },
    good: { text: "[Unit]\nConditionVirtualization=no\n[Service]\nExecStart=/bin/true\n" },
  },
} as const satisfies ValueRules;
