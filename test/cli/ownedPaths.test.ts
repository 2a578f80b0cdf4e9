import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { HostOwner } from "../../server/src/cli/host.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const PATH = "/etc/systemd/system/shop.service";
const ACCOUNTS = {
  "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\nshop:x:990:990::/nonexistent:/bin/false\n",
  "/etc/group": "root:x:0:\nshop:x:990:\nwriters:x:50:shop\n",
};

interface Added {
  readonly line: string;
  readonly grade: string;
  readonly reason: string;
}

/** What is added to ProtectSystem= for a service of the user shop on a machine with such owners. */
function added(command: string, files: readonly string[], owners: Readonly<Record<string, HostOwner>>, path = PATH) {
  const text = `[Service]\nUser=shop\nExecStart=${command}\n`;
  const others = Object.fromEntries(files.map((it) => [it, ""]));
  const host = memoryHost({ [path]: text, ...ACCOUNTS, ...others }, { owners });
  const { stdout } = runOver(host, "harden", "--format", "json", path);
  const { files: plans } = JSON.parse(stdout) as { files: readonly { settings: readonly Added[] }[] };
  return (plans[0]?.settings ?? []).filter(({ line }) => /^(?:ProtectSystem|ReadWritePaths)=/.test(line));
}

const linesOf = (...args: Parameters<typeof added>): readonly string[] => added(...args).map((it) => it.line);

const SHOPS: HostOwner = { uid: 990, gid: 990, mode: 0o700 };
const OF_WRITERS: HostOwner = { uid: 0, gid: 50, mode: 0o2775 };

describe("owners and modes on this machine", () => {
  it("decide what stays writable below /etc and /usr, in place of names", () => {
    const [first, ...more] = added("/opt/shop/bin/server -c /etc/shop/shop.conf", ["/etc/shop/shop.conf"], {});
    assert.deepEqual(
      [first?.line, first?.grade, first?.reason, more.length],
      [
        "ProtectSystem=full",
        "proven",
        "by owners and modes on this machine its user may write nothing below /etc and /usr",
        0,
      ],
    );
    assert.deepEqual(linesOf("/opt/shop/bin/server", ["/etc/other/state/x"], { "/etc/other/state": SHOPS }), [
      "ProtectSystem=full",
      "ReadWritePaths=-/etc/other/state",
    ]);
    assert.deepEqual(
      linesOf("/usr/local/shop/server", ["/usr/local/shop/cache/x", "/usr/local/shop/server"], {
        "/usr/local/shop/cache": OF_WRITERS,
      }),
      ["ProtectSystem=full", "ReadWritePaths=-/usr/local/shop/cache"],
    );
    assert.deepEqual(
      linesOf("/usr/bin/server --data /usr/share/shop/data", ["/usr/share/shop/data/x"], {
        "/usr/share/shop/data": SHOPS,
      }),
      ["ProtectSystem=full", "ReadWritePaths=-/usr/share/shop/data"],
    );
  });

  it("take away what only a command lets suspect", () => {
    const command = "/bin/sh -c 'touch /etc/shop.stamp; exec /opt/shop/server'";
    assert.deepEqual(linesOf(command, [], {}), ["ProtectSystem=full"]);
    assert.deepEqual(linesOf(command, [], {}, "/srv/git/shop.service"), []);
    const boot = "/bin/sh -c 'touch /boot/shop.stamp; exec /opt/shop/server'";
    assert.deepEqual(linesOf(boot, [], {}), []);
  });

  it("are not known of other files, users and trees, nor where a list of access may say more", () => {
    const names = ["ProtectSystem=full", "ReadWritePaths=-/etc/shop"];
    assert.deepEqual(linesOf("/opt/shop/bin/server", [], {}, "/srv/git/shop.service"), names);
    assert.deepEqual(linesOf("/opt/shop/bin/server", [], {}, "/srv/image/etc/systemd/system/shop.service"), names);
    const shared: HostOwner = { uid: 0, gid: 0, mode: 0o775 };
    assert.deepEqual(linesOf("/opt/shop/bin/server", ["/etc/y/x"], { "/etc/y": shared }), names);
    const host = memoryHost({ [PATH]: "[Service]\nUser=other\nExecStart=/opt/x\n", ...ACCOUNTS });
    assert.match(runOver(host, "harden", PATH).stdout, /^\+ReadWritePaths=-\/etc\/shop -\/etc\/other$/m);
  });

  it("count in check, too", () => {
    const text = "[Service]\nUser=shop\nExecStart=/bin/sh -c 'touch /etc/shop.stamp; exec /opt/shop/server'\n";
    const isFound = (path: string): boolean => {
      const host = memoryHost({ [path]: text, ...ACCOUNTS });
      return runOver(host, "check", "--format", "json", path).stdout.includes('"hardening/protect-system"');
    };
    assert.deepEqual([isFound("/srv/git/shop.service"), isFound(PATH)], [false, true]);
  });
});
