import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { manualRows } from "../../server/src/manual/rows.ts";
import { HAS_MANPAGES, manualOfVersion } from "../kit/manpages.ts";
import { ownEntry, ownManual, ownPage } from "../kit/manualPages.ts";
import { skip } from "../kit/skip.ts";

const UNIT = ownPage(
  "systemd.unit",
  `.SH "[UNIT] SECTION OPTIONS"\nOf [Unit].\n${ownEntry("\\fIAfter=\\fR, \\fIBefore=\\fR", "Text.", "Added in version 201\\&.")}` +
    `.SH "[INSTALL] SECTION OPTIONS"\nOf [Install].\n${ownEntry("\\fIAlias=\\fR", "Text.")}`,
);
const DIRECTIVES = ownPage(
  "systemd.directives",
  `.SH "UNIT DIRECTIVES"\n${ownEntry("\\fIAfter=\\fR", "\\fBsystemd.unit\\fR(5)")}` +
    `${ownEntry("\\fIBefore=\\fR", "\\fBsystemd.unit\\fR(5)")}${ownEntry("\\fIGone=\\fR", "\\fBsystemd.unit\\fR(5)")}` +
    `.SH "COMMAND LINE OPTIONS"\n${ownEntry("\\fB\\-\\-user\\fR", "\\fBsystemctl\\fR(1), \\fBsystemd.unit\\fR(5)")}`,
  "7",
);
const INDEX = ownPage("systemd.index", '.SH "S"\n.PP\n\\fBsystemctl\\fR(1) \\(em Own\n', "7");

describe("manual: all names by page", () => {
  it("have their headings, ids and versions, directives first", () => {
    const unit = { group: "Unit Directives", heading: "[Unit] Section Options", since: 201, anchor: "After=" };
    assert.deepEqual(
      [...manualRows(ownManual(DIRECTIVES, UNIT))],
      [
        {
          page: "systemd.unit(5)",
          rows: [
            { name: "After=", ...unit },
            { name: "Before=", ...unit },
            { name: "Gone=", group: "Unit Directives" },
            { name: "--user", group: "Command Line Options" },
          ],
        },
        { page: "systemctl(1)", rows: [{ name: "--user", group: "Command Line Options" }] },
      ],
    );
  });

  it("are those of the pages where no index is there", () => {
    const [only, ...others] = manualRows(ownManual(UNIT));
    assert.deepEqual(others, []);
    assert.deepEqual(
      only?.rows.map(({ name, group }) => [name, group]),
      [
        ["After=", "[Unit] Section Options"],
        ["Alias=", "[Install] Section Options"],
        ["Before=", "[Unit] Section Options"],
      ],
    );
    assert.deepEqual([...manualRows(ownManual())], []);
  });

  it("of systemd have an entry each, if they are directives of unit files (needs ../shared/manpages)", async function () {
    if (!HAS_MANPAGES) skip(this, "there are no manual pages");
    for (const version of [257, 262] as const) {
      const pages = [...manualRows(await manualOfVersion(version))];
      assert.equal(pages[0]?.page, "systemd.unit(5)");
      const rows = pages.flatMap((it) => it.rows).filter((it) => it.group === "Unit Directives");
      assert.ok(rows.length >= (version === 257 ? 457 : 502));
      assert.deepEqual(
        rows.filter((it) => it.anchor === undefined),
        [],
      );
    }
  });
});

describe("manual: pages of systemd", () => {
  it("are those that are there, and those of its index", () => {
    const manual = ownManual(UNIT, INDEX);
    assert.deepEqual(
      [manual.has("systemd.unit"), manual.has("systemd.unit", "5"), manual.has("systemctl", "1")],
      [...[true, true, false]],
    );
    assert.deepEqual(
      [manual.isOurs("systemd.unit", "5"), manual.isOurs("systemctl", "1"), manual.isOurs("mount", "8")],
      [true, true, false],
    );
  });
});
