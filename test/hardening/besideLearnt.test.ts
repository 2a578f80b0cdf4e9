import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { knownOf } from "../../server/src/hardening/beyondRuns.ts";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import { leftOut } from "../../server/src/hardening/leftOut.ts";
import { type Profile, ROWS, rowsOf } from "../../server/src/hardening/profiles.ts";
import { status } from "../../server/src/hardening/status.ts";
import { learn } from "../../server/src/learn/learn.ts";
import type { Learnt } from "../../server/src/learn/learnt.ts";
import { LEARNT_SUFFIX, writeLearnt } from "../../server/src/learn/learntFile.ts";
import { withKnowledge } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { OBSERVED } from "../kit/observedRuns.ts";
import { needsOf, serviceOf, uses } from "../learn/kit.ts";
import { recordedRun } from "../learn/recordedRuns.ts";

/** Settings where the two say something else, by the directive: what was learnt, and what the profile says next to it. */
function differences(unit: Unit, learnt: Learnt, profile: Profile): readonly string[] {
  const text = writeLearnt(learnt);
  const beside = withKnowledge(unit, { learnt: { path: `/x/${learnt.unit}${LEARNT_SUFFIX}`, text } });
  const added = safeSettings(beside, profile, undefined, "likely");
  const left = leftOut(beside, profile);
  const own = learnt.settings.filter((it) => it.part === "settings");
  return rowsOf(profile).flatMap(({ directive }) => {
    const row = ROWS.find((it) => it.directive === directive);
    const said = own.filter((it) => it.key === directive);
    // What the unit sets itself no profile changes.
    if (said.length === 0 || /Directory$/.test(directive) || !row || status(beside, row).kind === "held") return [];
    const values = said.filter((it) => it.grade !== "refused").map((it) => `${it.key}=${it.value}`);
    const lines = added.map((it) => it.line).filter((it) => it.startsWith(`${directive}=`));
    const sure = new Set(added.filter((it) => it.directive === directive).map((it) => it.grade));
    const reasons = left.filter((it) => it.line.startsWith(`${directive}=`)).map((it) => it.reason);
    if (values.length > 0) {
      const grades = said.some((it) => it.known)
        ? ["likely"]
        : said.some((it) => it.grade === "seen")
          ? ["measured"]
          : ["measured"];
      const isSame = lines.join() === values.join() && [...sure].join() === grades.join();
      return isSame
        ? []
        : [`${values.join()} ${grades.join()}; beside it ${lines.join()} ${[...sure].join()} ${reasons.join()}`];
    }
    const [refused] = said;
    // Of what cannot work at all nobody wants to hear.
    const isSame = lines.length === 0 && reasons.every((it) => it.includes(refused?.evidence ?? "-"));
    return isSame ? [] : [`${directive}: ${refused?.evidence}; beside it ${lines.join()} ${reasons.join()}`];
  });
}

describe("a profile beside what was learnt", () => {
  for (const name of OBSERVED)
    for (const grade of ["seen", "proven"] as const)
      it(`says the same of ${name} that is ${grade}`, () => {
        const { unit, host, needs } = recordedRun(name);
        const learnt = learn(needs, unit, { host, systemd: 257, known: knownOf(unit) });
        const settings = learnt.settings.map((it) =>
          it.grade === "seen" && !it.known && it.part === "settings" ? { ...it, grade } : it,
        );
        for (const profile of ["strict", "isolated"] as const)
          assert.deepEqual(differences(unit, { ...learnt, settings }, profile), []);
      });

  for (const [name, command, ...lines] of [
    ["smbd", "/usr/sbin/smbd --foreground --no-process-group"],
    ["rsync", "/usr/bin/rsync --daemon --no-detach"],
    ["nbd-server", "/usr/bin/nbd-server"],
    ["rest-server", "/usr/bin/rest-server --path /srv/restic"],
    ["collectd", "/usr/sbin/collectd"],
    ["snmpd", "/usr/sbin/snmpd -LOw -f"],
    ["fcgiwrap", "/usr/sbin/fcgiwrap -f"],
    ["lighttpd", "/usr/sbin/lighttpd -D -f /etc/lighttpd/lighttpd.conf"],
    ["nginx", "/usr/sbin/nginx"],
    ["colord", "/usr/libexec/colord", "User=colord"],
  ] as const)
    for (const trusted of [false, true])
      it(`says the same of ${name}${trusted ? ", whose run its owner trusts" : ""}`, () => {
        const unit = serviceOf([`ExecStart=${command}`, ...lines], `${name}.service`);
        const needs = needsOf({ paths: { [`/var/lib/${name}/a`]: uses(1, "write") } });
        const learnt = learn(needs, unit, { known: knownOf(unit), trusted });
        for (const profile of ["strict", "isolated"] as const) assert.deepEqual(differences(unit, learnt, profile), []);
      });
});
