import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Host } from "../../server/src/cli/host.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { memoryFiles } from "../program/kit.ts";

const UNIT = "/etc/systemd/system/nginx.service";

/** The lines that the isolated profile adds to a service of a machine, and why it leaves others. */
function hardened(text: string, files: Readonly<Record<string, string>>): readonly string[] {
  const host: Host = { ...memoryHost({ [UNIT]: text }), programFiles: () => memoryFiles(files) };
  const { stdout } = runOver(host, "harden", UNIT, "--profile", "isolated", "--format", "json");
  const { files: all } = JSON.parse(stdout) as {
    readonly files: readonly {
      readonly settings: readonly { readonly line: string }[];
      readonly left: readonly { readonly line: string; readonly reason: string }[];
    }[];
  };
  return all.flatMap((it) => [
    ...it.settings.map(({ line }) => line),
    ...it.left.map(({ line, reason }) => `${line}: ${reason}`),
  ]);
}

const NGINX =
  "[Service]\nType=forking\nPIDFile=/run/nginx.pid\nExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'\n";
const site = (lines: string): Readonly<Record<string, string>> => ({
  "/usr/sbin/nginx": "\x7fELF",
  "/etc/nginx/nginx.conf": `http { server { ${lines}\n} }\n`,
});

describe("hardening of a daemon whose configuration is on the machine", () => {
  it("leaves the places writable that it names", () => {
    const strict = `${NGINX}ProtectSystem=strict\n`;
    const found = hardened(strict, site("access_log /opt/logs/shop.log; proxy_cache_path /data/cache;"));
    for (const line of ["ReadWritePaths=-/data/cache", "ReadWritePaths=-/opt/logs"])
      assert.ok(found.includes(line), `${line} in\n${found.join("\n")}`);
    assert.ok(!hardened(strict, site("")).some((it) => it.includes("/data/cache")));
  });

  it("keeps homes in reach that it serves, and sockets in /tmp", () => {
    const home = hardened(NGINX, site("root /home/alice/site;"));
    assert.ok(home.includes("ProtectHome=read-only"), home.join("\n"));
    const shared = hardened(NGINX, site("listen unix:/tmp/shop.sock;"));
    const reason = shared.find((it) => it.startsWith("PrivateTmp=yes"));
    assert.match(reason ?? "", /it uses \/tmp\/shop\.sock \(nginx\.conf:1\)/);
  });

  it("leaves its ports open", () => {
    const found = hardened(NGINX, site("listen 8080; listen 8443 ssl;")).find((it) => it.startsWith("SocketBindDeny="));
    assert.equal(found, "SocketBindDeny=any: if it opens no ports but 8080 and 8443, and none that is free");
  });

  it("counts what its lines say against what its owner states", () => {
    const stated = NGINX.replace("[Service]\n", "[Service]\n# unit-warden: no ports\n");
    assert.ok(hardened(stated, site("")).includes("SocketBindDeny=any"));
    assert.ok(!hardened(stated, site("listen 8080;")).includes("SocketBindDeny=any"));
  });

  const EXPORTER = "[Service]\nEnvironmentFile=-/etc/default/zorb-exporter\nExecStart=/usr/bin/zorb-exporter $ARGS\n";
  const options = (args: string): Readonly<Record<string, string>> => ({
    "/usr/bin/zorb-exporter": "\x7fELF",
    "/etc/default/zorb-exporter": `# of zorb\nARGS="${args}"\n`,
    "/home/zorb/textfiles/a.prom": "zorb 1\n",
  });

  it("reads the options that a file of variables has, of a program that no table knows", () => {
    const found = hardened(
      EXPORTER,
      options("--web.listen-address=:9200 --storage.tsdb.path /data/zorb --collector.dir=/home/zorb/textfiles"),
    );
    const has = (line: string): void => assert.ok(found.includes(line), `${line} in\n${found.join("\n")}`);
    has("SocketBindDeny=any: if it opens no ports but 9200, and none that is free");
    has("ProtectHome=read-only");
    const strict = hardened(`${EXPORTER}ProtectSystem=strict\n`, options("--storage.tsdb.path=/data/zorb"));
    assert.ok(strict.includes("ReadWritePaths=-/data/zorb"), strict.join("\n"));
  });

  it("counts what a daemon opens besides, unless an option of it says otherwise", () => {
    const ports = (args: string): string | undefined =>
      hardened(EXPORTER.replaceAll("zorb-exporter", "alertmanager"), {
        "/usr/bin/alertmanager": "\x7fELF",
        "/etc/default/alertmanager": `ARGS="${args}"\n`,
      })
        .find((it) => it.startsWith("SocketBindDeny="))
        ?.replace(/^.*ports but | and none.*$/g, "");
    assert.equal(ports(""), "9093 and 9094,");
    assert.equal(ports("--web.listen-address=127.0.0.1:9200"), "9094 and 9200,");
    assert.equal(ports("--cluster.listen-address=:9300"), "9093 and 9300,");
  });
});
