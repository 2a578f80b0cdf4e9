import type { ValueRules } from "../../../findings/valueRule.ts";

const PAGE = "podman-systemd.unit(5)";
const container = (line: string) => ({ path: "x.container", text: `[Container]\nImage=quay.io/a/b:1\n${line}\n` });

/** What can be wrong with the value of a key of a quadlet. */
export const QUADLET_VALUES = {
  "quadlet/boolean": {
    title: "Value that counts as false",
    why: "Podman's generator knows 1, yes, true and on, in any letter case; everything else is false without a message. y and t, which systemd takes for yes, and a comment after the value switch off what they are meant to switch on.",
    page: PAGE,
    bad: container("NoNewPrivileges=t"),
    good: container("NoNewPrivileges=true"),
  },
  "quadlet/value": {
    title: "Value that podman refuses",
    why: "The generator hands values on without a look at them. podman refuses this one when the service starts, and the service fails.",
    page: PAGE,
    bad: container("DropCapability=CAP_NET_RAWW"),
    good: container("DropCapability=CAP_NET_RAW"),
  },
} as const satisfies ValueRules;
