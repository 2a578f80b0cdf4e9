import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hardeningFindings, likelyFix, safeFix, safeSettings } from "../../server/src/hardening/hardening.ts";
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

const GRADES_OF_USER = {
  ProtectHome: ["proven", "its user is named after it, and no person"],
  PrivateTmp: ["usual", "108 of 113 measured daemons that never have rights of root bear it"],
} as const;

describe("how sure it is that a setting is safe", () => {
  it("is only likely for a program that nothing is known of, if failures are common", () => {
    assert.deepEqual(graded("PrivateDevices", UNKNOWN), ["likely", "if it opens no hardware"]);
    assert.equal(graded("ProtectKernelTunables", UNKNOWN)[0], "likely");
    assert.equal(graded("MemoryDenyWriteExecute", "ExecStart=/usr/bin/thing")[0], "likely");
  });

  it("is usual where nearly all measured daemons bear it, and says how many", () => {
    for (const name of ["LockPersonality", "ProtectHostname", "SystemCallArchitectures"] as const) {
      const [grade, reason = ""] = graded(name, UNKNOWN);
      assert.equal(grade, "usual", name);
      assert.match(reason, /^2\d\d of 2\d\d measured daemons bear it$/);
    }
  });

  it("is usual for root of what is about calls of the program itself, and not of users, who compile and browse", () => {
    for (const name of ["RestrictNamespaces", "RestrictSUIDSGID", "RestrictRealtime"] as const) {
      assert.match(graded(name, UNKNOWN).join(), /^usual,\d+ of \d+ measured daemons that start as root bear it$/);
      assert.notEqual(graded(name, "ExecStart=/opt/thing/start.sh")[0], "usual", name);
      assert.equal(graded(name, "User=root", "ExecStart=/usr/bin/thing")[0], "likely", name);
    }
    assert.equal(graded("RestrictNamespaces", UNKNOWN, "User=thing")[0], "likely");
    assert.equal(graded("RestrictNamespaces", "ExecStart=/usr/bin/unshare -n thing")[0], undefined);
  });

  it("is usual of a user that systemd makes up, which is in no group", () => {
    const [grade, reason] = graded("ProtectKernelTunables", UNKNOWN, "DynamicUser=yes");
    assert.equal(grade, "usual");
    assert.match(
      reason ?? "",
      /^systemd makes its user up, which is in no group, and \d+ of \d+ measured daemons bear it$/,
    );
    assert.equal(graded("PrivateDevices", UNKNOWN, "DynamicUser=yes")[0], "likely");
    assert.equal(graded("ProtectKernelTunables", UNKNOWN, "DynamicUser=yes", "SupplementaryGroups=staff")[0], "likely");
    assert.equal(graded("CapabilityBoundingSet", UNKNOWN, "DynamicUser=yes")[0], "proven");
    assert.equal(graded("CapabilityBoundingSet", UNKNOWN, "User=thing", "NoNewPrivileges=yes")[0], "proven");
  });

  it("is usual of lists that take only what hardly any program needs, in place of one that is only likely", () => {
    const [grade, reason] = graded("RestrictAddressFamilies", UNKNOWN);
    assert.match(`${grade}, ${reason}`, /^usual, (\d+) of \1 measured daemons bear it$/);
    const lines = (...more: readonly string[]) =>
      safeSettings(unitOf(`[Service]\n${[UNKNOWN, ...more].join("\n")}\n`), "basic").map((it) => it.line);
    assert.ok(lines().includes("SystemCallFilter=~@obsolete @reboot @swap"));
    assert.ok(lines("User=thing").includes("SystemCallFilter=~@module @obsolete @raw-io @reboot @swap"));
    assert.ok(!lines("SystemCallFilter=~@mount").some((it) => it.startsWith("SystemCallFilter=")));
    assert.ok(!lines("SupplementaryGroups=dialout").some((it) => it.startsWith("RestrictAddressFamilies=~")));
  });

  it("is the same whatever word a unit speaks of, if it is none that speaks against it", () => {
    const grades = (word: string) =>
      ["PrivateDevices", "ProtectProc", "NoNewPrivileges", "RestrictNamespaces"].map(
        (it) =>
          graded(
            it as HardeningDirective,
            `Description=The ${word} service`,
            `User=${word}`,
            `ExecStart=/opt/${word}/${word} --listen :8443`,
          )[0],
      );
    for (const word of ["billing", "brokerage", "wiki", "orchard"])
      assert.deepEqual(grades(word), grades("till"), word);
  });

  it("is only likely of files of persons and of processes of others, unless the service has a user of its own", () => {
    for (const name of ["ProtectHome", "PrivateTmp"] as const) {
      assert.equal(graded(name, UNKNOWN)[0], "likely", name);
      assert.equal(graded(name, UNKNOWN, "User=anna")[0], "likely", name);
      assert.deepEqual(graded(name, UNKNOWN, "User=thing"), GRADES_OF_USER[name], name);
      assert.equal(graded(name, "ExecStart=/usr/sbin/thing")[0], "usual", name);
    }
    assert.equal(graded("ProtectProc", UNKNOWN, "User=thing")[0], "likely");
  });

  it("is proven by what takes away only rights that the service does not have", () => {
    assert.equal(graded("ProtectKernelModules", UNKNOWN, "User=thing")[0], "proven");
    assert.equal(
      graded("ProtectKernelModules", UNKNOWN, "User=thing", "AmbientCapabilities=CAP_SYS_MODULE")[0],
      undefined,
    );
    // A capability takes back what it is about, and nothing else.
    assert.equal(graded("ProtectKernelModules", UNKNOWN, "User=thing", "AmbientCapabilities=CAP_CHOWN")[0], "proven");
    assert.equal(graded("ProtectSystem", UNKNOWN, "User=thing", "AmbientCapabilities=CAP_NET_RAW")[0], "proven");
    assert.equal(graded("ProtectSystem", UNKNOWN, "User=thing", "AmbientCapabilities=CAP_CHOWN")[0], "likely");
    assert.equal(graded("PrivateDevices", UNKNOWN, "User=thing")[0], "likely");
    // Which a program of a user may have of set-uid programs, such as sudo.
    assert.equal(graded("CapabilityBoundingSet", UNKNOWN, "User=thing")[0], "likely");
  });

  it("is usual for a server of the distribution by its name, and not by its description", () => {
    const SERVER = /^runs of Debian's daemons show what a server of the network cannot bear/;
    for (const name of ["PrivateDevices", "RestrictAddressFamilies"] as const) {
      const reason = (...lines: readonly string[]): string => graded(name, ...lines)[1] ?? "";
      assert.match(reason("Description=MQTT Broker", "ExecStart=/usr/sbin/mosquitto -c /etc/m.conf"), SERVER);
      assert.doesNotMatch(reason("Description=HTTP proxy", "ExecStart=/usr/sbin/thing"), SERVER);
      assert.doesNotMatch(reason("Description=MQTT Broker", "ExecStart=/opt/mosquitto/mosquitto"), SERVER);
    }
    // Its configuration may have regular expressions, which are compiled to code.
    assert.equal(graded("MemoryDenyWriteExecute", "ExecStart=/usr/sbin/haproxy")[0], "likely");
  });

  it("says of a kind that others of it ran, and not the program", () =>
    assert.deepEqual(graded("PrivateDevices", "Description=Policy broker polkit", "ExecStart=/usr/libexec/polkitd"), [
      "usual",
      "runs of Debian's daemons show what a privilege broker cannot bear, and this is none of it",
    ]));

  it("is usual where programs of the distribution without rights of root never failed, whatever they are", () => {
    for (const name of [
      "RestrictNamespaces",
      "RestrictSUIDSGID",
      "RestrictAddressFamilies",
      "SystemCallFilter",
    ] as const) {
      assert.equal(graded(name, "ExecStart=/usr/bin/thing", "User=thing")[0], "usual", name);
    }
    assert.equal(graded("RestrictSUIDSGID", UNKNOWN, "User=thing")[0], "likely");
    assert.equal(graded("PrivateDevices", "ExecStart=/usr/bin/thing", "User=thing")[0], "likely");
  });

  it("is not shown by a directory below /run, which says nothing of where a daemon keeps its data", () => {
    const open = (place: string) =>
      graded("ProtectSystem", "Description=Zorb server", `ExecStart=/usr/sbin/thing -d ${place}/thing/x`);
    assert.deepEqual(open("/run"), ["likely", "if it writes nothing below /usr, /boot and /etc"]);
  });

  it("is read from the name of daemons that were tried, as their distribution ships them", () => {
    const tried = ["read", "its program was tried under the profiles"];
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
    assert.equal(graded("ProtectProc", ...named("Pulso"))[0], "usual");
    assert.equal(graded("ProtectProc", ...named("Pulso agent"))[0], "likely");
    assert.equal(graded("ProtectProc", ...named("Agente de métricas Pulso"))[0], undefined);
  });

  it("sees the program that a wrapper starts, wherever it is from", () => {
    const wrapped = (program: string) => ["Description=Portal", `ExecStart=/usr/bin/nice -n 5 ${program} --port 80`];
    assert.equal(graded("PrivateDevices", ...wrapped("/usr/sbin/coredns"))[0], "read");
    assert.equal(graded("PrivateDevices", ...wrapped("/opt/portal/portal"))[0], "likely");
  });

  it("does not know what a script from elsewhere starts", () => {
    assert.equal(graded("SystemCallArchitectures", "ExecStart=/srv/game/start.sh")[0], "likely");
    assert.equal(graded("SystemCallArchitectures", "ExecStart=/usr/libexec/game/start.sh")[0], "usual");
    assert.equal(graded("SystemCallArchitectures", "ExecStart=/srv/game/start")[0], "usual");
  });

  it("doubts where a program that was tried writes with a configuration of somebody's own", () => {
    assert.equal(graded("ProtectSystem", "User=nats", "ExecStart=/usr/sbin/nats-server")[0], "read");
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
