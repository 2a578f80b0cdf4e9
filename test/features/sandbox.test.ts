import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hover } from "../../server/src/features/hover.ts";
import { sandboxOf } from "../../server/src/features/sandbox.ts";
import { open } from "../kit/view.ts";
import { SOME_WORLD } from "../kit/world.ts";

function hovered(source: string): string | undefined {
  const opened = open(source);
  const answer = hover(opened.view, opened.cursor, false, SOME_WORLD);
  return answer && (answer.contents as { value: string }).value;
}

const service = (...lines: readonly string[]): string => `[Service]\n${lines.join("\n")}\n`;

describe("hover: paths in the sandbox", () => {
  const cases: readonly (readonly [string, RegExp | undefined])[] = [
    [
      service("ProtectSystem=strict", "ExecStart=/usr/bin/d --data /var/lib$0/d"),
      /^For the service: read-only here, because of ProtectSystem=strict\.$/,
    ],
    [service("ProtectHome=tmpfs", "ExecStart=/home/x$0/d"), /missing, because of ProtectHome=tmpfs\.$/],
    [
      service("PrivateTmp=yes", "Environment=DIR=/tmp$0"),
      /private here: not visible to other programs, because of PrivateTmp=yes\.$/,
    ],
    [
      service("ProtectSystem=strict", "StateDirectory=d", "WorkingDirectory=%S/d$0"),
      /writable here, because of StateDirectory=d\.$/,
    ],
    [
      service("ProtectSystem=strict", "BindPaths=/srv/a:/srv/b$0"),
      /writable here, with the files of \/srv\/a, because of BindPaths=/,
    ],
    [
      service("User=d", "ReadWritePaths=/usr", "ExecStart=/usr/bin/d /usr$0"),
      /the sandbox allows writing here, because of ReadWritePaths=\/usr; but it belongs to root, which the service does not run as\.$/,
    ],
    [
      service("User=d", "ProtectSystem=strict", "StateDirectory=d", "WorkingDirectory=%S/d$0"),
      /writable here, because of StateDirectory=d; it belongs to the service's user\.$/,
    ],
    [
      service("User=d", "ReadWritePaths=/srv$0"),
      /the sandbox allows writing here, because of ReadWritePaths=\/srv; the permissions of the files decide, too\.$/,
    ],
    [service("ExecStart=/usr/bin/d --data /var/lib$0/d"), undefined],
    [service("ProtectSystem=full", "ExecStart=/usr/bin/d --data /srv$0/d"), undefined],
  ];
  for (const [source, said] of cases) {
    it(source.replaceAll("\n", " · "), () => {
      if (said) assert.match(hovered(source) ?? "", said);
      else assert.doesNotMatch(hovered(source) ?? "", /For the service/);
    });
  }

  it("says nothing of what systemd opens outside of the sandbox", () => {
    for (const line of ["EnvironmentFile=/home/x$0/env", "ExecStart=+/home/x$0/d", "BindPaths=/home/x$0/a:/srv/b"])
      assert.doesNotMatch(hovered(service("ProtectHome=tmpfs", line)) ?? "", /For the service/, line);
  });
});

describe("the world with a profile", () => {
  it("marks what the profile changes, and knows the lines of the unit as it is", () => {
    const { unit } = open(service("ExecStart=/usr/bin/gotosocial --port 80", "ProtectSystem=full")).view;
    const world = sandboxOf(unit, "strict") ?? assert.fail();
    const at = (path: string) => world.paths.find((it) => it.path === path) ?? assert.fail(path);
    assert.equal(at("/dev").was, "writable");
    assert.deepEqual(at("/dev").setting, { text: "PrivateDevices=yes", file: 0, added: true });
    assert.equal(at("/usr").was, undefined);
    assert.deepEqual(at("/usr").setting, { text: "ProtectSystem=full", file: 0, line: 2 });
  });

  it("says the lines of a unit as it is", () => {
    const { unit } = open(service("ExecStart=/usr/bin/d", "NoExecPaths=/srv")).view;
    const srv = sandboxOf(unit)?.paths.find((it) => it.path === "/srv");
    assert.deepEqual([srv?.state, srv?.executable, srv?.setting?.line], ["writable", false, 2]);
  });
});
