import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { describe, it } from "mocha";
import { readManifest } from "../kit/manifest.ts";

interface Item {
  readonly command?: string;
  readonly group?: string;
  readonly when?: string;
}

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly icon?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly Item[]>>;
    readonly colors: readonly { readonly id: string; readonly defaults: object }[];
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
}

const { contributes } = readManifest<Manifest>();
const { commands, menus, walkthroughs } = contributes;
const NAMES = commands.map((it) => it.command);
const SOURCES = readdirSync("client", { recursive: true, encoding: "utf8" })
  .filter((it) => it.endsWith(".ts"))
  .map((it) => readFileSync(`client/${it}`, "utf8"));
const source = SOURCES.join("\n");

/** A menu's condition as a test of a file; keys that are set are named. */
function isShown({ when = "" }: Item, path: string, keys: readonly string[] = []): boolean {
  const code = when
    .replace(/editorLangId =~ (\/(?:\\.|[^/])+\/)/g, (_, it: string) =>
      String(new RegExp(it.slice(1, -1)).test("systemd")),
    )
    .replace(/resourcePath =~ (\/(?:\\.|[^/])+\/)/g, (_, it: string) => String(new RegExp(it.slice(1, -1)).test(path)))
    .replace(/resourceScheme != [\w-]+/g, "true")
    .replace(/unitWarden\.\w+/g, (it) => String(keys.includes(it)));
  assert.match(code, /^(?:true|false|&&|\|\||[() ])+$/, `${when} is not understood here`);
  return Function(`return ${code}`)() as boolean;
}

describe("manifest: commands", () => {
  it("have a category, a title of their own and, where a menu shows them, an icon", () => {
    const inMenus = new Set(
      Object.entries(menus).flatMap(([menu, items]) =>
        menu === "commandPalette" ? [] : items.map((it) => it.command),
      ),
    );
    for (const { command, category, title, icon } of commands) {
      assert.equal(category, "Unit Warden", command);
      assert.match(title, /^[A-Z][^.]*$/, command);
      if (inMenus.has(command)) assert.match(icon ?? "", /^\$\([a-z-]+\)$/, command);
    }
    assert.equal(new Set(commands.map((it) => it.title)).size, commands.length);
  });

  it("are those of the menus and the walkthrough, which the client has", () => {
    const used = [
      ...Object.values(menus).flatMap((items) => items.flatMap((it) => it.command ?? [])),
      ...walkthroughs.flatMap(({ steps }) =>
        steps.flatMap((it) => [...it.description.matchAll(/\(command:(?:toSide:)?([\w.]+)\)/g)].map((m) => m[1] ?? "")),
      ),
    ].filter((it) => it.startsWith("unitWarden."));
    for (const name of used) assert.ok(NAMES.includes(name), name);
    for (const name of NAMES.filter((it) => !it.startsWith("unitWarden.tools."))) {
      const [, short = ""] = /^unitWarden\.(\w+)$/.exec(name) ?? [];
      assert.ok(source.includes(`"${name}"`) || source.includes(`add("${short}"`), name);
    }
  });

  it("about services stand above services, their drop-ins and new documents that hold one, and nowhere else", () => {
    for (const [menu, command] of [
      ["editor/title", "unitWarden.openReport"],
      ["editor/title", "unitWarden.openSandbox"],
      ["commandPalette", "unitWarden.openReport"],
      ["commandPalette", "unitWarden.openSandbox"],
    ] as const) {
      const item = menus[menu]?.find((it) => it.command === command);
      assert.ok(item, `${command} in ${menu}`);
      for (const path of [
        "/etc/systemd/system/x.service",
        "/x@.service",
        "/a/x.service.d/b.conf",
        "/a/service.d/b.conf",
      ])
        assert.ok(isShown(item, path), path);
      for (const path of ["/x.timer", "/x.timer.d/a.conf", "/x.service.d/deeper/a.conf", "Untitled-1"])
        assert.equal(isShown(item, path), false, path);
      assert.ok(isShown(item, "Untitled-1", ["unitWarden.isService"]));
    }
  });

  it("for NixOS wait until there is something to copy", () => {
    const items = Object.values(menus).flatMap((all) => all.filter((it) => it.command === "unitWarden.copyNix"));
    assert.equal(items.length, 2);
    for (const item of items) {
      assert.equal(isShown(item, "/x.service"), false);
      assert.ok(isShown(item, "/x.service", ["unitWarden.canCopyNix"]));
    }
  });

  it("wait for keys that the client sets", () => {
    const keys = JSON.stringify(menus).match(/unitWarden\.(?:is|can)\w+/g) ?? [];
    for (const key of new Set(keys)) assert.ok(source.includes(`setKey("${key.slice("unitWarden.".length)}"`), key);
  });
});

describe("manifest: colours", () => {
  it("are those of the badges, for each kind of theme", () => {
    const kinds = ["dark", "light", "highContrast", "highContrastLight"];
    for (const { id, defaults } of contributes.colors) {
      assert.deepEqual(Object.keys(defaults), kinds, id);
      assert.ok(source.includes(`"${id.slice("unitWarden.".length)}"`), id);
    }
    const used = [...source.matchAll(/"(exposure[A-Z]\w+)"/g)].map((it) => `unitWarden.${it[1]}`);
    assert.deepEqual([...new Set(used)].sort(), contributes.colors.map((it) => it.id).sort());
  });
});

describe("manifest: walkthrough", () => {
  const steps = walkthroughs[0]?.steps ?? [];

  it("has four steps, each with something to do and an end", () => {
    assert.deepEqual(
      steps.map((it) => it.id),
      ["open", "read", "harden", "look"],
    );
    for (const { id, description, completionEvents } of steps) {
      assert.match(description, /\]\(command:/, id);
      for (const event of completionEvents) {
        const [, kind, name = ""] = /^(onCommand|onContext):(.+)$/.exec(event) ?? [];
        assert.ok(kind, event);
        if (kind === "onContext" || /unitWarden\.try/.test(name))
          assert.ok(source.includes(name.slice("unitWarden.".length)));
      }
    }
  });

  it("is opened by the client under its own name", () => {
    assert.ok(source.includes(`#${walkthroughs[0]?.id}\``));
  });

  it("has small pictures in the colours of the theme, with text for those who do not see them", () => {
    let size = 0;
    for (const { media } of steps) {
      assert.ok(existsSync(media.svg), media.svg);
      assert.ok(media.altText.length > 20);
      size += statSync(media.svg).size;
      const text = readFileSync(media.svg, "utf8");
      assert.match(text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox=/);
      assert.doesNotMatch(text, /<script|<image|href=/);
      const plain = text.replaceAll(/var\(--vscode-[\w-]+, (?:#[0-9a-f]{6}|[\w-]+)\)/g, "");
      assert.doesNotMatch(plain, /#[0-9a-f]{3}/i, `${media.svg} has a colour that no theme changes`);
    }
    assert.ok(size < 150_000, `${size} bytes`);
  });
});
