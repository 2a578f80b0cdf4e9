import { effective } from "../../../security/effective.ts";
import { mergedAssignments } from "../../../units/unit.ts";
import type { Rule } from "../../rule.ts";
import { ownLast } from "../sandbox/paths/place.ts";

/** Seen with 257: the files of the other service are not there. */
export const joinsNothing: Rule = {
  code: "reference/joins-nothing",
  title: "JoinsNamespaceOf= without effect",
  why: "A unit shares the /tmp, network or IPC namespace of another one where both have the setting for it: PrivateTmp=yes, PrivateNetwork=yes or PrivateIPC=yes. With PrivateTmp=disconnected, which is what DynamicUser= brings, nothing is shared.",
  page: "systemd.unit(5)",
  bad: { text: "[Unit]\nJoinsNamespaceOf=a.service\n[Service]\nExecStart=/bin/true\n" },
  good: { text: "[Unit]\nJoinsNamespaceOf=a.service\n[Service]\nExecStart=/bin/true\nPrivateTmp=yes\n" },
  silent: [{ text: "[Unit]\nJoinsNamespaceOf=a.service\n[Service]\nExecStart=/bin/true\nPrivateNetwork=yes\n" }],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    if (mergedAssignments(unit, "Unit", "JoinsNamespaceOf").length === 0) return;
    const node = ownLast(unit, "JoinsNamespaceOf", "Unit");
    const { settings } = effective(unit);
    const { present, privateTmp, privateNetwork, privateIpc, dynamicUser } = settings;
    const shares = privateNetwork || privateIpc || (privateTmp !== "no" && privateTmp !== "disconnected");
    if (!node || shares || present.has("NetworkNamespacePath") || present.has("IPCNamespacePath")) return;
    const why =
      privateTmp === "no"
        ? "without PrivateTmp=, PrivateNetwork= or PrivateIPC= there is no namespace to join"
        : `the /tmp that ${dynamicUser ? "DynamicUser=" : "PrivateTmp=disconnected"} brings is never shared`;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `JoinsNamespaceOf= has no effect: ${why}`,
      directive: "JoinsNamespaceOf",
    };
  },
};
