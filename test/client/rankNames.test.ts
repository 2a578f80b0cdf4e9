import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { listedNames, rankNames } from "../../client/manual/rankNames.ts";
import { manualRows } from "../../server/src/manual/rows.ts";
import type { ManualIndex, ManualIndexPage } from "../../server/src/server/protocol.ts";
import { HAS_MANPAGES, manualOfVersion } from "../kit/manpages.ts";
import { skip } from "../kit/skip.ts";

/** Names of a page as `page: group: name name`, in the order of the manual. */
function index(...pages: readonly string[]): ManualIndex {
  const listed = pages.map((it): ManualIndexPage => {
    const [page = "", group = "", names = ""] = it.split(": ");
    const rows = names.split(" ").map((name) => ({ name, group, heading: "Sandboxing" }));
    return { page, section: "5", here: true, rows };
  });
  return { version: 262, origin: "bundled", pages: listed };
}

const NAMES = listedNames(
  index(
    "org.freedesktop.systemd1: D-Bus Properties: ProtectSystem User PrivateTmp",
    "systemctl: Command Line Options: --user --protect-system",
    "systemd-system.conf: Program Configuration Options: ProtectSystem=",
    "systemd.network: Network Directives: User= IPForward=",
    "systemd.exec: Unit Directives: SetLoginEnvironment= User= ProtectSystem= PrivateTmp= ProtectKernelTunables= SystemCallFilter=",
    "systemd.exec: Specifiers: %S",
    "systemd.unit: Unit Directives: JoinsNamespaceOf=",
  ),
);

const found = (typed: string): string[] => rankNames(NAMES, typed).map(({ row, page }) => `${row.name} ${page}`);

describe("client: names of the manual by what is typed", () => {
  it("are those of unit files first, then of other configuration, and of D-Bus last", () => {
    assert.deepEqual(found("protectsys"), [
      "ProtectSystem= systemd.exec",
      "ProtectSystem= systemd-system.conf",
      "ProtectSystem org.freedesktop.systemd1",
      "--protect-system systemctl",
    ]);
    assert.deepEqual(found("user"), [
      "User= systemd.exec",
      "User= systemd.network",
      "User org.freedesktop.systemd1",
      "--user systemctl",
    ]);
  });

  it("come in this order however they are written", () => {
    for (const typed of ["User", "user=", "USER", " user "]) assert.equal(found(typed)[0], "User= systemd.exec", typed);
  });

  it("are met exactly, at their beginning, by the beginnings of their words, then anywhere", () => {
    assert.deepEqual(found("pt").slice(0, 2), ["PrivateTmp= systemd.exec", "ProtectKernelTunables= systemd.exec"]);
    assert.equal(found("psys")[0], "ProtectSystem= systemd.exec");
    assert.equal(found("pkt")[0], "ProtectKernelTunables= systemd.exec");
    assert.deepEqual(found("system").slice(0, 2), ["SystemCallFilter= systemd.exec", "ProtectSystem= systemd.exec"]);
    assert.deepEqual(found("amesp"), ["JoinsNamespaceOf= systemd.unit"]);
    assert.equal(found("%s")[0], "%S systemd.exec");
    assert.deepEqual(found("psz"), []);
  });

  it("are also found by their page and the heading above them", () => {
    assert.equal(found("systemd.network").length, 2);
    assert.equal(found("sandboxing").length, NAMES.length);
  });

  it("keep the order of the manual as long as nothing is typed", () => {
    assert.deepEqual(rankNames(NAMES, " "), NAMES);
  });

  it("of systemd lead to the page about unit files (needs ../shared/manpages)", async function () {
    this.timeout(300_000);
    if (!HAS_MANPAGES) skip(this, "there are no manual pages");
    for (const version of [257, 262] as const) {
      const pages = [...manualRows(await manualOfVersion(version))].map(({ page: title, rows }): ManualIndexPage => {
        const [, page = "", section = ""] = /^(.+)\((\w+)\)$/.exec(title) ?? [];
        return { page, section, here: true, rows };
      });
      const names = listedNames({ version, origin: "bundled", pages });
      const first = (typed: string): string => {
        const [best] = rankNames(names, typed);
        return `${best?.row.name} ${best?.page}`;
      };
      assert.equal(first("protectsys"), "ProtectSystem= systemd.exec");
      assert.equal(first("user"), "User= systemd.exec");
      assert.equal(first("restart"), "Restart= systemd.service");
      assert.equal(first("after"), "After= systemd.unit");
      assert.equal(first("memmax"), "MemoryMax= systemd.resource-control");
      assert.equal(first("ipmasq"), "IPMasquerade= systemd.network");
      // A directive of unit files is the first that its whole name finds; each seventh will do.
      const own = names.filter((it) => it.kind === "unit file").filter((_, i) => i % 7 === 0);
      for (const { row } of own) assert.equal(rankNames(names, row.name)[0]?.row.name, row.name);
    }
  });
});
