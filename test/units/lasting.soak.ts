import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { codeLenses } from "../../server/src/features/codeLens.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { type Profile, safeFix } from "../../server/src/hardening/hardening.ts";
import { check } from "../../server/src/rules/check.ts";
import { readSettings } from "../../server/src/server/settings.ts";
import { shownFindings } from "../../server/src/server/shownFindings.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { lineIndexOf } from "../../server/src/units/fileLines.ts";
import { lasting } from "../../server/src/units/lasting.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

/** Lines with the values that edits give them. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  User: ["app", "", "root", "www-data"],
  Type: ["notify", "oneshot", "simple"],
  ExecStart: ["/usr/bin/app --port 80", "/usr/bin/app", "/usr/sbin/nginx -g 'daemon off;'", "/opt/app/bin/run.sh", ""],
  ExecStartPre: ["/bin/mkdir -p /run/app", "+/bin/true", "/usr/bin/touch /var/lib/app/x", "/usr/bin/installx"],
  Environment: ["PASSWORD=hunter2", "A=b", "JAVA_HOME=/opt/java", "PORT=80", "DATA_DIR=/var/lib/app"],
  ReadWritePaths: ["/var/lib/app", "/home/app", ""],
  ProtectHome: ["yes", "no", "read-only", "maybe"],
  ProtectSystem: ["strict", "no", "full"],
  PrivateTmp: ["yes", "no"],
  SystemCallFilter: ["~@mount", "@system-service", ""],
  CapabilityBoundingSet: ["CAP_CHOWN", "~", "~CAP_SYS_ADMIN"],
  NoNewPrivileges: ["yes", "no"],
  DynamicUser: ["yes", "no"],
  StateDirectory: ["app", "", "other"],
  UMask: ["0077", "0022"],
  NoExecPaths: ["/", "/home"],
  RootDirectory: ["/", "/srv/root"],
  SupplementaryGroups: ["docker", "video"],
  // What no advice asks for.
  Nice: ["5", "6", "7", "8"],
  LogExtraFields: ["A=1", "B=2", "CC=3"],
};

const NAMES = Object.keys(VALUES);
const names = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 9 });
/** Which line gets which of its values. */
const edits = fc.array(fc.tuple(fc.nat(4), fc.nat(5), fc.boolean()), { minLength: 2, maxLength: 7 });
const profiles = fc.constantFrom<Profile>("basic", "strict", "isolated");

/** How often a unit stood for others in advice. */
let brief = 0;

const PATHS = ["/etc/systemd/system/app.service", "/etc/systemd/user/app.service"] as const;

function read(at: string, text: string, previous?: Unit): Unit {
  const path = unitPath(at);
  assert.ok(path);
  return readUnit(path, text, NEWEST_VERSION, { previous });
}

/** Only of so many lines it is known again which of their settings are untouched. */
const MANY = "# many lines\n".repeat(200);

const textOf = (lines: readonly (readonly [string, number])[], description: string): string => {
  const own = lines.map(([name, at]) => `${name}=${VALUES[name]?.[at % (VALUES[name]?.length ?? 1)] ?? ""}`);
  return `${MANY}[Unit]\nDescription=${description}\n[Service]\n${["ExecStart=/usr/bin/app", ...own].join("\n")}\n`;
};

const inFull = (found: readonly Finding[]): object[] =>
  found.map(({ fixes, ...it }) => ({ ...it, fixes: fixes.map((fix) => [fix.title, fix.sets, fix.edits()]) }));

/** All that is said about a unit. */
function said(unit: Unit, profile: Profile): object {
  const settings = readSettings({ hardening: { profile } });
  const { reported, folded, open, likely } = shownFindings(unit, settings, undefined);
  return {
    reported: inFull(reported),
    folded: inFull(folded),
    open: inFull(open),
    likely: likely && [likely.title, likely.sets, likely.edits()],
    found: inFull(check(unit, { profile, beyond: true })),
    lenses: codeLenses({ unit, lines: lineIndexOf(unit.file) }, "file:///app.service", profile, true),
    safe: safeFix(unit, profile)?.edits(),
    facts: { ...factsOf(unit), unit: undefined },
  };
}

describe("a unit that lasts", () => {
  it("has the advice in brief as it is in full", () => {
    fc.assert(
      fc.property(names, fc.array(fc.nat(3), { minLength: 4, maxLength: 6 }), profiles, (form, steps, profile) => {
        const at = PATHS[0];
        const others = form.filter((it) => it !== "User").map((name, i) => [name, i] as const);
        let unit: Unit | undefined;
        for (const [i, value] of steps.entries()) {
          const own = [
            ["User", 0],
            ["Nice", value + i],
          ] as const;
          unit = read(at, textOf([...own, ...others], "Server"), unit);
          assert.deepEqual(said(unit, profile), said(read(at, unit.file.text), profile));
          brief += Number(lasting(unit, "advice") !== unit);
        }
      }),
      { numRuns: 40 },
    );
    assert.ok(brief > 10, `${brief} times in brief`);
  });

  it("changes nothing that is said of any version, in whichever order they are asked", () => {
    fc.assert(
      fc.property(names, edits, profiles, fc.constantFrom(...PATHS), (form, steps, profile, at) => {
        let lines = ["Nice", "LogExtraFields", ...form].map((name, i) => [name, i] as const);
        let unit = read(at, textOf(lines, "Server"));
        const before: Unit[] = [];
        for (const [line, value, isElsewhere] of steps) {
          const other = isElsewhere ? `Server ${value}` : "Server";
          lines = lines.map((it, i) => (i === line % lines.length ? [it[0], value] : it));
          before.push(unit);
          unit = read(at, textOf(lines, other), unit);
          assert.deepEqual(said(unit, profile), said(read(at, unit.file.text), profile));
        }
        for (const it of before.toReversed())
          assert.deepEqual(said(it, profile), said(read(at, it.file.text), profile), "an earlier version");
      }),
      { numRuns: 40 },
    );
  });
});
