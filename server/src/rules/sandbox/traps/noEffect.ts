import type { Rule } from "../../../findings/rule.ts";
import { isRoot, runsAsRoot } from "../../../security/settings.ts";
import { apiCause } from "../../../security/world/protections.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { removal } from "../../removal.ts";

/** Seen with 257: /proc is there in an empty root all the same. */
export const mountApiVfs: Rule = {
  code: "sandbox/mount-api-vfs",
  needs: ["MountAPIVFS"],
  *check(unit) {
    const subject = systemService(unit);
    const by = subject?.settings.mountApiVfs === false ? apiCause(unit, subject.settings) : undefined;
    const node = subject && by && ownLast(unit, "MountAPIVFS");
    if (!node) return;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `MountAPIVFS=${node.text} has no effect: ${by.directive}= mounts /proc, /sys, /dev and /run for the service`,
      directive: "MountAPIVFS",
      tag: "unnecessary",
      fixes: [removal(unit, "MountAPIVFS", true)],
    };
  },
};

/** Seen with 257: a segment of root is still there when the service has stopped, one of another user is not. */
export const removeIpc: Rule = {
  code: "sandbox/remove-ipc",
  needs: ["RemoveIPC"],
  *check(unit) {
    const subject = systemService(unit);
    if (!subject?.settings.removeIpc || !runsAsRoot(subject.settings)) return;
    const { group } = subject.settings;
    const node = group === "" || isRoot(group) ? ownLast(unit, "RemoveIPC") : undefined;
    if (!node) return;
    yield {
      ...node.keySpan,
      severity: "info",
      message:
        "RemoveIPC= has no effect for a service that runs as root: systemd removes only IPC objects of other users",
      directive: "RemoveIPC",
      tag: "unnecessary",
      fixes: [removal(unit, "RemoveIPC", true)],
    };
  },
};
