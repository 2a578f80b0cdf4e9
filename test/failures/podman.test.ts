import assert from "node:assert/strict";
import { diagnose } from "../../server/src/failures/diagnose.ts";
import { readEvidence } from "../../server/src/failures/evidence.ts";
import { statusHeading } from "../../server/src/failures/headings.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

const quadlet = (
  container: readonly string[],
  service: readonly string[] = [],
  scope: "system" | "user" = "system",
) => {
  const text = `[Container]\nImage=quay.io/a/b:1\n${container.map((it) => `${it}\n`).join("")}[Service]\n${service.map((it) => `${it}\n`).join("")}`;
  const path = { kind: "container", role: "unit", name: "x.container", scope, placed: true } as const;
  return readUnit(path, text, 257, { podman: 5.4 });
};

/** The setting that is blamed first, and the text after its first fix. */
function blamed(unit: ReturnType<typeof quadlet>, said: string): { setting: string | undefined; fixed: string } {
  const [first] = diagnose(unit, readEvidence(said));
  const edits = first?.fixes[0]?.edits() ?? [];
  return { setting: first?.setting, fixed: applyEdits(unit.file.text, edits) };
}

const exited = (status: number, ...lines: readonly string[]): string =>
  [...lines, `x.service: Main process exited, code=exited, status=${status}/n/a`].join("\n");

describe("why podman does not run a container", () => {
  it("names the setting that leaves the rules of netavark behind", () => {
    const unit = quadlet(["PublishPort=80:80"], ["Restart=always", "ProtectSystem=full"]);
    const { setting, fixed } = blamed(
      unit,
      "Error: cleaning up container 0123 network: netavark: setns: IO error: Invalid argument (os error 22)",
    );
    assert.equal(setting, "ProtectSystem=full");
    assert.equal(
      fixed,
      "[Container]\nImage=quay.io/a/b:1\nPublishPort=80:80\nReadOnly=true\n[Service]\nRestart=always\n",
    );
  });

  it("names a setting of [Service] by the message or the status that it was seen with", () => {
    const unit = quadlet([], ["PrivateDevices=yes", "ProtectHostname=yes"]);
    const message = "conmon 02cc <nwarn>: runtime stderr: sethostname: Operation not permitted";
    assert.equal(blamed(unit, exited(126, message)).setting, "ProtectHostname=yes");
    const only = quadlet([], ["RestrictSUIDSGID=yes", "MemoryMax=1G"]);
    assert.equal(blamed(only, exited(127)).setting, "RestrictSUIDSGID=yes");
  });

  it("knows what fails at boot", () => {
    const unit = quadlet([], ["NoNewPrivileges=yes"], "user");
    const { setting, fixed } = blamed(unit, exited(125, "newuidmap: write to uid_map failed: Operation not permitted"));
    assert.equal(setting, "NoNewPrivileges=yes");
    assert.equal(fixed, "[Container]\nImage=quay.io/a/b:1\nNoNewPrivileges=true\n[Service]\n");
  });

  it("leads a message of podman to the line of the key", () => {
    const cases: readonly (readonly [string, number, string])[] = [
      ["Volume=/nowhere/x:/x", 125, "Error: statfs /nowhere/x: no such file or directory"],
      ["Secret=none", 125, 'Error: no secret with name or id "none": no such secret'],
      ["Network=none2", 125, "Error: unable to find network with name or ID none2: network not found"],
      ["AddCapability=NOTHING", 125, 'Error: "CAP_NOTHING": unknown capability'],
      ["UserNS=nomap", 125, "Error: nomap is only supported in rootless mode"],
      ["User=nobody2", 126, "Error: unable to find user nobody2: no matching entries in passwd file"],
      [
        "SeccompProfile=/nowhere.json",
        125,
        "Error: opening seccomp profile failed: open /nowhere.json: no such file or directory",
      ],
      ["AddDevice=/dev/nothing", 125, "Error: stat /dev/nothing: no such file or directory"],
      ["PodmanArgs=--wrong", 125, "Error: unknown flag: --wrong"],
      ["WorkingDir=/nowhere", 126, 'Error: workdir "/nowhere" does not exist on container 5563'],
      [
        "PublishPort=99999:1",
        125,
        "Error: parsing host port: port numbers must be between 1 and 65535 (inclusive), got 99999",
      ],
      ["EnvironmentFile=/nowhere", 125, 'Error: parsing file "/nowhere": open /nowhere: no such file or directory'],
    ];
    for (const [line, status, message] of cases) {
      const other = line.startsWith("Volume") ? ["Volume=/srv:/srv"] : [];
      assert.equal(blamed(quadlet([line, ...other]), exited(status, message)).setting, line);
    }
  });

  it("says which capability or directory the program lacks", () => {
    const closed = quadlet(["DropCapability=all", "ReadOnly=true"]);
    assert.match(
      blamed(closed, exited(1, "httpd: bind: Permission denied")).fixed,
      /^AddCapability=NET_BIND_SERVICE$/m,
    );
    assert.match(blamed(closed, exited(3, "chown: /www: Operation not permitted")).fixed, /^AddCapability=CHOWN$/m);
    assert.match(blamed(closed, exited(4, "touch: /data/x: Read-only file system")).fixed, /^Tmpfs=\/data$/m);
  });

  it("says what podman means by its statuses", () => {
    for (const status of [125, 126, 127]) assert.match(statusHeading(status)?.summary ?? "", /Of a container it means/);
    assert.doesNotMatch(statusHeading(124)?.summary ?? "", /container/);
  });
});
