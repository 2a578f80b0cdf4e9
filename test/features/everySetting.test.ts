import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { MarkupContent } from "vscode-languageserver-types";
import type { Directive } from "../../server/src/catalog/catalog.ts";
import { CONFIG_KINDS } from "../../server/src/facts/configKinds.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { recognize } from "../../server/src/families/families.ts";
import { complete } from "../../server/src/features/completion.ts";
import { hover } from "../../server/src/features/hover.ts";
import { viewOf } from "../../server/src/features/view.ts";
import { SOME_WORLD } from "../kit/world.ts";

/** A file of each kind that has settings. */
const PATHS = [
  ...["service", "socket", "mount", "automount", "swap", "target", "path", "timer", "slice", "scope"].map(
    (it) => `/etc/systemd/system/srv-a.${it}`,
  ),
  ...["container", "pod", "volume", "network", "kube", "image", "build", "artifact"].map(
    (it) => `/etc/containers/systemd/a.${it}`,
  ),
  ...["network", "netdev", "link"].map((it) => `/etc/systemd/network/10-a.${it}`),
  ...["journald", "logind", "resolved", "timesyncd", "networkd", "sleep", "coredump", "oomd", "homed", "pstore"].map(
    (it) => `/etc/systemd/${it}.conf`,
  ),
  ...["system.conf", "user.conf", "iocost.conf", "journal-remote.conf", "journal-upload.conf"].map(
    (it) => `/etc/systemd/${it}`,
  ),
  "/etc/systemd/nspawn/a.nspawn",
  "/etc/systemd/dnssd/a.dnssd",
  "/etc/systemd/dns-delegate.d/a.dns-delegate",
  "/usr/lib/systemd/oomd/rules.d/a.oomrule",
  "/usr/lib/repart.d/10-a.conf",
  "/usr/lib/sysupdate.d/a.transfer",
  "/usr/lib/sysupdate.d/a.feature",
  "/usr/lib/sysupdate.a.d/a.component",
];

const contentOf = (path: string) => recognize(path)?.family.content ?? assert.fail(path);

/** Whether nobody shall begin with it: an old name, one that systemd ignores, or one that its manual does not have. */
const isLeftOut = ({ successor, undocumented, until, since = 0, podman }: Directive): boolean =>
  [successor, undocumented, until, podman?.replacedBy].some((it) => it !== undefined) ||
  (!podman && since > NEWEST_VERSION);

describe("every setting of every kind of file", () => {
  it("is asked of a file of each kind of configuration, which the page of configuration files names", () => {
    const kinds = new Set(PATHS.map((it) => recognize(it)?.kind));
    assert.deepEqual(
      CONFIG_KINDS.filter((it) => !kinds.has(it)),
      [],
    );
    const page = readFileSync("docs/configuration-files.md", "utf8");
    assert.deepEqual(
      CONFIG_KINDS.filter((it) => !page.includes(it)),
      [],
    );
  });

  for (const path of PATHS)
    it(`is offered and explained: ${path}`, () => {
      const unit = recognize(path)?.unit ?? assert.fail(path);
      const content = contentOf(path);
      let settings = 0;
      for (const section of content.sectionsOf(unit)) {
        const wanted = content.directivesIn(section, NEWEST_VERSION);
        const header = `[${section}]\n`;
        const offered = complete(viewOf(unitDocument(unit, header), NEWEST_VERSION), header.length, {}).items;
        const names = new Set(offered.map((it) => it.label.replace(/=$/, "")));
        for (const row of wanted) {
          const { name, summary } = row;
          const text = `${header}${name}=\n`;
          const answer = hover(viewOf(unitDocument(unit, text), NEWEST_VERSION), header.length + 1, false, SOME_WORLD);
          const said = answer && MarkupContent.is(answer.contents) ? answer.contents.value : "";
          assert.ok(summary !== "" && said.length > summary.length / 2, `[${section}] ${name}=: ${said}`);
          assert.ok(names.has(name) || isLeftOut(row), `[${section}] ${name}= is not offered`);
          settings++;
        }
      }
      assert.ok(settings > 0);
    });
});
