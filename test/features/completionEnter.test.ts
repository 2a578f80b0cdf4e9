import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CompletionItem } from "vscode-languageserver-types";
import { type Directive, directivesIn, grammarIn } from "../../server/src/catalog/catalog.ts";
import type { SectionName } from "../../server/src/catalog/sections.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { complete } from "../../server/src/features/completion.ts";
import { type View, viewOf } from "../../server/src/features/view.ts";
import type { World } from "../../server/src/features/world.ts";
import { whereOf } from "../../server/src/units/where.ts";
import { issuesOf } from "../../server/src/values/read.ts";
import { SOME_WORLD } from "../kit/world.ts";

/** What is typed into a file, after what stands there. */
interface Typing {
  readonly path: string;
  readonly before: string;
  readonly line: string;
}

const viewAt = ({ path, before }: Typing, typed: string): View => {
  const known = checkedPath(path) ?? assert.fail(path);
  return viewOf(unitDocument(known, `${before}${typed}`), 257);
};

/** A list as it came, with the column at which each of its entries begins. */
interface List {
  readonly items: readonly CompletionItem[];
  readonly isIncomplete: boolean;
}

/** A world whose root has folders that are usual ones, too. */
const WORLD: World = {
  ...SOME_WORLD,
  entries: (folder) =>
    folder === "/" ? ["etc", "srv", "sys"].map((name) => ({ name, folder: true })) : SOME_WORLD.entries(folder),
};

function ask(typing: Typing, typed: string): List {
  const trigger = /[^\p{L}\p{N}_-]$/u.exec(typed)?.[0];
  return complete(viewAt(typing, typed), typing.before.length + typed.length, { world: WORLD, trigger });
}

/** How close letters are to a word, as editors rank them: equal, a beginning, in their order from the start of a part on. */
function closeness(word: string, letters: string): number {
  const [lower, typed] = [word.toLowerCase(), letters.toLowerCase()];
  if (word === letters) return 4;
  if (lower === typed) return 3;
  if (lower.startsWith(typed)) return 2;
  const parts = [...word.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].filter(({ index }) => lower[index] === typed[0]);
  return parts.some(
    ({ index }) => [...typed].reduce((at, it) => (at < 0 ? at : lower.indexOf(it, at) + 1 || -1), index) > 0,
  )
    ? 1
    : 0;
}

function shownOf({ items }: List, typed: string): { item: CompletionItem; letters: string }[] {
  return items
    .map((item) => {
      assert.ok(item.textEdit && "range" in item.textEdit);
      const letters = typed.slice(item.textEdit.range.start.character);
      return { item, letters, fits: closeness(item.filterText ?? item.label, letters) };
    })
    .filter(({ fits }) => fits > 0)
    .sort((a, b) => b.fits - a.fits || ((a.item.sortText ?? "") < (b.item.sortText ?? "") ? -1 : 1));
}

/**
 * The line after Enter in an editor that keeps a list while something of it fits, asks again where it has none or, if it does
 * that, where the list is incomplete, and gets its answers some keys late. Enter takes the first entry, unless that changes nothing.
 */
function afterEnter(typing: Typing, late: number, asksAgain = false): string {
  const { line } = typing;
  const answers: { due: number; list: List }[] = [];
  let open: List | undefined;
  for (let length = line.indexOf("=") + 1; length <= line.length; length++) {
    const typed = line.slice(0, length);
    if (open && shownOf(open, typed).length === 0) open = undefined;
    if (!open || (asksAgain && open.isIncomplete)) answers.push({ due: length + late, list: ask(typing, typed) });
    while (answers[0] && answers[0].due <= length) open = answers.shift()?.list;
    if (open && shownOf(open, typed).length === 0) open = undefined;
  }
  const [first] = open ? shownOf(open, line) : [];
  if (!first?.item.textEdit) return line;
  const { newText } = first.item.textEdit;
  if (newText === first.letters && !first.item.additionalTextEdits) return line;
  return `${line.slice(0, line.length - first.letters.length)}${newText}, taken`;
}

/** Whether systemd takes a value, and its last sign opens no list of what may follow. */
const isWhole = (known: Directive, value: string): boolean =>
  !/[/:=|]$/.test(value) && issuesOf(grammarIn(known, 257), value, whereOf(viewAt(ANY, "").unit)).length === 0;

const ANY: Typing = { path: "/etc/systemd/system/a.service", before: "", line: "" };

const LATE = [0, 1, 3] as const;

function staysWhole(path: string, header: string, line: string): void {
  const typing = { path, before: `[${header}]\n`, line };
  for (const late of LATE) {
    for (const asksAgain of [true, false])
      assert.equal(
        afterEnter(typing, late, asksAgain),
        line,
        `in ${path}, ${late} keys late, asks again: ${asksAgain}`,
      );
  }
}

describe("completion: Enter after a whole line", () => {
  const LINES: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "/etc/systemd/system/shop.service",
      "Unit",
      [
        "Description=A service",
        "After=network-online.target",
        "Wants=online.service",
        "Documentation=https://example.com/",
      ],
    ],
    [
      "/etc/systemd/system/shop.service",
      "Service",
      [
        "Type=simple",
        "Type=notify",
        "Restart=no",
        "Restart=on-failure",
        "RestartSec=5",
        "RestartSec=30s",
        "RestartSec=15m",
        "RestartSec=15min",
        "RestartSec=1h 5m",
        "User=net",
        "Group=1000",
        "WorkingDirectory=/srv",
        "WorkingDirectory=/var/lib/app",
        "EnvironmentFile=/etc/sh",
        "ExecStart=/opt/pp",
        "ExecStart=/opt/run",
        "ExecStart=/usr/bin/node server.js",
        "MemoryMax=512M",
        "CPUQuota=50%",
        "SystemCallFilter=mount",
        "SystemCallFilter=@system-service",
        "CapabilityBoundingSet=CAP_CHOWN",
        "KillSignal=SIGINT",
        "UMask=0027",
        "Environment=PORT=8080",
      ],
    ],
    [
      "/etc/systemd/system/shop.service.d/a.conf",
      "Service",
      ["ExecStart=", "Environment=", "SystemCallFilter=", "Type=notify"],
    ],
    [
      "/etc/systemd/system/shop.timer",
      "Timer",
      ["OnCalendar=daily", "OnCalendar=Mon", "OnCalendar=*-*-* 03:00:00", "OnBootSec=15min", "Unit=up.service"],
    ],
    ["/etc/systemd/network/lan.network", "Network", ["DHCP=yes", "DHCP=ipv4", "DNS=1.1.1.1", "IPv6AcceptRA=no"]],
    [
      "/etc/containers/systemd/web.container",
      "Container",
      ["Image=docker.io/library/nginx:latest", "Network=host", "AutoUpdate=registry", "Volume=data.volume:/data:Z"],
    ],
    ["/etc/systemd/system/shop.service", "Install", ["WantedBy=multi-user.target"]],
  ];
  for (const [path, header, lines] of LINES)
    for (const line of lines) it(`keeps ${line} of ${path.replace(/^.*\//, "")}`, () => staysWhole(path, header, line));

  const SECTIONS: readonly (readonly [string, SectionName])[] = [
    ["/etc/systemd/system/shop.service", "Unit"],
    ["/etc/systemd/system/shop.service", "Service"],
    ["/etc/systemd/system/shop.timer", "Timer"],
  ];
  for (const [path, section] of SECTIONS)
    it(`keeps whatever it offers itself in [${section}], typed by hand`, () => {
      const lost = directivesIn(section, 257).flatMap((known) => {
        const { name } = known;
        const before = `[${section}]\n`;
        const { items } = ask({ path, before, line: "" }, `${name}=`);
        const values = items
          .map(({ label, textEdit }) => textEdit?.newText ?? label)
          .filter((it) => isWhole(known, it));
        return values.slice(0, 12).flatMap((value) => {
          const line = `${name}=${value}`;
          const after = afterEnter({ path, before, line }, 0);
          return after === line ? [] : [after];
        });
      });
      assert.deepEqual(lost, []);
    });

  it("takes an entry that is begun", () => {
    const begun = (line: string) =>
      afterEnter({ path: "/etc/systemd/system/shop.service", before: "[Service]\n", line }, 0);
    assert.equal(begun("Restart=on-f"), "Restart=on-failure, taken");
    assert.equal(begun("Restart=fail"), "Restart=on-failure, taken");
    assert.equal(begun("RestartSec=15mi"), "RestartSec=15min, taken");
  });

  it("offers nothing after a whole header", () => {
    const text = "[Service]";
    const { items } = complete(
      viewAt({ path: "/etc/systemd/system/a.service", before: "", line: "" }, text),
      text.length,
    );
    assert.deepEqual(items, []);
  });

  it("leaves what is longer in the list of a word that is whole, after that word", () => {
    const { items } = ask({ path: "/etc/systemd/system/a.service", before: "[Service]\n", line: "" }, "Type=notify");
    assert.deepEqual(
      items.map((it) => it.label),
      ["notify", "notify-reload"],
    );
  });

  it("offers nothing once a folder is typed that is a usual one, too, not even the same", () => {
    const list = ask({ ...ANY, before: "[Service]\n" }, "WorkingDirectory=/");
    assert.deepEqual(
      shownOf(list, "WorkingDirectory=/s").map(({ item }) => item.label),
      ["/srv/", "sys"],
    );
    assert.deepEqual(shownOf(list, "WorkingDirectory=/srv"), []);
  });
});
