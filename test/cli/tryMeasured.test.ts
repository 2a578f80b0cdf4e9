import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { linesOfProfile } from "../../server/src/cli/try/wanted.ts";
import { listedUnder } from "../kit/listedUnder.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { tryOn, UNIT } from "../kit/tryRun.ts";
import { serviceOf } from "../learn/kit.ts";

const LEARNT = "/etc/systemd/system/x.service.d/x.service.learnt.json";

/** What a trial with these arguments leaves next to the unit, which is then judged without the drop-in of the trial. */
async function triedHost(starts: (text: string) => boolean) {
  const { machine } = await tryOn(["x", "--likely", "--write", "--exercise", "use it"], {
    starts,
    program: () => ({}),
  });
  const learnt = machine.files.get(LEARNT);
  assert.ok(learnt);
  return memoryHost({ "/u/x.service": UNIT, "/u/x.service.learnt.json": String(learnt) });
}

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly grade?: string;
  readonly reason?: string;
}

const findingsIn = (stdout: string): readonly Finding[] => JSON.parse(stdout).files[0].findings;

describe("what try takes of a profile", () => {
  it("is nothing about addresses, as nobody connects from another machine in a trial", () => {
    const lines = linesOfProfile(serviceOf(["ExecStart=/usr/bin/food"]), "isolated", true);
    assert.ok(lines.includes("PrivateNetwork=yes"), lines.join("\n"));
    assert.ok(!lines.some((it) => it.startsWith("IPAddress")), lines.join("\n"));
  });
});

describe("what unit-warden try leaves", () => {
  it("makes likely settings measured: as loud as their tier, among the safe ones, and added by harden", async () => {
    const plain = memoryHost({ "/u/x.service": UNIT });
    const of = (host: typeof plain) =>
      findingsIn(runOver(host, "check", "--format", "json", "/u/x.service").stdout).find(
        (it) => it.code === "hardening/private-devices",
      );
    assert.deepEqual(
      [of(plain)?.severity, of(plain)?.grade, of(plain)?.reason],
      ["info", "likely", "if it opens no hardware"],
    );
    const tried = await triedHost(() => true);
    assert.deepEqual(
      [of(tried)?.severity, of(tried)?.grade, of(tried)?.reason],
      ["warning", "measured", "a trial proved it"],
    );
    assert.match(of(tried)?.message ?? "", /; measured to be safe here, as a trial proved it$/);
    const { stdout } = runOver(tried, "harden", "/u/x.service");
    assert.match(stdout, listedUnder("measured: a trial proved it", "PrivateDevices=yes: [A-Z]"));
    // The trial held with strict, which is more than harden asks for.
    assert.match(stdout, listedUnder("measured: a trial proved it", "ProtectSystem=full: "));
    assert.doesNotMatch(stdout, /^# likely: /m);
  });

  it("makes what broke no finding, and harden names the reason", async () => {
    const tried = await triedHost((text) => !text.includes("\nPrivateDevices=yes\n"));
    const { stdout } = runOver(tried, "check", "/u/x.service");
    assert.doesNotMatch(stdout, /private-devices/);
    assert.match(
      runOver(tried, "harden", "/u/x.service").stdout,
      listedUnder(
        "not added",
        "PrivateDevices=yes.*: what was learnt speaks against it: in a trial it failed with result exit-code\\n",
      ),
    );
  });

  it("offers no value as strict as one that broke, where a weaker one held", async () => {
    const tried = await triedHost((text) => !/^ProtectSystem=(?:strict|full)$/m.test(text));
    const { stdout } = runOver(tried, "harden", "/u/x.service");
    assert.doesNotMatch(stdout, /^\+ProtectSystem=full$/m);
    assert.match(
      stdout,
      listedUnder("not added", "ProtectSystem=strict: what was learnt speaks against it: in a trial it failed"),
    );
    assert.match(stdout, /^\+PrivateDevices=yes$/m);
  });
});
