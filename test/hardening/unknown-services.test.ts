import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import type { Sure } from "../../server/src/hardening/missingSettings.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { unitOf } from "./kit.ts";
import { APPLICATIONS } from "./services/applications.ts";
import { DESCRIBED } from "./services/described.ts";
import { FOREIGN } from "./services/foreign.ts";
import { HARDWARE } from "./services/hardware.ts";
import { ORDINARY } from "./services/ordinary.ts";
import { SERVED } from "./services/served.ts";
import type { UnknownService } from "./services/service.ts";
import { SYSTEM } from "./services/system.ts";

/** What a profile adds to a service in the first step or in both, by directive, with all words of its lines. */
function added(
  { unit, file }: UnknownService,
  profile: "basic" | "strict",
  sure: Sure,
): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const { line } of safeSettings(unitOf(unit, `/etc/systemd/system/${file}`), profile, undefined, sure)) {
    const [key = "", value = ""] = line.split(/=(.*)/s);
    all.set(key, [...(all.get(key) ?? []), ...value.split(" ")]);
  }
  return all;
}

/** What breaks a service of some settings: `Name`, or `Name!word` of a list that has to have the word. */
const broken = (never: string, both: readonly ReadonlyMap<string, readonly string[]>[]): readonly string[] =>
  words(never).filter((it) => {
    const [name = "", word] = it.split("!");
    return both.some((all) => {
      const value = all.get(name);
      // A list of what is denied is a gentler value.
      return value !== undefined && !value[0]?.startsWith("~") && (word === undefined || !value.includes(word));
    });
  });

const words = (list: string): readonly string[] => list.split(" ").filter((it) => it !== "");
const BASIC = new Set<string>(ROWS.filter((it) => it.tier === "basic").map((it) => it.directive));

describe("hardening services that nobody knows", () => {
  for (const service of [...HARDWARE, ...SYSTEM, ...SERVED, ...FOREIGN, ...ORDINARY, ...APPLICATIONS]) {
    it(service.is, () => {
      const both = [added(service, "basic", "likely"), added(service, "strict", "likely")] as const;
      const known = new Set<string>(ROWS.map((it) => it.directive));
      const { never, must } = service;
      assert.deepEqual(
        words(`${never} ${must}`).filter((it) => !known.has(it.replace(/!.*$/, ""))),
        [],
      );
      assert.deepEqual(broken(never, both), []);
      const [basic, strict] = both;
      const lacking = words(must).filter((it) => !strict.has(it) || (BASIC.has(it) && !basic.has(it)));
      assert.deepEqual({ lacking }, { lacking: [] });
    });
  }

  it("reads what only a description tells, of root and of a user", () => {
    const lost = DESCRIBED.flatMap(([name, description, command, never]) =>
      ["", "User=svc\n"].flatMap((user) => {
        const unit = `[Unit]\nDescription=${description}\n[Service]\n${user}ExecStart=${command}\n`;
        const service = { is: name, file: `${name}.service`, unit, never, must: "" };
        const both = [added(service, "basic", "likely"), added(service, "strict", "likely")] as const;
        return broken(never, both).map((it) => `${description}: ${it}`);
      }),
    );
    assert.deepEqual(lost, []);
  });
});
