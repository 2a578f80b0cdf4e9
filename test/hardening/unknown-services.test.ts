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

/** What a profile adds to a service in the first step or in both, by directive. */
function added({ unit, file }: UnknownService, profile: "basic" | "strict", sure: Sure): ReadonlySet<string> {
  const read = unitOf(unit, `/etc/systemd/system/${file}`);
  return new Set(safeSettings(read, profile, undefined, sure).map((it) => it.line.replace(/=.*$/s, "")));
}

const words = (list: string): readonly string[] => list.split(" ").filter((it) => it !== "");
const BASIC = new Set<string>(ROWS.filter((it) => it.tier === "basic").map((it) => it.directive));

describe("hardening services that nobody knows", () => {
  for (const service of [...HARDWARE, ...SYSTEM, ...SERVED, ...FOREIGN, ...ORDINARY, ...APPLICATIONS]) {
    it(service.is, () => {
      const both = [added(service, "basic", "likely"), added(service, "strict", "likely")] as const;
      const first = [added(service, "basic", "shown"), added(service, "strict", "shown")] as const;
      const known = new Set<string>(ROWS.map((it) => it.directive));
      const { never, must } = service;
      assert.deepEqual(
        words(`${never} ${must}`).filter((it) => !known.has(it)),
        [],
      );
      assert.deepEqual({ broken: words(never).filter((it) => both.some((all) => all.has(it))) }, { broken: [] });
      const [basic, strict] = service.shows ? first : both;
      const lacking = words(must).filter((it) => !strict.has(it) || (BASIC.has(it) && !basic.has(it)));
      assert.deepEqual({ lacking }, { lacking: [] });
    });
  }

  it("reads what only a description tells, of root and of a user", () => {
    const broken = DESCRIBED.flatMap(([name, description, command, never]) =>
      ["", "User=svc\n"].flatMap((user) => {
        const unit = `[Unit]\nDescription=${description}\n[Service]\n${user}ExecStart=${command}\n`;
        const service = { is: name, file: `${name}.service`, unit, never, must: "" };
        const both = [added(service, "basic", "likely"), added(service, "strict", "likely")] as const;
        return words(never).flatMap((it) => (both.some((all) => all.has(it)) ? [`${description}: ${it}`] : []));
      }),
    );
    assert.deepEqual(broken, []);
  });
});
