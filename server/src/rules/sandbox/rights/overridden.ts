import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Rule } from "../../../findings/rule.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { setting } from "../../../service/settings.ts";
import { removal } from "../../removal.ts";

/** What a dynamic user brings, and the values that it replaces. Follows unit_patch_contexts(), systemd 257 to 262. */
const IMPLIED = [
  { name: "ProtectSystem", weaker: ["no", "yes", "full"], becomes: "strict" },
  { name: "ProtectHome", weaker: ["no"], becomes: "read-only" },
  { name: "PrivateTmp", weaker: ["no"], becomes: "disconnected" },
  { name: "NoNewPrivileges", weaker: ["no"], becomes: "yes" },
  { name: "RestrictSUIDSGID", weaker: ["no"], becomes: "yes" },
  { name: "RemoveIPC", weaker: ["no"], becomes: "yes" },
] as const satisfies readonly { name: DirectiveName; weaker: readonly string[]; becomes: string }[];

/** Seen with 257 by what `systemctl show` says of such a service. */
export const overridden: Rule = {
  code: "sandbox/overridden",
  needs: ["DynamicUser"],
  *check(unit) {
    const subject = systemService(unit);
    if (!subject?.settings.dynamicUser) return;
    for (const { name, weaker, becomes } of IMPLIED) {
      const found = setting(unit, name);
      if (!found || !isOwn(unit, found.node) || !weaker.some((it) => it === found.value)) continue;
      const { node } = found;
      yield {
        ...node.valueSpan,
        severity: "info",
        message: `${name}=${node.text} has no effect: DynamicUser= makes it ${becomes}`,
        directive: name,
        tag: "unnecessary",
        fixes: [removal(unit, name, true)],
      };
    }
  },
};
