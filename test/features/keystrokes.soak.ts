import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitDocument } from "../../server/src/families/document.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { codeLenses } from "../../server/src/features/codeLens.ts";
import { diagnosticsOf } from "../../server/src/features/diagnostics.ts";
import { summarize } from "../../server/src/features/hardeningSummary.ts";
import { type View, viewOf } from "../../server/src/features/view.ts";
import type { Profile } from "../../server/src/hardening/profiles.ts";
import { check } from "../../server/src/rules/check.ts";
import { random } from "../kit/random.ts";
import { randomUnit } from "../security/randomUnit.ts";

const ROUNDS = 6;
const KEYS_EACH = 12;
/** Comments enough that a unit counts as a large one, which is read group by group. */
const PADDING = "# padding\n".repeat(201);

const LINES = [
  "ExecStartPre=/bin/mkdir -p /run/app",
  "ExecStartPre=/usr/bin/install -d -m 0750 /run/app/1",
  "ExecStartPre=/bin/mount /srv/data",
  "ExecStartPre=/bin/chown app /var/lib/app",
  "ExecStart=/usr/sbin/nginx -c /var/lib/app/x.conf",
  "ExecStop=/bin/sh -c 'echo x >/var/lib/app/x.log'",
  "ExecReload=/bin/kill -HUP $MAINPID",
  "Environment=PASSWORD=hunter2 DATA_DIR=/var/lib/app",
  "Environment=JAVA_OPTS=-Xmx1g",
  "ReadWritePaths=/var/lib/app /home/app",
  "ReadOnlyPaths=/",
  "User=app",
  "DynamicUser=yes",
  "StateDirectory=app",
  "ProtectSystem=strict",
  "PrivateTmp=yes",
  "SystemCallFilter=~@mount",
  "WorkingDirectory=/opt/app",
  "# unit-warden: ignore hardening/private-tmp",
  "nothing",
];

const TYPED = ["x", "/", " ", "=", "-", "+", "%i", "1", "s", "\n", "#", "\\"];

const view = (at: string, text: string, dropIns: readonly string[], previous?: View): View => {
  const path = unitPath(at);
  assert.ok(path);
  return viewOf(unitDocument(path, text), 257, { dropIns }, previous);
};

/** What an editor shows of a view. */
function shown(it: View, profile: Profile): object {
  const { reported, folded, open, likely } = summarize(it.unit, check(it.unit, { profile, beyond: true }));
  const fixes = [...reported, ...folded, ...open].map((found) => found.fixes.map((fix) => [fix.title, fix.edits()]));
  return {
    lenses: codeLenses(it, "file:///x", profile, true),
    diagnostics: diagnosticsOf(it, reported),
    open: open.map(({ code, start, message }) => ({ code, start, message })),
    likely: likely?.edits(),
    fixes,
  };
}

describe("keystrokes in a large unit", () => {
  for (const profile of ["basic", "isolated"] as const) {
    it(`show what a fresh reading shows, with the profile ${profile}`, () => {
      for (let seed = 1; seed <= ROUNDS; seed++) {
        const chance = random(seed);
        const { name, scope, files } = randomUnit(chance);
        const [own = "", ...dropIns] = Object.values(files);
        const more = Array.from({ length: 10 }, () => chance.pick(LINES)).join("\n");
        let text = `${PADDING}[Service]\n${more}\n${own}`;
        const at = `/etc/systemd/${scope}/${name}`;
        const others = chance.chance(0.2) ? dropIns : [];
        let now = view(at, text, others);
        shown(now, profile);
        let cursor = PADDING.length;
        for (let i = 0; i < KEYS_EACH; i++) {
          if (i % 4 === 0) cursor = PADDING.length + chance.below(text.length - PADDING.length);
          const typed = chance.pick(TYPED);
          const taken = chance.chance(0.4) ? 1 : 0;
          text = text.slice(0, cursor) + (taken ? "" : typed) + text.slice(cursor + taken);
          now = view(at, text, others, now);
          assert.deepEqual(shown(now, profile), shown(view(at, text, others), profile), `seed ${seed}, key ${i}`);
        }
      }
    });
  }
});
