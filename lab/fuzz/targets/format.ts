import assert from "node:assert/strict";
import { formatEdits } from "../../../server/src/syntax/format.ts";
import { parse } from "../../../server/src/syntax/parse.ts";
import { applyEdits } from "../../../server/src/text/span.ts";
import { machineVerdict } from "../../../test/kit/machineVerdict.ts";
import { meaningOf } from "../../../test/kit/meaning.ts";
import { type HostileUnit, hostileUnit } from "../../../test/kit/mutate.ts";
import { MACHINE_VERSION } from "../../../test/kit/systemd.ts";
import { fuzzTarget } from "../target.ts";

const formatted = (text: string): string => applyEdits(text, formatEdits(parse(text)) ?? []);

/** The layout of a file changes nothing of what it says, in our eyes and in those of the machine's systemd, and is final. */
export const format = fuzzTarget<HostileUnit>({
  name: "format",
  input: hostileUnit,
  run(unit) {
    const text = formatted(unit.text);
    if (text === unit.text) return;
    assert.deepEqual(meaningOf(parse(text)), meaningOf(parse(unit.text)), "a formatted text means something else");
    assert.equal(formatted(text), text, "a formatted text changes again");
    const before = MACHINE_VERSION === undefined ? undefined : machineVerdict(unit, MACHINE_VERSION);
    if (!before || MACHINE_VERSION === undefined) return;
    const after = machineVerdict({ ...unit, text }, MACHINE_VERSION);
    assert.deepEqual(after, before, "systemd says something else of a formatted text");
  },
});
