import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { readNativeProgram } from "../../../server/src/program/readNativeProgram.ts";
import { type ByteChanges, byteChanges, changedBytes } from "../../../test/kit/mutatedBytes.ts";
import { memoryFiles } from "../../../test/program/kit.ts";
import { fuzzTarget } from "../target.ts";

const SOUND = "/usr/bin/env";
const PATH = "/usr/bin/shopd";
const sound = (): Uint8Array => (existsSync(SOUND) ? readFileSync(SOUND) : new Uint8Array(1));

/** The same bytes as instructions of aarch64. */
const forArm = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes, (it, i) => (i === 18 ? 183 : it));
const readFiles = (bytes: Uint8Array) => readNativeProgram(PATH, memoryFiles({ [PATH]: bytes })).files;

/** A program of which bytes are changed is read without an end in an error, and no more is said of it than anyone reads. */
export const programs = fuzzTarget<{ readonly [Key in keyof ByteChanges]: ByteChanges[Key] }>({
  name: "programs",
  input: byteChanges(sound().length),
  missing: () => (existsSync(SOUND) ? undefined : `there is no ${SOUND}`),
  run(input) {
    const bytes = changedBytes(sound(), input);
    for (const it of [bytes, forArm(bytes)].flatMap(readFiles))
      assert.ok(it.signs.length < 5000 && it.paths.length <= 5000, "too much is said of a program");
  },
});
