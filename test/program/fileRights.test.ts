import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { readDecision } from "../../server/src/needs/readDecision.ts";
import { capabilitiesGivenIn, rightsOfFile } from "../../server/src/program/fileRights.ts";
import type { ProgramFiles } from "../../server/src/program/files.ts";
import { readPrograms } from "../../server/src/program/readProgram.ts";
import { skip } from "../kit/skip.ts";
import { memoryFiles } from "./kit.ts";

const PATH = "/opt/zorb/zorbd";
const NATIVE = "/usr/bin/true";

const filesWith = (mode: number, capabilities?: string, bytes?: string): ProgramFiles => ({
  ...memoryFiles({ [PATH]: { bytes: bytes ?? readFileSync(NATIVE), mode } }),
  capabilitiesOf: (path) => (path === PATH ? capabilities : undefined),
});
const readWith = (...made: Parameters<typeof filesWith>) =>
  readPrograms([{ path: PATH, args: [], environment: {} }], filesWith(...made));

describe("the rights that a file gives its program", () => {
  before(function () {
    if (!existsSync(NATIVE)) skip(this, "the data beside the repository are not here");
  });

  it("are those of its owner, and speak against NoNewPrivileges=", () => {
    assert.deepEqual(readDecision(readWith(0o4755), "NoNewPrivileges", false), {
      says: "against",
      condition: "if it works without mode 04755, which zorbd has",
      shown: "zorbd has mode 04755",
    });
    assert.notEqual(readDecision(readWith(0o755), "NoNewPrivileges", false)?.says, "against");
  });

  it("are capabilities, with what these allow", () => {
    const signs = readWith(0o755, "cap_net_raw,cap_sys_time=ep").files.flatMap((it) => it.signs);
    assert.deepEqual(
      signs.filter((it) => it.form === "attribute").map((it) => `${it.sign} ${it.what}`),
      ["granted cap_net_raw", "packets cap_net_raw", "granted cap_sys_time", "clock cap_sys_time"],
    );
  });

  it("count for machine code alone, as the kernel gives scripts none", () => {
    const { files } = readWith(0o4755, "cap_net_raw=ep", "#!/bin/sh\nexit 0\n");
    assert.deepEqual(
      files.flatMap((it) => it.signs),
      [],
    );
  });

  it("need a bit that lets somebody execute it", () => {
    const signs = (mode: number) =>
      rightsOfFile({ path: PATH, kind: "file", bytes: 1, changed: 0, mode, user: 0, group: 0 }, undefined).length;
    assert.deepEqual([0o4755, 0o2755, 0o6711, 0o4644, 0o2745, 0o755].map(signs), [1, 1, 1, 0, 0, 0]);
  });

  it("stand in scripts as setcap takes them", () => {
    assert.deepEqual(
      capabilitiesGivenIn(`if ! setcap -q 'cap_net_raw+ep' "/usr/bin/a"; then setcap cap_chown=ep $B; fi`),
      [
        { capabilities: "cap_net_raw", path: "/usr/bin/a" },
        { capabilities: "cap_chown", path: undefined },
      ],
    );
  });
});
