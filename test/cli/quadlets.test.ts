import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { expectLinear } from "../kit/growth.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const WEB = [
  "[Unit]",
  "After=data.volume",
  "",
  "[Container]",
  "Image=quay.io/a/b:1",
  "Volume=data.volume:/data",
  "Volumes=/srv:/srv",
  "NoNewPrivileges=t",
  "Memory=512m",
  "",
  "[Service]",
  "Restart=alwys",
  "",
].join("\n");

/** The codes that are found, with the lines. */
function codes(files: Readonly<Record<string, string>>, ...argv: readonly string[]): readonly string[] {
  const { stdout } = runOver(memoryHost(files), "check", "--profile", "off", "--format", "json", ...argv);
  const { files: reports } = JSON.parse(stdout) as {
    files: { path: string; findings: { code: string; start: { line: number } }[] }[];
  };
  return reports.flatMap((it) => it.findings.map(({ code, start }) => `${start.line + 1} ${code}`));
}

describe("cli check: quadlets", () => {
  it("finds what podman and systemd refuse, and advises no hardening of services", () => {
    assert.deepEqual(codes({ "/q/web.container": WEB }, "/q/web.container"), [
      "7 quadlet/unknown-key",
      "8 quadlet/boolean",
      "12 value/enumeration",
    ]);
  });

  it("judges for the podman that is named", () => {
    const found = codes({ "/q/web.container": WEB }, "--podman", "5.4", "/q/web.container");
    assert.deepEqual(found, [
      "2 value/unit-name",
      "7 quadlet/unknown-key",
      "8 quadlet/boolean",
      "9 quadlet/too-new",
      "12 value/enumeration",
    ]);
    assert.deepEqual(codes({ "/q/x.pod": "[Pod]\nPodName=a\n" }, "--podman", "4.9", "/q"), ["1 quadlet/type-too-new"]);
    const { status, stderr } = runOver(memoryHost({ "/q/x.pod": "" }), "check", "--podman", "3.4", "/q");
    assert.equal(status, 2);
    assert.match(stderr, /--podman takes a version from 4\.4 to 6\.0/);
  });

  it("judges for the podman of a configuration, unless the option says another", () => {
    const files = {
      "/q/web.container": "[Container]\nImage=quay.io/a/b:1\nMemory=1g\n",
      "/q/.unit-warden.json": '{ "podman": "5.4" }',
    };
    assert.deepEqual(codes(files, "/q"), ["3 quadlet/too-new"]);
    assert.deepEqual(codes(files, "--podman", "5.5", "/q"), []);
  });

  it("takes auto for the podman of the machine, as its list of packages says", () => {
    const files = {
      "/q/web.container": "[Container]\nImage=quay.io/a/b:1\nMemory=1g\n",
      "/var/lib/dpkg/status": "Package: podman\nVersion: 5.4.2+ds1-2\n",
    };
    assert.deepEqual(codes(files, "--podman", "auto", "/q"), ["3 quadlet/too-new"]);
    assert.deepEqual(codes(files, "/q"), []);
  });

  it("reads a file together with its drop-ins", () => {
    const files = {
      "/q/web.container": "[Container]\nImage=quay.io/a/b:1\nGroup=5\n",
      "/q/web.container.d/10.conf": "[Container]\nUser=5\n",
    };
    assert.deepEqual(codes(files, "/q"), []);
    assert.deepEqual(codes({ "/q/web.container": files["/q/web.container"] }, "/q"), ["3 quadlet/conflict"]);
  });

  it("leaves files of other programs alone that have the suffixes of quadlets", () => {
    const files = {
      "/q/perl.pod": "=head1 NAME\n",
      "/q/disk.image": "\u0000",
      "/q/eth.network": "[Match]\nName=eth0\n[Network]\nDHCP=yes\n",
      "/q/web.container": "[Container]\nImage=quay.io/a/b:1\n",
    };
    const { stdout, status } = runOver(memoryHost(files), "check", "/q");
    assert.equal(status, 0);
    assert.doesNotMatch(stdout, /perl|disk/);
  });

  it("formats, too", () => {
    const files = { "/q/web.container": "[Container]\nImage = quay.io/a/b:1\n[Service]\nRestart=always\n" };
    const { stdout } = runOver(memoryHost(files), "format", "/q");
    assert.match(stdout, /^-Image = quay[\s\S]*^\+Image=quay/m);
  });

  it("explains keys and sections", () => {
    const explain = (...argv: readonly string[]): string => runOver(memoryHost({}), "explain", ...argv).stdout;
    assert.match(explain("PublishPort"), /PublishPort= in \[Container\][\s\S]*--publish[\s\S]*Since podman 4\.4/);
    assert.match(explain("User", "--section", "Container"), /in \[Container\]/);
    assert.match(explain("[Pod]"), /\[Pod\] of quadlets[\s\S]*PodName/);
    assert.match(explain("quadlet/boolean"), /counts as false/);
  });

  it("obeys comments that suppress", () => {
    const text = "[Container]\nImage=quay.io/a/b:1\n# unit-warden: ignore quadlet/boolean -- as it was\nReadOnly=y\n";
    assert.deepEqual(codes({ "/q/web.container": text }, "/q"), []);
  });

  it("finds links in all folders of the one that podman searches", () => {
    const web = "/etc/containers/systemd/a/web.container";
    const files = {
      [web]: "[Container]\nImage=quay.io/a/b:1\nVolume=data.volume:/data\nNetwork=web.network\n",
      "/etc/containers/systemd/a/b.container": "[Container]\nImage=quay.io/a/b:1\n",
      "/etc/containers/systemd/data.volume": "[Volume]\n",
    };
    assert.deepEqual(codes(files, web), ["4 quadlet/missing-link"]);
    assert.deepEqual(codes(files, "/etc/containers/systemd/a"), ["4 quadlet/missing-link"]);
    assert.deepEqual(codes({ ...files, "/etc/containers/systemd/c/d/web.network": "[Network]\n" }, web), []);
  });

  it("judges each part of a .quadlets file by its type, among the others", () => {
    const text = [
      "# FileName=web",
      "[Container]",
      "Image=quay.io/a/b:1",
      "Volume=data.volume:/data",
      "Rootfs=/srv",
      "---",
      "# FileName=data",
      "[Volume]",
      "Image=x",
      "Nope=1",
      "[Service]",
      "Restart=alwys",
      "---",
      "[Pod]",
      "PodName=a b",
      "---",
      "# FileName=data",
      "[Volume]",
      "---",
      "# FileName=late",
      "Description=x",
      "",
    ].join("\n");
    assert.deepEqual(codes({ "/src/app.quadlets": text }, "/src/app.quadlets"), [
      "3 quadlet/conflict",
      "9 quadlet/short-image",
      "10 quadlet/unknown-key",
      "12 value/enumeration",
      "14 quadlet/parts",
      "17 quadlet/parts",
      "20 quadlet/parts",
    ]);
    assert.equal(codes({ "/src/app.quadlets": text }, "/src", "--podman", "5.7")[0], "1 quadlet/parts");
  });
});

describe("cli show: quadlets", () => {
  it("names paths as podman sees them, from wherever they are asked for", () => {
    const files = { "systemd/web.container": "[Container]\nImage=quay.io/a/b:1\nVolume=./www:/www\n" };
    const { stdout } = runOver(memoryHost(files, { cwd: "/etc/containers" }), "show", "systemd/web.container");
    assert.match(stdout, /^SourcePath=\/etc\/containers\/systemd\/web\.container /m);
    assert.match(stdout, /-v \/etc\/containers\/systemd\/www:\/www /);
    assert.match(stdout, /^# systemd\/web\.container$/m);
    assert.match(stdout, /# web\.container:3$/m);
  });

  it("reads the parts of a .quadlets file once for all of them, and of two with one name shows each", () => {
    const part = (i: number): string =>
      `# FileName=c${i}\n[Container]\nImage=quay.io/a/b:${i}\nVolume=v${i}.volume:/x\n`;
    const parts = (size: number): string => Array.from({ length: size }, (_, i) => part(i)).join("---\n");
    const show = (text: string): string =>
      runOver(memoryHost({ "/q/app.quadlets": text }), "show", "/q/app.quadlets").stdout;
    expectLinear(12, parts, show);
    const named = (image: string): string => `# FileName=c\n[Container]\nImage=${image}\n`;
    const twice = show(`${named("quay.io/a/b:1")}---\n${named("quay.io/a/b:2")}`);
    assert.match(twice, /quay\.io\/a\/b:1/);
    assert.match(twice, /quay\.io\/a\/b:2/);
  }).timeout(300_000);
});
