import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Host } from "../../../server/src/cli/host.ts";
import { memoryHost, runOver } from "../../kit/memoryHost.ts";
import { memoryFiles } from "../../program/kit.ts";

const UNIT = "/etc/systemd/system/web.service";
const NGINX = "/etc/nginx/nginx.conf";
const SAMBA = "/etc/samba/smb.conf";

/** What `check` says of the sandbox of a service of a machine. */
function said(unit: string, files: Readonly<Record<string, string>>, path = UNIT): readonly string[] {
  const host: Host = { ...memoryHost({ [path]: unit }), programFiles: () => memoryFiles(files) };
  const { stdout } = runOver(host, "check", path, "--profile", "off", "--format", "json");
  const { files: all } = JSON.parse(stdout) as {
    readonly files: readonly {
      readonly findings: readonly {
        readonly code: string;
        readonly start: { readonly line: number };
        readonly message: string;
      }[];
    }[];
  };
  return all.flatMap(({ findings }) =>
    findings
      .filter((it) => it.code.startsWith("sandbox/"))
      .map((it) => `${it.start.line + 1} ${it.code}: ${it.message}`),
  );
}

const nginx = (lines: string): Readonly<Record<string, string>> => ({
  [NGINX]: `http {\n server {\n${lines}\n }\n}\n`,
});
const service = (...lines: readonly string[]): string =>
  `[Service]\nExecStart=/usr/sbin/nginx\n${lines.map((it) => `${it}\n`).join("")}`;

describe("the configuration of a daemon in check", () => {
  it("names what the sandbox hides from it", () => {
    const site = nginx("root /home/alice/site;");
    const message = `ProtectHome=yes hides /home/alice/site, which ${NGINX}:3 names: the daemon does not find it`;
    assert.deepEqual(said(service("ProtectHome=yes"), site), [`3 sandbox/hidden-write: ${message}`]);
    assert.match(said(service("ProtectHome=tmpfs"), site).join(), /hides \/home\/alice\/site/);
    for (const lines of [["ProtectHome=read-only"], ["ProtectHome=tmpfs", "BindReadOnlyPaths=/home/alice/site"], []])
      assert.deepEqual(said(service(...lines), site), []);
  });

  it("names it in the drop-in that takes it away", () => {
    const path = `${UNIT}.d/hardening.conf`;
    const host: Host = {
      ...memoryHost({ [UNIT]: service(), [path]: "[Service]\nProtectHome=yes\n" }),
      programFiles: () => memoryFiles(nginx("root /home/alice/site;")),
    };
    const { stdout } = runOver(host, "check", path, "--profile", "off");
    assert.match(stdout, /hardening\.conf:2:13: .*ProtectHome=yes hides \/home\/alice\/site/s);
  });

  it("names what it is to write and cannot", () => {
    const logs = nginx("access_log /opt/logs/a.log;\naccess_log /opt/logs/b.log;\nerror_log /etc/nginx/e.log;");
    const message = `ProtectSystem=strict makes /opt/logs/a.log (and 1 more) read-only, which ${NGINX}:3 has the daemon write: it cannot be written`;
    assert.deepEqual(said(service("ProtectSystem=strict"), logs), [`3 sandbox/read-only-path: ${message}`]);
    assert.deepEqual(said(service("ProtectSystem=full"), logs), []);
    assert.deepEqual(said(service("ProtectSystem=strict", "ReadWritePaths=/opt/logs"), logs), []);
    assert.deepEqual(said(service("RootDirectory=/srv/root", "ProtectSystem=strict"), logs), []);
  });

  it("names shares that are not there or cannot be written", () => {
    const smbd = (...lines: readonly string[]): string => service(...lines).replace("nginx", "smbd");
    const shares = {
      [SAMBA]: "[homes]\nread only = no\n[media]\npath = /srv/media\nwritable = yes\n[x]\npath = /srv/x\n",
    };
    assert.match(
      said(smbd("ProtectHome=tmpfs"), shares).join(),
      /ProtectHome=tmpfs hides \/home, which \S+smb\.conf:1 names/,
    );
    assert.match(said(smbd("ReadOnlyPaths=/srv"), shares).join(), /makes \/srv\/media read-only/);
  });

  it("names ports that its filter denies", () => {
    const ports = nginx("listen 8080; listen [::]:8080; listen 8443 quic;");
    const message = `SocketBindDeny= denies port 8080, which ${NGINX}:3 opens: bind() fails with EPERM; add SocketBindAllow=tcp:8080 and SocketBindAllow=udp:8443`;
    assert.deepEqual(said(service("SocketBindDeny=any"), ports), [`3 sandbox/denied-port: ${message}`]);
    assert.deepEqual(said(service("SocketBindDeny=any", "SocketBindAllow=8000-9000"), ports), []);
    assert.deepEqual(said(service("SocketBindDeny=any"), nginx("")), []);
  });

  it("names ports below 1024 for which nothing gives the right", () => {
    const low = nginx("listen 80;");
    const of = (...lines: readonly string[]): string => said(service(...lines), low).join("\n");
    assert.match(of("User=web", "NoNewPrivileges=yes"), /^3 sandbox\/denied-port: User=web leaves no right to port 80/);
    assert.match(of("CapabilityBoundingSet=CAP_KILL"), /CapabilityBoundingSet= leaves no right to port 80/);
    assert.match(of("PrivateUsers=yes"), /PrivateUsers=yes leaves no right to port 80/);
    for (const lines of [
      [],
      ["User=web"],
      ["User=web", "NoNewPrivileges=yes", "AmbientCapabilities=CAP_NET_BIND_SERVICE"],
      ["User=web", "NoNewPrivileges=yes", "Sockets=web.socket"],
    ])
      assert.equal(of(...lines), "");
    const open = { ...low, "/etc/sysctl.d/50.conf": "net.ipv4.ip_unprivileged_port_start = 80\n" };
    assert.deepEqual(said(service("User=web", "NoNewPrivileges=yes"), open), []);
  });

  it("says nothing of a unit of a repository, whose machine is not at hand", () => {
    const unit = service("ProtectHome=yes", "ProtectSystem=strict", "SocketBindDeny=any");
    assert.deepEqual(said(unit, nginx("root /home/a;\nlisten 80;"), "units/web.service"), []);
  });

  it("names what options of a file of variables tell", () => {
    const unit = `[Service]\nEnvironmentFile=/etc/default/zorb\nExecStart=/usr/bin/zorb $ARGS --log.file=\${LOG}\nProtectSystem=strict\nProtectHome=yes\nSocketBindDeny=any\n`;
    const options = (text: string): readonly string[] =>
      said(unit, { "/etc/default/zorb": text, "/home/zorb/web.yml": "x" });
    assert.deepEqual(
      options("ARGS=--web.listen-address=:9200 --web.config.file=/home/zorb/web.yml --prefix=/home/x\n"),
      [
        "5 sandbox/hidden-write: ProtectHome=yes hides /home/zorb/web.yml, which /etc/default/zorb:1 names: the daemon does not find it",
        "6 sandbox/denied-port: SocketBindDeny= denies port 9200, which /etc/default/zorb:1 opens: bind() fails with EPERM; add SocketBindAllow=tcp:9200",
      ],
    );
    assert.deepEqual(options("# of zorb\nARGS=--remote.listen=x:9200\nLOG=/opt/logs/zorb.log\n"), [
      "4 sandbox/read-only-path: ProtectSystem=strict makes /opt/logs/zorb.log read-only, which /etc/default/zorb:3 has the daemon write: it cannot be written",
    ]);
    assert.deepEqual(options("OTHER=--web.listen-address=:9200\n"), []);
  });
});
