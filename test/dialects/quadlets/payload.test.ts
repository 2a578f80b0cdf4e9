import assert from "node:assert/strict";
import { payloadAnswers } from "../../../server/src/dialects/quadlets/payload/questions.ts";
import { payloadWorld } from "../../../server/src/service/containers/payloadWorld.ts";
import { parsePodmanArgs } from "../../../server/src/service/containers/podmanArgs.ts";
import type { ContainerQuadlet } from "../../../server/src/service/containers/podmanOptions.ts";
import { parse } from "../../../server/src/syntax/parse.ts";

const quadlet = (
  container: readonly string[],
  {
    scope = "system",
    service = [],
    dropIns = [],
    podman = 5.8,
  }: Partial<ContainerQuadlet> & {
    readonly service?: readonly string[];
    readonly dropIns?: readonly string[];
  } = {},
): ContainerQuadlet => ({
  files: [`[Container]\n${container.join("\n")}\n[Service]\n${service.join("\n")}\n`, ...dropIns].map((it) =>
    parse(it),
  ),
  scope,
  podman,
});

/** The answers, one a line. */
const table = (given: ContainerQuadlet): readonly string[] =>
  payloadAnswers(given).map((it) => `${it.id}: ${it.verdict}, ${it.answer}`);

const answer = (id: string, given: ContainerQuadlet): string | undefined =>
  table(given)
    .find((it) => it.startsWith(`${id}: `))
    ?.slice(id.length + 2);

describe("what the program in a container is given", () => {
  it("is podman's default where a quadlet says nothing", () => {
    assert.deepEqual(table(quadlet(["Image=docker.io/library/nginx:1"])), [
      "user: unknown, the user that the image names, root where it names none; root in the container is root of the host",
      "user-namespace: weak, no: user 0 in the container is user 0 of the host",
      "capabilities: weak, podman's usual 11 capabilities",
      "no-new-privileges: weak, yes, as far as its capabilities go",
      "seccomp: good, by podman's own profile",
      "root-file-system: weak, yes, to all of it",
      "devices: good, the usual ones, such as /dev/null",
      "kernel-paths: good, yes",
      "namespaces: good, no",
      "labels: unknown, by podman's label or profile, where the host has one",
      "limits: weak, memory is not limited; podman's usual limit of processes holds",
      "network: weak, a bridge of its own, and through it the network of the host (podman)",
      "ports: good, only what is in the same network, and the host",
      "host-paths: good, none",
      "engine: good, no",
      "secrets: good, no",
      "image: weak, no: the tag of the image may move",
    ]);
  });

  it("is all good where a quadlet confines it", () => {
    const digest = "0".repeat(64);
    const hard = quadlet([
      `Image=quay.io/x/y@sha256:${digest}`,
      "User=1000",
      "UserNS=auto",
      "DropCapability=all",
      "NoNewPrivileges=true",
      "ReadOnly=true",
      "ReadOnlyTmpfs=false",
      "Memory=256m",
      "PidsLimit=50",
      "Network=none",
      "Secret=password",
      "Volume=data.volume:/data",
    ]);
    const verdicts = payloadAnswers(hard).filter((it) => it.verdict !== "good" && it.id !== "labels");
    assert.deepEqual(verdicts, []);
  });

  it("is bad where a quadlet gives the host away", () => {
    const careless = quadlet([
      "Image=x",
      "User=root",
      "PodmanArgs=--privileged --pid=host",
      "Network=host",
      "PublishPort=80:80",
      "Volume=/:/host",
      "Volume=/var/run/docker.sock:/var/run/docker.sock",
      "SecurityLabelDisable=true",
      "Environment=DB_PASSWORD=hunter22",
    ]);
    const bad = payloadAnswers(careless).filter((it) => it.verdict === "bad");
    assert.deepEqual(
      bad.map((it) => it.id),
      [
        "user",
        "capabilities",
        "seccomp",
        "devices",
        "kernel-paths",
        "namespaces",
        "labels",
        "network",
        "ports",
        "host-paths",
        "engine",
        "secrets",
      ],
    );
  });

  it("reads values as the generator does", () => {
    for (const [value, holds] of [
      ["true", true],
      ["YES", true],
      ["on", true],
      ["1", true],
      ["t", false],
      ["y", false],
      ["enabled", false],
      ["true # yes", false],
    ] as const)
      assert.equal(payloadWorld(quadlet([`NoNewPrivileges=${value}`])).noNewPrivileges !== undefined, holds, value);
    const { bounding } = payloadWorld(quadlet(["DropCapability=all", 'AddCapability="cap_chown" Kill'])).capabilities;
    assert.deepEqual(bounding, ["CHOWN", "KILL"]);
  });

  it("reads drop-ins after the file, and [Service] where it reaches the program", () => {
    assert.equal(
      answer("user", quadlet(["User=5"], { dropIns: ["[Container]\nUser=0\n"] })),
      "bad, root; root in the container is root of the host",
    );
    assert.equal(answer("no-new-privileges", quadlet([], { service: ["NoNewPrivileges=yes"] })), "good, no");
    const limited = quadlet([], { service: ["MemoryMax=1G", "TasksMax=10"] });
    assert.equal(answer("limits", limited), "good, no: memory and processes are limited");
    const elsewhere = quadlet(["CgroupsMode=enabled"], { service: ["MemoryMax=1G"] });
    assert.match(answer("limits", elsewhere) ?? "", /^weak/);
  });

  it("knows what rootless means", () => {
    const user = (...lines: readonly string[]) => quadlet(lines, { scope: "user" });
    assert.match(answer("user-namespace", user()) ?? "", /^good, yes: all are those/);
    assert.match(answer("network", user()) ?? "", /\(pasta\)$/);
    assert.match(answer("network", quadlet([], { scope: "user", podman: 4.9 })) ?? "", /\(slirp4netns\)$/);
    assert.match(answer("user", user("User=0")) ?? "", /^weak/);
  });

  it("leaves to the file of a network what is behind it", () => {
    assert.match(
      answer("network", quadlet(["Network=x.network:ip=10.0.0.5"])) ?? "",
      /^unknown, the bridge of x\.network, /,
    );
    assert.match(answer("network", quadlet(["Network=x"])) ?? "", /^weak, .* \(x\)$/);
  });

  it("leaves to a pod what the pod decides", () => {
    const member = quadlet(["Pod=x.pod"]);
    assert.deepEqual(
      payloadAnswers(member)
        .filter((it) => it.answer.includes("pod decides") || it.answer.includes("its pod"))
        .map((it) => it.id),
      ["user-namespace", "network", "ports"],
    );
  });

  it("tells who reaches a port", () => {
    const ports = (...lines: readonly string[]) => answer("ports", quadlet(lines.map((it) => `PublishPort=${it}`)));
    assert.equal(ports("127.0.0.1:8080:80", "[::1]:8080:80"), "good, this machine");
    assert.equal(ports("8080:80"), "weak, everyone who reaches the host, at 8080");
    assert.equal(ports("[::]:53:53/udp", "80"), "weak, everyone who reaches the host, at 53, one for 80");
  });

  it("tells harmless paths of the host from those of the system", () => {
    const paths = (...lines: readonly string[]) =>
      answer("host-paths", quadlet(lines.map((it) => `Volume=${it}`)))?.split(",")[0];
    assert.equal(paths("/srv/x:/data:Z"), "good");
    assert.equal(paths("/etc/localtime:/etc/localtime:ro"), "good");
    assert.equal(paths("/etc:/etc:ro"), "weak");
    assert.equal(paths("/etc:/etc"), "bad");
    assert.equal(paths("/:/host:ro"), "bad");
    assert.equal(paths("data:/data"), "good");
    assert.equal(answer("host-paths", quadlet(["Mount=type=bind,src=/home,dst=/h,ro"])), "weak, /home (read only)");
  });

  it("points at the words that say it", () => {
    const given = quadlet(["PodmanArgs=--cap-add SYS_ADMIN --log-level debug", "AddCapability=CHOWN NET_ADMIN"]);
    const because = payloadAnswers(given).find((it) => it.id === "capabilities")?.because ?? [];
    assert.deepEqual(
      because.map(({ file, span }) => file.text.slice(span.start, span.end)),
      ["CHOWN", "NET_ADMIN", "--cap-add SYS_ADMIN"],
    );
  });
});

describe("the words of PodmanArgs=", () => {
  const read = (text: string) => parsePodmanArgs(text.split(" ")).map((it) => `${it.option}=${it.value}`);
  it("are options with their values in all their forms", () => {
    assert.deepEqual(read("--cap-add=A --cap-add B --privileged --read-only=false --net host"), [
      "cap-add=A",
      "cap-add=B",
      "privileged=true",
      "read-only=false",
      "network=host",
    ]);
    assert.deepEqual(read("-it -v/a:/b -v /c:/d -p 80:80 -u=5 -P"), [
      "interactive=true",
      "tty=true",
      "volume=/a:/b",
      "volume=/c:/d",
      "publish=80:80",
      "user=5",
      "publish-all=true",
    ]);
    assert.deepEqual(read("word --cap-add"), ["cap-add="]);
  });
});
