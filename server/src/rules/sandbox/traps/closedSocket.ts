import { insertAfter } from "../../../findings/edits.ts";
import type { Rule, UnitContext } from "../../../findings/rule.ts";
import { linesBehind, ownLast } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { valuesOf } from "../../../service/settings.ts";
import { dropInsOf, fragmentOf } from "../../../units/index/lookup.ts";
import { mergedAssignments, ownFile } from "../../../units/unit.ts";
import { parseUnitName } from "../../../values/unitName.ts";
import { LISTENERS } from "./privateListener.ts";
import { isPort } from "./socketLists.ts";

/** Seen with 257: connections time out, also those from the machine itself. */
export const closedSocket: Rule = {
  code: "sandbox/closed-socket",
  needs: ["IPAddressDeny"],
  *check(unit, context) {
    const subject = unit.path.kind === "socket" ? loadedUnit(unit) : undefined;
    if (!subject || mergedAssignments(unit, subject.section, "Slice").length > 0) return;
    const { ipAllow, ipDeny } = subject.settings;
    if (!ipDeny.allV4 || !ipDeny.allV6 || ipAllow.count > 0) return;
    const node = ownLast(unit, "IPAddressDeny");
    const port = LISTENERS.flatMap((name) => valuesOf(unit, name)).find(isPort);
    if (!node || port === undefined || (context && slicesAllow(unit.path.name ?? "", context))) return;
    const added = ["IPAddressAllow=localhost"];
    // An empty line that comes later would take it back.
    const isReset = linesBehind(unit, "IPAddressAllow", node).some((it) => it.text === "");
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `IPAddressDeny= blocks every peer, including localhost, as IPAddressAllow= is not set: no connection to ${port} gets an answer`,
      directive: "IPAddressDeny",
      fixes: isReset
        ? []
        : [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), node, added)] }],
    };
  },
};

/** Whether a slice that the socket is in by default allows a peer, as their lists count, too. */
function slicesAllow(socket: string, { index, path }: UnitContext): boolean {
  const parsed = parseUnitName(socket);
  const own = parsed?.instance === undefined ? [] : [`system-${parsed.prefix}.slice`];
  return ["-.slice", "system.slice", ...own]
    .flatMap((it) => [fragmentOf(index, it, path) ?? [], dropInsOf(index, it, path)].flat())
    .some(({ settings }) => (settings.IPAddressAllow ?? "") !== "");
}
