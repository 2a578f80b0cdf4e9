import assert from "node:assert/strict";
import { describe, it } from "mocha";
import TABLE from "../../data/written-paths.json" with { type: "json" };
import { isWritingOption } from "../../server/src/service/writtenOptions.ts";
import { writesOf } from "../../server/src/service/writtenPaths.ts";
import { unitOf } from "../hardening/kit.ts";
import { findingsOf } from "../kit/fixture.ts";

/** The paths that a command is seen to write. */
const written = (command: string): readonly string[] =>
  writesOf(unitOf(`[Service]\nExecStart=${command}\n`)).map(({ path }) => path);

const app = (words: string): readonly string[] => written(`/opt/app/bin/app ${words}`);

describe("options that name what is written", () => {
  it("say so by their names wherever the path lies", () => {
    for (const words of [
      "--data-dir=/srv/app/data",
      "--upload-dir /srv/app/in",
      "-uploads /srv/app/in",
      "--download-path /srv/app/in",
      "--output-dir /srv/app/out",
      "--logs /srv/app/log",
      "--log.file.path=/srv/app/log/x",
    ])
      assert.equal(app(words).length, 1, words);
  });

  it("are believed of places for data where data that is only read has the same name", () => {
    for (const option of ["--data", "--cache", "--db", "--storage", "--database-path", "--state-path", "--persist"]) {
      assert.deepEqual(app(`${option} /var/lib/app/x`), ["/var/lib/app/x"], option);
      assert.deepEqual(app(`${option} /srv/app/x`), [], option);
    }
  });

  it("are no others, nor words without an option", () => {
    for (const words of [
      "--config /var/lib/app/app.toml",
      "--root /var/lib/app",
      "-d /var/lib/app",
      "serve /var/lib/app",
      "--data @/var/lib/app",
    ])
      assert.deepEqual(app(words), [], words);
    assert.equal(isWritingOption(`--${"data".repeat(100)}`), false);
  });

  it("are known of programs, as are words after a command", () => {
    assert.deepEqual(written("/usr/lib/postgresql/17/bin/postgres -D /srv/pg/data"), ["/srv/pg/data"]);
    assert.deepEqual(written("/usr/bin/redis-server /etc/redis.conf --dir /srv/redis/x"), ["/srv/redis/x"]);
    assert.deepEqual(written("/usr/bin/minio server --address :9000 /srv/minio/a /srv/minio/b"), [
      "/srv/minio/a",
      "/srv/minio/b",
    ]);
    assert.deepEqual(written("/usr/bin/minio gateway /srv/minio/a"), []);
    assert.deepEqual(written("/usr/bin/curl -sd x --output=/srv/in/page https://example.org"), ["/srv/in/page"]);
    assert.deepEqual(written("/usr/bin/wget -q -d /srv/in/page"), []);
  });

  it("have room made for them, a database as a file", () => {
    const fixes = findingsOf(
      "[Service]\nExecStart=/opt/app/app --db /var/lib/app.db\nProtectSystem=strict\n",
      "/etc/systemd/system/app.service",
      { profile: "off" },
    ).flatMap((it) => it.fixes.map(({ title }) => title));
    assert.ok(!fixes.some((it) => it.includes("StateDirectory=app.db")), fixes.join());
  });

  it("have the page that says so", () => {
    for (const { names, evidence } of TABLE.programs) assert.match(evidence, /^(?:[\w-]+\(\d\)|https:\/\/\S+)$/, names);
  });
});
