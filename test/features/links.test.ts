import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { documentLinks } from "../../server/src/features/links.ts";
import { openManualUri } from "../../server/src/features/manual.ts";
import { NO_WORLD, type World } from "../../server/src/features/world.ts";
import { ownManual, ownPage, worldWith } from "../kit/manualPages.ts";
import { open } from "../kit/view.ts";

const WORLD = worldWith(ownManual(ownPage("systemd.exec", "Text")), false);

/** The words that are links, with where they lead. */
function links(value: string, views = true, world: World = NO_WORLD): (readonly [string, string | undefined])[] {
  const { view, text } = open(`#- x.service\n[Unit]\nDocumentation=${value}\n[Service]\nDocumentation=man:a(1)\n`);
  return documentLinks(view, views, world).map(({ range, target }) => [
    text.slice(view.lines.offsetAt(range.start), view.lines.offsetAt(range.end)),
    target,
  ]);
}

describe("features: links in Documentation=", () => {
  it("lead to web pages, files and the manual view", () => {
    assert.deepEqual(links("man:own.tool(8) https://example.org/a%20b file:///usr/share/doc/x"), [
      ["man:own.tool(8)", openManualUri({ page: "own.tool", section: "8" })],
      ["https://example.org/a%20b", "https://example.org/a%20b"],
      ["file:///usr/share/doc/x", "file:///usr/share/doc/x"],
    ]);
  });

  it("lead to no other machine by file:, and nowhere by a scheme that systemd does not know", () => {
    assert.deepEqual(
      links("file://server/share/x command:workbench.action.quit file:////server/x javascript:a info:x"),
      [],
    );
  });

  it("keep their places across continued lines", () => {
    assert.deepEqual(
      links("http://a.example \\\n  man:b(1)").map(([word]) => word),
      ["http://a.example", "man:b(1)"],
    );
  });

  it("lead to the web for systemd's pages where the client has no view, and nowhere for others", () => {
    assert.deepEqual(links("man:systemd.exec(5) man:mount(8)", false, WORLD), [
      ["man:systemd.exec(5)", "https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html"],
    ]);
    assert.deepEqual(links("man:systemd.exec(5)", false), []);
  });

  it("are nothing else, and nothing with specifiers in it", () => {
    const words = ["info:x", "man:x", "man:x()", "man:$(x)(1)", "https://", "https://[", "command:x", "javascript:x"];
    assert.deepEqual(links([...words, "man:%p(8)", "https://e.example/%i", "example.org"].join(" ")), []);
  });
});

describe("features: links to files", () => {
  const world: World = {
    ...NO_WORLD,
    entries: (folder) =>
      folder === "/etc/" || folder === "/dev/" || folder === "/etc/my app/"
        ? [
            { name: "hosts", folder: false },
            { name: "a#b", folder: false },
            { name: "ssh", folder: true },
          ]
        : [],
  };
  const found = (lines: string, seen = world): (readonly [string, string | undefined])[] => {
    const { view, text } = open(`#- x.service\n[Service]\n${lines}\n`);
    return documentLinks(view, true, seen).map(({ range, target }) => [
      text.slice(view.lines.offsetAt(range.start), view.lines.offsetAt(range.end)),
      target,
    ]);
  };

  it("are where they are on this machine", () => {
    const hosts = ["/etc/hosts", "file:///etc/hosts"] as const;
    assert.deepEqual(found("EnvironmentFile=-/etc/hosts\nBindPaths=/etc/hosts:/x /etc/a#b"), [
      hosts,
      hosts,
      ["/etc/a#b", "file:///etc/a%23b"],
    ]);
    assert.deepEqual(found('ExecStart=@+/etc/hosts \\\n  --to=/etc/hosts "/etc/hosts"'), [hosts, hosts, hosts]);
  });

  it("are nothing that is not there, is no file, holds a specifier or is a device", () => {
    assert.deepEqual(
      found("ExecStart=/etc/none /etc/ssh /etc/%p /dev/hosts /etc/../etc/hosts x/etc/hosts //etc/hosts"),
      [],
    );
    assert.deepEqual(found("ListenStream=/etc/hosts\nDocumentation=/etc/hosts"), []);
    assert.deepEqual(found("EnvironmentFile=/etc/hosts", NO_WORLD), []);
  });

  it("ask for each folder once, and not for any number of them", () => {
    const asked: string[] = [];
    const entries = (folder: string): [] => {
      asked.push(folder);
      return [];
    };
    const seen = { ...world, entries };
    found(`ExecStart=/x ${Array.from({ length: 500 }, (_, i) => `/f${i}/a /f${i}/b`).join(" ")}`, seen);
    assert.equal(asked.length, 200);
    assert.equal(new Set(asked).size, 200);
  });
});

describe("features: the command that opens a page", () => {
  it("survives Markdown and an editor's decoding", () => {
    const place = { page: "systemd.exec", section: "5", anchor: "IPAddressAllow=ADDRESS[/PREFIX] (it's)…" };
    const uri = openManualUri(place);
    assert.match(uri, /^command:unitWarden\.openManual\?[\w.~!*%-]+$/);
    assert.deepEqual(JSON.parse(decodeURIComponent(new URL(uri).search.slice(1))), [place]);
  });
});
