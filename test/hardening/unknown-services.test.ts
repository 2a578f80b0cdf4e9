import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { unitOf } from "./kit.ts";
import { HARDWARE } from "./services/hardware.ts";
import { ORDINARY } from "./services/ordinary.ts";
import type { UnknownService } from "./services/service.ts";
import { SYSTEM } from "./services/system.ts";

/** What a profile adds to a service as safe, by directive. */
function added({ unit, file }: UnknownService, profile: "basic" | "strict"): ReadonlySet<string> {
  const read = unitOf(unit, `/etc/systemd/system/${file}`);
  return new Set(safeSettings(read, profile).map((it) => it.line.replace(/=.*$/s, "")));
}

const words = (list: string): readonly string[] => list.split(" ").filter((it) => it !== "");
const BASIC = new Set<string>(ROWS.filter((it) => it.tier === "basic").map((it) => it.directive));

describe("hardening services that nobody knows", () => {
  for (const service of [...HARDWARE, ...SYSTEM, ...ORDINARY]) {
    it(service.is, () => {
      const [basic, strict] = [added(service, "basic"), added(service, "strict")];
      const known = new Set<string>(ROWS.map((it) => it.directive));
      const { never, must } = service;
      assert.deepEqual(
        words(`${never} ${must}`).filter((it) => !known.has(it)),
        [],
      );
      assert.deepEqual({ broken: words(never).filter((it) => basic.has(it) || strict.has(it)) }, { broken: [] });
      const lacking = words(must).filter((it) => !strict.has(it) || (BASIC.has(it) && !basic.has(it)));
      assert.deepEqual({ lacking }, { lacking: [] });
    });
  }
});
