import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const WEB = {
  "/r/usr/lib/systemd/system/web.service":
    "[Unit]\nDescription=Web\n[Service]\nExecStart=/usr/bin/web\nUser=web\nNice=200\n",
  "/r/etc/systemd/system/web.service.d/10-local.conf":
    "[Service]\nExecStart=\nExecStart=/opt/web\nDynamicUser=yes\nUser=\n",
};

describe("unit-warden show", () => {
  it("merges a unit with its drop-ins from the whole load path", () => {
    const { stdout, stderr, status } = runOver(memoryHost(WEB), "show", "/r/usr/lib/systemd/system/web.service");
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.equal(
      stdout,
      [
        "# web.service as systemd reads it",
        "# /r/usr/lib/systemd/system/web.service",
        "# /r/etc/systemd/system/web.service.d/10-local.conf",
        "",
        "[Unit]",
        "Description=Web            # web.service:2",
        "",
        "[Service]",
        "# ExecStart=/usr/bin/web   # web.service:4, reset by 10-local.conf:2",
        "ExecStart=                 # 10-local.conf:2, resets earlier values",
        "ExecStart=/opt/web         # 10-local.conf:3",
        "# User=web                 # web.service:5, reset by 10-local.conf:5",
        "User=                      # 10-local.conf:5, resets earlier values",
        "# User=web                 # implied by DynamicUser=",
        "# Nice=200                 # web.service:6, systemd ignores this value",
        "DynamicUser=yes            # 10-local.conf:4",
        "# Group=web                # implied by DynamicUser=",
        "# PrivateTmp=disconnected  # implied by DynamicUser=",
        "# RemoveIPC=yes            # implied by DynamicUser=",
        "# ProtectSystem=strict     # implied by DynamicUser=",
        "# ProtectHome=read-only    # implied by DynamicUser=",
        "# NoNewPrivileges=yes      # implied by DynamicUser=",
        "# RestrictSUIDSGID=yes     # implied by DynamicUser=",
        "",
      ].join("\n"),
    );
  });

  it("shows the unit of a drop-in, as JSON too", () => {
    const path = "/r/etc/systemd/system/web.service.d/10-local.conf";
    const { stdout } = runOver(memoryHost(WEB), "show", path, "--format", "json");
    const { version, units } = JSON.parse(stdout);
    assert.equal(version, 1);
    assert.deepEqual(units[0].files, Object.keys(WEB));
    assert.deepEqual(units[0].settings[1], {
      ...{ section: "Service", directive: "ExecStart", value: "/usr/bin/web", state: "reset" },
      ...{ file: "/r/usr/lib/systemd/system/web.service", line: 3, by: { file: path, line: 1 } },
      reason: "reset by 10-local.conf:2",
    });
  });

  it("says of an empty bounding set that it is one", () => {
    const files = { "/w/a.service": "[Service]\nExecStart=/bin/true\nCapabilityBoundingSet=\n" };
    const { stdout } = runOver(memoryHost(files), "show", "/w/a.service");
    assert.match(stdout, /^CapabilityBoundingSet= +# a\.service:3, empties the set$/m);
  });

  it("says of a root that is no folder that there is none, and so does check", () => {
    const files = { "/u/a.service": "[Service]\nExecStart=/bin/true\n" };
    for (const command of ["show", "check"])
      for (const root of ["/nowhere", "/u/a.service"]) {
        const { stderr, status } = runOver(memoryHost(files), command, "/u/a.service", "--root", root);
        assert.match(stderr, new RegExp(`^unit-warden: ${root}: there is no such folder\n`));
        assert.equal(status, 2);
      }
  });

  it("takes the load path of a root behind the folder of the file", () => {
    const files = {
      "/work/web.service": "[Service]\nExecStart=/usr/bin/web\n",
      "/r/etc/systemd/system/web.service.d/a.conf": "[Service]\nUser=a\n",
      "/r/usr/lib/systemd/system/web.service": "[Service]\nExecStart=/weaker\n",
    };
    const alone = runOver(memoryHost(files), "show", "/work/web.service").stdout;
    assert.ok(!alone.includes("User=a"));
    const { stdout } = runOver(memoryHost(files), "show", "/work/web.service", "--root", "/r");
    assert.match(stdout, /^User=a +# a\.conf:2$/m);
    assert.match(stdout, /^ExecStart=\/usr\/bin\/web/m);
  });

  it("says what it cannot show", () => {
    const files = { "/w/service.d/x.conf": "[Service]\n", "/w/a.service.d/x.conf": "[Service]\n", "/w/m.service": "" };
    const said = (path: string): string => {
      const { stderr, status } = runOver(memoryHost(files), "show", path);
      assert.equal(status, 2);
      return stderr;
    };
    assert.match(said("/w/none.service"), /there is no such file/);
    assert.match(said("/w/service.d/x.conf"), /no file of a single unit/);
    assert.match(said("/w/a.service.d/x.conf"), /no unit file of a\.service/);
    assert.match(said("/w/m.service"), /m\.service is masked/);
    assert.match(runOver(memoryHost(files), "show").stderr, /name a unit file or a drop-in/);
  });

  it("says at the top that systemd does not load the unit", () => {
    const files = {
      "/u/x.service": "[Service]\nExecStart=/bin/a\n",
      "/u/x.service.d/a.conf": "[Service]\nExecStart=/bin/b\n",
    };
    const { stdout, status } = runOver(memoryHost(files), "show", "/u/x.service");
    assert.match(
      stdout,
      /^# x\.service as systemd reads it\n# systemd does not load this unit: ExecStart= has 2 commands/,
    );
    assert.equal(status, 1);
    const json = runOver(memoryHost(files), "show", "/u/x.service", "--format", "json");
    assert.match(JSON.parse(json.stdout).units[0].messages.join("\n"), /^ExecStart= has 2 commands, /);
    assert.equal(json.status, 1);
  });

  it("shows an instance that has no file of its own", () => {
    const files = {
      "/r/usr/lib/systemd/system/w@.service": "[Service]\nExecStart=/bin/w %i\n",
      "/r/etc/systemd/system/w@one.service.d/a.conf": "[Service]\nNice=1\n",
    };
    const host = memoryHost(files);
    for (const folder of ["usr/lib", "etc"]) {
      const { stdout, status } = runOver(host, "show", `/r/${folder}/systemd/system/w@one.service`);
      assert.match(
        stdout,
        /^# w@one\.service as systemd reads it\n# \S+w@\.service\n# \S+w@one\.service\.d\/a\.conf\n/,
      );
      assert.equal(status, 0);
    }
    const other = runOver(host, "show", "/r/usr/lib/systemd/system/v@one.service");
    assert.match(other.stderr, /v@one\.service: there is no such file, and no template of it\n$/);
    assert.equal(other.status, 2);
  });

  it("keeps lines of sections that systemd does not read, and knows what an empty Delegate= is", () => {
    const text = "[Service]\nExecStart=/bin/a\nDelegate=\n[Socket]\nA=1\n[X-B]\nC=2\n";
    const { stdout } = runOver(memoryHost({ "/u/x.service": text }), "show", "/u/x.service");
    assert.match(stdout, /^Delegate= +# x\.service:3, delegates without controllers$/m);
    assert.match(stdout, /^# \[Socket\]\n# A=1 +# x\.service:5, section not valid in this unit type$/m);
    assert.match(stdout, /^# \[X-B\]\n# C=2 +# x\.service:7, reserved for other programs$/m);
  });

  it("shares instances without a file with security, sandbox and explain, and not with what changes files", () => {
    const host = memoryHost(
      {
        "/u/w@.service": "[Service]\nExecStart=/bin/w\nProtectSystem=strict\n",
        "/u/w@one.service.d/a.conf": "[Service]\nProtectHome=yes\n",
      },
      { links: { "/u/w@two.service": "/dev/null" } },
    );
    const security = runOver(host, "security", "--format", "json", "/u/w@one.service");
    assert.deepEqual([security.stderr, security.status], ["", 0]);
    const sandbox = runOver(
      host,
      "sandbox",
      "--format",
      "json",
      "--path",
      "/home",
      "--path",
      "/srv",
      "/u/w@one.service",
    );
    const { path, paths } = JSON.parse(sandbox.stdout).units[0];
    assert.equal(path, "/u/w@one.service");
    assert.deepEqual(
      paths.map((it: { origin: unknown }) => it.origin),
      [
        { path: "/u/w@one.service.d/a.conf", line: 1 },
        { path: "/u/w@.service", line: 2 },
      ],
    );
    const status = runOver(host, "explain", "226/NAMESPACE", "/u/w@one.service");
    assert.deepEqual([status.stderr, status.status], ["", 0]);
    for (const command of ["check", "harden", "format"])
      assert.match(runOver(host, command, "/u/w@one.service").stderr, /there is no such file/, command);
    for (const command of ["security", "show"])
      assert.equal(runOver(host, command, "/u/w@two.service").status, 2, command);
  });
});

const QUADLETS = {
  "/etc/containers/systemd/web.container":
    "[Container]\nImage=quay.io/a/b:1\nNetwork=web.network\n[Service]\nDelegate=no\n",
  "/etc/containers/systemd/web.network": "[Network]\nNetworkName=net\n",
};

describe("unit-warden show: quadlets", () => {
  const path = "/etc/containers/systemd/web.container";

  it("prints the service that podman makes, with the place of each part", () => {
    const { stdout, status } = runOver(memoryHost(QUADLETS), "show", path, "--podman", "5.8");
    assert.equal(status, 0);
    const lines = stdout.split("\n");
    assert.equal(lines[0], "# web.service as podman 5.8 makes it");
    const find = (start: string): string | undefined =>
      lines.find((it) => it.startsWith(start))?.replace(/ +# /, " # ");
    assert.equal(find("Requires="), "Requires=web-network.service # web.container:3, by podman");
    assert.equal(find("# Delegate=no"), "# Delegate=no # web.container:5, overridden by podman");
    assert.equal(find("  --network"), "  --network net \\ # web.container:3");
    assert.equal(find("  quay.io"), "  quay.io/a/b:1 # web.container:2");
  });

  it("follows the target podman, as JSON too", () => {
    const { stdout } = runOver(memoryHost(QUADLETS), "show", path, "--podman", "5.4", "--format", "json");
    const start = JSON.parse(stdout).units[0].settings.find(
      (it: { directive: string }) => it.directive === "ExecStart",
    );
    assert.equal(
      start.value,
      "/usr/bin/podman run --name systemd-%N --cidfile=%t/%N.cid --replace --rm --cgroups=split --network net --sdnotify=conmon -d quay.io/a/b:1",
    );
  });

  it("takes a link for an instance of its own, and an empty file for a quadlet", () => {
    const folder = "/etc/containers/systemd";
    const text = "[Container]\nImage=quay.io/a/b:1\nPod=shop.pod\n";
    const files = {
      [`${folder}/web@.container`]: text,
      [`${folder}/web@1.container`]: text,
      [`${folder}/shop.pod`]: "",
    };
    const links = { [`${folder}/web@1.container`]: `${folder}/web@.container` };
    const host = memoryHost(files, { links });
    const shown = (name: string): string => runOver(host, "show", `${folder}/${name}`, "--podman", "5.4").stdout;
    assert.match(shown("web@1.container"), /^# web@1\.service as podman 5\.4 makes it\n.*web@1\.container\n/);
    assert.match(shown("web@1.container"), /^BindsTo=shop-pod\.service /m);
    assert.match(shown("shop.pod"), /^Wants=web@1\.service /m);
  });

  it("says why there is no service", () => {
    const alone = { [path]: QUADLETS[path] };
    const { stdout, status } = runOver(memoryHost(alone), "show", path);
    assert.equal(status, 1);
    assert.match(stdout, /^# podman 6\.0 makes no service of web\.container$/m);
    assert.match(stdout, /^# web\.network is not among the quadlets \(line 3\)$/m);
  });

  it("tells what changes with another podman as a diff", () => {
    const { stdout, status } = runOver(memoryHost(QUADLETS), "show", path, "--podman", "5.4", "--also", "5.8");
    assert.equal(status, 0);
    const changed = stdout.split("\n").filter((it) => /^[-+]/.test(it));
    assert.deepEqual(changed, [
      "--- web.service\tpodman 5.4",
      "+++ web.service\tpodman 5.8",
      "-ExecStop=/usr/bin/podman rm -v -f -i --cidfile=%t/%N.cid",
      "-ExecStopPost=-/usr/bin/podman rm -v -f -i --cidfile=%t/%N.cid",
      "+ExecStop=/usr/bin/podman rm -v -f -i systemd-%N",
      "+ExecStopPost=-/usr/bin/podman rm -v -f -i systemd-%N",
      "-  --name systemd-%N --cidfile=%t/%N.cid --replace --rm --cgroups=split \\",
      "+  --name systemd-%N --replace --rm --cgroups=split \\",
    ]);
  });

  it("tells which of several versions change nothing, and which make no service", () => {
    const files = { [path]: "[Container]\nImage=quay.io/a/b:1\nMemory=1G\n" };
    const { stdout, status } = runOver(memoryHost(files), "show", path, "--podman", "5.7", "--also", "5.8,5.4");
    assert.equal(status, 1);
    assert.equal(
      stdout,
      [
        "# web.service: podman 5.8 makes the same service as podman 5.7",
        "",
        "# podman 5.4 makes no service of web.container",
        "# Memory= is unknown to the target podman (line 3)",
        "# podman 5.7 makes web.service",
        "",
      ].join("\n"),
    );
  });

  it("gives programs the services of all versions", () => {
    const argv = ["show", path, "--podman", "5.4", "--also", "5.8", "--format", "json"];
    const [{ podman, also }] = JSON.parse(runOver(memoryHost(QUADLETS), ...argv).stdout).units;
    assert.deepEqual([podman, also.length, also[0].podman, also[0].name], ["5.4", 1, "5.8", "web.service"]);
  });

  it("compares nothing of what podman does not read", () => {
    const unit = { "/etc/systemd/system/a.service": "[Service]\nExecStart=/bin/true\n" };
    const { stderr, status } = runOver(memoryHost(unit), "show", "/etc/systemd/system/a.service", "--also", "5.8");
    assert.equal(status, 2);
    assert.match(stderr, /--also compares what versions of podman make of a quadlet/);
  });

  it("reads the quadlets of the folders below, but for those of users", () => {
    const { "/etc/containers/systemd/web.network": network, ...web } = QUADLETS;
    const shown = (place: string): string =>
      runOver(memoryHost({ ...web, [`/etc/containers/systemd/${place}`]: network }), "show", path).stdout;
    assert.match(shown("nets/inner/web.network"), /^ {2}--network net /m);
    assert.match(shown("users/web.network"), /web\.network is not among the quadlets/);
    assert.match(shown("nets.d/web.network"), /web\.network is not among the quadlets/);
  });

  it("does not take what only has podman's suffix for a quadlet that cannot be read", () => {
    const files = { "/src/web.container": "[Container]\nImage=a/b\n", "/src/perl.pod": "=head1 NAME\n" };
    assert.equal(runOver(memoryHost(files), "show", "/src/web.container").status, 0);
  });

  it("prints the services of all parts of a .quadlets file, with their lines in it", () => {
    const text = `# FileName=web\n${QUADLETS[path]}---\n# FileName=web\n[Network]\nNetworkName=net\n---\n# FileName=x\n[Pod]\nNope=1\n`;
    const { stdout, status } = runOver(memoryHost({ "/src/app.quadlets": text }), "show", "/src/app.quadlets");
    assert.equal(status, 1);
    const heads = stdout.split("\n").filter((it) => / as podman /.test(it));
    assert.deepEqual(heads, ["# web.service as podman 6.0 makes it", "# web-network.service as podman 6.0 makes it"]);
    assert.match(stdout, /^ {2}--network net \\ +# app\.quadlets:4$/m);
    assert.match(stdout, /^ {2}net +# app\.quadlets:10$/m);
    assert.match(stdout, /^# Nope= is unknown to the target podman \(line 14\)$/m);
  });

  it("completes paths from the folder of the file, however it is named", () => {
    const texts = {
      "k.kube": "[Kube]\nYaml=app.yaml\n",
      "web.container": "[Container]\nImage=a/b\nNope=1\n",
      "web.container.d/10.conf": "[Container]\nNever=1\n",
    };
    // A folder of the machine knows both names.
    const files = Object.fromEntries(
      Object.entries(texts).flatMap(([name, text]) => [
        [name, text],
        [`./${name}`, text],
      ]),
    );
    const shown = (path: string): string => runOver(memoryHost(files, { cwd: "/q" }), "show", path).stdout;
    assert.match(shown("k.kube"), /^ {2}\/q\/app\.yaml +# k\.kube:2$/m);
    for (const path of ["web.container", "web.container.d/10.conf"]) {
      assert.match(shown(path), /^# Nope= is unknown to the target podman \(line 3\)$/m);
      assert.match(shown(path), /^# Never= is unknown to the target podman \(10\.conf:2\)$/m);
    }
  });
});
