import type { Rule } from "../../../findings/rule.ts";
import { placeOfWord } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { isOn, valuesOf } from "../../../service/settings.ts";
import { filterIn, maySetUidBeLost } from "../../../service/setUidLost.ts";

/** Seen with 257 in CapEff of /proc/self/status, and a daemon that could not become its user. */
export const setUidLost: Rule = {
  code: "sandbox/set-uid-lost",
  title: "CAP_SETUID lost because of User=root",
  why: "Where User= is set, even to root, systemd loads filters of system calls before it changes the user, and afterwards drops CAP_SETUID; with NoNewPrivileges= no program has it again, and the service cannot run anything as another user. A system service without User= runs as root as well and keeps the capability, and so does one with AmbientCapabilities=CAP_SETUID.",
  page: "systemd.exec(5)",
  bad: {
    text: "[Service]\nExecStart=/usr/sbin/d\nUser=root\nNoNewPrivileges=yes\nLockPersonality=yes\nCapabilityBoundingSet=CAP_SETUID CAP_SETGID\n",
  },
  good: {
    text: "[Service]\nExecStart=/usr/sbin/d\nNoNewPrivileges=yes\nLockPersonality=yes\nCapabilityBoundingSet=CAP_SETUID CAP_SETGID\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/sbin/d\nUser=root\nNoNewPrivileges=yes\nLockPersonality=yes\n" },
    {
      text: "[Service]\nExecStart=/usr/sbin/d\nUser=root\nNoNewPrivileges=yes\nProtectSystem=full\nCapabilityBoundingSet=CAP_SETUID\n",
    },
    {
      text: "[Service]\nExecStart=/usr/sbin/d\nUser=root\nLockPersonality=yes\nCapabilityBoundingSet=CAP_SETUID\n",
    },
    {
      text: "[Service]\nExecStart=/usr/sbin/d\nUser=d\nNoNewPrivileges=yes\nLockPersonality=yes\nCapabilityBoundingSet=CAP_SETUID\n",
    },
    {
      text: "[Service]\nExecStart=/usr/sbin/d\nUser=root\nNoNewPrivileges=yes\nLockPersonality=yes\nCapabilityBoundingSet=CAP_SETUID\nAmbientCapabilities=CAP_SETUID\n",
    },
    {
      text: "[Service]\nExecStart=/usr/sbin/d\nUser=root\nNoNewPrivileges=yes\nCapabilityBoundingSet=CAP_SETUID\nSystemCallFilter=~@privileged\n",
    },
  ],
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
