import type { Rule } from "../../../findings/rule.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { textOf } from "../../../service/settings.ts";
import { removal } from "../../removal.ts";

const PAIRS = [
  { name: "PrivateNetwork", path: "NetworkNamespacePath", what: "network" },
  { name: "PrivateIPC", path: "IPCNamespacePath", what: "IPC" },
] as const;

/** Seen with 257: the service is in the namespace of the path. 262 refuses the same of PrivateUsers=. */
export const namespacePath: Rule = {
  code: "sandbox/namespace-path",
  needs: ["NetworkNamespacePath", "IPCNamespacePath"],
  *check(unit) {
    const subject = systemService(unit);
    if (!subject) return;
    const { privateNetwork, privateIpc } = subject.settings;
    for (const { name, path, what } of PAIRS) {
      const on = name === "PrivateNetwork" ? privateNetwork : privateIpc;
      const node = on && textOf(unit, path) !== undefined ? ownLast(unit, name) : undefined;
      if (!node) continue;
      yield {
        ...node.keySpan,
        severity: "warning",
        message: `${name}= has no effect with ${path}=: the service joins the ${what} namespace of that path`,
        directive: name,
        tag: "unnecessary",
        fixes: [removal(unit, name, false)],
      };
    }
  },
};
