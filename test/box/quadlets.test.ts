import assert from "node:assert/strict";
import { CAPABILITY_FACTS } from "../../server/src/facts/capabilities.ts";
import { payloadWorld } from "../../server/src/service/containers/payloadWorld.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import { NO_BOX } from "../kit/box.ts";
import { PORTS, type PodmanBox, startPodman } from "../kit/podmanBox.ts";

/** The quadlet of a small server, with what a test adds to it. */
const quadlet = (container: readonly string[], service: readonly string[] = []): string => `[Container]
Image=localhost/bb:latest
Pull=never
Exec=/bin/httpd -f -p ${PORTS.inside} -h /www
StopTimeout=0
${container.join("\n")}
[Service]
${service.join("\n")}
`;

const PORT = `PublishPort=127.0.0.1:${PORTS.published}:${PORTS.inside}`;

/** Ways to confine a container or not, each of which podman and our model are asked about. */
const WAYS: readonly (readonly string[])[] = [
  [],
  ["NoNewPrivileges=true"],
  ["NoNewPrivileges=t"],
  ["DropCapability=all"],
  ["DropCapability=all", "AddCapability=NET_BIND_SERVICE chown"],
  ["DropCapability=CAP_CHOWN NET_BIND_SERVICE"],
  ["DropCapability=all", "DropCapability=", "DropCapability=KILL"],
  ["AddCapability=SYS_PTRACE"],
  ["AddCapability=all", "DropCapability=SYS_ADMIN"],
  ["User=1000"],
  ["User=1000", "AddCapability=NET_BIND_SERVICE"],
  ["User=app", "PodmanArgs=--user root"],
  ["UserNS=auto"],
  ["UserNS=auto", "UserNS=host"],
  ["UIDMap=0:300000:65536", "GIDMap=0:300000:65536"],
  ["SeccompProfile=unconfined"],
  ["ReadOnly=yes"],
  ["ReadOnly=y"],
  ["ReadOnly=true", "PodmanArgs=--read-only=false"],
  ["ReadOnly=true", "Tmpfs=/www:ro"],
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
    if (NO_BOX !== undefined) this.skip();
    try {
      podman = await startPodman();
    } catch (error) {
      console.log(`    skipped: ${error instanceof Error ? error.message : error}`);
      this.skip();
    }
  });

  after(() => podman?.stop());

  for (const lines of WAYS) {
    it(`is what its quadlet says: ${lines.join(", ") || "nothing"}`, function () {
      if (!podman) return this.skip();
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
              world.hostNamespaces.some(({ option }) => option === it) ||
              (it === "net" && world.network.kind === "host"),
          ),
        },
        JSON.stringify(seen),
      );
    });
  }
});

const SHARED = ["net", "pid", "ipc", "uts"];

/** The capabilities of a mask in hexadecimal digits. */
const namesIn = (mask = "0"): readonly string[] =>
  CAPABILITY_FACTS.flatMap(({ name }, i) =>
    (BigInt(`0x${mask}`) >> BigInt(i)) & 1n ? [name.replace(/^CAP_/, "")] : [],
  );
