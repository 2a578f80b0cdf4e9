import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { toolSubject } from "../../client/tools/commandLines.ts";
import { readManifest } from "../kit/manifest.ts";

interface Item {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly Item[]>>;
    readonly keybindings: readonly Item[];
  };
}

const { contributes } = readManifest<Manifest>();
const PREFIX = "unitWarden.tools.";
const TOOLS = contributes.commands.map((it) => it.command).filter((it) => it.startsWith(PREFIX));
const itemsOf = (menu: string): readonly Item[] =>
  (contributes.menus[menu] ?? []).filter(
    (it) => it.command?.startsWith(PREFIX) || it.submenu?.startsWith("unitWarden"),
  );

/** The commands about services alone. */
const ABOUT_SERVICES = ["learn", "learnOverSsh", "mounts", "security", "shell", "try"];

describe("manifest: commands that ask the systemd of the machine", () => {
  it("say which program they start", () => {
    const programs = { cat: "systemctl cat", status: "systemctl status", security: "systemd-analyze security" };
    const more = { mounts: "findmnt --task", shell: "systemd-analyze unit-shell", verify: "systemd-analyze verify" };
    assert.deepEqual(
      Object.fromEntries(
        contributes.commands
          .filter((it) => it.command.startsWith(PREFIX))
          .map((it) => [it.command.slice(PREFIX.length), /\((.*)\)$/.exec(it.title)?.[1]]),
      ),
      {
        ...{ ...programs, ...more, learn: "unit-warden learn", learnOverSsh: "unit-warden learn --ssh" },
        try: "unit-warden try",
      },
    );
  });

  it("are hidden in other files, untrusted workspaces and where the client did not find the program", () => {
    for (const menu of ["commandPalette", "editor/context"])
      for (const { when = "", command, submenu } of itemsOf(menu)) {
        for (const part of [
          "editorLangId =~ /^systemd(-conf|-unit|-unit-file)?$/",
          "isWorkspaceTrusted",
          "resourceScheme =~ /^(file|vscode-remote)$/",
        ])
          assert.ok(when.split(" && ").includes(part), `${command ?? submenu} is shown without ${part}`);
        assert.match(when, /unitWarden\.tools\.\w+/);
      }
    assert.deepEqual(
      itemsOf("commandPalette").map((it) => it.command),
      TOOLS,
    );
    assert.deepEqual(
      itemsOf("unitWarden.tools").map((it) => it.command),
      TOOLS,
    );
    for (const { when = "" } of itemsOf("unitWarden.tools")) assert.match(when, /^unitWarden\.tools\.\w+/);
  });

  it("wait for keys that the desktop client sets, and the one for the browser does not", () => {
    const used = new Set(
      Object.keys(contributes.menus).flatMap((menu) =>
        itemsOf(menu).flatMap(({ when = "" }) => [...when.matchAll(/unitWarden\.tools\.(\w+)/g)].map((it) => it[1])),
      ),
    );
    const source = readFileSync("client/tools/toolCommands.ts", "utf8");
    const known = /const known = \{(.*?)\};/s.exec(source)?.[1] ?? "";
    const keys = [...known.matchAll(/^ {4}(\w+)[:,]/gm)].map((it) => it[1]);
    assert.deepEqual(keys.sort(), [...used].sort());
    assert.doesNotMatch(readFileSync("client/web.ts", "utf8"), /tools\//);
  });

  it("are offered for services alone where only those have an answer", () => {
    for (const menu of ["commandPalette", "unitWarden.tools"])
      for (const { command = "", when = "" } of itemsOf(menu)) {
        const pattern = /resourcePath =~ \/(.*)\/$/.exec(when)?.[1];
        assert.equal(pattern !== undefined, ABOUT_SERVICES.includes(command.slice(PREFIX.length)), command);
        if (pattern === undefined) continue;
        for (const path of [
          "/x/a.service",
          "/x/a@.service",
          "/x/a.service.d/b.conf",
          "/x/service.d/b.conf",
          "/x/a.timer",
        ])
          assert.equal(new RegExp(pattern).test(path), toolSubject(path)?.kind === "service", path);
      }
  });

  it("have no keys, so that nothing runs unasked", () => {
    assert.deepEqual(
      contributes.keybindings.filter((it) => it.command?.startsWith(PREFIX)),
      [],
    );
  });
});
