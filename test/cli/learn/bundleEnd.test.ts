import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { carryOutErrand } from "../../../server/src/cli/errand.ts";
import { memoryMachine } from "../../kit/memoryMachine.ts";
import { errandOf, printed } from "../../kit/observable.ts";
import { observedFile, observedLogs } from "../../kit/observedRuns.ts";
import { recordedBundle } from "../../kit/recordedBundle.ts";

type Files = readonly (readonly [file: string, text: string])[];

const LOG =
  observedLogs("nginx")
    .find(([name]) => /^ExecStart(?:-1)?$/.test(name))?.[1]
    .toString("latin1") ?? "";
const UNIT = observedFile("nginx", "unit.txt")
  .toString("latin1")
  .replace(/^KillMode=.*\n|^KillSignal=.*\n/gm, "");
const HEAD = {
  ...{ version: 1, unit: "nginx.service", systemd: "257", strace: "6.13", kernel: "6.18", architecture: "x86_64" },
  ...{ users: ["root:0:0", "www-data:33:33"], exercised: ["curl http://localhost/"] },
};
const CUT: Files = [["ExecStart-1.strace", `${LOG}100 1000.4 openat(AT_FDCWD</>, "/etc/p`]];
const head = (more: object): Files => [["bundle.json", JSON.stringify({ ...HEAD, ...more })]];

/** What is derived from bundles that differ from a recorded one in some files. */
async function derived(...bundles: readonly Files[]) {
  const files = Object.fromEntries(bundles.map((it, i) => [`/b${i}.tar`, recordedBundle("nginx", it)]));
  const machine = memoryMachine({ files, uid: 1000, platform: "darwin" });
  const ending = await carryOutErrand(
    errandOf("learn", "--bundle", ...Object.keys(files)),
    machine,
    new AbortController().signal,
  );
  return { text: printed(ending), status: ending.status, messages: ending.messages.join("\n") };
}

describe("a bundle whose log ends early", () => {
  const cases: Readonly<Record<string, [Files, RegExp]>> = {
    "in the middle of a line": [[["unit.txt", UNIT], ...CUT], /the log of ExecStart ends in the middle of a line/],
    "before its first line": [[["ExecStart-1.strace", ""]], /the log of ExecStart is empty/],
    "with bytes that strace never writes": [
      [["ExecStart-1.strace", `\0\0\0${LOG}`]],
      /the log of ExecStart has bytes that strace never writes/,
    ],
  };
  for (const [what, [files, reason]] of Object.entries(cases))
    it(`${what} shows nothing: that is said, with status 1`, async () => {
      const { text, status } = await derived(files);
      assert.match(text, /^# nginx\.service: nothing is derived: \/b0\.tar: [^\n]+\n$/);
      assert.match(text, reason);
      assert.equal(status, 1);
    });

  it("is whole where what is killed leaves a line as it is, or where it was looked at while the service ran", async () => {
    for (const files of [
      [["unit.txt", UNIT.replace("[Service]", "$&\nKillMode=mixed")] as const, ...CUT],
      [["unit.txt", UNIT.replace("[Service]", "$&\nKillSignal=SIGKILL")] as const, ...CUT],
      [...head({ checked: true }), ["unit.txt", UNIT] as const, ...CUT],
    ])
      assert.match((await derived(files)).text, / +seen +NoNewPrivileges=yes/);
  });

  it("proves nothing where it is a second run", async () => {
    const under = head({ under: ["NoNewPrivileges=yes"] });
    assert.match((await derived([], under)).text, / +proven +NoNewPrivileges=yes/);
    const { text, messages } = await derived([], [...under, ["ExecStart-1.strace", ""]]);
    assert.match(messages, /nothing is proven: \/b1\.tar: the log of ExecStart is empty/);
    assert.match(text, / +seen +NoNewPrivileges=yes/);
  });
});
