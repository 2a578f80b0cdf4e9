import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hover } from "../../server/src/features/hover.ts";
import type { FileKind, World } from "../../server/src/features/world.ts";
import { open } from "../kit/view.ts";
import { SOME_WORLD } from "../kit/world.ts";

const MACHINE: Readonly<Record<string, FileKind>> = {
  "/usr/bin/node": "program",
  "/etc/shop.env": "file",
  "/etc/shop": "folder",
};
const WORLD: World = { ...SOME_WORLD, kind: (path) => MACHINE[path] ?? "missing" };

function hovered(source: string, world: World = WORLD): string {
  const { view, cursor } = open(source);
  const answer = hover(view, cursor, false, world);
  return answer ? (answer.contents as { value: string }).value : "";
}

const service = (...lines: readonly string[]): string => `[Service]\n${lines.join("\n")}\n`;

describe("hover: programs", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    [
      service("ExecStart=/usr/bin/no$0de app.js"),
      /^\/usr\/bin\/node\n\nIt exists on this machine and can be executed\./,
    ],
    [service("ExecStart=/usr/bin/no$0de app.js"), /The sandbox does not affect this path\.$/],
    [
      service("ProtectSystem=full", "ExecStart=/usr/bin/no$0de"),
      /For the service: read-only here, because of ProtectSystem=full\.$/,
    ],
    [service("ExecStart=/usr/bin/no$0ne"), /Not on this machine: the command would fail with status 203\/EXEC\./],
    [service("ExecStartPre=-/usr/bin/no$0ne"), /203\/EXEC, which the - turns into success\./],
    [service("ExecStart=/etc/shop.e$0nv"), /Not executable on this machine/],
    [service("ExecStart=/etc/sh$0op"), /A directory on this machine/],
    [service("ExecStart=+/usr/bin/no$0de"), /outside the sandbox and as the user of the manager/],
    [service("ExecStart=no$0de app.js"), /^node is \/usr\/bin\/node on this machine\.$/],
    [service("ExecStart=/bin/true ; /usr/bin/no$0de"), /^\/usr\/bin\/node/],
  ];
  for (const [source, said] of cases)
    it(source.replaceAll("\n", " · "), () => {
      assert.match(hovered(source), said);
    });

  it("say nothing of a machine that may not be looked at, nor of one that the service does not see", () => {
    assert.doesNotMatch(hovered(service("ExecStart=/usr/bin/no$0de"), SOME_WORLD), /machine/);
    assert.doesNotMatch(hovered(service("RootDirectory=/srv/r", "ExecStart=/usr/bin/no$0de")), /machine/);
  });
});

describe("hover: files", () => {
  it("shows of a credential who reads it, and the command that encrypts one", () => {
    const plain = hovered(service("User=shop", "LoadCredential=db:/etc/shop$0.key"), SOME_WORLD);
    assert.match(plain, /reads it as root, and the service gets a copy/);
    assert.match(
      plain,
      /systemd-creds encrypt --name=db \/etc\/shop\.key \/etc\/credstore\.encrypted\/db.*LoadCredentialEncrypted=db:/s,
    );
    const encrypted = hovered(service("LoadCredentialEncrypted=db:/etc/shop$0.cred"), SOME_WORLD);
    assert.match(encrypted, /systemd-creds encrypt --name=db FILE \/etc\/shop\.cred.*243\/CREDENTIALS/s);
    assert.match(hovered(service("LoadCredential=d$0b:/etc/shop.key"), SOME_WORLD), /mode 0400 .* 0440 and an ACL/);
  });

  it("of variables say who reads them, and what follows where they are missing", () => {
    const there = hovered(service("User=shop", "EnvironmentFile=/etc/shop.e$0nv"));
    assert.match(there, /^\/etc\/shop\.env\n\nIt exists on this machine\./);
    assert.match(there, /The service manager reads it, as root, before the sandbox is set up/);
    assert.match(hovered(service("EnvironmentFile=/etc/no$0ne")), /the service cannot start without it/);
    assert.match(hovered(service("EnvironmentFile=-/etc/no$0ne")), /because of the -, the service starts without it/);
    assert.doesNotMatch(hovered(service("EnvironmentFile=/etc/shop.$0*")), /machine/);
    assert.doesNotMatch(hovered(service("EnvironmentFile=/etc/shop.e$0nv"), SOME_WORLD), /machine/);
    assert.doesNotMatch(
      hovered(`#- /etc/systemd/user/x.service\n${service("EnvironmentFile=/etc/shop.e$0nv")}`),
      /root/,
    );
  });

  it("of other settings say whether they are there", () => {
    assert.equal(hovered(service("ExecStart=/usr/bin/node --config /etc/sh$0op")), "A directory on this machine.");
    assert.equal(hovered("[Unit]\nConditionPathExists=/etc/no$0ne\n"), "Missing on this machine.");
    assert.match(
      hovered(service("ProtectSystem=strict", "ExecStart=/usr/bin/node /etc/sh$0op")),
      /^A directory on this machine\.\n\nFor the service: read-only here/,
    );
    assert.doesNotMatch(hovered("[Unit]\nDocumentation=file:/etc/sh$0op\n"), /machine/);
  });
});
