import { isConfigPath } from "../../families/checkedPath.ts";
import { removeLines } from "../../findings/edits.ts";
import type { LineRule } from "../../findings/rule.ts";

/** Follows parse_emergency_action(), systemd 257 to 262. */
export const userAction: LineRule = {
  code: "value/user-action",
  *line({ directive, node }, unit) {
    if (unit.path.scope !== "user") return;
    if (!isAction(directive?.type) || !MACHINE.test(node.text)) return;
    yield {
      ...node.valueSpan,
      severity: "error",
      message: `"${node.text}" in ${node.key}= is not available ${isConfigPath(unit.path) ? "to the user manager" : "in a user unit"}: systemd ignores this line; allowed: none, exit or exit-force`,
      directive: node.key,
      fixes: [{ title: "Remove the line", safe: true, edits: () => [removeLines(unit.file, node)] }],
    };
  },
};

const isAction = (type: unknown): boolean => type === "emergencyAction" || type === "config/emergencyAction";

const MACHINE = /^(?:(?:reboot|poweroff|halt)(?:-force|-immediate)?|(?:soft-reboot|kexec)(?:-force)?)$/;
