import assert from "node:assert/strict";
import { CAPABILITY_FACTS } from "../../server/src/facts/capabilities.ts";
import { diagnose } from "../../server/src/failures/diagnose.ts";
import { readEvidence } from "../../server/src/failures/evidence.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { payloadWorld } from "../../server/src/service/containers/payloadWorld.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { NO_BOX } from "../../test/kit/box.ts";
import { PORTS, type PodmanBox, startPodman } from "../../test/kit/podmanBox.ts";
import { skip } from "../../test/kit/skip.ts";

/** The quadlet of a small server, with what a test adds to it. */
const quadlet = (
  container: readonly string[],
  service: readonly string[] = [],
  image = "busybox",
): string => `[Container]
Image=localhost/${image}:latest
Pull=never
Exec=/bin/httpd -f -p ${PORTS.inside} -h /www
StopTimeout=0
${container.join("\n")}
[Service]
${service.join("\n")}
`;

const PORT = `PublishPort=127.0.0.1:${PORTS.published}:${PORTS.inside}`;

const NETWORKS = { bridge: [PORT], host: ["Network=host"], none: ["Network=none"] };

const read = (text: string): Unit => {
  const path = { kind: "container", role: "unit", name: "x.container", scope: "system", placed: true } as const;
  return readUnit(path, text, 257, { podman: 5.4 });
};

/** Ways to confine a container or not, each of which podman and our model are asked about. */
const WAYS: readonly (readonly string[])[] = [
  [],
  ["NoNewPrivileges=true"],
  ["NoNewPrivileges=t"],
  ["DropCapability=all"],
  ["DropCapability=all", "AddCapability=NET_BIND_SERVICE chown"],
  ["DropCapability=CAP_CHOWN NET_BIND_SERVICE"],
  ["AddCapability=SYS_PTRACE"],
  ["AddCapability=all", "DropCapability=SYS_ADMIN"],
  ["User=1000"],
  ["User=1000", "AddCapability=NET_BIND_SERVICE"],
  ["UserNS=auto"],
  ["UIDMap=0:300000:65536", "GIDMap=0:300000:65536"],
  ["SeccompProfile=unconfined"],
  ["ReadOnly=yes"],
  ["ReadOnly=y"],
  ["ReadOnly=true", "PodmanArgs=--read-only=false"],
  ["PodmanArgs=--privileged"],
  ["PodmanArgs=--privileged", "DropCapability=all"],
  ["PodmanArgs=--pid=host --ipc host", "PodmanArgs=--uts", "PodmanArgs=host"],
  ["PodmanArgs=--cap-drop=ALL --read-only --security-opt no-new-privileges -u 1000"],
  ["Network=host"],
  ["Network=none"],
];

describe(`quadlets with a real podman${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(180_000);
  let podman: PodmanBox | undefined;

  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    try {
      podman = await startPodman();
    } catch (error) {
      skip(this, `${error instanceof Error ? error.message : error}`);
    }
  });

  after(() => podman?.stop());

  for (const lines of WAYS) {
    it(`is what its quadlet says: ${lines.join(", ") || "nothing"}`, function () {
      if (!podman) return skip(this, "there is no podman");
      const text = quadlet(lines.some((it) => it.startsWith("Network=")) ? lines : [PORT, ...lines]);
      assert.equal(podman.put("x.container", text), "");
      const seen = podman.see("start", "x.container");
      podman.clear("x.container");
      const world = payloadWorld({ files: [parse(text)], scope: "system", podman: 5.4 });
      const { status } = seen;
      const machine = namesIn(/CapBnd:\s*(\w+)/.exec(podman.box.run("cat", "/proc/1/status").output)?.[1]);
      assert.deepEqual(
        {
          active: seen.active,
          page: seen.pageInside,
          capabilities: namesIn(status.CapBnd),
          noNewPrivileges: status.NoNewPrivs === "1",
          seccomp: status.Seccomp_filters !== "0",
          asRoot: status.Uid?.startsWith("0 ") ?? false,
          ownUsers: !seen.shared.includes("user"),
          readOnly: !seen.writable,
          shared: seen.shared.filter((it) => it !== "user" && it !== "cgroup"),
        },
        {
          active: true,
          page: "hello",
          // Where this machine has less than all, a container has no more.
          capabilities: world.capabilities.bounding.filter((it) => machine.includes(it)),
          noNewPrivileges: world.noNewPrivileges !== undefined,
          seccomp: world.seccomp.kind !== "none",
          asRoot: (world.user?.isRoot ?? true) && world.userNamespace.kind === "host",
          ownUsers: world.userNamespace.kind === "mapped",
          readOnly: world.readOnly !== undefined,
          shared: SHARED.filter(
            (it) =>
              world.hostNamespaces.some(({ name: option }) => option === it) ||
              (it === "net" && world.network.kind === "host"),
          ),
        },
        JSON.stringify(seen),
      );
    });
  }

  for (const [network, lines] of Object.entries(NETWORKS)) {
    for (const image of ["busybox", "other"]) {
      it(`bears the profiles and two restarts: ${network}, ${image}`, function () {
        if (!podman) return skip(this, "there is no podman");
        const unit = read(quadlet(lines, [], image));
        const { edits, settings } = hardenUnit(unit, "strict", undefined, "likely");
        const names = settings.map((it) => it.line.replace(/=.*/s, ""));
        for (const name of ["NoNewPrivileges", "DropCapability", "ReadOnly", "UserNS"])
          assert.ok(names.includes(name), name);
        assert.equal(podman.put("x.container", applyEdits(unit.file.text, edits)), "");
        const seen = (["start", "restart", "restart"] as const).map((verb) => podman?.see(verb, "x.container"));
        podman.clear("x.container");
        const capabilities = image === "busybox" ? "0000000000000000" : "00000000000000cb";
        for (const it of seen) {
          assert.deepEqual(
            { active: it?.active, inside: it?.pageInside, page: it?.page, writable: it?.writable, users: it?.users },
            {
              active: true,
              inside: "hello",
              page: network === "bridge" ? "hello" : "",
              writable: false,
              users: "300000 1024",
            },
          );
          assert.equal(it?.status.NoNewPrivs, "1");
          assert.equal(it?.status.CapBnd, capabilities);
        }
      });
    }
  }

  it("loses its published port where podman has mounts of its own, says why, and keeps it with the fix", function () {
    if (!podman) return skip(this, "there is no podman");
    const pages = (text: string): readonly (string | undefined)[] => {
      podman?.put("x.container", text);
      return (["start", "restart", "restart"] as const).map((verb) => podman?.see(verb, "x.container").page);
    };
    const unit = read(quadlet([PORT], ["PrivateTmp=yes"]));
    assert.deepEqual(pages(unit.file.text), ["hello", "", ""]);
    const told = podman.told("x.container");
    podman.clear("x.container");
    const [first] = diagnose(unit, readEvidence(told));
    assert.equal(first?.setting, "PrivateTmp=yes", told);
    const fixed = applyEdits(unit.file.text, first.fixes[0]?.edits() ?? []);
    assert.match(fixed, /^Tmpfs=\/tmp$/m);
    assert.deepEqual(pages(fixed), ["hello", "hello", "hello"]);
    podman.clear("x.container");
  });

  for (const line of [
    "PrivateDevices=yes",
    "ProtectHostname=yes",
    "CapabilityBoundingSet=CAP_CHOWN",
    "ProcSubset=pid",
  ]) {
    it(`does not start with ${line}, says why, and starts with the fix`, function () {
      if (!podman) return skip(this, "there is no podman");
      const unit = read(quadlet([PORT], [line]));
      podman.put("x.container", unit.file.text);
      assert.equal(podman.see("start", "x.container").active, false);
      const told = podman.told("x.container");
      podman.clear("x.container");
      const [first] = diagnose(unit, readEvidence(told));
      assert.equal(first?.setting, line, told);
      podman.put("x.container", applyEdits(unit.file.text, first.fixes[0]?.edits() ?? []));
      const seen = podman.see("start", "x.container");
      podman.clear("x.container");
      assert.equal(seen.page, "hello");
    });
  }
});

const SHARED = ["net", "pid", "ipc", "uts"];

/** The capabilities of a mask in hexadecimal digits. */
const namesIn = (mask = "0"): readonly string[] =>
  CAPABILITY_FACTS.flatMap(({ name }, i) =>
    (BigInt(`0x${mask}`) >> BigInt(i)) & 1n ? [name.replace(/^CAP_/, "")] : [],
  );
