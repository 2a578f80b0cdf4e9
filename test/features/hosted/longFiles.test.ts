import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { hostedActions } from "../../../server/src/features/hosted/hostedActions.ts";
import { hostedViewOf } from "../../../server/src/features/hosted/hostedView.ts";
import { HARDEN_KIND } from "../../../server/src/features/offered.ts";
import { hostLanguage } from "../../../server/src/hosts/hosts.ts";

const YAML = hostLanguage("tasks.yml") ?? assert.fail();
const service = (i: number): string =>
  `- copy:\n    dest: /etc/systemd/system/a${i}.service\n    content: |\n      [Service]\n      ExecStart=/usr/bin/a${i}\n`;
const tasks = (characters: number): string =>
  `${service(0)}${service(1)}${`- debug:\n    msg: a\n`.repeat(characters / 21)}`;

/** The actions that harden the first service, and how much was read for them. */
function hardening(text: string): Readonly<Record<"actions" | "profiles" | "readings", number>> {
  let readings = 0;
  const units = (it: string) => {
    readings++;
    return YAML.units(it);
  };
  const wishes = { profile: "basic", rules: {}, each: false } as const;
  const view = hostedViewOf({ ...YAML, units }, text, NEWEST_VERSION, wishes);
  void view.found;
  readings = 0;
  const place = text.indexOf("[Service]");
  const made = hostedActions(view, "file:///u/tasks.yml", { start: place, end: place }, {});
  return { actions: made.length, profiles: made.filter(({ kind }) => kind === HARDEN_KIND).length, readings };
}

describe("actions in a long file of another language", () => {
  it("are proven with fewer readings than in a short one, profiles first", () => {
    const [short, long] = [hardening(tasks(0)), hardening(tasks(1_000_000))];
    assert.ok(long.readings < short.readings, `${short.readings} and ${long.readings} readings`);
    assert.ok(long.profiles > 0 && long.actions < short.actions, `${long.actions} of ${short.actions} actions`);
  }).timeout(300_000);
});
