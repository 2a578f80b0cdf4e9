import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Host } from "../../server/src/cli/host.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { memoryFiles } from "../program/kit.ts";

const UNIT = "/w/deploy/zorb.service";
const IMAGE =
  'FROM debian\nRUN apt-get install -y sudo\nRUN setcap cap_sys_nice+ep /usr/bin/zorb\nEXPOSE 8080\nUSER app\nCMD ["zorb"]\n';

const SOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  go: {
    "go.mod":
      "module acme.org/zorb\nrequire github.com/tarm/serial v0.1.0\nrequire github.com/mitchellh/go-ps v1.0.0\n",
  },
  node: { "package.json": '{"name":"zorb","dependencies":{"serialport":"1","ps-list":"1","authenticate-pam":"1"}}' },
  java: { "pom.xml": "<project><artifactId>zorb</artifactId></project>" },
  python: { "pyproject.toml": '[project]\nname = "zorb"\ndependencies = ["pyserial", "playwright"]\n' },
  rust: { "Cargo.toml": '[package]\nname = "zorb"\n[dependencies]\nhs-sys = "1"\n' },
  image: { "go.mod": "module zorb\n", Dockerfile: IMAGE },
};

/** A checkout with a unit and some source; without `isCheckout` only a folder. */
function checkout(unit: string, source: Readonly<Record<string, string>>, isCheckout = true): Host {
  const files = Object.fromEntries(Object.entries(source).map(([path, text]) => [`/w/${path}`, text]));
  const git: Record<string, string> = isCheckout ? { "/w/.git/HEAD": "ref: refs/heads/main\n" } : {};
  return { ...memoryHost({ [UNIT]: unit, ...git }), programFiles: () => memoryFiles({ ...files, [UNIT]: unit }) };
}

interface Line {
  readonly line: string;
  readonly reason?: string;
}

interface Hardened {
  readonly settings: readonly Line[];
  readonly left: readonly Line[];
}

function hardened(host: Host, profile: string): Hardened {
  const { files } = JSON.parse(runOver(host, "harden", UNIT, "--profile", profile, "--format", "json").stdout) as {
    readonly files: readonly Hardened[];
  };
  return files[0] ?? { settings: [], left: [] };
}

describe("source in the repository of a unit", () => {
  it("makes likely what speaks against it, with the place", () => {
    const of = (source: string, directive: string): string => {
      const { left } = hardened(
        checkout("[Service]\nUser=zorb\nExecStart=/usr/bin/zorb\n", SOURCES[source] ?? {}),
        "strict",
      );
      return left.find((it) => it.line.startsWith(`${directive}=`))?.reason ?? "";
    };
    assert.equal(of("go", "PrivateDevices"), "if it works without github.com/tarm/serial, which go.mod:2 names");
    assert.equal(of("go", "ProtectProc"), "if it works without github.com/mitchellh/go-ps, which go.mod:3 names");
    assert.equal(of("node", "NoNewPrivileges"), "if it works without authenticate-pam, which package.json:1 names");
    assert.equal(of("image", "NoNewPrivileges"), "if it works without sudo, which Dockerfile:2 names");
    assert.equal(of("image", "RestrictRealtime"), "if it works without cap_sys_nice, which Dockerfile:3 names");
  });

  it("adds nothing in one step that would not be added without it", () => {
    const units = ["", "User=zorb\n", "DynamicUser=yes\n", "User=root\nType=notify\n"];
    for (const [name, source] of Object.entries(SOURCES))
      for (const unit of units.map((it) => `[Service]\nExecStart=/usr/local/bin/zorb --port 8080\n${it}`)) {
        // The last profile asks for all that the others ask for.
        const without = hardened(checkout(unit, source, false), "isolated").settings.map((it) => it.line);
        const lines = hardened(checkout(unit, source), "isolated").settings.map((it) => it.line);
        assert.deepEqual(
          lines.filter((it) => !without.includes(it)),
          [],
          `${name} ${unit}`,
        );
      }
  });

  it("is printed by inspect, and by check as the reason", () => {
    const host = checkout("[Service]\nExecStart=/usr/bin/zorb\n", SOURCES.image ?? {});
    const printed = runOver(host, "inspect", UNIT).stdout.split("\n");
    assert.ok(
      printed.includes("  /w/Dockerfile: source, 5 signs; its image runs it as app (line 5)"),
      printed.join("\n"),
    );
    assert.ok(printed.includes("    opens ports of the network: Dockerfile:4 names port 8080"), printed.join("\n"));
    assert.ok(!printed.some((it) => /not seen|proven|read, as/.test(it)), printed.join("\n"));
    assert.match(runOver(host, "check", UNIT, "--format", "json").stdout, /which Dockerfile:3 names/);
  });

  it("counts only where one folder builds the program, of a checkout", () => {
    const unit = "[Service]\nExecStart=/usr/bin/other\n";
    assert.match(
      runOver(checkout(unit, SOURCES.go ?? {}), "inspect", UNIT).stderr,
      /no folder of its repository builds/,
    );
    const loose = checkout("[Service]\nExecStart=/usr/bin/zorb\n", SOURCES.go ?? {}, false);
    assert.match(runOver(loose, "inspect", UNIT).stderr, /no unit of this machine/);
  });
});
