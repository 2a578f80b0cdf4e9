import type { Rule } from "../../../findings/rule.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { valuesOf } from "../../../service/settings.ts";
import { mergedAssignments } from "../../../units/unit.ts";

/** Seen with 257: connections to the port of such a socket are refused. */
export const privateListener: Rule = {
  code: "sandbox/private-listener",
  needs: ["PrivateNetwork"],
  *check(unit) {
    const subject = unit.path.kind === "socket" ? loadedUnit(unit) : undefined;
    if (!subject?.settings.privateNetwork || mergedAssignments(unit, "Unit", "JoinsNamespaceOf").length > 0) return;
    const node = ownLast(unit, "PrivateNetwork");
    const address = LISTENERS.flatMap((name) => valuesOf(unit, name)).find(isOfNetwork);
    if (!node || address === undefined) return;
    yield {
      ...node.keySpan,
      severity: "info",
      message: `PrivateNetwork= creates ${address} in a private network of the socket: nobody outside it can connect`,
      directive: "PrivateNetwork",
    };
  },
};

/** What makes sockets that may be ports. */
export const LISTENERS = ["ListenStream", "ListenDatagram", "ListenSequentialPacket"] as const;

/** Whether an address belongs to the network namespace, as ports and abstract names do and file names do not. */
const isOfNetwork = (value: string): boolean => /^[@\d[]/.test(value);
