import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { Confinement, confinedFiles } from "../../server/src/server/confinement.ts";
import { Indexing } from "../../server/src/server/indexing.ts";
import { memoryFiles } from "../kit/memoryFiles.ts";

const UNIT = "[Unit]\nDescription=Read\n[Service]\nExecStart=/bin/true\n";

/** Files by their paths, and links. */
interface Disk {
  readonly texts: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  readonly root?: string;
  readonly trusted?: boolean;
}

const inUris = (byPath: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(byPath).map(([path, it]) => [`file://${path}`, it]));

function onDisk({ texts, links, root = "/work", trusted = true }: Disk) {
  const asked: string[] = [];
  const files = memoryFiles(inUris(texts), asked, inUris(links));
  const sources = { files, roots: () => [`file://${root}`], trusted: () => trusted, now: () => 0 };
  const confinement = new Confinement(sources);
  const where = (path: string) => confinement.whereabouts(`file://${path}`);
  const confined = confinedFiles(files, confinement);
  const indexing = new Indexing({ ...sources, open: () => undefined });
  /** Each file of the index, with whether its text is known. */
  const indexed = async (): Promise<Record<string, boolean>> =>
    Object.fromEntries(
      [...(await indexing.ready()).files].map(([path, { settings }]) => [path, settings.Description === "Read"]),
    );
  return { asked, where, confined, indexing, indexed };
}

describe("links of a workspace", () => {
  const OUT = {
    "/out/a.service.d/x.conf": UNIT,
    "/out/deep/deeper/z.service": UNIT,
    "/out/z.service": UNIT,
    "/usr/lib/systemd/system/ssh.service": UNIT,
    "/etc/shadow": "secret",
  };
  const WORK = { "/work/a.service": UNIT, "/work/shared/x.conf": UNIT, "/work/sub/c.service": UNIT };
  const LINKS = {
    "/work/root.d": "/",
    "/work/a.service.d": "../out/a.service.d",
    "/work/c.service.d": "shared",
    "/work/out": "../out",
    "/work/z.service": "../out/z.service",
    "/work/ssh.service": "/usr/lib/systemd/system/ssh.service",
    "/work/shadow.service": "/etc/shadow",
    "/work/n.service": "/dev/null",
    "/work/alias.service": "a.service",
    "/work/self.d": ".",
    "/work/sub/up.d": "..",
    "/work/sub/up.wants": "../..",
    "/work/gone.service": "../nowhere.service",
  };
  const disk = { texts: { ...WORK, ...OUT }, links: LINKS };

  it("lead to what is in it, and to units of the machine once it is trusted", async () => {
    const { where } = onDisk(disk);
    for (const it of ["/work/a.service", "/work/sub", "/work/gone.service", "/work", "/work/nothing"])
      assert.equal(await where(it), "there", it);
    for (const it of ["/work/alias.service", "/work/c.service.d", "/work/c.service.d/x.conf", "/work/n.service"])
      assert.equal(await where(it), it.includes("n.service") ? "there" : "linked", it);
    for (const it of ["/work/root.d", "/work/a.service.d", "/work/a.service.d/x.conf", "/work/out", "/work/z.service"])
      assert.equal(await where(it), "outside", it);
    assert.equal(await where("/work/shadow.service"), "outside");
    assert.equal(await where("/work/ssh.service"), "linked");
    assert.equal(await onDisk({ ...disk, trusted: false }).where("/work/ssh.service"), "outside");
  });

  it("bring nothing from elsewhere into the index, and cost no more than a look at them", async () => {
    const { indexed, asked } = onDisk({ ...disk, trusted: false });
    const files = await indexed();
    assert.deepEqual(
      Object.keys(files).filter((it) => !it.startsWith("/work/")),
      [],
    );
    assert.deepEqual(files, {
      "/work/a.service": true,
      "/work/sub/c.service": true,
      "/work/c.service.d/x.conf": true,
      "/work/alias.service": true,
      // That these are links is known; what they lead to is not read.
      "/work/z.service": false,
      "/work/ssh.service": false,
      "/work/shadow.service": false,
      "/work/n.service": false,
      "/work/gone.service": false,
    });
    const looked = asked.map((it) => it.slice("file://".length));
    assert.deepEqual(
      looked.filter((it) => !it.startsWith("/work")),
      [],
    );
    for (const it of ["/work/root.d", "/work/a.service.d", "/work/out", "/work/z.service", "/work/shadow.service"])
      assert.ok(!looked.some((asked) => `${asked}/`.startsWith(`${it}/`)), it);
    // A circle is listed once for each link in it.
    assert.ok(looked.length <= 25, looked.join(" "));
  });

  it("stay where they are when they change", async () => {
    const { indexing, indexed, asked } = onDisk({ ...disk, trusted: false });
    const before = await indexed();
    asked.length = 0;
    await indexing.changed(
      ["/work/root.d", "/work/out", "/work/a.service.d/x.conf", "/work/shadow.service"].map((it) => `file://${it}`),
    );
    assert.deepEqual(await indexed(), before);
    assert.deepEqual(asked, []);
  });

  it("are read by no request that names what is behind them", async () => {
    const { confined } = onDisk(disk);
    assert.equal(await confined.read("file:///work/z.service"), undefined);
    assert.equal(await confined.read("file:///work/a.service.d/x.conf"), undefined);
    assert.deepEqual(await confined.list("file:///work/root.d"), []);
    assert.deepEqual(await confined.programs("file:///work/out"), []);
    assert.equal(await confined.read("file:///work/alias.service"), UNIT);
    assert.equal(await confined.read("file:///work/ssh.service"), UNIT);
    assert.equal(await confined.linkTarget("file:///work/z.service"), "../out/z.service");
  });

  it("do not hide the workspace that is opened by way of one", async () => {
    const { where, indexed } = onDisk({
      texts: { "/data/a.service": UNIT },
      links: { "/work": "/data" },
      trusted: false,
    });
    assert.equal(await where("/work/a.service"), "there");
    assert.deepEqual(await indexed(), { "/work/a.service": true });
  });

  it("enable and name units in the load path of the machine, as distributions make them", async () => {
    const store = "/nix/store/x-unit";
    const machine: Disk = {
      root: "/etc/systemd/system",
      texts: {
        "/etc/systemd/system/own.service": UNIT,
        "/usr/lib/systemd/system/ssh.service": UNIT,
        [`${store}/n.service`]: UNIT,
        [`${store}/n.service.d/x.conf`]: UNIT,
        "/home/me/notes.txt": "secret",
        "/home/me/big/y.service": UNIT,
      },
      links: {
        "/etc/systemd/system/sshd.service": "/usr/lib/systemd/system/ssh.service",
        "/etc/systemd/system/multi-user.target.wants/ssh.service": "/usr/lib/systemd/system/ssh.service",
        "/etc/systemd/system/n.service": `${store}/n.service`,
        "/etc/systemd/system/n.service.d": `${store}/n.service.d`,
        "/etc/systemd/system/notes.service": "/home/me/notes.txt",
        "/etc/systemd/system/home.d": "/home/me",
      },
    };
    const { where, confined } = onDisk(machine);
    const folder = "/etc/systemd/system";
    for (const it of [
      "sshd.service",
      "multi-user.target.wants/ssh.service",
      "n.service",
      "n.service.d",
      "n.service.d/x.conf",
    ])
      assert.equal(await where(`${folder}/${it}`), "linked", it);
    for (const it of ["notes.service", "home.d", "home.d/big"])
      assert.equal(await where(`${folder}/${it}`), "outside", it);
    assert.equal(await confined.read(`file://${folder}/n.service.d/x.conf`), UNIT);
    assert.equal(await onDisk({ ...machine, trusted: false }).where(`${folder}/sshd.service`), "outside");
  });

  it("of a unit outside of the workspace stay in its folder", async () => {
    const { where } = onDisk({
      texts: { "/home/me/u/x.service": UNIT, "/home/me/u/all/x.conf": UNIT, "/home/me/other/y.conf": UNIT },
      links: { "/home/me/u/x.service.d": "all", "/home/me/u/y.service.d": "../other" },
    });
    assert.equal(await where("/home/me/u/x.service"), "there");
    assert.equal(await where("/home/me/u/x.service.d"), "linked");
    assert.equal(await where("/home/me/u/y.service.d/y.conf"), "outside");
  });

  it("to one large folder are followed until it is too much, and the index says so", async () => {
    const names = Array.from({ length: 200 }, (_, i) => i);
    const texts = Object.fromEntries(names.map((i) => [`/work/many/f${i}.conf`, ""]));
    const links = Object.fromEntries(names.map((i) => [`/work/u${i}.service.d`, "many"]));
    const { indexed, indexing } = onDisk({ texts, links, trusted: false });
    const count = Object.keys(await indexed()).length;
    assert.ok(count >= 9_000 && count <= 11_000, String(count));
    assert.equal(indexing.partial, true);
  });
});
