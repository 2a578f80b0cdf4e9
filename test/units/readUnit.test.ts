import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readAnew, readUnit, withText } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

const SERVICE = { kind: "service", role: "unit", name: "food.service", scope: "system" } as const;
const TEXT = "[Service]\nExecStart=/usr/bin/food\n";
const PRIVATE = "[Service]\nPrivateTmp=yes\n";
const LEARNT = { path: "/etc/systemd/system/food.service.learnt.json", text: "{}" };
const DEFAULTS = { restrictSuidSgid: true };

const knownOf = ({ learnt, defaults, podman }: Unit): unknown => ({ learnt, defaults, podman });

describe("the way to a unit", () => {
  const around = { dropIns: [PRIVATE], learnt: LEARNT, defaults: DEFAULTS, podman: 5.4 } as const;
  const unit = readUnit(SERVICE, TEXT, 257, around);

  it("keeps what is known of a service, for which podman counts for nothing", () => {
    assert.deepEqual(knownOf(unit), { learnt: LEARNT, defaults: DEFAULTS, podman: undefined });
    assert.equal(
      readUnit({ ...SERVICE, kind: "container", name: "food.container", placed: true }, "", 257, around).podman,
      5.4,
    );
  });

  it("leaves out defaults that say no more than systemd does", () => {
    assert.equal(readUnit(SERVICE, TEXT, 257, { defaults: { restrictSuidSgid: false } }).defaults, undefined);
  });

  it("gives what was learnt to the unit of a drop-in, and the defaults to both", () => {
    const main = { path: SERVICE, text: TEXT, dropIns: [PRIVATE], at: 0, learnt: LEARNT };
    const dropIn = readUnit({ ...SERVICE, role: "drop-in" }, PRIVATE, 257, { main, defaults: DEFAULTS });
    assert.deepEqual(knownOf(dropIn), { learnt: undefined, defaults: DEFAULTS, podman: undefined });
    assert.ok(dropIn.main);
    assert.deepEqual(knownOf(dropIn.main.unit), { learnt: LEARNT, defaults: DEFAULTS, podman: undefined });
  });

  it("forgets none of it for another text, path or other drop-ins", () => {
    const others = [
      withText(unit, `${TEXT}User=food\n`),
      readAnew(unit, { path: { ...SERVICE, scope: "user" } }),
      readAnew(unit, { dropIns: [] }),
    ];
    for (const it of others) assert.deepEqual(knownOf(it), knownOf(unit));
    assert.deepEqual(
      others.map((it) => it.dropIns.length),
      [1, 1, 0],
    );
  });
});
