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
    [
      "a unit that is not there",
      ["y"],
      {},
      /there is no service y\.service in this system; services of users cannot be tried/,
    ],
    ["a masked unit", ["x"], { properties: { LoadState: "masked" } }, /x\.service is masked/],
    [
      "a unit that systemd refuses",
      ["x"],
      { properties: { LoadState: "bad-setting" } },
      /does not load x\.service \(bad-setting\)/,
    ],
    ["a transient unit", ["x"], { properties: { Transient: "yes" } }, /is transient/],
    [
      "a unit that nobody may stop",
      ["x"],
      { properties: { RefuseManualStop: "yes" } },
      /start and stop x\.service by hand/,
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
        machine.actions.every((it) => /^run systemctl (?:show|--version|is-active)/.test(it)),
        machine.actions.join(),
      );
    });
});
