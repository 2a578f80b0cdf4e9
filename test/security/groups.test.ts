import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { type Assessment, assess } from "../../server/src/security/exposure.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { random } from "../kit/random.ts";
import { randomUnit } from "./randomUnit.ts";

const COUNT = 400;
/** Comments enough that a unit counts as a large one, which is read group by group. */
const PADDING = "# padding\n".repeat(250);

const facts = ({ exposure, loads, messages, checks }: Assessment): object => ({
  exposure,
  loads,
  messages,
  badness: checks.map((it) => it.badness),
});

/** The random unit of a seed with its drop-ins; `padding` stands in front of its text. */
function read(seed: number, version: number, padding: string, previous?: Unit): Unit {
  const made = randomUnit(random(seed));
  const path = unitPath(`/etc/systemd/${made.scope}/${made.name}`);
  assert.ok(path);
  const [text = "", ...dropIns] = Object.values(made.files);
  return readUnit(path, padding + text, version, { dropIns, previous });
}

describe("exposure: large units", () => {
  for (const version of [257, 262]) {
    it(`are assessed as small ones are, by systemd ${version}`, () => {
      for (let seed = 1; seed <= COUNT; seed++) {
        const small = facts(assess(read(seed, version, "")));
        assert.deepEqual(facts(assess(read(seed, version, PADDING))), small, `seed ${seed}`);
      }
    });
  }

  it("are assessed after an edit as if read for the first time", () => {
    const lines = ["IPAddressAllow=any", "SystemCallFilter=~@mount", "User=nobody", "ExecStart=/bin/false", "User=a:b"];
    const path = unitPath("/x.service");
    assert.ok(path);
    const text = `${PADDING}[Service]\nExecStart=/bin/true\n\nIPAddressDeny=any\nSystemCallFilter=@system-service\n`;
    let unit = readUnit(path, text, 262);
    for (const line of ["", ...lines, "IPAddressDeny=", ""]) {
      const edited = text.replace("true\n", `true\n${line}`);
      unit = readUnit(path, edited, 262, { previous: unit });
      assert.deepEqual(facts(assess(unit)), facts(assess(readUnit(path, edited.replace(PADDING, ""), 262))), line);
    }
  });
});
