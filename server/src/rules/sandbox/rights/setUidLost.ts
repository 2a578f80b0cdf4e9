import type { Rule } from "../../../findings/rule.ts";
import { placeOfWord } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { isOn, valuesOf } from "../../../service/settings.ts";
import { filterIn, maySetUidBeLost } from "../../../service/setUidLost.ts";

/** Seen with 257 in CapEff of /proc/self/status, and a daemon that could not become its user. */
export const setUidLost: Rule = {
  code: "sandbox/set-uid-lost",
  needs: ["NoNewPrivileges"],
  *check(unit) {
    if (!systemService(unit) || !isOn(unit, "NoNewPrivileges") || !maySetUidBeLost(unit)) return;
    const place = placeOfWord(unit, "CapabilityBoundingSet", "CAP_SETUID");
    const filter = filterIn(unit);
    // Where the filter denies capset(2), systemd cannot drop it.
    const isKept = valuesOf(unit, "SystemCallFilter").some((it) => /^~.*(?:@privileged|\bcapset\b)/s.test(it));
    if (!place || filter === undefined || isKept) return;
    yield {
      ...place.span,
      severity: "warning",
      message: `CAP_SETUID is not left to the service: with \`User=root\`, NoNewPrivileges= and ${filter}= systemd takes it away`,
      directive: "CapabilityBoundingSet",
    };
  },
};
