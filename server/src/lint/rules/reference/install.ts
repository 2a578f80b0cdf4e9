import { loadUnit } from "../../../units/index/load.ts";
import type { Rule } from "../../rule.ts";
import { namedIn, ownerOf, ownTree, seesAll } from "./named.ts";

const INSTALLED = "[Service]\nExecStart=/usr/bin/a\n[Install]\nWantedBy=multi-user.target\n";

/** Seen with 257: `systemctl enable` puts the link over the other unit, and then refuses to enable that one. */
export const aliasTaken: Rule = {
  code: "reference/alias-taken",
  title: "Alias that is the name of another unit",
  why: "Enabling the unit makes a link of the name that Alias= gives, and this link is found before the file of the other unit: that one is never read again, and enabling it fails. On an installed system that may be how one program takes the place of another, so nothing is said there.",
  page: "systemd.unit(5)",
  bad: {
    text: "[Service]\nExecStart=/usr/bin/x\n[Install]\nWantedBy=multi-user.target\nAlias=web.service\n",
    beside: { "web.service": INSTALLED },
  },
  good: {
    text: "[Service]\nExecStart=/usr/bin/x\n[Install]\nWantedBy=multi-user.target\nAlias=www.service\n",
    beside: { "web.service": INSTALLED },
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/x\n[Install]\nAlias=display-manager.service\n" },
    {
      path: "usr/lib/systemd/system/x.service",
      text: "[Service]\nExecStart=/usr/bin/x\n[Install]\nAlias=web.service\n",
      beside: {
        "usr/lib/systemd/system/web.service": INSTALLED,
        "usr/lib/systemd/system/basic.target": "[Unit]\n",
        "usr/lib/systemd/system/shutdown.target": "[Unit]\n",
      },
    },
  ],
  *check(unit, around) {
    const owner = around && ownerOf(around);
    const tree = around && ownTree(around);
    if (!around || owner === undefined || !tree || unit.path.role !== "unit" || seesAll(around)) return;
    for (const { start, end, name } of namedIn(unit, owner, "Install", "Alias")) {
      const { fragment } = loadUnit(tree, name);
      if (!fragment || fragment.masks || fragment.place.role.name !== name || name === owner) continue;
      const message = `Alias= takes the name ${name} away from the unit file beside this one: once this unit is enabled, systemd reads that file no more`;
      yield { start, end, severity: "warning", message, directive: "Alias" };
    }
  },
};

/** Seen with 257: `systemctl enable` says nothing and does nothing for the other unit. */
export const alsoStatic: Rule = {
  code: "reference/also-static",
  title: "Also= with a unit that cannot be enabled",
  why: "Also= enables and disables other units together with this one. A unit without an [Install] section has nothing that enabling it could do, so that the line has no effect.",
  page: "systemd.unit(5)",
  bad: { text: `${INSTALLED}Also=b.service\n`, beside: { "b.service": "[Service]\nExecStart=/usr/bin/b\n" } },
  good: { text: `${INSTALLED}Also=b.service\n`, beside: { "b.service": INSTALLED } },
  silent: [{ text: `${INSTALLED}Also=b.service\n` }],
  *check(unit, around) {
    const owner = around && ownerOf(around);
    const tree = around && ownTree(around);
    if (!around || owner === undefined || !tree) return;
    for (const { start, end, name } of namedIn(unit, owner, "Install", "Also")) {
      const { fragment, masked, dropIns, id } = loadUnit(tree, name);
      if (!fragment || masked || id === owner) continue;
      const files = [fragment, ...dropIns].map((it) => around.index.files.get(it.path));
      if (files.some((it) => !it || it.sections.includes("Install"))) continue;
      const message = `Also= names ${name}, which has no [Install] section: there is nothing to enable, and the name has no effect`;
      yield { start, end, severity: "info", message, directive: "Also", tag: "unnecessary" };
    }
  },
};
