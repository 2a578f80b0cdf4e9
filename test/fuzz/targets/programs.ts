import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { readNativeProgram } from "../../../server/src/program/readNativeProgram.ts";
import { type ByteChanges, byteChanges, changedBytes } from "../../kit/mutatedBytes.ts";
import { memoryFiles } from "../../program/kit.ts";
import { fuzzTarget } from "../target.ts";

const SOUND = "/usr/bin/env";
const PATH = "/usr/bin/shopd";
const sound = (): Uint8Array => (existsSync(SOUND) ? readFileSync(SOUND) : new Uint8Array(1));

/** A program of which bytes are changed is read without an end in an error, and no more is said of it than anyone reads. */
export const programs = fuzzTarget<{ readonly [Key in keyof ByteChanges]: ByteChanges[Key] }>({
  name: "programs",
  input: byteChanges(sound().length),
  missing: () => (existsSync(SOUND) ? undefined : `there is no ${SOUND}`),
  run(input) {
    const { files } = readNativeProgram(PATH, memoryFiles({ [PATH]: changedBytes(sound(), input) }));
    for (const it of files)
      assert.ok(it.signs.length < 5000 && it.paths.length <= 5000, "too much is said of a program");
  },
});
