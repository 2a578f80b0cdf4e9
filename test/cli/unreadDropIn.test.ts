import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOn } from "../kit/memoryHost.ts";

const SERVICE = "[Service]\nExecStart=/usr/bin/app\n";
const TERMINAL = { colours: false, progress: () => undefined, width: 200 };
const DROP_IN = "[Service]\nEnvironment=PORT=80\n";

function check(files: Readonly<Record<string, string>>): string {
  const host = memoryHost(files);
  return runOn(["check", "/u", "--profile", "off", "--fail-on", "never"], host, TERMINAL).stdout;
}

describe("cli check: drop-ins that systemd does not read", () => {
  it("are told by their place, with the name that is read", () => {
    const ending = check({ "/u/app.service": SERVICE, "/u/app.service.d/override": DROP_IN });
    assert.match(
      ending,
      /override:2:1: warning: Environment= is not read: .* rename it to app\.service\.d\/override\.conf/,
    );
    const folder = check({ "/u/app.service": SERVICE, "/u/app.d/10-local.conf": DROP_IN });
    assert.match(folder, /app\.d\/10-local\.conf:2:1: warning: .* app\.service\.d\/10-local\.conf/);
  });

  it("are none where nothing of a unit is in the file, where no unit lies beside, or where a copy is kept", () => {
    const files = [
      { "/u/app.service": SERVICE, "/u/app.service.d/README": "How to use it\n" },
      { "/u/app.service.d/override.conf": DROP_IN },
      { "/u/app.service": SERVICE, "/u/app.service.d/override.conf.bak": DROP_IN },
      { "/u/app.service": SERVICE, "/u/other.d/10-local.conf": DROP_IN },
      { "/u/app.service": SERVICE, "/u/app.d/10-local.conf": "[client]\nport=1\n" },
    ];
    for (const it of files) assert.doesNotMatch(check(it), /unread-drop-in/, JSON.stringify(it));
  });
});
