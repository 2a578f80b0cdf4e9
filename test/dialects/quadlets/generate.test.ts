import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { generate } from "../../../server/src/dialects/quadlets/generator/generate.ts";
import { generatedText } from "../../../server/src/dialects/quadlets/generator/service.ts";
import { PODMAN_VERSIONS } from "../../../server/src/facts/podmanVersions.ts";

type Files = Readonly<Record<string, string>>;

const IMAGE = "[Container]\nImage=quay.io/a/b:1\n";

const made = (files: Files, version = 6, scope: "system" | "user" = "system") =>
  generate({
    files: new Map(Object.entries(files).map(([path, text]) => [`/U/${path}`, text])),
    folders: ["/U"],
    version,
    scope,
  });

/** The service of the first quadlet, as text. */
const service = (files: Files, version = 6): string => {
  const { services } = made(files, version);
  const own = services.find(({ source }) => source === `/U/${Object.keys(files)[0]}`);
  return own ? generatedText(own).text : "";
};

const reasons = (files: Files, version = 6): string[] =>
  made(files, version).refusals.map(({ quadlet, reason }) => `${quadlet.slice(3)} ${reason}`);

describe("quadlets: the service of a container", () => {
  it("is the file with what podman adds", () => {
    assert.equal(
      service({ "a.container": `# Web\n${IMAGE}Environment=B=2 A=1\n\n[Install]\nWantedBy=default.target\n` }),
      [
        "# Web",
        "[X-Container]",
        "Image=quay.io/a/b:1",
        "Environment=B=2 A=1",
        "",
        "[Install]",
        "WantedBy=default.target",
        "",
        "[Unit]",
        "Wants=network-online.target",
        "After=network-online.target",
        "SourcePath=/U/a.container",
        "RequiresMountsFor=%t/containers",
        "",
        "[Service]",
        "Environment=PODMAN_SYSTEMD_UNIT=%n",
        "KillMode=mixed",
        "ExecStop=/usr/bin/podman rm -v -f -i systemd-%N",
        "ExecStopPost=-/usr/bin/podman rm -v -f -i systemd-%N",
        "Delegate=yes",
        "Type=notify",
        "NotifyAccess=all",
        "SyslogIdentifier=%N",
        "ExecStart=/usr/bin/podman run --name systemd-%N --replace --rm --cgroups=split --sdnotify=conmon -d --env A=1 --env B=2 quay.io/a/b:1",
        "",
      ].join("\n"),
    );
  });

  it("says of each word which line it comes from", () => {
    const text = `${IMAGE}Environment=A=1 \\\n  "B=2 3"\nPodmanArgs=--init\n`;
    const [own] = made({ "a.container": text, "a.container.d/x.conf": "[Container]\nExec=sleep 1\n" }).services;
    const start = own?.sections.flatMap(({ lines }) => lines).find(({ key }) => key === "ExecStart");
    const parts = (start?.parts ?? []).map(({ start: from, end, origin }) => {
      const source = origin.path.endsWith(".conf") ? "[Container]\nExec=sleep 1\n" : text;
      return [start?.value.slice(from, end), source.slice(origin.start, origin.end)];
    });
    assert.deepEqual(parts, [
      ["--env", "A=1"],
      ["A=1", "A=1"],
      ["--env", '"B=2 3"'],
      ['"B=2\\x203"', '"B=2 3"'],
      ["--init", "--init"],
      ["quay.io/a/b:1", "quay.io/a/b:1"],
      ["sleep", "sleep"],
      ["1", "1"],
    ]);
  });

  it("depends on what it links to", () => {
    const files = {
      "a.container": `${IMAGE}Network=n.network:ip=10.0.0.2\nVolume=v.volume:/d:Z\nPod=p.pod\n`,
      "n.network": "[Network]\nNetworkName=net\nServiceName=mine\n",
      "v.volume": "[Volume]\n",
      "p.pod": "[Pod]\n",
    };
    const text = service(files);
    assert.match(text, /--network net:ip=10\.0\.0\.2 .*-v systemd-v:\/d:Z --pod systemd-p /);
    assert.match(text, /^Requires=mine\.service\nAfter=mine\.service\nRequires=v-volume\.service$/m);
    assert.match(text, /^BindsTo=p-pod\.service\nAfter=p-pod\.service$/m);
    const pod = made(files).services.find(({ name }) => name === "p-pod.service");
    assert.match(pod ? generatedText(pod).text : "", /^Wants=a\.service\nBefore=a\.service$/m);
  });

  it("reads drop-ins, the most specific of one name, in the order of their names", () => {
    const text = service({
      "a-b.container": IMAGE,
      "container.d/1.conf": "[Container]\nLabel=l=type\n",
      "a-.container.d/1.conf": "[Container]\nLabel=l=prefix\n",
      "a-b.container.d/2.conf": "[Container]\nLabel=m=own\n",
      "a-b.container.d/3.txt": "nothing\n",
    });
    assert.match(text, /--label l=prefix --label m=own /);
  });

  it("changes with the version", () => {
    const files = { "a.container": `${IMAGE}HostName="a b"\n` };
    const start = (version: number): string => /^ExecStart=.*$/m.exec(service(files, version))?.[0] ?? "";
    assert.match(start(4.9), /--name=systemd-%N --cidfile=%t\/%N\.cid .*"--hostname=\\"a b\\""/);
    assert.match(start(5.2), /"--hostname=a b"/);
    assert.match(start(5.4), /--name systemd-%N --cidfile=%t\/%N\.cid .*--hostname "a b"/);
    assert.match(start(6), /--name systemd-%N --replace .*--hostname "a\\x20b"/);
  });

  it("waits for the network of users by a service of their own", () => {
    const [own] = made({ "a.container": IMAGE }, 6, "user").services;
    assert.match(own ? generatedText(own).text : "", /^After=podman-user-wait-network-online\.service$/m);
  });
});

describe("quadlets: refusals", () => {
  it("stand at the setting", () => {
    const text = `${IMAGE}Foo=1\nExposeHostPort=http\n`;
    const places = made({ "a.container": text }).refusals.map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(places, ["Foo", "http"]);
  });

  it("leave the others alone, but for those that link to them and those of an unreadable file's folder", () => {
    const files = {
      "a.container": `${IMAGE}Network=n.network\n`,
      "n.network": "[Network]\nFoo=1\n",
      "b.container": IMAGE,
    };
    assert.deepEqual(reasons(files), ["n.network unknown-key", "a.container resource-name"]);
    const broken = { ...files, "n.network": "[Network]\nFoo\n", "sub/c.container": IMAGE };
    assert.deepEqual(reasons(broken), [
      "n.network unreadable",
      "a.container unreadable-neighbour",
      "b.container unreadable-neighbour",
    ]);
    assert.deepEqual(
      made(broken).services.map(({ name }) => name),
      ["c.service"],
    );
    assert.deepEqual(reasons(broken, 4.9), ["n.network unreadable"]);
  });

  it("take all after a crash along", () => {
    const files = { "a.container": `${IMAGE}Mount=type=bind,destination=/x\n`, "b.container": IMAGE };
    assert.deepEqual(reasons(files, 5.6), ["a.container crash", "b.container after-crash"]);
    assert.deepEqual(reasons(files, 5.7), ["a.container mount-source"]);
  });

  it("end a conversion before what would crash it", () => {
    const refused = `${IMAGE}Mount=type=bind,destination=/x\n[Service]\nKillMode=process\n`;
    const files = { "a.container": refused, "b.container": IMAGE };
    for (const version of [5, 5.4] as const)
      assert.deepEqual(reasons(files, version), ["a.container kill-mode"], String(version));
    assert.deepEqual(
      made(files, 5.4).services.map(({ name }) => name),
      ["b.service"],
    );
  });

  it("leave templates of a pod to themselves from 5.8 on", () => {
    const files = { "web@.container": `${IMAGE}Pod=p.pod\n`, "p.pod": "[Pod]\n" };
    const unitOf = (version: 5.4 | 5.8): string => {
      const pod = made(files, version).services.find(({ name }) => name === "p-pod.service");
      return pod ? generatedText(pod).text : "";
    };
    assert.match(unitOf(5.4), /^Wants=web@\.service\nBefore=web@\.service$/m);
    assert.doesNotMatch(unitOf(5.8), /web@/);
  });

  it("throw for no text and no version", () => {
    const texts = [
      "",
      "\0",
      "[",
      "[a",
      "=",
      "\\",
      "[Container]\n\\\n\\",
      "[Container]\r\nImage=\ud800\n",
      '[Container]\nMount="\n',
    ];
    for (const version of PODMAN_VERSIONS)
      for (const text of texts)
        for (const end of ["container", "pod", "kube", "volume", "network", "image", "build", "artifact"])
          assert.ok(made({ [`a@.${end}`]: text, [`a@.${end}.d/x.conf`]: text }, version));
  });
});

describe("quadlets: remarks", () => {
  it("tell lines of which nothing is taken", () => {
    const text = `${IMAGE}PodmanArgs=a \\q\nAddCapability=NET_ADMIN "SYS\nLabel=x\n`;
    const told = (version: number) =>
      made({ "a.container": text }, version).remarks.map(({ reason, start, end }) => [reason, text.slice(start, end)]);
    assert.deepEqual(told(6), [
      ["open-quote", '"SYS'],
      ["bad-escape", "\\q"],
    ]);
    assert.deepEqual(told(5.4).at(1), ["no-equals", "x"]);
  });

  it("tell images without a registry", () => {
    const { remarks } = made({ "a.container": "[Container]\nImage=nginx\n", "b.container": IMAGE });
    assert.deepEqual(
      remarks.map(({ reason, about }) => [reason, about]),
      [["short-image", "nginx"]],
    );
  });
});
