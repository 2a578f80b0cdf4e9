import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { matchesName } from "../../server/src/program/daemons/glob.ts";
import { expectLinear } from "../kit/growth.ts";
import { daemonFacts } from "./daemonFacts.ts";

const NGINX = "/etc/nginx/nginx.conf";
const nginx = (text: string, others: Readonly<Record<string, string>> = {}): readonly string[] =>
  daemonFacts("/usr/sbin/nginx", { [NGINX]: text, ...others });

describe("hostile configuration of daemons", () => {
  it("ends where files include each other, or more and more", () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`/etc/nginx/${i}.conf`, `pid /run/${i}.pid; include ${i + 1}.conf;`]),
    );
    const found = nginx("include nginx.conf; include ./nginx.conf; include *.conf; include 0.conf;\n", chain);
    assert.equal(found.length, 40);
    assert.ok(nginx("include 0.conf;", chain).length < 25);
    assert.deepEqual(nginx("pid /run/a.pid; include /etc/nginx/[;\ninclude /etc/*/*/*/*/*;"), [
      "pid /run/a.pid @nginx.conf:1",
    ]);
  });

  it("is not read where it is no text, or larger than any that people write", () => {
    assert.deepEqual(nginx("pid /run/a.pid;\0"), []);
    assert.deepEqual(nginx(`pid /run/a.pid;${" ".repeat(1_100_000)}`), []);
  });

  it("says no more than any daemon is configured with", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `root /srv/${i};`).join("\n");
    assert.equal(nginx(many).length, 3000);
  });

  it("costs what its length says, however it is written", () => {
    const texts: readonly ((size: number) => string)[] = [
      (size) => "a".repeat(size),
      (size) => "{".repeat(size),
      (size) => "server {\n".repeat(size),
      (size) => `listen ${"'".repeat(size)}`,
      (size) => "root \\\n".repeat(size),
      (size) => `root ${"/".repeat(size)};`,
      (size) => "/*".repeat(size),
      (size) => "[a]\nlisten = /x\n".repeat(size),
      (size) => `include ${"*a".repeat(size)};`,
    ];
    for (const make of texts)
      for (const command of [
        "/usr/sbin/nginx",
        "/usr/sbin/dovecot",
        "/usr/sbin/apache2",
        "/usr/sbin/squid",
        "/usr/sbin/php-fpm",
      ])
        expectLinear(
          1000,
          (size) => Object.fromEntries(PLACES.map((it) => [it, make(size)])),
          (files) => daemonFacts(command, files),
        );
  });

  it("names files by patterns in time that does not grow with their stars", () => {
    assert.ok(!matchesName(`${"*a".repeat(50)}b`, "a".repeat(250)));
    assert.ok(matchesName("[0-9]?-*.c[!a]nf", "10-x.conf"));
    assert.ok(!matchesName("*.conf", ".x.conf"));
  });
});

const PLACES = [
  NGINX,
  "/etc/dovecot/dovecot.conf",
  "/etc/apache2/apache2.conf",
  "/etc/squid/squid.conf",
  "/etc/php-fpm.conf",
];
