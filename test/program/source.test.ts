import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ProgramReading } from "../../server/src/program/reading.ts";
import { readSource, type StartedProgram } from "../../server/src/program/source/readSource.ts";
import { repositoryAt, sourceFolders } from "../../server/src/program/source/repository.ts";
import { tomlKeys } from "../../server/src/program/source/tomlKeys.ts";
import { memoryFiles } from "./kit.ts";

const started = (names: string, scripts = ""): StartedProgram => ({
  names: names.split(" ").filter(Boolean),
  scripts: scripts.split(" ").filter(Boolean),
});

/** What is read of a repository at `/w`, whose files are named from there. */
function read(
  it: StartedProgram,
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): ProgramReading | undefined {
  const all = Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/^(?!\/)/, "/w/"), text]));
  const repository = repositoryAt("/w", memoryFiles(all, links));
  return readSource(it, sourceFolders(repository), repository);
}

/** The signs of a reading as `sign of what in file:line`. */
const signs = (reading: ProgramReading | undefined): readonly string[] =>
  (reading?.files ?? []).flatMap(({ path, signs: found }) =>
    found.map(({ sign, what, line }) => `${sign} ${what} ${path.replace("/w/", "")}:${line}`),
  );

const GO = "module github.com/acme/zorb/v2\n\nrequire github.com/tarm/serial v0.1.0\n";
const NODE = JSON.stringify(
  { name: "@acme/zorb", main: "dist/server.js", dependencies: { serialport: "^1" } },
  null,
  2,
);

describe("source beside a unit", () => {
  it("of Go has the modules that it is built of, also those of modules", () => {
    const mod =
      "module acme.org/zorb\nrequire (\n\tgithub.com/tarm/serial v0.1.0\n\tgithub.com/tetratelabs/wazero v1.8.0 // indirect\n)\n";
    assert.deepEqual(signs(read(started("zorb"), { "go.mod": mod })), [
      "devices github.com/tarm/serial go.mod:3",
      "compiles github.com/tetratelabs/wazero go.mod:4",
    ]);
    assert.deepEqual(signs(read(started("zorb"), { "go.mod": GO })), ["devices github.com/tarm/serial go.mod:3"]);
    assert.equal(signs(read(started("zorbd"), { "go.mod": GO, "cmd/zorbd/main.go": "" })).length, 1);
    assert.equal(read(started("other"), { "go.mod": GO, "cmd/zorbd/main.go": "" }), undefined);
  });

  it("of Node.js has what is installed with what it names, but for what only its developers use", () => {
    const lock = JSON.stringify({
      packages: {
        "": {},
        "node_modules/a/node_modules/ps-list": {},
        "node_modules/playwright": { dev: true },
        "node_modules/execa": {},
      },
    });
    const files = { "package.json": NODE, "package-lock.json": lock };
    assert.deepEqual(signs(read(started("zorb"), files)), [
      "devices serialport package.json:5",
      "compiles Node.js package.json:1",
      "processes ps-list package-lock.json:1",
    ]);
    // As its unit starts it, where what was built is not in the repository.
    assert.equal(signs(read(started("node", "/opt/zorb/dist/server.js"), files)).length, 3);
    assert.equal(read(started("node", "/opt/zorb/server.js"), files), undefined);
    assert.equal(signs(read(started("node", "server.js"), { ...files, "server.js": "" })).length, 3);
  });

  it("takes the lock files of all package managers of Node.js", () => {
    const manifest = NODE.replace('"dependencies"', '"devDependencies": { "puppeteer": "1" }, "dependencies"');
    const locks = {
      "yarn.lock": '# v1\n"@abandonware/noble@^1.9":\n  version "1.9"\npuppeteer@1:\n  version "1.0"\n',
      "pnpm-lock.yaml":
        "packages:\n\n  /@abandonware/noble@1.9.2:\n    dev: false\n\n  puppeteer@1.0.0:\n    dev: true\n",
      "npm-shrinkwrap.json": JSON.stringify({ dependencies: { "@abandonware/noble": {}, puppeteer: { dev: true } } }),
    };
    for (const [name, text] of Object.entries(locks)) {
      const found = signs(read(started("zorb"), { "package.json": manifest, [name]: text }));
      assert.ok(
        found.some((it) => it.startsWith(`devices @abandonware/noble ${name}:`)),
        found.join(),
      );
      assert.ok(!found.some((it) => it.includes("puppeteer")), found.join());
    }
    const old = "packages:\n\n  /@abandonware/noble/1.9.2:\n    dev: false\n\n  /usb/2.1.0:\n    dev: false\n";
    assert.ok(
      signs(read(started("zorb"), { "package.json": NODE, "pnpm-lock.yaml": old }))
        .join()
        .includes("noble"),
    );
  });

  it("of Python has the packages that it needs, under the names of their modules", () => {
    const project =
      '[project]\nname = "zorb"\ndependencies = [\n  "pyserial>=3",\n  "uvicorn[standard]",\n]\n[project.scripts]\nzorbd = "zorb:main"\n';
    assert.deepEqual(signs(read(started("zorbd"), { "pyproject.toml": project })).slice(0, 1), [
      "devices pyserial pyproject.toml:4",
    ]);
    const requirements = "# x\n-r other.txt\nRPi.GPIO==0.7\nnumba\n";
    const found = signs(
      read(started("python3", "/opt/zorb/app.py"), { "requirements.txt": requirements, "app.py": "" }),
    );
    assert.ok(found.includes("devices RPi.GPIO requirements.txt:3"), found.join());
    assert.ok(found.includes("compiles numba requirements.txt:4"), found.join());
    assert.equal(read(started("python3", "/opt/zorb/app.py"), { "requirements.txt": requirements }), undefined);
    const lock = '[[package]]\nname = "pyserial"\nversion = "3"\n';
    assert.ok(
      signs(read(started("zorbd"), { "pyproject.toml": project, "poetry.lock": lock }))
        .join()
        .includes("poetry.lock:2"),
    );
  });

  it("of Rust has the C libraries that crates are named after", () => {
    const manifest =
      '[package]\nname = "zorb"\n\n[[bin]]\nname = "zorbd"\npath = "src/d.rs"\n\n[dependencies]\nlibudev-sys = "0.1"\n';
    for (const name of ["zorb", "zorbd", "zorbctl"])
      assert.deepEqual(signs(read(started(name), { "Cargo.toml": manifest, "src/bin/zorbctl.rs": "" })), [
        "devices libudev-sys Cargo.toml:9",
      ]);
    const lock = '[[package]]\nname = "pcap-sys"\nversion = "1"\n';
    assert.deepEqual(signs(read(started("zorb"), { "Cargo.toml": manifest, "Cargo.lock": lock })), [
      "packets pcap-sys Cargo.lock:2",
    ]);
  });

  it("of Java compiles, and has the archives that it needs", () => {
    const pom =
      "<project>\n<parent><artifactId>base</artifactId></parent>\n<artifactId>zorb</artifactId>\n<dependencies>\n<dependency><groupId>com.fazecast</groupId><artifactId>jSerialComm</artifactId></dependency>\n<dependency><groupId>com.pi4j</groupId><artifactId>pi4j-core</artifactId><scope>test</scope></dependency>\n</dependencies>\n</project>\n";
    assert.deepEqual(signs(read(started("java zorb"), { "pom.xml": pom })), [
      "devices com.fazecast:jSerialComm pom.xml:5",
      "compiles Java pom.xml:1",
    ]);
    assert.equal(read(started("java base"), { "pom.xml": pom }), undefined);
    const gradle = {
      "settings.gradle": "rootProject.name = 'zorb'\n",
      "build.gradle":
        "dependencies {\n  implementation 'com.pi4j:pi4j-core:2.0'\n  testImplementation 'com.fazecast:jSerialComm:2'\n}\n",
    };
    assert.deepEqual(signs(read(started("java zorb"), gradle)), [
      "devices com.pi4j:pi4j-core build.gradle:2",
      "compiles Java build.gradle:1",
    ]);
  });

  it("of an image has what its last stage installs, exposes and gives to files, and its user", () => {
    const image =
      'FROM golang AS build\nRUN apt-get install -y sudo htop\nFROM debian AS base\nRUN apt-get update \\\n  && apt-get install -y procps strace=6\nFROM base\nRUN setcap "cap_net_raw,cap_sys_time+ep" /usr/bin/zorb\nEXPOSE 8080/tcp\nUSER app\nENTRYPOINT ["/usr/bin/zorb"]\n';
    const reading = read(started("zorb"), { "go.mod": "module zorb\n", Dockerfile: image });
    assert.deepEqual(signs(reading), [
      "trace strace Dockerfile:4",
      "granted cap_net_raw Dockerfile:7",
      "packets cap_net_raw Dockerfile:7",
      "granted cap_sys_time Dockerfile:7",
      "clock cap_sys_time Dockerfile:7",
      "ports port 8080/tcp Dockerfile:8",
    ]);
    assert.deepEqual(reading?.files.at(-1)?.notes, ["its image runs it as app (line 9)"]);
    const other = image.replace("/usr/bin/zorb", "/usr/sbin/nginx").replace('["/usr/bin/zorb"]', '["nginx"]');
    assert.deepEqual(signs(read(started("zorb"), { "go.mod": "module zorb\n", Dockerfile: other })), []);
  });

  it("says nothing where several folders may build the program, or a file lies outside", () => {
    const both = { "a/go.mod": GO, "b/go.mod": GO };
    assert.equal(read(started("zorb"), both), undefined);
    assert.equal(read(started("zorb"), { "/other/go.mod": GO }, { "/w/go.mod": "/other/go.mod" }), undefined);
    assert.equal(read(started("zorb"), { "node_modules/x/go.mod": GO }), undefined);
  });

  it("takes any text, and leaves out what is too large", () => {
    for (const text of [
      "",
      "{",
      "[[",
      "null",
      '{"bin":7,"name":[],"scripts":{"start":3}}',
      "\0".repeat(99),
      "module\n",
      "<artifactId>",
    ])
      for (const name of [
        "go.mod",
        "package.json",
        "Cargo.toml",
        "pyproject.toml",
        "pom.xml",
        "settings.gradle",
        "Dockerfile",
      ])
        for (const lock of ["package-lock.json", "Cargo.lock", "yarn.lock", "pnpm-lock.yaml", "poetry.lock"])
          assert.doesNotThrow(() => read(started("zorb"), { [name]: text, [lock]: text, "package.json": text }));
    const large = read(started("zorb"), {
      "package.json": NODE,
      "package-lock.json": `{"a":"${"x".repeat(5_000_001)}"}`,
    });
    assert.deepEqual(large?.files.at(-1)?.notes, ["it is larger than is read of source"]);
  });
});

describe("keys of TOML", () => {
  it("are those of texts, lists and tables in braces, with their lines", () => {
    const text =
      '# x\n[a.b] # c\n"k" = "v" # "no"\nlist = [\n  "one[x]", # ]\n  \'two\',\n]\nt = { version = "1", features = ["f"] }\n[[bin]]\nname="z"\nn = 3\n';
    assert.deepEqual(
      tomlKeys(text).map(({ table, key, texts }) => [table, key, texts.map((it) => `${it.text}:${it.line}`).join(" ")]),
      [
        ["a.b", "", ""],
        ["a.b", "k", "v:3"],
        ["a.b", "list", "one[x]:5 two:6"],
        ["a.b", "t", "1:8 f:8"],
        ["bin", "", ""],
        ["bin", "name", "z:10"],
        ["bin", "n", ""],
      ],
    );
  });
});
