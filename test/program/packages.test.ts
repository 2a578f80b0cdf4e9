import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, it } from "mocha";
import { packagedFiles } from "../../server/src/program/packages/packages.ts";
import { skip } from "../kit/skip.ts";
import { memoryFiles } from "./kit.ts";

const search = (path: string): string => spawnSync("dpkg", ["-S", path], { encoding: "utf8" }).stdout;

const MACHINE = memoryFiles({
  "/var/lib/dpkg/status": `Package: shop-server
Status: install ok installed
Source: shop (1.2-1)
Version: 1.2-1+b1

Package: libshop1
Source: shop
Version: 1.2-1

Package: plain
Version: 3
`,
  "/var/lib/dpkg/info/shop-server.list":
    "/.\n/usr\n/usr/sbin\n/usr/sbin/shopd\n/usr/share/doc/shop-server/changelog.gz\n",
  "/var/lib/dpkg/info/libshop1:amd64.list": "/.\n/lib\n/lib/x86_64-linux-gnu/libshop.so.1\n",
  "/var/lib/dpkg/info/plain.list": "/.\n/bin/plain\n",
  "/var/lib/dpkg/info/plain.md5sums": "0  bin/other\n",
});

describe("source packages of a Debian machine", () => {
  it("are those of the status of dpkg, else the package itself", () => {
    const packageOf = packagedFiles(MACHINE)?.packageOf;
    assert.equal(packageOf?.("/usr/sbin/shopd"), "shop");
    assert.equal(packageOf?.("/usr/bin/plain"), "plain");
    assert.equal(packageOf?.("/usr/bin/other"), undefined);
    assert.equal(packageOf?.("/opt/shop/shopd"), undefined);
  });

  it("are found by either name of a merged folder", () => {
    const packageOf = packagedFiles(MACHINE)?.packageOf;
    for (const path of ["/usr/lib/x86_64-linux-gnu/libshop.so.1", "/lib/x86_64-linux-gnu/libshop.so.1"])
      assert.equal(packageOf?.(path), "shop");
    assert.equal(packageOf?.("/sbin/shopd"), "shop");
  });

  it("have plugins in folders of their own, which are no libraries of programs", () => {
    const machine = memoryFiles({
      "/var/lib/dpkg/info/shop.list":
        "/usr/lib/x86_64-linux-gnu/libshop.so.1\n/usr/lib/x86_64-linux-gnu/shop/rlm_a.so\n/usr/lib/shop/b.so\n/usr/bin/shopd\n",
    });
    assert.deepEqual(packagedFiles(machine)?.pluginsOf("/usr/bin/shopd"), [
      "/usr/lib/x86_64-linux-gnu/shop/rlm_a.so",
      "/usr/lib/shop/b.so",
    ]);
    assert.deepEqual(packagedFiles(machine)?.pluginsOf("/opt/shopd"), []);
  });

  it("give capabilities by the scripts that they run once they are unpacked", () => {
    const packages = packagedFiles(
      memoryFiles({
        "/var/lib/dpkg/info/shop.list": "/bin/shop-ping\n",
        "/var/lib/dpkg/info/shop.postinst":
          '#!/bin/sh\nif command -v setcap; then\n  setcap cap_net_raw,cap_net_admin+ep /bin/shop-ping || chmod u+s /bin/shop-ping\n  setcap cap_chown+ep "$OTHER"\nfi\n',
      }),
    );
    assert.equal(packages?.capabilitiesOf("/usr/bin/shop-ping"), "cap_net_raw,cap_net_admin");
    assert.equal(packages?.capabilitiesOf("/usr/bin/other"), undefined);
  });

  it("are none where no package manager is", () =>
    assert.equal(packagedFiles(memoryFiles({ "/usr/bin/x": "" })), undefined));

  it("are those that dpkg says on this machine", function () {
    if (!existsSync("/var/lib/dpkg/status")) skip(this, "the data beside the repository are not here");
    const packageOf = packagedFiles({
      read: (path) => readFileSync(path),
      list: (folder) => readdirSync(folder).sort(),
    })?.packageOf;
    for (const path of ["/bin/sh", "/usr/bin/env", "/usr/bin/perl", "/usr/bin/dpkg"].map((it) => realpathSync(it))) {
      const [name = ""] = `${search(path)}${search(path.replace("/usr", ""))}`.split(":", 1);
      const source = execFileSync("dpkg-query", ["-f", "$".concat("{source:Package}"), "-W", name], {
        encoding: "utf8",
      });
      assert.equal(packageOf?.(path), source, path);
    }
  });
});

describe("configuration files of packages", () => {
  const digest = "0123456789abcdef0123456789abcdef";
  const packages = packagedFiles(
    memoryFiles({
      "/var/lib/dpkg/info/shop.list": "/etc/shop/shop.conf\n",
      "/var/lib/dpkg/status": `Package: shop
Conffiles:
 /etc/shop/shop.conf ${digest}
 /etc/default/shop ${digest} remove-on-upgrade
 /etc/old/old.conf ${digest} obsolete
Description: a shop
`,
      "/var/lib/ucf/hashfile": `${digest}  /etc/made/made.conf\n`,
    }),
  );

  it("have the digests that dpkg and ucf keep", () => {
    for (const it of ["/etc/shop/shop.conf", "/etc/default/shop", "/etc/made/made.conf"])
      assert.equal(packages?.digestOf(it), digest, it);
  });

  it("are none where people add files and no package brought them, and unknown elsewhere", () => {
    for (const it of ["/etc/shop/sites/mine.conf", "/etc/shop/conf.d/mine.conf"])
      assert.equal(packages?.digestOf(it), "none", it);
    for (const it of [
      "/etc/shop/made.conf",
      "/etc/other/conf.d/x",
      "/etc/old/old.conf",
      "/etc/default/other",
      "/etc/other.conf",
      "/opt/shop/shop.conf",
    ])
      assert.equal(packages?.digestOf(it), undefined, it);
  });
});

describe("packages of Arch Linux", () => {
  const folder = "/var/lib/pacman/local/shop-server-1.2-1";
  const packages = packagedFiles(
    memoryFiles({
      "/var/lib/pacman/local/ALPM_DB_VERSION": "9\n",
      [`${folder}/desc`]: "%NAME%\nshop-server\n\n%VERSION%\n1.2-1\n\n%BASE%\nshop\n\n",
      [`${folder}/files`]:
        "%FILES%\netc/\netc/shop.conf\nusr/bin/shopd\nusr/lib/shop/a.so\n\n%BACKUP%\netc/shop.conf\t0123456789abcdef0123456789abcdef\n\n",
      "/var/lib/pacman/local/plain-1:3-1/files": "%FILES%\nusr/bin/plain\n",
      "/var/lib/pacman/local/plain-1:3-1/install": "post_install() {\n  setcap cap_net_raw=ep /usr/bin/plain\n}\n",
    }),
  );

  it("are told from their folders", () => {
    assert.equal(packages?.packageOf("/usr/bin/shopd"), "shop");
    assert.equal(packages?.packageOf("/usr/bin/plain"), "plain");
    assert.equal(packages?.capabilitiesOf("/usr/bin/plain"), "cap_net_raw");
    assert.equal(packages?.packageOf("/usr/bin/other"), undefined);
    assert.deepEqual(packages?.pluginsOf("/usr/bin/shopd"), ["/usr/lib/shop/a.so"]);
    assert.equal(packages?.digestOf("/etc/shop.conf"), "0123456789abcdef0123456789abcdef");
  });
});

describe("packages of Alpine Linux", () => {
  const list = `C:Q1abc=
P:shop-server
V:1.2-r0
o:shop
F:etc
F:etc/shop
R:shop.conf
Z:Q1AAECAwQFBgcICQoLDA0ODxAREhM=
F:usr/sbin
R:shopd
a:0:0:755
Z:Q1AAECAwQFBgcICQoLDA0ODxAREhM=

P:plain
F:bin
R:plain
`;

  for (const place of ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"])
    it(`are told from the list ${place}`, () => {
      const packages = packagedFiles(memoryFiles({ [place]: list }));
      assert.equal(packages?.packageOf("/usr/sbin/shopd"), "shop");
      assert.equal(packages?.packageOf("/bin/plain"), "plain");
      assert.equal(packages?.digestOf("/etc/shop/shop.conf"), "000102030405060708090a0b0c0d0e0f10111213");
      assert.equal(packages?.digestOf("/usr/sbin/shopd"), undefined);
    });
});

/** Made by rpm 4.20 of packages with one configuration file, one that a package only names, and 80 pages; that of Berkeley DB by Perl, and rpm lists its packages. */
const stored = (name: string): Uint8Array => gunzipSync(readFileSync(`test/program/rpm/${name}.gz`));

const SQLITE = "/usr/lib/sysimage/rpm/rpmdb.sqlite";

describe("packages of rpm", () => {
  for (const [name, entries] of Object.entries({
    "a database of SQLite": { [SQLITE]: stored("rpmdb.sqlite") },
    "a database of its own form": { "/var/lib/rpm/Packages.db": stored("Packages.db") },
    "a database of Berkeley DB": { "/var/lib/rpm/Packages": stored("Packages") },
  }))
    it(`are told from ${name}`, () => {
      const packages = packagedFiles(memoryFiles(entries));
      assert.equal(packages?.packageOf("/usr/sbin/shopd"), "shop-server");
      assert.equal(packages?.packageOf("/usr/lib64/libshop.so.1"), "shop-server");
      assert.equal(packages?.packageOf("/usr/share/shop/page-80.html"), "shop-server");
      assert.equal(packages?.packageOf("/usr/bin/plain"), "plain");
      assert.equal(packages?.packageOf("/usr/sbin/shop-late"), undefined);
      assert.deepEqual(packages?.pluginsOf("/usr/sbin/shopd"), ["/usr/lib64/shop/a.so"]);
      assert.equal(packages?.digestOf("/etc/shop/shop.conf"), createHash("sha256").update("conf\n").digest("hex"));
      assert.equal(packages?.digestOf("/etc/shop/made.conf"), undefined);
    });

  it("count what is committed in the log of the database", () => {
    const log = stored("rpmdb.sqlite-wal");
    const withLog = (bytes: Uint8Array) =>
      packagedFiles(memoryFiles({ [SQLITE]: stored("rpmdb.sqlite"), [`${SQLITE}-wal`]: bytes }));
    const lateIn = (bytes: Uint8Array): string | undefined => withLog(bytes)?.packageOf("/usr/sbin/shop-late");
    assert.equal(withLog(log)?.capabilitiesOf("/usr/sbin/shop-late"), "cap_net_admin,cap_net_raw=ep");
    assert.equal(withLog(log)?.capabilitiesOf("/usr/sbin/shopd"), undefined);
    assert.equal(lateIn(log), "shop-server");
    assert.equal(lateIn(log.subarray(0, -1)), undefined, "the last frame ends the transaction");
    const other = log.map((it, i) => (i === 16 ? it ^ 1 : it));
    assert.equal(lateIn(other), undefined, "frames of an earlier round");
  });

  it("are none of a database of another form", () => {
    for (const entries of [{ [SQLITE]: "SQLite format 2" }, { [SQLITE]: "" }, { "/var/lib/rpm/Packages": "" }])
      assert.equal(packagedFiles(memoryFiles(entries))?.packageOf("/usr/bin/plain"), undefined);
  });

  it("are read to an end whatever stands in the database", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("rpmdb.sqlite", "Packages.db", "Packages"),
        fc.infiniteStream(fc.nat()),
        (name, numbers) => {
          const bytes = new Uint8Array(stored(name));
          for (let i = 0; i < 40; i++) bytes[(numbers.next().value ?? 0) % bytes.length] = numbers.next().value ?? 0;
          packagedFiles(memoryFiles({ [`/var/lib/rpm/${name}`]: bytes }))?.packageOf("/usr/bin/plain");
        },
      ),
      { numRuns: 90 },
    );
  });
});
