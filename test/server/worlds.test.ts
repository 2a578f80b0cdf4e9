import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { RHEL_8, RHEL_9 } from "../../server/src/facts/targets.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import type { World } from "../../server/src/features/world.ts";
import { NO_FILES } from "../../server/src/server/fileAccess.ts";
import { Indexing } from "../../server/src/server/indexing.ts";
import { coveredVersion, installedVersion } from "../../server/src/server/installed.ts";
import { pathOfUri, uriOfPath } from "../../server/src/server/uris.ts";
import { answerFrom, type SeenUnits, type WorldSources, worldsOf } from "../../server/src/server/worlds.ts";
import { memoryFiles } from "../kit/memoryFiles.ts";

const TEXTS = {
  "file:///work/app.service": "[Unit]\nDescription=Old\nDescription=The app\n",
  "file:///work/deep/er/timer.timer": "[Timer]\nOnBootSec=1\n",
  "file:///work/node_modules/x/no.service": "",
  "file:///work/.git/no.service": "",
  "file:///work/app.service.d/drop.conf": "[Unit]\n",
  "file:///work/multi-user.target.wants/linked.service": "",
  "file:///work/notes.md": "",
  "file:///elsewhere/beside.socket": "",
  "file:///elsewhere/me.service": "",
  "file:///etc/systemd/system/ssh.service": "[Unit]\nDescription=Secure shell\n",
  "file:///usr/lib/systemd/system/app.service": "[Unit]\nDescription=Not this one\n",
  "file:///usr/lib/systemd/system/getty@.service": "[Unit]\nDescription=Login on a console\n",
  "file:///usr/lib/systemd/user/desktop.service": "",
  "file:///etc/passwd": "root:x:0:0::/root:/bin/sh\n# comment: none\nwww:x:33:33::/:/bin/false\n\n",
  "file:///etc/group": "root:x:0:\nadm:x:4:root\n",
  "file:///sys/class/net/lo": "",
  "file:///usr/bin/cat": "#!",
  "file:///usr/sbin/cat": "#!",
  "file:///usr/bin/ls": "#!",
  "file:///usr/bin/notes": "",
  "file:///work/bin/app": "#!",
  "file:///work/bin/data": "",
};

/** What may be looked at, and the folders of the workspace. */
type Changes = Partial<WorldSources> & { readonly roots?: () => readonly string[] };

function worlds(changes: Changes = {}): { ask: ReturnType<typeof worldsOf>; asked: string[] } {
  const asked: string[] = [];
  const reach = { files: memoryFiles(TEXTS, asked), roots: () => ["file:///work"], trusted: () => true, now: () => 0 };
  const all = { ...reach, ...changes };
  const indexing = new Indexing({ ...all, open: () => undefined });
  const seen = new Set<string>();
  const units = (uri: string): SeenUnits => {
    if (!seen.has(uri)) indexing.opened(uri, true);
    const missing = seen.has(uri) ? undefined : indexing.ready().then(() => void seen.add(uri));
    const context = { index: indexing.current(), path: pathOfUri(uri), uriOf: uriOfPath };
    return { context, ...(missing ? { missing } : {}) };
  };
  const manuals = { pages: undefined, coming: undefined };
  return { ask: worldsOf({ units, manuals, zone: () => "UTC", own: all.files, ...all }), asked };
}

const HERE = "file:///elsewhere/me.service";
const seen = (question: (world: World) => unknown, uri = HERE, changes: Changes = {}): Promise<unknown> =>
  answerFrom(worlds(changes).ask(uri), question);
const names = (world: World): string[] => world.units().map((it) => `${it.name} ${it.home}`);

describe("world of a document", () => {
  it("has the units of its folder, of the workspace and of the machine, the nearest of a name", async () => {
    assert.deepEqual(await seen(names), [
      "beside.socket own",
      "me.service own",
      "app.service workspace",
      "timer.timer workspace",
      "getty@.service machine",
      "ssh.service machine",
    ]);
    assert.deepEqual(await seen((world) => world.units(["timer"]).map((it) => it.name)), ["timer.timer"]);
  });

  it("has the units of users for a unit of theirs", async () => {
    assert.deepEqual(await seen(names, "file:///etc/systemd/user/me.service", { roots: () => [] }), [
      "desktop.service machine",
    ]);
  });

  it("knows descriptions, that of a template for its instances", async () => {
    assert.equal(await seen((world) => world.description("app.service")), "The app");
    assert.equal(await seen((world) => world.description("getty@tty1.service")), "Login on a console");
    assert.equal(await seen((world) => world.description("nowhere.service")), undefined);
    assert.equal(await seen((world) => world.description("beside.socket")), undefined);
  });

  it("knows users, groups, interfaces, programs and folders of the machine", async () => {
    const all = (world: World): unknown =>
      [...world.users(), ...world.groups()].map(({ name, id }) => `${name} ${id}`).concat(world.interfaces());
    assert.deepEqual(await seen(all), ["root 0", "www 33", "root 0", "adm 4", "lo"]);
    assert.deepEqual(await seen((world) => world.entries("/usr/lib/")), [{ name: "systemd", folder: true }]);
    assert.deepEqual(await seen((world) => world.entries("//usr//lib")), [{ name: "systemd", folder: true }]);
  });

  it("knows the programs that systemd finds, and those of the workspace that the unit lies in", async () => {
    const programs = (world: World): unknown => world.programs().map((it) => `${it.path} ${it.home}`);
    const machine = ["/usr/bin/cat machine", "/usr/bin/ls machine"];
    assert.deepEqual(await seen(programs), machine);
    assert.deepEqual(await seen(programs, "file:///work/app.service"), ["/work/bin/app workspace", ...machine]);
    assert.deepEqual(await seen((world) => world.programEntries("/work/bin/")), [{ name: "app", folder: false }]);
    assert.deepEqual(await seen((world) => world.programEntries("/work/")), [
      { name: "deep", folder: true },
      { name: "node_modules", folder: true },
      { name: ".git", folder: true },
      { name: "app.service.d", folder: true },
      { name: "multi-user.target.wants", folder: true },
      { name: "bin", folder: true },
    ]);
  });

  it("knows for which D-Bus names a file near the document starts something", async () => {
    const texts = {
      ...TEXTS,
      "file:///work/dbus/org.example.Shop.service": "[D-BUS Service]\n",
      "file:///work/dbus/shop.service": "[D-BUS Service]\n",
      "file:///dbus-1/system-services/org.example.Pay.service": "[D-BUS Service]\n",
    };
    const activated = (world: World): unknown => world.activatedNames();
    const files = memoryFiles(texts);
    assert.deepEqual(await seen(activated, "file:///work/app.service", { files, own: files }), [
      "org.example.Shop",
      "org.example.Pay",
    ]);
    assert.deepEqual(await seen(activated, "vscode-vfs://github/o/r/x.service", { files, own: files }), []);
  });

  it("knows what stands at a path", async () => {
    const kinds = (world: World): unknown =>
      ["/usr/bin/cat", "/etc/passwd", "/etc", "/nowhere"].map((it) => world.kind(it));
    assert.deepEqual(await seen(kinds), ["program", "file", "folder", "missing"]);
  });

  const empty = (world: World): number =>
    [
      world.users(),
      world.groups(),
      world.interfaces(),
      world.programs(),
      world.entries("/etc/"),
      world.programEntries("/usr/bin/"),
      world.kind("/etc") ?? [],
    ].flat().length;

  for (const [where, uri, changes] of [
    ["an untrusted workspace", HERE, { trusted: () => false }],
    ["a document from elsewhere", "vscode-vfs://github/o/r/x.service", {}],
    ["a share in the network", "file://server/share/x.service", {}],
    ["a server without a machine", HERE, { files: NO_FILES }],
    ["a machine that never runs systemd", HERE, { files: { ...memoryFiles(TEXTS), machine: false } }],
  ] as const)
    it(`shows nothing of the machine to ${where}`, async () => {
      assert.equal(await seen(empty, uri, changes), 0);
      assert.ok(!(await (seen(names, uri, changes) as Promise<string[]>)).some((it) => it.endsWith("machine")));
    });

  it("reads nothing that was not asked for, and nothing twice", async () => {
    const { ask, asked } = worlds();
    assert.deepEqual(asked, []);
    const users = (world: World): unknown => world.users();
    await Promise.all([answerFrom(ask(HERE), users), answerFrom(ask(HERE), users)]);
    await answerFrom(ask("file:///other/x.service"), users);
    assert.deepEqual(asked, ["file:///etc/passwd"]);
  });

  it("gives what is old once more while it is read anew", async () => {
    let now = 0;
    const texts: Record<string, string> = { "file:///etc/passwd": "a:x:1:\n" };
    const { ask } = worlds({ files: memoryFiles(texts), now: () => now });
    const users = (): Promise<unknown> => answerFrom(ask(HERE), (world) => world.users().map((it) => it.name));
    assert.deepEqual(await users(), ["a"]);
    texts["file:///etc/passwd"] = "b:x:1:\n";
    assert.deepEqual(await users(), ["a"]);
    now = 3_600_000;
    assert.deepEqual(await users(), ["a"]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(await users(), ["b"]);
  });

  it("has the units that were seen so far, and does not wait for others", async () => {
    const never = { ...memoryFiles(TEXTS), list: () => new Promise<never>(() => undefined) };
    const answered = await answerFrom(
      worlds({ files: never }).ask(HERE),
      (world) => ({ units: world.units(), state: world.state("app.service"), late: false }),
      (it) => ({ ...it, late: true }),
    );
    assert.deepEqual(answered, { units: [], state: undefined, late: true });
  });

  it("does not wait for ever", async () => {
    const never = { ...memoryFiles(TEXTS), read: () => new Promise<undefined>(() => undefined) };
    const late = await answerFrom(
      worlds({ files: never }).ask(HERE),
      (world) => ({ users: world.users(), late: false }),
      (answered) => ({ ...answered, late: true }),
    );
    assert.deepEqual(late, { users: [], late: true });
  });
});

describe("installed systemd", () => {
  const version = (...paths: string[]): Promise<number | undefined> =>
    installedVersion(memoryFiles(Object.fromEntries(paths.map((it) => [`file://${it}`, ""]))));

  it("is told by the name of its library", async () => {
    assert.equal(await version("/usr/lib/systemd/libsystemd-shared-257.so"), 257);
    assert.equal(await version("/usr/lib64/systemd/libsystemd-shared-258.1-1.fc43.so"), 258);
    assert.equal(
      await version("/usr/lib/systemd/systemd", "/usr/lib/aarch64-linux-gnu/systemd/libsystemd-shared-252.so"),
      252,
    );
    assert.equal(await version("/run/current-system/systemd/lib/systemd/libsystemd-shared-259.so"), 259);
  });

  it("is the build of the distribution, where os-release names one that is known", async () => {
    const on = (library: string, osRelease: string): Promise<number | undefined> =>
      installedVersion(
        memoryFiles({
          [`file:///usr/lib64/systemd/libsystemd-shared-${library}.so`]: "",
          "file:///etc/os-release": osRelease,
        }),
      );
    assert.equal(await on("252", 'ID="rhel"\nVERSION_ID="9.4"\n'), RHEL_9.four);
    assert.equal(await on("252-32.el9", 'ID="rocky"\nVERSION_ID="9.6"\nPLATFORM_ID="platform:el9"\n'), RHEL_9.four);
    assert.equal(await on("239", 'ID="almalinux"\nVERSION_ID="8.10"\nPLATFORM_ID="platform:el8"\n'), RHEL_8);
    assert.equal(await on("252", 'PRETTY_NAME="Debian"\nVERSION_ID="12"\nID=debian\n'), 252);
    assert.equal(await on("252", "ID=amzn\nVERSION_ID=2023\n"), 252);
    assert.equal(await on("254", 'ID="rhel"\nVERSION_ID="9.4"\n'), 254);
  });

  it("is none where there is no such library, or no machine", async () => {
    assert.equal(
      await version("/usr/lib/systemd/libsystemd-core-257.so", "/usr/lib/x/libsystemd-shared-257.so"),
      undefined,
    );
    assert.equal(await installedVersion(NO_FILES), undefined);
  });

  it("counts as the nearest that is covered", () => {
    assert.deepEqual([238, 252, 260, NEWEST_VERSION, 999].map(coveredVersion), [
      239,
      252,
      260,
      NEWEST_VERSION,
      NEWEST_VERSION,
    ]);
  });
});
