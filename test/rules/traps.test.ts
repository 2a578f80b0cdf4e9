import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { recognize } from "../../server/src/families/families.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { complete } from "../../server/src/features/completion.ts";
import { hover } from "../../server/src/features/hover.ts";
import { findingsIn } from "../../server/src/rules/ruleFacts.ts";
import { findingsOf } from "../kit/fixture.ts";
import { open } from "../kit/view.ts";

/** The findings that are more than a hint, as `code line`. */
function loud(text: string, path = "x.service", version?: number): string[] {
  return findingsOf(text, path, { profile: "off" }, version)
    .filter(({ severity }) => severity !== "hint")
    .map(({ code, start }) => `${code} ${text.slice(0, start).split("\n").length}`);
}

const service = (...lines: string[]): string => `[Service]\nExecStart=/bin/true\n${lines.join("\n")}\n`;

/** Texts of unit files that are right, each with something in it that a tool has stumbled over. */
const RIGHT: Readonly<Record<string, readonly (readonly [text: string, path?: string])[]>> = {
  "a comment with `;` that has an `=`": [[service("; Restart=sometimes", " ;User=a:b", "#ExecStart=bin/x")]],
  "a comment inside of a continued line": [
    ["[Service]\nExecStart=/bin/echo \\\n# one = 1\n  a \\\n; two\n  b\nUser=x\n"],
    ["[Service]\nExecStart=/bin/true\nEnvironment=A=1 \\\n#B \\\n  C=2\n"],
  ],
  "a comment that ends in a backslash": [[service("# see C:\\", "User=x")]],
  "a section that comes twice": [
    ["[Unit]\nDescription=a\n[Service]\nExecStart=/bin/true\n[Unit]\nAfter=b.service\n[Service]\nUser=x\n"],
  ],
  "a list that an empty value resets": [
    ["[Service]\nExecStart=/bin/a\nExecStart=\nExecStart=/bin/b\n"],
    [service("Environment=A=1", "Environment=", "SystemCallFilter=@clock", "SystemCallFilter=")],
    ["[Service]\nExecStart=\nExecStart=/bin/b\n", "x.service.d/a.conf"],
  ],
  "sections and names of other programs": [
    [service("X-Foo=1", "X-Restart=sometimes", "[X-Foo]", "Bar=1", "invalid", "[X-Service]", "Type=x")],
  ],
  "all spellings of yes and no": [
    [service(..."1 yes y true t on 0 no n false f off YES On T".split(" ").map((it) => `NoNewPrivileges=${it}`))],
  ],
  "words beside yes and no": [
    [
      service(
        "PrivateTmp=disconnected",
        ...["identity", "full", "managed", "self"].map((it) => `PrivateUsers=${it}`),
        ...["private", "strict"].map((it) => `ProtectControlGroups=${it}`),
        "ProtectHostname=private",
        "ProtectHostname=private:box",
        ...["1", "full", "strict"].map((it) => `ProtectSystem=${it}`),
      ),
    ],
  ],
  "file systems that no list knows": ["fuse.sshfs", "debugfs", "9p", "none", "auto"].map((type) => [
    `[Mount]\nWhat=x\nWhere=/srv\nType=${type}\n`,
    "srv.mount",
  ]),
  "outputs with a colon": [
    [service("StandardOutput=fd:x", "StandardError=file:/x", "StandardOutput=append:/var/log/x")],
  ],
  "a percentage of the memory": [[service("MemoryMax=50%", "MemoryHigh=infinity", "TasksMax=10%")]],
  "old places and names that systemd takes": [
    [
      service(
        "StartLimitInterval=5",
        "StartLimitBurst=3",
        "StartLimitAction=none",
        "FailureAction=none",
        "ReadWriteDirectories=/srv",
      ),
    ],
  ],
  "a timeout in the drop-in of a scope": [
    ["[Scope]\nTimeoutStopSec=5\n", "/etc/systemd/system/session-1.scope.d/a.conf"],
    ["[Scope]\nTimeoutStopSec=5\n", "x.scope.d/a.conf"],
  ],
  "specifiers beside each other": [
    [
      "[Unit]\nDescription=%n%H %%u %%%n\n[Service]\nExecStart=/bin/echo %d %d%t 100%%\nRuntimeDirectory=%p%i\n",
      "x@.service",
    ],
  ],
  "an address with `&` in it": [
    [
      "[Unit]\nDocumentation=https://example.org/?a=1&b=2 man:x(8)\n[Service]\nExecStart=/bin/a https://example.org/?a=1&b=2\n",
    ],
  ],
  "an empty file": [[""], ["", "x.socket"], ["", "x.service.d/a.conf"]],
  "text that is not ASCII": [["[Unit]\nDescription=Grüße 🙂 von %n\n[Service]\nExecStart=/bin/echo ä=🙂\n"]],
  "lines that end in CR LF, with a BOM": [["\ufeff[Service]\r\nExecStart=/bin/a \\\r\n  b\r\nUser=x\r\n"]],
};

describe("traps: nothing is wrong with", () => {
  for (const [name, cases] of Object.entries(RIGHT)) {
    it(name, () => {
      for (const [text, path] of cases) assert.deepEqual(loud(text, path), [], text);
    });
  }
});

describe("traps: what is wrong is said of", () => {
  it("the line behind a comment that ends in a backslash, which does not continue", () => {
    assert.deepEqual(loud("[Service]\nExecStart=/bin/true\n# C:\\\nRestart=sometimes\n"), ["value/enumeration 4"]);
  });

  it("a key before any section", () => {
    assert.deepEqual(loud("Description=x\n[Service]\nExecStart=/bin/true\n"), ["syntax/outside-section 1"]);
  });

  it("DefaultMemoryLow= in a slice from 258 on, when it was dropped", () => {
    const slice = "[Slice]\nDefaultMemoryLow=1G\n";
    assert.deepEqual(loud(slice, "x.slice", 257), []);
    assert.deepEqual(loud(slice, "x.slice", 262), ["directive/ignored 2"]);
  });

  it("the prefix | up to 257, and of !! from 258 on", () => {
    assert.ok(loud(service("ExecStop=|/bin/a"), "x.service", 257).includes("value/command 3"));
    assert.deepEqual(loud(service("ExecStop=|/bin/a"), "x.service", 262), []);
    assert.deepEqual(loud(service("ExecStop=!!/bin/a"), "x.service", 257), []);
    assert.notDeepEqual(loud(service("ExecStop=!!/bin/a"), "x.service", 262), []);
  });

  it("words that came later, in a version before", () => {
    assert.deepEqual(loud(service("PrivateUsers=managed"), "x.service", 257), ["value/enumeration 3"]);
    assert.deepEqual(loud(service("ProtectHostname=private"), "x.service", 257), ["value/boolean 3"]);
  });

  it("StandardOutput=syslog, which systemd takes for journal with a notice", () => {
    const found = findingsOf(service("StandardOutput=syslog"));
    assert.deepEqual(
      found.map(({ code, severity }) => `${code} ${severity}`),
      ["value/deprecated warning"],
    );
  });

  it("a comment behind a value, which is part of it", () => {
    assert.deepEqual(loud(service("NoNewPrivileges=yes # safe")), ["value/boolean 3"]);
  });

  it("the place behind characters that are not ASCII", () => {
    const text = "[Unit]\nDescription=🙂 ä\n[Service]\nExecStart=/bin/echo 🙂\nEnvironment=Ä🙂=1 B\n";
    const found = findingsOf(text);
    assert.ok(found.some(({ start, end }) => text.slice(start, end) === "B"));
    assert.ok(found.every(({ start, end }) => /^\S/.test(text.slice(start, end))));
  });
});

describe("traps: files and cursors", () => {
  it("resolv.conf in a folder called systemd is no unit and no daemon's configuration", () => {
    for (const path of ["/usr/lib/systemd/resolv.conf", "/run/systemd/resolve/resolv.conf"]) {
      assert.equal(unitPath(path), undefined, path);
      assert.equal(recognize(path)?.kind, undefined, path);
    }
  });

  it("drop-ins of every kind are judged as what they extend", () => {
    for (const kind of ["service", "socket", "timer", "path", "mount", "slice", "scope", "target"]) {
      const path = unitPath(`/etc/systemd/system/x.${kind}.d/a.conf`);
      assert.deepEqual([path?.kind, path?.role], [kind, "drop-in"]);
    }
  });

  it("the cursor may stand anywhere, also past the end", () => {
    const { view, text } = open("[Service]\nExecStart=/bin/ä 🙂\nProtect");
    for (let offset = -1; offset <= text.length + 3; offset++) {
      hover(view, offset, true);
      complete(view, offset);
    }
    assert.ok(complete(view, text.length + 3).items.length > 0);
  });
});

describe("sandbox/denied-start", () => {
  const unit = (lines: string): string => `[Service]\nExecStart=/bin/true\nSystemCallArchitectures=native\n${lines}`;
  const pointedAt = (path: string, text: string, otherFiles = {}): string[] =>
    findingsIn({ path, text, otherFiles })
      .filter(({ code }) => code === "sandbox/denied-start")
      .map(({ start, end }) => `${text.slice(0, start).split("\n").length}: ${text.slice(start, end)}`);

  it("points at the word that denies, wherever more follows", () => {
    assert.deepEqual(pointedAt("x.service", unit("SystemCallFilter=~@clock execve\nSystemCallFilter=~@mount\n")), [
      "4: execve",
    ]);
    const again = "SystemCallFilter=~execve\nSystemCallFilter=execve\nSystemCallFilter=~@system-service\n";
    assert.deepEqual(pointedAt("x.service", unit(again)), ["6: @system-service"]);
    assert.deepEqual(pointedAt("x.service", unit("SystemCallFilter=~execve\nSystemCallFilter=execve\n")), []);
  });

  it("points into the file that denies", () => {
    const [main, more] = [unit("SystemCallFilter=~execve\n"), "[Service]\nSystemCallFilter=~@mount\n"];
    const otherFiles = { "x.service": main, "x.service.d/more.conf": more };
    assert.deepEqual(pointedAt("x.service.d/more.conf", more, otherFiles), []);
    const dropIn = "[Service]\nSystemCallFilter=~execve\n";
    const others = { "x.service": unit("SystemCallFilter=~@mount\n"), "x.service.d/more.conf": dropIn };
    assert.deepEqual(pointedAt("x.service.d/more.conf", dropIn, others), ["2: execve"]);
  });
});

describe("sandbox/socket-lists", () => {
  const service = (line: string, otherFiles: Readonly<Record<string, string>>): string[] =>
    findingsIn({
      path: "echo.service",
      text: `[Service]\nExecStart=/usr/bin/echod\nIPAddressDeny=any\n${line}`,
      otherFiles,
    })
      .filter(({ code }) => code === "sandbox/socket-lists")
      .map(({ message }) => /that (\S+) passes/.exec(message)?.[1] ?? message);

  it("finds sockets of other names, named from either side", () => {
    const port = "[Socket]\nListenStream=7777\n";
    assert.deepEqual(service("", { "gate.socket": `${port}Service=echo.service\n` }), ["gate.socket"]);
    assert.deepEqual(service("Sockets=a.socket gate.socket\n", { "gate.socket": port }), ["gate.socket"]);
    assert.deepEqual(
      service("", {
        "echo.socket": `${port}IPAddressDeny=any\n`,
        "echo.socket.d/x.conf": "[Socket]\nIPAddressDeny=\n",
      }),
      ["echo.socket"],
    );
    assert.deepEqual(service("", { "gate.socket": `${port}Service=gate-other.service\n` }), []);
    assert.deepEqual(service("", { "gate.socket": `${port}Service=echo.service\nIPAddressDeny=any\n` }), []);
    assert.deepEqual(service("", { "echo.socket": `${port}Service=gate.service\n` }), []);
    assert.deepEqual(service("", { "echo.socket": `${port}Accept=yes\n` }), []);
  });
});
