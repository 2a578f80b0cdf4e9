import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { ProgramReading } from "../../server/src/program/reading.ts";
import { readPrograms } from "../../server/src/program/readProgram.ts";
import { memoryFiles } from "./kit.ts";

/** What `mcs` of Mono 6.12 makes of shop.cs next to it. */
const ASSEMBLY = new Uint8Array(gunzipSync(readFileSync("test/program/dotnet/shop.dll.gz")));
const NATIVE = readFileSync(process.execPath).subarray(0, 64);

const reading = (
  path: string,
  files: Parameters<typeof memoryFiles>[0],
  args: readonly string[] = [],
): ProgramReading =>
  readPrograms([{ path, args, environment: {} }], memoryFiles({ "/usr/bin/dotnet": NATIVE, ...files }));
const ofAssembly = (bytes: Uint8Array): ProgramReading =>
  reading("/usr/bin/dotnet", { "/opt/shop/shop.dll": bytes }, ["/opt/shop/shop.dll"]);
const signsOf = ({ files }: ProgramReading): readonly string[] =>
  files.flatMap(({ form, signs }) => (form === "dotnet" ? signs.map(({ sign, what }) => `${sign} ${what}`) : []));

const SEEN = [
  "clock clock_settime",
  "hostName sethostname",
  "devices /dev/ttyUSB0",
  "kernelSettings /proc/sys/net/ipv4/ip_forward",
  "exec System.Diagnostics.Process.Start",
  "privileged sudo",
  "bind System.Net.Sockets.TcpListener",
  "compiles dotnet",
];

describe("assemblies of .NET", () => {
  it("show the functions that they call, also of native libraries, and their texts", () => {
    const signs = signsOf(ofAssembly(ASSEMBLY));
    for (const it of SEEN) assert.ok(signs.includes(it), `${it} of ${signs.join(", ")}`);
    assert.ok(!signs.some((it) => /^(?:modules|mount|namespaces|homes|kernelLog) /.test(it)));
  });

  it("are read where a program of machine code next to them starts them", () => {
    const published = {
      "/opt/shop/shop": NATIVE,
      "/opt/shop/shop.dll": ASSEMBLY,
      "/opt/shop/shop.runtimeconfig.json": "{}",
    };
    const signs = signsOf(reading("/opt/shop/shop", published));
    for (const it of SEEN) assert.ok(signs.includes(it), `${it} of ${signs.join(", ")}`);
    const { "/opt/shop/shop.runtimeconfig.json": _, ...others } = published;
    assert.deepEqual(signsOf(reading("/opt/shop/shop", others)), []);
  });

  it("have others of their solution read, and packages counted by their names", () => {
    const libraries = {
      "shop/1.0.0": { type: "project" },
      "Shop.Core/1.0.0": { type: "project" },
      "Tmds.DBus/0.21.2": { type: "package" },
      "System.IO.Ports/9.0.0": { type: "package" },
    };
    const files = {
      "/opt/shop/shop.dll": "MZ",
      "/opt/shop/Shop.Core.dll": ASSEMBLY,
      "/opt/shop/shop.deps.json": JSON.stringify({ libraries }),
    };
    const found = reading("/usr/bin/dotnet", files, ["/opt/shop/shop.dll"]);
    assert.deepEqual(found.files.find((it) => it.path === "/opt/shop/shop.dll")?.hides, [
      "is an assembly that cannot be read",
    ]);
    const whole = reading("/usr/bin/dotnet", { ...files, "/opt/shop/shop.dll": ASSEMBLY }, ["/opt/shop/shop.dll"]);
    const [first, core] = whole.files.filter((it) => it.path.endsWith(".dll"));
    assert.deepEqual(first?.foreign, ["Tmds.DBus"]);
    assert.ok(first?.signs.some((it) => it.sign === "bus" && it.what === "Tmds.DBus"));
    assert.ok(first?.signs.some((it) => it.sign === "devices" && it.what === "System.IO.Ports"));
    assert.equal(core?.path, "/opt/shop/Shop.Core.dll");
  });

  it("may be broken", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(ASSEMBLY.length - 1), fc.nat(255)), { maxLength: 30 }),
        fc.nat(ASSEMBLY.length),
        (changes, end) => {
          const broken = ASSEMBLY.slice();
          for (const [at, value] of changes) broken[at] = value;
          assert.ok(signsOf(ofAssembly(broken.subarray(0, end % 4 === 0 ? end : undefined))).length < 600);
        },
      ),
      { numRuns: 500 },
    );
  });
});
