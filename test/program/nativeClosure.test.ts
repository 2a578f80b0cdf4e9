import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { readNativeProgram } from "../../server/src/program/readNativeProgram.ts";
import { readPrograms } from "../../server/src/program/readProgram.ts";
import { skip } from "../kit/skip.ts";
import { compiled, hasCompiler } from "./compiled.ts";
import { memoryFiles } from "./kit.ts";

const library = (code: string): Uint8Array => compiled(code, ["-w", "-shared", "-fPIC"]);

const CLOCK = "int clock_settime(int, void *); int shop_set(void) { return clock_settime(0, 0); }";
const NOTHING = "int nothing(void) { return 0; }";

const own = (reading: ReturnType<typeof readNativeProgram>): string[] =>
  reading.files.filter((it) => it.own).map((it) => it.path);

const foreign = (reading: ReturnType<typeof readNativeProgram>): string[] =>
  reading.files.filter((it) => !it.own).map((it) => it.path);

describe("libraries of a program in machine code", () => {
  let needing: Uint8Array;
  let clock: Uint8Array;
  let nothing: Uint8Array;

  before(function () {
    if (!hasCompiler("gcc")) return skip(this, "there is no gcc");
    clock = library(CLOCK);
    nothing = library(NOTHING);
    needing = needingLibraries(["libshop.so.1", "libshared.so.2"], []);
  });

  it("are its own where the same source package brought them", () => {
    const reading = readNativeProgram(
      "/usr/sbin/shopd",
      memoryFiles({
        "/usr/sbin/shopd": { bytes: needing, package: "shop" },
        "/usr/lib/x86_64-linux-gnu/libshop.so.1": { bytes: clock, package: "shop" },
        "/usr/lib/x86_64-linux-gnu/libshared.so.2": { bytes: nothing, package: "shared" },
      }),
    );
    assert.deepEqual(own(reading), ["/usr/sbin/shopd", "/usr/lib/x86_64-linux-gnu/libshop.so.1"]);
    assert.deepEqual(foreign(reading), ["/usr/lib/x86_64-linux-gnu/libshared.so.2"]);
    assert.deepEqual(
      reading.files[1]?.signs.map((it) => it.sign),
      ["clock"],
    );
    assert.deepEqual(reading.unread, []);
  });

  it("are found beside it by $ORIGIN, and are its own where no package owns either", () => {
    const reading = readNativeProgram(
      "/opt/shop/bin/shopd",
      memoryFiles({
        "/opt/shop/bin/shopd": needingLibraries(["libshop.so.1", "libshared.so.2"], ["$ORIGIN/../lib"]),
        "/opt/shop/bin/../lib/libshop.so.1": clock,
        "/usr/lib/x86_64-linux-gnu/libshop.so.1": { bytes: nothing, package: "other" },
        "/usr/lib/x86_64-linux-gnu/libshared.so.2": { bytes: nothing, package: "shared" },
        "/usr/lib/x86_64-linux-gnu/libc.so.6": { bytes: nothing, package: "glibc" },
      }),
    );
    assert.deepEqual(own(reading), ["/opt/shop/bin/shopd", "/opt/shop/bin/../lib/libshop.so.1"]);
    assert.deepEqual(foreign(reading), ["/usr/lib/x86_64-linux-gnu/libshared.so.2"]);
  });

  it("are its own outside of the folders for all where nothing manages packages", () => {
    const reading = readNativeProgram(
      "/usr/bin/shopd",
      memoryFiles({
        "/usr/bin/shopd": needing,
        "/etc/ld.so.conf": "include /etc/ld.so.conf.d/*.conf\n",
        "/etc/ld.so.conf.d/shop.conf": "# its own\n/usr/local/lib/shop\n",
        "/usr/local/lib/shop/libshop.so.1": clock,
        "/usr/lib64/libshared.so.2": nothing,
      }),
    );
    assert.deepEqual(own(reading), ["/usr/bin/shopd", "/usr/local/lib/shop/libshop.so.1"]);
    assert.deepEqual(foreign(reading), ["/usr/lib64/libshared.so.2"]);
  });

  it("are named where the loader does not find them", () => {
    const wrongKind = new Uint8Array(64);
    const { unread } = readNativeProgram(
      "/usr/bin/shopd",
      memoryFiles({ "/usr/bin/shopd": needing, "/usr/lib64/libshop.so.1": wrongKind }),
    );
    assert.deepEqual(
      unread.map((it) => `${it.path} ${it.why}`),
      ["libshop.so.1 is not where the loader looks", "libshared.so.2 is not where the loader looks"],
    );
  });

  it("are plugins of its own package in folders that it names, also without the part for the processor", () => {
    const bytes = compiled(
      `void *dlopen(const char *, int); int puts(const char *); int main(int n, char **v) { puts("/usr/lib/shop/plugins"); return dlopen(v[1], 1) != 0; }`,
    );
    const reading = readNativeProgram(
      "/usr/sbin/shopd",
      memoryFiles({
        "/usr/sbin/shopd": { bytes, package: "shop" },
        "/usr/lib/x86_64-linux-gnu/shop/plugins/clock.so": { bytes: clock, package: "shop" },
        "/usr/lib/x86_64-linux-gnu/shop/plugins/other.so": { bytes: clock, package: "shop-extra" },
        "/usr/lib/x86_64-linux-gnu/shop/plugins/readme": "no library",
        "/usr/lib/x86_64-linux-gnu/libc.so.6": { bytes: nothing, package: "glibc" },
      }),
    );
    assert.deepEqual(own(reading), ["/usr/sbin/shopd", "/usr/lib/x86_64-linux-gnu/shop/plugins/clock.so"]);
    assert.deepEqual(
      reading.files.flatMap((it) => it.hides),
      [],
    );
  });

  it("are left out where they hold all calls, as the C library does", () => {
    const reading = readNativeProgram(
      "/usr/bin/shopd",
      memoryFiles({
        "/usr/bin/shopd": compiled("int main(void) { return 0; }"),
        "/usr/lib/x86_64-linux-gnu/libc.so.6": clock,
      }),
    );
    assert.deepEqual([...own(reading), ...foreign(reading)], ["/usr/bin/shopd"]);
  });

  it("are read as far as there is time for, and the rest is named", () => {
    const files = memoryFiles({
      "/usr/bin/shopd": needing,
      "/usr/lib64/libshop.so.1": clock,
      "/usr/lib64/libshared.so.2": nothing,
    });
    const { unread } = readNativeProgram("/usr/bin/shopd", { ...files, mostBytes: needing.length });
    assert.deepEqual(unread, [{ path: "/usr/lib64/libshared.so.2", why: "is more than is read of a program" }]);
  });
});

/** A program that asks for libraries and looks for them in folders. */
function needingLibraries(names: readonly string[], folders: readonly string[]): Uint8Array {
  const libraries = names.map((name, i) => ({ name, code: `int f${i}(void) { return ${i}; }` }));
  const declared = names.map((_, i) => `int f${i}(void);`).join(" ");
  const calls = names.map((_, i) => `f${i}()`).join(" + ");
  const options = folders.map((it) => `-Wl,-rpath,${it}`);
  return compiled(`${declared} int main(void) { return ${calls}; }`, options, "gcc", libraries);
}

describe("the name of a program that is a link", () => {
  const SOUND = "/usr/bin/true";
  const pathOf = (packages: readonly [link: string | undefined, file: string | undefined]): string | undefined => {
    const [link, file] = packages;
    const files = memoryFiles(
      { "/opt/shop-1.2/all": { bytes: readFileSync(SOUND) } },
      { "/usr/bin/shopd": "/opt/shop-1.2/all" },
    );
    const packageOf = (path: string): string | undefined => (path === "/usr/bin/shopd" ? link : file);
    return readNativeProgram("/usr/bin/shopd", { ...files, packageOf }).files[0]?.path;
  };

  it("is as it is written where both are of one package, or of none", function () {
    if (!existsSync(SOUND)) skip(this, "the data beside the repository are not here");
    assert.equal(pathOf(["shop", "shop"]), "/usr/bin/shopd");
    assert.equal(pathOf([undefined, undefined]), "/usr/bin/shopd");
    assert.equal(pathOf([undefined, "shop"]), "/opt/shop-1.2/all");
  });
});

describe("the files of a machine", () => {
  it("are each looked at once for one reading", function () {
    if (!existsSync("/usr/bin/true")) skip(this, "the data beside the repository are not here");
    const files = memoryFiles({
      "/opt/shopd": { bytes: readFileSync("/usr/bin/true") },
      "/opt/run": "#!/bin/sh\n/opt/shopd\n",
    });
    const looked: string[] = [];
    const look: typeof files.look = (path) => {
      looked.push(path);
      return files.look(path);
    };
    const commands = ["/opt/run", "/opt/shopd"].map((path) => ({ path, args: [], environment: {} }));
    assert.equal(readPrograms(commands, { ...files, look }).files.length, 2);
    assert.equal(looked.length, new Set(looked).size);
  });
});
