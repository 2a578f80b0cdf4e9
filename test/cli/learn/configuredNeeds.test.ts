import assert from "node:assert/strict";
import { withConfigured } from "../../../server/src/cli/learn/configuredNeeds.ts";
import { memoryMachine } from "../../kit/memoryMachine.ts";
import { needsOf, uses } from "../../learn/kit.ts";

const TEXT = "user food\ngroup nobody-there\nchroot /var/lib/food\n";
const file = (uid = 0, mode = 0o100644) => ({ mode, uid, gid: 0, capabilities: false, real: "" });

describe("configuration that a run read", () => {
  it("counts where only root can change it, and the machine has the account", async () => {
    const files = {
      "/etc/food.cfg": TEXT,
      "/etc/open.cfg": TEXT,
      "/etc/others.cfg": TEXT,
      "/usr/lib/food.conf": TEXT,
      "/srv/food.conf": "user food",
    };
    const machine = memoryMachine({
      files,
      program: (argv) =>
        argv[0] === "getent" && argv[1] === "passwd" ? { stdout: "food:x:106:107::/:\n", status: 2 } : undefined,
    });
    const statuses = new Map([
      ["/etc/food.cfg", file()] as const,
      ["/etc/open.cfg", file(0, 0o100666)] as const,
      ["/etc/others.cfg", file(106)] as const,
      ["/usr/lib/food.conf", file()] as const,
      ["/srv/food.conf", file()] as const,
    ]);
    const paths = Object.fromEntries([...Object.keys(files), "/etc/gone"].map((it) => [it, uses(1, "read")]));
    const { configured } = await withConfigured(machine, needsOf({ paths }), { users: [], statuses });
    assert.deepEqual(configured, [
      { use: "user", name: "food", file: "/etc/food.cfg" },
      { use: "chroot", name: "/var/lib/food", file: "/etc/food.cfg" },
      { use: "user", name: "food", file: "/srv/food.conf" },
    ]);
    const none = await withConfigured(memoryMachine(), needsOf(), { users: [], statuses });
    assert.deepEqual(none.configured, []);
  });
});
