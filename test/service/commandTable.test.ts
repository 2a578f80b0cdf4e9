import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CAPABILITIES } from "../../server/src/facts/capabilities.ts";
import { capableCommands, deniedCommands, writingCommands } from "../../server/src/service/commandTable.ts";
import { slowTextFor } from "../kit/regExpAttack.ts";

const rows = () => [...writingCommands(), ...capableCommands(), ...deniedCommands()];

describe("programs that are there for one thing", () => {
  it("have expressions that take linear time", () => {
    for (const { programs, args } of rows())
      for (const it of [programs, args]) if (it) assert.equal(slowTextFor(it), undefined, String(it));
    for (const { elsewhere } of writingCommands())
      if (elsewhere) assert.equal(slowTextFor(elsewhere), undefined, String(elsewhere));
  });

  it("name capabilities and absolute places", () => {
    for (const { capabilities } of capableCommands()) {
      assert.ok(capabilities.length > 0);
      for (const it of capabilities) assert.ok(CAPABILITIES.includes(it), it);
    }
    for (const { places } of writingCommands())
      assert.ok(places.length > 0 && places.every((it) => it.startsWith("/")));
  });
});
