import assert from "node:assert/strict";
import type { FakeSystemdOptions } from "../kit/fakeSystemd.ts";
import { FILES, tryOn } from "../kit/tryRun.ts";

describe("what unit-warden try is told to try on", () => {
  for (const [what, argv, options, message] of [
    ["a user who is not root", ["x"], { machine: { uid: 1000 } }, /as root: sudo unit-warden try x/],
    ["another system", ["x"], { machine: { platform: "darwin" } }, /only on Linux/],
    ["a path", ["./x.service"], {}, /name the unit as systemctl does/],
    ["a timer", ["x.timer"], {}, /x\.timer is not a service/],
    ["a template", ["x@.service"], {}, /is a template: name an instance, such as x@a\.service/],
    ["a unit that is not there", ["y"], {}, /unknown unit y\.service/],
    ["a masked unit", ["x"], { properties: { LoadState: "masked" } }, /x\.service is masked/],
    [
      "a unit that systemd refuses",
      ["x"],
      { properties: { LoadState: "bad-setting" } },
      /could not load x\.service: bad-setting/,
    ],
    [
      "files that systemd has not read yet, as its next reload would change the service",
      ["x"],
      { properties: { NeedDaemonReload: "yes" } },
      /run systemctl daemon-reload first/,
    ],
    ["a service at work", ["x"], { properties: { ActiveState: "activating" } }, /nothing is tried while it is at work/],
    ["a transient unit", ["x"], { properties: { Transient: "yes" } }, /is transient/],
    [
      "a unit that nobody may stop",
      ["x"],
      { properties: { RefuseManualStop: "yes" } },
      /x\.service refuses to be started or stopped by hand/,
    ],
    [
      "what the session hangs on",
      ["x"],
      { properties: { Id: "dbus.service" } },
      /dbus\.service cannot be restarted again and again/,
    ],
    [
      "the service that this runs in",
      ["x"],
      {
        properties: { ControlGroup: "/system.slice/x.service" },
        machine: { files: { ...FILES, "/proc/self/cgroup": "0::/system.slice/x.service/payload\n" } },
      },
      /runs inside of that service/,
    ],
  ] as const)
    it(`refuses ${what}, and changes nothing`, async () => {
      const { status, stderr, stdout, machine } = await tryOn(argv, options as FakeSystemdOptions);
      assert.match(stderr, message);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.ok(
        machine.actions.every((it) => /^run systemctl (?:show|cat|--version|is-active)/.test(it)),
        machine.actions.join(),
      );
    });
});
