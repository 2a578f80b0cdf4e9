import assert from "node:assert/strict";
import { configuredNames } from "../../server/src/learn/configured.ts";
import { mergeNeeds } from "../../server/src/learn/merge.ts";
import type { ConfiguredNeed } from "../../server/src/learn/needs.ts";
import { needsFromJson, needsToJson } from "../../server/src/learn/needsJson.ts";
import { learntLines, needsOf, serviceOf } from "./kit.ts";

const names = (text: string) => configuredNames(text).map((it) => `${it.use} ${it.name}`);

describe("accounts that configuration names", () => {
  for (const [form, text, expected] of [
    [
      "words",
      "global\n\tuser haproxy\n\tgroup haproxy\n\tchroot /var/lib/haproxy\n",
      ["user haproxy", "group haproxy", "chroot /var/lib/haproxy"],
    ],
    ["attributes of a socket", "bind /run/x.sock user www mode 660 group adm", ["owner www", "mode 660", "owner adm"]],
    [
      "keys",
      "uid = nobody\nuse chroot = yes\nchroot_local_user=NO\nsecure_chroot_dir=/run/empty",
      ["user nobody", "chroot yes", "chroot /run/empty"],
    ],
    [
      "keys of others",
      "listen.owner = www\nlisten.group = www\nunix_sock_group: 'libvirt'\nlog-user x",
      ["owner www", "owner libvirt", "owner x"],
    ],
    ["JSON", '{"user": "x",\n "name": "y"}', ["user x"]],
    ["XML", "<user>x</user>", ["user x"]],
    ["directives", "User $APACHE_USER\nuser www-data;\nworker_processes 2;", ["user $APACHE_USER", "user www-data"]],
    ["numbers", "uid 33\nmax_per_user 10\nuser root\ngid 0", ["user 33"]],
    ["comments", "# user x\n;user x\n  // user x\n", []],
    ["data", `user ${"x".repeat(600)}`, []],
  ] as const)
    it(`are read from ${form}`, () => assert.deepEqual(names(text), expected));

  it("keep their capabilities and calls, for a service that starts as root", () => {
    const file = "/etc/food.cfg";
    const configured: readonly ConfiguredNeed[] = [
      { use: "user", name: "food", file },
      { use: "owner", name: "food", file },
      { use: "chroot", name: "/var/lib/food", file },
    ];
    const { lines } = learntLines(needsOf({ configured }), serviceOf());
    assert.ok(lines.includes("CapabilityBoundingSet=CAP_CHOWN CAP_SETGID CAP_SETUID CAP_SYS_CHROOT"), lines.join("\n"));
    assert.ok(lines.includes("SystemCallFilter=@chown @setuid chroot"), lines.join("\n"));
    const mode: ConfiguredNeed = { use: "mode", name: "660", file };
    const sets = (...some: readonly ConfiguredNeed[]) => learntLines(needsOf({ configured: some }), serviceOf()).lines;
    assert.ok(sets(mode).includes("CapabilityBoundingSet="));
    assert.ok(
      sets({ ...mode, use: "owner", name: "food" }, mode).includes("CapabilityBoundingSet=CAP_CHOWN CAP_FOWNER"),
    );
    const ofUser = learntLines(needsOf({ configured }), serviceOf(["User=food", "ExecStart=/usr/bin/food"])).lines;
    assert.ok(ofUser.includes("CapabilityBoundingSet="), ofUser.join("\n"));
  });

  it("last in a file, and through a merge", () => {
    const [a, b] = ["a", "b"].map((file) => needsOf({ configured: [{ use: "user", name: "food", file }] }));
    assert.ok(a && b);
    const merged = mergeNeeds(a, mergeNeeds(b, a));
    assert.deepEqual(
      merged.configured?.map((it) => it.file),
      ["a", "b"],
    );
    const read = needsFromJson(needsToJson(merged));
    assert.deepEqual("needs" in read && read.needs.configured, merged.configured);
    assert.equal(mergeNeeds(needsOf(), needsOf()).configured, undefined);
    assert.match(
      JSON.stringify(needsFromJson(needsToJson(merged).replaceAll('"user"', '"thief"'))),
      /configured\[0\]\[0\] is none of user, group, owner, mode, chroot/,
    );
  });
});
