import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { condensed } from "../../server/src/learn/condensed.ts";
import { learntSettings } from "../../server/src/learn/learntSettings.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { withKnowledge } from "../../server/src/units/readUnit.ts";
import { memoryFiles } from "../program/kit.ts";
import { learntLines, needsOf, serviceOf, sight, uses } from "./kit.ts";

/** What of the lines is about some settings, and what is refused about them. */
function about(
  some: Partial<Needs>,
  keys: RegExp,
  lines?: readonly string[],
  host?: Parameters<typeof learntLines>[2],
) {
  const { lines: all, refused } = learntLines(needsOf(some), serviceOf(lines), host);
  return [...all, ...refused.map((it) => `refused ${it}`)].filter((it) => keys.test(it.replace(/^refused /, "")));
}

describe("learnt settings", () => {
  it("takes everything away from a service that needed nothing", () => {
    const { lines, refused } = learntLines(needsOf(), serviceOf());
    assert.equal(lines.length, 27);
    assert.ok(lines.includes("CapabilityBoundingSet="));
    assert.ok(lines.includes("PrivateNetwork=yes"));
    assert.deepEqual(refused, [
      "ProtectProc: a service that runs as root sees all processes",
      "PrivateUsers: the service runs as root",
    ]);
  });

  it("hides processes from what is not root, or becomes another user", () => {
    const hides = (some: Partial<Needs>, ...lines: readonly string[]) =>
      about(some, /^ProtectProc/, ["ExecStart=/usr/bin/food", ...lines]);
    const none = ["refused ProtectProc: a service that runs as root sees all processes"];
    assert.deepEqual(hides({}), none);
    assert.deepEqual(hides({ users: { "0": sight(1) } }), none);
    assert.deepEqual(hides({ users: { "33": sight(1) } }), ["ProtectProc=invisible"]);
    assert.deepEqual(hides({}, "User=food"), ["ProtectProc=invisible"]);
    assert.deepEqual(hides({}, "User=food", "Group=root"), [
      "refused ProtectProc: with the group of root it sees all processes",
    ]);
  });

  describe("of the file system", () => {
    const PLACES = /^(?:ProtectSystem|ReadWritePaths|(?:State|Logs|Runtime)Directory)/;

    it("opens the directories of the service, and the folder where it makes its file or directory itself", () => {
      const paths = {
        "/run/food.pid": uses(1, "make"),
        "/var/cache/food": uses(2, "make"),
        "/var/cache/food/a": uses(2, "make"),
        "/var/lib/food/a/b": uses(3, "write"),
        "/var/lib/food/c": uses(4, "make", "remove"),
      };
      assert.deepEqual(about({ paths }, PLACES), [
        "ProtectSystem=strict",
        "ReadWritePaths=-/run",
        "ReadWritePaths=-/var/cache",
        "ReadWritePaths=-/var/lib/food",
      ]);
    });
    it("keeps room for what the service makes again where it is missing", () => {
      const there = { ...uses(2, "look"), failed: { EEXIST: sight(2) } };
      const paths = { "/var/lib/food/body": there, "/run/food": there, "/run/food/a": uses(3, "write"), "/var": there };
      assert.deepEqual(about({ paths }, PLACES), [
        "ProtectSystem=strict",
        "ReadWritePaths=-/run",
        "ReadWritePaths=-/var/lib/food",
      ]);
      const declares = ["ExecStart=/usr/bin/food", "RuntimeDirectory=food"];
      assert.deepEqual(about({ paths }, PLACES, declares), ["ProtectSystem=strict", "ReadWritePaths=-/var/lib/food"]);
    });

    it("writes paths as systemd reads them in a list: in quotes, with two % for one", () => {
      const paths = {
        "/srv/My Files %d/got it": uses(1, "write"),
        '/srv/a\\b "c"/x': uses(2, "write"),
        "/srv/\u00fc/x": uses(3, "write"),
        "/srv/new\nline/x": uses(4, "write"),
      };
      assert.deepEqual(about({ paths }, PLACES), ["ProtectSystem=strict", "ReadWritePaths=-/srv"]);
      const { "/srv/new\nline/x": _, ...listed } = paths;
      assert.deepEqual(about({ paths: listed }, PLACES), [
        "ProtectSystem=strict",
        'ReadWritePaths="-/srv/My Files %%d"',
        String.raw`ReadWritePaths="-/srv/a\\b \"c\""`,
        "ReadWritePaths=-/srv/\u00fc",
      ]);
    });

    it("keeps a directory of many files together, however many of them were told apart", () => {
      const files = Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`/var/lib/food/${i}`, uses(i, "make", "write")]),
      );
      const expected = ["ProtectSystem=strict", "ReadWritePaths=-/var/lib/food"];
      assert.deepEqual(about({ paths: files }, PLACES), expected);
      const { paths } = condensed(needsOf({ paths: files }));
      assert.equal(Object.keys(paths).length, 1);
      const [, place] = learntSettings(needsOf({ paths }), serviceOf()).filter((it) => PLACES.test(it.key));
      assert.match(place?.evidence ?? "", /^writes below \/var\/lib\/food$/);
      const folded = { "/var/lib/food": { ...uses(1, "make", "write"), folded: 300 } };
      assert.deepEqual(about({ paths: folded }, PLACES), expected);
    });

    it("keeps what belongs to the service writable though the run wrote nothing there", () => {
      const folder = (uid: number) => ({ mode: 0o040755, uid, gid: uid, capabilities: false, real: "" });
      const statuses = new Map([
        ["/var/lib/food", folder(106)],
        ["/var/lib/others", folder(107)],
        ["/var/cache/food", folder(0)],
        ["/var/lib/dpkg", folder(0)],
        ["/etc/food", folder(0)],
        ["/etc/saved", folder(106)],
      ]);
      const named = new Map([
        ...statuses,
        ["/var/spool/food", { ...folder(0), mode: 0o040775, gid: 107 }] as const,
        ["/var/spool/other", { ...folder(0), mode: 0o040775, gid: 107 }] as const,
      ]);
      const paths = Object.fromEntries([...statuses.keys()].map((it) => [`${it}/a`, uses(3, "read")]));
      const some = { paths, users: { "106": sight(9) }, groups: { "107": sight(8) } };
      assert.deepEqual(about(some, PLACES, undefined, { users: ["food:106:107"], statuses: named }), [
        "ProtectSystem=strict",
        "ReadWritePaths=-/etc/saved",
        "ReadWritePaths=-/var/cache/food",
        "ReadWritePaths=-/var/lib/food",
        "ReadWritePaths=-/var/spool/food",
      ]);
    });

    it("keeps the directory that is named after the user that a service of root becomes, as Debian names users", () => {
      const folder = { mode: 0o040755, uid: 106, gid: 107, capabilities: false, real: "" };
      const statuses = new Map([
        ["/var/lib/graph", folder],
        ["/var/lib/other", folder],
      ]);
      const some = { users: { "106": sight(9) } };
      assert.deepEqual(about(some, PLACES, undefined, { users: ["_graph:106:107"], statuses }), [
        "ProtectSystem=strict",
        "ReadWritePaths=-/var/lib/graph",
      ]);
    });

    it("opens what it writes in directories that all share, where they stay those of the host", () => {
      const paths = { "/tmp/a": uses(1, "write"), "/tmp/b": uses(2, "make") };
      assert.deepEqual(about({ paths }, PLACES), ["ProtectSystem=strict", "ReadWritePaths=-/tmp"]);
      assert.deepEqual(about({ paths: { "/tmp/a": uses(1, "make", "write") } }, PLACES), ["ProtectSystem=strict"]);
    });

    it("says how often, where and when it wrote", () => {
      const write = { ...sight(183, "", 12), first: 0.4, last: 6 * 3600 };
      const need = { ...uses(183), used: { write } };
      const [, place] = learntSettings(needsOf({ paths: { "/var/lib/x/a": need } }), serviceOf()).filter((it) =>
        PLACES.test(it.key),
      );
      assert.equal(place?.evidence, "writes /var/lib/x/a");
    });

    it("declares a directory that has the owner and mode that systemd would give it", () => {
      const status = { mode: 0o040750, uid: 106, gid: 107, capabilities: false, real: "/var/lib/food" };
      const host = { users: ["food:106:107"], statuses: new Map([["/var/lib/food", status]]) };
      const paths = { "/var/lib/food/db": uses(3, "write") };
      assert.deepEqual(about({ paths }, PLACES, ["User=food", "ExecStart=/usr/bin/food"], host), [
        "ProtectSystem=strict",
        "StateDirectory=food",
        "StateDirectoryMode=0750",
      ]);
      const others = { ...host, users: ["food:108:107"] };
      const [, opened] = about({ paths }, PLACES, ["User=food", "ExecStart=/usr/bin/food"], others);
      assert.equal(opened, "ReadWritePaths=-/var/lib/food");
    });

    describe("that another machine lacks", () => {
      const status = (uid: number, mode = 0o040755, gid = uid) => ({ mode, uid, gid, capabilities: false });
      const there = { ...uses(2), failed: { EEXIST: sight(2) } };
      const hostWith = (some: Readonly<Record<string, ReturnType<typeof status>>>) => ({
        users: ["food:106:107"],
        statuses: new Map(Object.entries(some).map(([path, it]) => [path, { ...it, real: path }])),
      });

      it("declares a directory that the service makes where it is missing", () => {
        const paths = {
          "/var/lib/food": there,
          "/var/log/food": there,
          "/var/cache/food": there,
          "/var/lib/food/db": uses(3, "write"),
        };
        const host = hostWith({
          "/var/lib/food": status(0),
          "/var/log/food": status(0, 0o042750),
          "/var/cache/food": status(106),
        });
        assert.deepEqual(about({ paths }, PLACES, undefined, host), [
          "ProtectSystem=strict",
          "ReadWritePaths=-/var/cache/food",
          "StateDirectory=food",
          "LogsDirectory=food",
          "LogsDirectoryMode=02750",
        ]);
        const own = ["User=food", "ExecStart=/usr/bin/food"];
        const usersOwn = hostWith({ "/var/lib/food": status(106, 0o040700, 107) });
        assert.deepEqual(about({ paths: { "/var/lib/food": there } }, PLACES, own, usersOwn), [
          "ProtectSystem=strict",
          "StateDirectory=food",
          "StateDirectoryMode=0700",
        ]);
        const file = hostWith({ "/var/lib/food": status(0, 0o100644) });
        assert.deepEqual(about({ paths: { "/var/lib/food": there } }, PLACES, undefined, file), [
          "ProtectSystem=strict",
        ]);
      });

      it("declares it for all instances of a template too", () => {
        const host = hostWith({ "/var/lib/food": status(0) });
        const { lines } = learntLines(
          needsOf({ paths: { "/var/lib/food": there } }),
          serviceOf(undefined, "food@a.service"),
          host,
        );
        assert.ok(lines.includes("StateDirectory=food"), lines.join("\n"));
      });

      it("keeps a directory of its user writable as a whole, wherever it works", () => {
        const statuses = hostWith({
          "/srv": status(0),
          "/srv/app": status(106),
          "/srv/app/old": status(106),
          "/srv/closed": status(106, 0o040555),
          "/var/lib/shared": status(0),
          "/var/lib/shared/food": status(0, 0o040775, 107),
          "/home/food": status(106),
        });
        const paths = {
          "/srv/app/old/a": uses(3, "read"),
          "/srv/closed/a": uses(3, "read"),
          "/var/lib/shared/food": uses(3, "look"),
          "/home/food/.profile": uses(3, "read"),
          "/tmp/x": uses(3, "make"),
        };
        const unit = ["User=food", "ExecStart=/usr/bin/food"];
        assert.deepEqual(about({ paths }, PLACES, unit, statuses), [
          "ProtectSystem=strict",
          "ReadWritePaths=-/srv/app",
          "ReadWritePaths=-/var/lib/shared/food",
          "ReadWritePaths=-/home/food",
        ]);
      });
    });

    it("adds no second line for what the unit has opened", () => {
      const paths = { "/var/lib/food/db": uses(3, "write") };
      assert.deepEqual(about({ paths }, PLACES, ["ExecStart=/usr/bin/food", "StateDirectory=food"]), [
        "ProtectSystem=strict",
      ]);
    });

    it("parts no mounts of a service that mounts for the host", () => {
      const syscalls = { mount: { sight: sight(9), failed: {} } };
      assert.deepEqual(about({ syscalls }, /^(?:ProtectSystem|ProtectHome)/), [
        "refused ProtectSystem: it mounts file systems, which the host would no longer see",
        "refused ProtectHome: it mounts file systems, which the host would no longer see",
      ]);
    });
  });

  describe("of homes, temporary files and devices", () => {
    it("hides homes that were only looked for, and keeps what was read", () => {
      const failed = { ...uses(1), failed: { ENOENT: sight(1) } };
      assert.deepEqual(about({ paths: { "/root/.foodrc": failed, "/root": uses(1, "look") } }, /^ProtectHome/), [
        "ProtectHome=tmpfs",
      ]);
      assert.deepEqual(about({ paths: { "/home/a/index.html": uses(1, "read") } }, /^ProtectHome/), [
        "ProtectHome=read-only",
      ]);
      assert.deepEqual(about({ paths: { "/home/a/x": uses(7, "write") } }, /^ProtectHome/), [
        "refused ProtectHome: writes /home/a/x",
      ]);
    });

    it("gives a /tmp of its own only where no file of others was used", () => {
      assert.deepEqual(about({ paths: { "/tmp/a": uses(1, "make", "write") } }, /^PrivateTmp/), ["PrivateTmp=yes"]);
      assert.deepEqual(about({ marks: { fifo: sight(2) } }, /^PrivateTmp/), [
        "refused PrivateTmp: makes a FIFO, whose clients may wait for answers in /tmp",
      ]);
      assert.deepEqual(about({ paths: { "/tmp/a": uses(1, "read") } }, /^PrivateTmp/), [
        "refused PrivateTmp: uses /tmp/a, which it did not make",
      ]);
      assert.deepEqual(about({ paths: { "/tmp/.s.PGSQL": uses(1, "bind", "make") } }, /^PrivateTmp/), [
        "refused PrivateTmp: uses the socket /tmp/.s.PGSQL",
      ]);
    });

    it("lists devices that were used, where all are nodes", () => {
      const status = { mode: 0o020660, uid: 0, gid: 20, capabilities: false, real: "/dev/ttyS0" };
      const paths = { "/dev/ttyS0": uses(1, "read", "write"), "/dev/null": uses(1, "write") };
      const host = { users: [], statuses: new Map([["/dev/ttyS0", status]]) };
      assert.deepEqual(about({ paths }, /Device/, undefined, host), [
        "DevicePolicy=closed",
        "DeviceAllow=/dev/ttyS0 rw",
        "refused PrivateDevices: uses /dev/ttyS0",
      ]);
    });

    it("closes all devices to what uses only a pipe in /dev", () => {
      const status = { mode: 0o010640, uid: 0, gid: 4, capabilities: false, real: "/dev/xconsole" };
      const host = { users: [], statuses: new Map([["/dev/xconsole", status]]) };
      assert.deepEqual(about({ paths: { "/dev/xconsole": uses(1, "write") } }, /Device/, undefined, host), [
        "DevicePolicy=closed",
        "refused PrivateDevices: uses /dev/xconsole",
      ]);
      assert.deepEqual(about({ paths: { "/dev/gone": uses(1, "write") } }, /DevicePolicy/, undefined, host), []);
    });
  });

  describe("of memory", () => {
    const KEY = /^MemoryDenyWriteExecute/;

    it("names the line that asked for code in memory", () => {
      const marks = { "writable-executable": sight(412, "mprotect(0x7f, 4096, PROT_READ|PROT_EXEC)") };
      assert.deepEqual(about({ marks }, KEY), ["refused MemoryDenyWriteExecute: mprotect(PROT_EXEC) was seen"]);
    });

    it("expects a compiler that is at hand to start later", () => {
      const at = (path: string) => about({ paths: { [path]: uses(5, "map") } }, KEY);
      assert.deepEqual(at("/usr/lib/x86_64-linux-gnu/libluajit-5.1.so.2"), [
        "refused MemoryDenyWriteExecute: /usr/lib/x86_64-linux-gnu/libluajit-5.1.so.2 is LuaJIT",
      ]);
      assert.deepEqual(at("/usr/lib/x86_64-linux-gnu/libpcre2-8.so.0"), ["MemoryDenyWriteExecute=yes"]);
      assert.deepEqual(about({}, KEY, ["ExecStart=/usr/bin/node /srv/a.js"]), [
        "refused MemoryDenyWriteExecute: the program has a compiler that may start on some requests only",
      ]);
    });
  });

  describe("of rights", () => {
    it("keeps what a program is there for by its kind, though it has not done it yet", () => {
      const keys = /^(?:CapabilityBoundingSet|RestrictAddressFamilies|PrivateNetwork)/;
      assert.deepEqual(about({}, keys, ["ExecStart=/usr/bin/fail2ban-server -xf start"]), [
        "CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW",
        "RestrictAddressFamilies=AF_NETLINK AF_UNIX",
        "refused PrivateNetwork: a firewall program changes the rules of the host when something happens",
      ]);
    });

    it("keeps what a program with capabilities of its file probably has", () => {
      const status = { mode: 0o100755, uid: 0, gid: 0, capabilities: true, real: "/usr/bin/ping" };
      const host = { users: [], statuses: new Map([["/usr/bin/ping", status]]) };
      const programs = { "/usr/bin/ping": { sight: sight(3), privileged: true } };
      assert.deepEqual(about({ programs }, /^CapabilityB/, undefined, host), ["CapabilityBoundingSet=CAP_NET_RAW"]);
    });

    it("lets a daemon of root give its directory in /run to another user again after a reboot", () => {
      const status = { mode: 0o040755, uid: 106, gid: 107, capabilities: false, real: "/run/food" };
      const host = { users: ["food:106:107"], statuses: new Map([["/run/food", status]]) };
      const of = (...lines: string[]) =>
        about({ paths: { "/run/food": uses(3, "look") } }, /^(?:Cap|SystemCallFilter)/, lines, host).filter((it) =>
          /CHOWN|chown/.test(it),
        );
      assert.deepEqual(of("ExecStart=/usr/bin/food"), ["CapabilityBoundingSet=CAP_CHOWN", "SystemCallFilter=@chown"]);
      assert.deepEqual(of("ExecStart=/usr/bin/food", "RuntimeDirectory=food"), []);
      assert.deepEqual(of("ExecStart=/usr/bin/food", "User=food"), []);
    });

    it("keeps what was needed and the unit allows, and low ports for servers that start as root", () => {
      const capabilities = {
        CAP_SETUID: { sight: sight(3), reason: "become user 33" },
        CAP_CHOWN: { sight: sight(4), reason: "give away /var/lib/food" },
      };
      const listen = { use: "listen", family: "AF_INET", address: "0.0.0.0", port: 8080, sight: sight(5) } as const;
      assert.deepEqual(about({ capabilities, addresses: [listen] }, /^Capab/), [
        "CapabilityBoundingSet=CAP_CHOWN CAP_NET_BIND_SERVICE CAP_SETUID",
      ]);
      const limited = ["ExecStart=/usr/bin/food", "CapabilityBoundingSet=CAP_SETUID CAP_SYS_NICE"];
      assert.deepEqual(about({ capabilities, addresses: [listen] }, /^Capab/, limited), [
        "CapabilityBoundingSet=CAP_SETUID",
      ]);
    });

    it("keeps no low ports where commands or configuration tell each port", () => {
      const at = (port: number) =>
        ({ use: "listen", family: "AF_INET", address: "127.0.0.1", port, sight: sight(5) }) as const;
      const rights = (command: string, text: string, ...ports: readonly number[]) => {
        const path = command.split(" ").at(-1) ?? "";
        const files = memoryFiles({ [path]: text });
        const unit = serviceOf([`ExecStart=${command}`, "EnvironmentFile=-/etc/default/x"]);
        const read = withKnowledge(unit, { defaults: { restrictSuidSgid: false, files } });
        const { lines } = learntLines(needsOf({ addresses: ports.map(at) }), read);
        return lines.find((it) => it.startsWith("CapabilityBoundingSet="));
      };
      const privoxy = "/usr/sbin/privoxy --user privoxy /etc/other/privoxy";
      const low = "CapabilityBoundingSet=CAP_NET_BIND_SERVICE";
      assert.equal(rights(privoxy, "listen-address 127.0.0.1:8118\n", 8118), "CapabilityBoundingSet=");
      assert.equal(rights(privoxy, "listen-address 127.0.0.1:8118\n", 8118, 9000), low);
      assert.equal(rights(privoxy, "", 8118), low, "it listens there unless it is told otherwise");
      assert.equal(rights("/usr/bin/food --listen :7000", "", 7000), "CapabilityBoundingSet=");
      assert.equal(rights("/usr/bin/food", "", 7000), low);
      assert.equal(rights("/usr/bin/food", "", 0), "CapabilityBoundingSet=", "the kernel chooses a high one");
    });

    it("leaves rights to programs that get them by their mode", () => {
      const programs = { "/usr/bin/sudo": { sight: sight(8), privileged: true } };
      assert.deepEqual(about({ programs }, /^NoNew/), [
        "refused NoNewPrivileges: runs /usr/bin/sudo, which gets rights of its own",
      ]);
    });

    it("gives a namespace of users to services with their own user that ask for no identity", () => {
      const own = ["User=food", "ExecStart=/usr/bin/food"];
      assert.deepEqual(about({}, /^PrivateUsers/, own), ["PrivateUsers=yes"]);
      assert.deepEqual(about({ marks: { "peer-credentials": sight(2) } }, /^PrivateUsers/, own), [
        "refused PrivateUsers: asks who its peers are",
      ]);
    });

    it("removes shared memory only of a user that no other service has, by its name", () => {
      const removal = (name: string, user: string) =>
        learntSettings(needsOf(), serviceOf(["ExecStart=/usr/bin/food", user], name))
          .filter((it) => it.key === "RemoveIPC")
          .map((it) => it.grade);
      assert.deepEqual(removal("food.service", "User=_food"), ["seen"]);
      assert.deepEqual(removal("redis-server.service", "User=redis"), ["seen"]);
      assert.deepEqual(removal("pgbouncer.service", "User=postgres"), ["refused"]);
      assert.deepEqual(removal("food@a.service", "User=food"), ["refused"]);
    });

    it("closes new files where all that were made are closed", () => {
      const made = (...modes: number[]) => ({
        "/var/lib/food/a": { ...uses(1, "make"), made: modes.map((mode) => ({ mode, sight: sight(1) })) },
      });
      assert.deepEqual(about({ paths: made(0o600, 0o700) }, /^UMask/), ["UMask=0077"]);
      assert.deepEqual(about({ paths: made(0o640) }, /^UMask/), ["UMask=0027"]);
      assert.deepEqual(about({ paths: made(0o600, 0o644) }, /^UMask/), [
        "refused UMask: makes files that are open to others, such as /var/lib/food/a (mode 644)",
      ]);
      assert.deepEqual(about({ paths: { "/var/lib/food/a": uses(1, "write") } }, /^UMask/), []);
    });

    it("does not count a PID file among those that others read", () => {
      const made = (path: string) => ({
        [path]: { ...uses(1, "make", "write"), made: [{ mode: 0o644, sight: sight(1) }] },
      });
      const log = { "/var/log/food/log": uses(2, "write") };
      for (const path of ["/run/food/food.pid", "/run/food/food.pid.tmp"])
        assert.deepEqual(about({ paths: made(path) }, /^UMask/), ["UMask=0077"]);
      const own = ["ExecStart=/usr/bin/food", "PIDFile=/var/lib/food/number"];
      assert.deepEqual(about({ paths: made("/var/lib/food/number") }, /^UMask/, own), ["UMask=0077"]);
      const closed = { "/var/lib/food/a": { ...uses(1, "make"), made: [{ mode: 0o640, sight: sight(1) }] } };
      assert.deepEqual(about({ paths: { ...made("/run/food.pid"), ...closed } }, /^UMask/), ["UMask=0027"]);
      assert.deepEqual(about({ paths: { ...made("/run/food.pid"), ...log } }, /^UMask/), [
        "refused UMask: makes files that are open to others, such as /run/food.pid (mode 644)",
      ]);
    });
  });

  describe("of calls and sockets", () => {
    const call = (line: number) => ({ sight: sight(line), failed: {} });

    it("filters by groups, and lets through what was seen with its like", () => {
      const syscalls = { read: call(1), setresuid: call(2), pkey_alloc: call(3), setpriority: call(4) };
      assert.deepEqual(about({ syscalls }, /^SystemCall(?:F|E)/), [
        "SystemCallFilter=@system-service @pkey",
        "SystemCallFilter=~@privileged @resources",
        "SystemCallFilter=@setuid setpriority",
        "SystemCallErrorNumber=EPERM",
      ]);
    });

    it("lets systemd change to User= late where a program has rights by its file, as it sets no_new_privs else", () => {
      const programs = { "/usr/lib/food/ping": { privileged: true, sight: sight(1) } };
      const lists = (...lines: string[]) =>
        about({ programs }, /^SystemCallFilter/, ["ExecStart=/usr/bin/food", ...lines]).slice(2);
      assert.deepEqual(lists("User=food"), ["SystemCallFilter=capset"]);
      assert.deepEqual(lists(), []);
      const narrow = about({ programs }, /^SystemCallFilter/, [
        ...["ExecStart=/usr/bin/food", "User=food", "SystemCallFilter=@basic-io"],
      ]);
      assert.ok(!narrow.some((it) => it.includes("capset")));
    });

    it("needs no call that failed for want of rights", () => {
      const syscalls = { setpriority: { sight: undefined, failed: { EACCES: sight(1) } } };
      assert.ok(!about({ syscalls }, /^SystemCallFilter/).some((it) => it.includes("setpriority")));
    });

    it("keeps an allow list of the unit that is narrower, and takes more out of it", () => {
      const own = ["ExecStart=/usr/bin/food", "SystemCallFilter=@basic-io @file-system @resources"];
      assert.deepEqual(about({}, /^SystemCallFilter/, own), ["SystemCallFilter=~@privileged @resources"]);
      const same = [
        "ExecStart=/usr/bin/food",
        "SystemCallFilter=@system-service",
        "SystemCallFilter=~@privileged @resources",
      ];
      assert.deepEqual(about({}, /^SystemCallFilter/, same), []);
    });

    it("lets both families of the internet through, and netlink where names are looked up", () => {
      const families = { AF_INET: sight(1) };
      assert.deepEqual(about({ families }, /^RestrictAddress/), ["RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX"]);
      const paths = { "/etc/resolv.conf": uses(1, "read") };
      assert.deepEqual(about({ families, paths }, /^RestrictAddress/), [
        "RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX",
      ]);
    });

    it("never cuts off addresses by itself", () => {
      const listen = { use: "listen", family: "AF_INET", address: "127.0.0.1", port: 80, sight: sight(5) } as const;
      assert.deepEqual(about({ addresses: [listen] }, /^IPAddress/), [
        "refused IPAddressDeny: only loopback addresses were seen, but a new listener or peer would be cut off",
      ]);
    });

    it("cuts off all addresses where no socket of IP can be made", () => {
      const netlink = { AF_NETLINK: sight(2), AF_UNIX: sight(3) };
      const lists = /^(?:RestrictAddressFamilies|IPAddressDeny)/;
      assert.deepEqual(about({ families: netlink }, lists), [
        "RestrictAddressFamilies=AF_NETLINK AF_UNIX",
        "IPAddressDeny=any",
      ]);
      assert.deepEqual(about({ families: { AF_INET: sight(2) } }, /^IPAddress/), []);
      assert.deepEqual(about({}, /^IPAddress/, ["ExecStart=/usr/bin/food", "Sockets=food.socket"]), []);
      assert.deepEqual(about({}, /^IPAddress/, ["ExecStart=/usr/bin/food", "IPAddressDeny=10.0.0.0/8"]), []);
    });

    it("leaves the network to a service that a socket may hand connections", () => {
      const own = ["ExecStart=/usr/bin/food", "Sockets=food.socket"];
      assert.deepEqual(about({}, /^PrivateNetwork/, own), [
        "refused PrivateNetwork: food.socket may hand it sockets of the network",
      ]);
    });

    it("allows the namespaces that were made", () => {
      const marks = { "namespace:CLONE_NEWNET": sight(1), "namespace:CLONE_NEWUSER": sight(2) };
      assert.deepEqual(about({ marks }, /^RestrictNamespaces/), ["RestrictNamespaces=net user"]);
    });
  });

  it("adds nothing that the unit sets as strictly", () => {
    const own = ["ExecStart=/usr/bin/food", "ProtectSystem=full", "ProtectHome=yes", "ProtectClock=yes", "UMask=0177"];
    assert.deepEqual(about({}, /^(?:ProtectSystem|ProtectHome|ProtectClock|UMask)/, own), ["ProtectSystem=strict"]);
  });
});
