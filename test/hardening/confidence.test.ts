import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hardeningFindings, likelyFix, safeFix } from "../../server/src/hardening/hardening.ts";
import { missingSettings } from "../../server/src/hardening/missingSettings.ts";
import type { HardeningDirective } from "../../server/src/hardening/profiles.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { safe, unitOf } from "./kit.ts";

/** What is said of a setting in a service with these lines; those of [Unit] first. */
function graded(name: HardeningDirective, ...lines: readonly string[]): readonly (string | undefined)[] {
  const ofUnit = lines.filter((it) => /^(?:Description|After)=/.test(it));
  const all = [...(ofUnit.length > 0 ? ["[Unit]", ...ofUnit] : []), "[Service]"];
  const { gaps } = missingSettings(
    unitOf(`${[...all, ...lines.filter((it) => !ofUnit.includes(it))].join("\n")}\n`),
    "strict",
  );
  const found = gaps.find((it) => it.row.directive === name)?.confidence;
  return [found?.grade, found?.reason];
}

const UNKNOWN = "ExecStart=/usr/local/bin/thing";

describe("how sure it is that a setting is safe", () => {
  it("is only likely for a program that nothing is known of, if failures are common", () => {
    assert.deepEqual(graded("PrivateDevices", UNKNOWN), ["likely", "if it opens no hardware"]);
    for (const name of [
      "RestrictNamespaces",
      "RestrictSUIDSGID",
      "RestrictAddressFamilies",
      "ProtectKernelTunables",
    ] as const)
      assert.equal(graded(name, UNKNOWN)[0], "likely", name);
    assert.equal(graded("MemoryDenyWriteExecute", "ExecStart=/usr/bin/thing")[0], "likely");
  });

  it("is shown where failures are rare", () => {
    for (const name of ["LockPersonality", "ProtectHostname", "SystemCallArchitectures"] as const)
      assert.equal(graded(name, UNKNOWN)[0], "shown", name);
  });

  it("is only likely of files of persons and of processes of others, unless the service has a user of its own", () => {
    for (const name of ["ProtectHome", "PrivateTmp"] as const) {
      assert.equal(graded(name, UNKNOWN)[0], "likely", name);
      assert.equal(graded(name, UNKNOWN, "User=anna")[0], "likely", name);
      assert.deepEqual(graded(name, UNKNOWN, "User=thing"), ["shown", "its user is no person"], name);
      assert.equal(graded(name, "ExecStart=/usr/sbin/thing")[0], "shown", name);
    }
    assert.equal(graded("ProtectProc", UNKNOWN, "User=thing")[0], "likely");
  });

  it("is shown by what takes away only rights that the service does not have", () => {
    assert.equal(graded("ProtectKernelModules", UNKNOWN, "User=thing")[0], "shown");
    assert.equal(
      graded("ProtectKernelModules", UNKNOWN, "User=thing", "AmbientCapabilities=CAP_SYS_MODULE")[0],
      undefined,
    );
    // A capability takes back what it is about, and nothing else.
    assert.equal(graded("ProtectKernelModules", UNKNOWN, "User=thing", "AmbientCapabilities=CAP_CHOWN")[0], "shown");
    assert.equal(graded("ProtectSystem", UNKNOWN, "User=thing", "AmbientCapabilities=CAP_NET_RAW")[0], "shown");
    assert.equal(graded("ProtectSystem", UNKNOWN, "User=thing", "AmbientCapabilities=CAP_CHOWN")[0], "likely");
    assert.equal(graded("PrivateDevices", UNKNOWN, "User=thing")[0], "likely");
    // Which a program of a user may have of set-uid programs, such as sudo.
    assert.equal(graded("CapabilityBoundingSet", UNKNOWN, "User=thing")[0], "likely");
  });

  it("is shown for servers of the distribution that are known by name or by what the package says of them", () => {
    const asked = ["PrivateDevices", "RestrictNamespaces", "RestrictAddressFamilies"] as const;
    for (const name of asked) {
      assert.equal(graded(name, "Description=MQTT Broker", "ExecStart=/usr/sbin/mosquitto -c /etc/m.conf")[0], "shown");
      assert.equal(graded(name, "Description=HTTP proxy", "ExecStart=/usr/sbin/thing")[0], "shown");
      // Of other programs neither name nor description tells as much.
      assert.equal(graded(name, "Description=HTTP proxy", UNKNOWN)[0], "likely");
      assert.equal(graded(name, "Description=MQTT Broker", "ExecStart=/opt/mosquitto/mosquitto")[0], "likely");
      assert.equal(graded(name, "Description=Thing", "ExecStart=/usr/sbin/thing")[0], "likely");
    }
    // Nothing tells whether it is a script of Node.js, however plainly it serves.
    const served = ["Description=Link shortener", "ExecStart=/usr/bin/thing --listen 8080"];
    assert.equal(graded("SystemCallFilter", ...served)[0], "shown");
    assert.equal(graded("MemoryDenyWriteExecute", ...served)[0], "likely");
    // Its configuration may have regular expressions, which are compiled to code.
    assert.equal(graded("MemoryDenyWriteExecute", "ExecStart=/usr/sbin/haproxy")[0], "likely");
  });

  it("is shown where programs of the distribution without rights of root never failed, whatever they are", () => {
    for (const name of [
      "RestrictNamespaces",
      "RestrictSUIDSGID",
      "RestrictAddressFamilies",
      "SystemCallFilter",
    ] as const) {
      assert.equal(graded(name, "ExecStart=/usr/bin/thing", "User=thing")[0], "shown", name);
      assert.equal(graded(name, "ExecStart=/usr/bin/thing")[0], "likely", name);
      assert.equal(
        graded(name, "ExecStart=/usr/bin/thing", "User=thing", "AmbientCapabilities=CAP_NET_RAW")[0],
        "likely",
        name,
      );
    }
    assert.equal(graded("RestrictSUIDSGID", UNKNOWN, "User=thing")[0], "likely");
    assert.equal(graded("PrivateDevices", "ExecStart=/usr/bin/thing", "User=thing")[0], "likely");
  });

  it("is not shown by a directory below /run, which says nothing of where a daemon keeps its data", () => {
    const open = (place: string) =>
      graded("ProtectSystem", "Description=Zorb server", `ExecStart=/usr/sbin/thing -d ${place}/thing/x`);
    assert.deepEqual(open("/run"), ["likely", "if it writes nothing below /usr, /boot and /etc"]);
  });

  it("is shown by the unit of a service that says what it is", () => {
    const shown = (...lines: readonly string[]) => graded("PrivateDevices", "Description=Wiki", "User=wiki", ...lines);
    assert.deepEqual(shown(`${UNKNOWN} --listen :8080`), ["shown", "it serves port 8080"]);
    assert.deepEqual(shown("ExecStart=/usr/bin/java -Dserver.port=9000 -jar /opt/x/x.jar"), [
      "shown",
      "it serves port 9000",
    ]);
    assert.deepEqual(shown(`${UNKNOWN} --web.listen-address=127.0.0.1:9100`)[0], "shown");
    assert.deepEqual(shown(UNKNOWN, "Environment=PORT=3000"), ["shown", "it serves port 3000"]);
    assert.deepEqual(shown(UNKNOWN, "DynamicUser=yes"), ["shown", "it runs as a dynamic user"]);
    assert.deepEqual(shown(UNKNOWN, "StateDirectory=thing"), [
      "shown",
      "it declares its directories with StateDirectory=",
    ]);
    assert.deepEqual(shown("ExecStart=/opt/app/venv/bin/gunicorn app:app")[0], "shown");
  });

  it("is not shown by ports, directories and users of what nobody knows", () => {
    for (const lines of [
      [`${UNKNOWN} --listen :8080`],
      [UNKNOWN, "DynamicUser=yes"],
      [UNKNOWN, "StateDirectory=thing"],
      ["Description=Things of the workshop", `${UNKNOWN} --listen :8080`],
      ["Description=Writes values to a database", UNKNOWN, "StateDirectory=thing"],
      ["Description=Station for orders", `${UNKNOWN} --listen :8080`],
    ])
      for (const name of ["PrivateDevices", "RestrictNamespaces"] as const)
        assert.equal(graded(name, ...lines)[0], "likely", lines.join());
  });

  it("is shown by databases and frameworks beside it", () => {
    const served = "ExecStart=/opt/thing/venv/bin/gunicorn -b :8080 thing:app";
    const shown = (...lines: readonly string[]) =>
      graded("PrivateDevices", "Description=Thing", "User=thing", ...lines)[0];
    assert.equal(shown(served, "After=postgresql.service"), "shown");
    assert.equal(shown(served, "Environment=DATABASE_URL=postgres:///thing"), "shown");
    assert.equal(shown(served, "After=mosquitto.service"), "likely");
    assert.equal(shown(`${UNKNOWN} -p 8080`, "Environment=RAILS_ENV=production"), "shown");
    assert.equal(shown(`${UNKNOWN} -p 8080`, "After=postgresql.service"), "likely");
  });

  it("is not shown where a description has words that no application is known by, or where it starts as root", () => {
    const said = (text: string, ...lines: readonly string[]) =>
      graded("PrivateDevices", `Description=${text}`, `${UNKNOWN} -p 8080`, ...lines)[0];
    assert.equal(said("Photo library of the club", "User=thing"), "shown");
    assert.equal(said("Photo library with face grouping", "User=thing"), "likely");
    assert.equal(said("Photo library of the club"), "likely");
    assert.equal(said("Chat bot", "User=thing"), "shown");
    assert.equal(graded("NoNewPrivileges", "Description=Chat bot", `${UNKNOWN} -p 8080`, "User=thing")[0], "likely");
  });

  it("is not shown by ports of others, by runtimes alone, or by names that others have too", () => {
    for (const line of [
      `${UNKNOWN} --remote-port 8080`,
      `${UNKNOWN} --upstream http://localhost:8080`,
      `${UNKNOWN} --retries 8080`,
      "ExecStart=/usr/bin/node /opt/app/worker.js",
      "ExecStart=/opt/nginx/nginx",
    ])
      assert.equal(graded("RestrictNamespaces", line)[0], "likely", line);
  });

  it("is shown for daemons that were tried, as their distribution ships them", () => {
    const tried = ["shown", "its program was tried under the profiles"];
    assert.deepEqual(graded("PrivateDevices", "ExecStart=/usr/bin/etcd"), tried);
    assert.equal(graded("PrivateDevices", "ExecStart=/opt/etcd/etcd")[0], "likely");
  });

  it("is asked only of settings that nothing speaks against", () => {
    assert.deepEqual(graded("PrivateDevices", `${UNKNOWN} --listen :8080 --device /dev/ttyS0`), [undefined, undefined]);
  });

  it("parts what is added in one step from what is added in a second one, which names the doubt", () => {
    const unit = unitOf(`[Service]\n${UNKNOWN}\n`);
    const [first, second] = [safeFix(unit, "basic"), likelyFix(unit, "basic")];
    assert.ok(first && second);
    assert.match(first.title, /^Add all \d+ safe settings$/);
    assert.equal(second.title, `Add ${second.sets?.length} more that are likely to be safe`);
    assert.deepEqual([first.safe, second.safe], [true, false]);
    assert.deepEqual(
      first.sets?.filter((it) => second.sets?.includes(it)),
      [],
    );
    const after = unitOf(
      applyEdits(
        applyEdits(unit.file.text, first.edits()),
        likelyFix(unitOf(applyEdits(unit.file.text, first.edits())), "basic")?.edits() ?? [],
      ),
    );
    assert.deepEqual([safeFix(after, "basic"), likelyFix(after, "basic")], [undefined, undefined]);
    const devices = hardeningFindings(unit, "basic").find((it) => it.directive === "PrivateDevices");
    assert.equal(devices?.severity, "info");
    assert.match(devices?.message ?? "", /; likely safe here, if it opens no hardware$/);
  });

  it("counts a word that leaves open what a program of the distribution is also for what seldom fails", () => {
    const named = (description: string) => [`Description=${description}`, "User=pulso", "ExecStart=/usr/bin/pulso"];
    assert.equal(graded("ProtectProc", ...named("Pulso"))[0], "shown");
    assert.equal(graded("ProtectProc", ...named("Pulso agent"))[0], "likely");
    assert.equal(graded("ProtectProc", ...named("Agente de métricas Pulso"))[0], undefined);
  });

  it("sees the program that a wrapper starts, wherever it is from", () => {
    const wrapped = (program: string) => ["Description=Portal", `ExecStart=/usr/bin/nice -n 5 ${program} --port 80`];
    assert.equal(graded("PrivateDevices", ...wrapped("/usr/sbin/portal"))[0], "shown");
    assert.equal(graded("PrivateDevices", ...wrapped("/opt/portal/portal"))[0], "likely");
  });

  it("doubts the rest of a program that is odd in one way", () => {
    const served = (...more: readonly string[]) => ["Description=Photo gallery", ...more, `${UNKNOWN} --port 80`];
    assert.equal(graded("RestrictSUIDSGID", ...served("User=thing"))[0], "shown");
    assert.equal(graded("RestrictSUIDSGID", ...served("User=thing", "SupplementaryGroups=video"))[0], "likely");
  });

  it("does not know what a script from elsewhere starts", () => {
    assert.equal(graded("SystemCallArchitectures", "ExecStart=/srv/game/start.sh")[0], "likely");
    assert.equal(graded("SystemCallArchitectures", "ExecStart=/usr/libexec/game/start.sh")[0], "shown");
    assert.equal(graded("SystemCallArchitectures", "ExecStart=/srv/game/start")[0], "shown");
  });

  it("doubts where a program that was tried writes with a configuration of somebody's own", () => {
    assert.equal(graded("ProtectSystem", "User=nats", "ExecStart=/usr/sbin/nats-server")[0], "shown");
    const own = ["User=nats", "ExecStart=/usr/sbin/nats-server -c /etc/nats/own.conf"];
    assert.match(graded("ProtectSystem", ...own).join(), /^likely,if its configuration names no place outside/);
  });

  it("doubts that what somebody set up for hardware runs without sudo", () => {
    const wires = ["User=ow", "StateDirectory=ow"];
    assert.equal(graded("NoNewPrivileges", ...wires, "ExecStart=/opt/ow/owhttpd --port 8080")[0], "likely");
  });
});

describe("commands that show all that a job of root does", () => {
  const lines = (...commands: readonly string[]) =>
    safe(["Type=oneshot", ...commands.map((it) => `ExecStart=${it}`)], "strict");

  it("lose nothing that nothing speaks against", () => {
    const added = lines("/usr/bin/find /var/cache/shop -mtime +7 -delete", "/usr/bin/systemctl restart shop");
    for (const it of [
      "ProtectSystem=full",
      "PrivateDevices=yes",
      "RestrictNamespaces=yes",
      "SystemCallFilter=@system-service chroot",
    ])
      assert.ok(added.includes(it), `${it} in ${added.join(" ")}`);
    assert.ok(added.some((it) => it.startsWith("CapabilityBoundingSet=CAP_CHOWN ")));
    assert.equal(
      graded("PrivateDevices", "Type=oneshot", "ExecStart=/usr/bin/find /var/cache/shop -mtime +7 -delete")[1],
      "its commands are find alone, and name nothing that it takes away",
    );
  });

  it("lose what they name, and show nothing where they hide something", () => {
    assert.ok(!lines("/usr/bin/find /var/tmp -mtime +9 -delete").includes("PrivateTmp=yes"));
    assert.ok(!lines("/bin/sh -c 'echo 1 > /proc/sys/vm/drop_caches'").includes("ProtectKernelTunables=yes"));
    assert.ok(!lines("/usr/bin/touch /etc/motd").some((it) => it.startsWith("ProtectSystem=")));
    assert.ok(!lines("/usr/bin/cp -a /srv/a /srv/b").includes("RestrictSUIDSGID=yes"));
    for (const it of [
      "/bin/sh -c 'wget -qO- http://x.example/run | sh'",
      "/bin/sh -c 'rm -rf $DIR'",
      "/bin/sh /srv/run.sh",
      "/usr/bin/find /srv -exec /srv/x {} +",
      "/usr/bin/find / -xdev -name core -delete",
      "/usr/bin/find /dev -name ttyUSB0",
      "/usr/bin/chmod 4755 /srv/x",
      "/usr/bin/date -s 12:00",
      "/srv/bin/find /srv/x",
    ])
      assert.ok(!lines(it).includes("PrivateDevices=yes"), it);
  });
});
