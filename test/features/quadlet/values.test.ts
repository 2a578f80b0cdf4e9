import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { expectFindings, findingsOf } from "../../kit/fixture.ts";

const IMAGE = "[Container]\nImage=quay.io/a/b:1\n";
const codes = (line: string): string[] =>
  findingsOf(`${IMAGE}${line}\n`, "x.container").map((it) => `${it.code} ${it.severity}`);

describe("quadlets: values", () => {
  for (const line of [
    "ReadOnly=TRUE",
    "ReadOnly=0",
    'ReadOnly="yes"',
    "ReadOnly=",
    "Notify=healthy",
    "DropCapability=ALL",
    "DropCapability=net_raw CAP_CHOWN",
    "DropCapability=CAP_CHOWN,CAP_KILL",
    "AddCapability=%i",
    "PublishPort=8080",
    "PublishPort=8080:80/tcp",
    "PublishPort=127.0.0.1::80",
    "PublishPort=[::1]:8000-8010:8000-8010/udp",
    "Volume=/srv:/data:ro,Z,idmap=uids=0-1-10",
    "Volume=data:/data",
    "Volume=/data",
    "Memory=1.5g",
    "Memory=512MiB",
    "PidsLimit=-1",
    "HealthInterval=disable",
    "HealthInterval=1m30s",
    "StopSignal=term",
    "StopSignal=9",
    "IP6=fd00::1",
    "DNS=none",
    "UserNS=keep-id:uid=1000,gid=1000",
    "UserNS=container:web",
    "AutoUpdate=registry",
    "Pull=newer",
    "Pull=IfNotPresent",
    `PublishPort=\${PORT}:80`,
    "Memory=$MEMORY",
    "Volume=/srv:/data:rw,cached,noatime",
    "Sysctl=net.ipv4.ip_forward=1",
    "HealthCmd=curl -f http://localhost/ || exit 1",
    'Environment=A=b "C=d e"',
  ])
    it(`${line} is right`, () => {
      assert.deepEqual(codes(line), []);
    });

  const WRONG: Readonly<Record<string, string>> = {
    "ReadOnly=y": "quadlet/boolean warning",
    "ReadOnly=enabled": "quadlet/boolean warning",
    "DropCapability=CAP_NET_RAWW": "quadlet/value warning",
    "PublishPort=80:99999": "quadlet/value warning",
    "Volume=/srv:/data:readonly": "quadlet/value warning",
    "Memory=512x": "quadlet/value warning",
    "HealthInterval=30": "quadlet/value warning",
    "StopSignal=SIGTREM": "quadlet/value warning",
    "IP=10.0.0": "quadlet/value warning",
    "Pull=sometimes": "quadlet/value warning",
    "HealthOnFailure=reboot": "quadlet/value warning",
  };
  for (const [line, code] of Object.entries(WRONG))
    it(`${line} is ${code}`, () => {
      assert.deepEqual(codes(line), [code]);
    });

  it("point at the word that is wrong", () => {
    expectFindings(
      `#- x.container\n${IMAGE}DropCapability=CAP_CHOWN FOO\n                         ^^^ quadlet/value warning\nVolume=/a:/b:ro,rx\n                ^^ quadlet/value warning\n`,
    );
  });

  it("of numbers that the generator reads as 0 say so", () => {
    const [found] = findingsOf("[Volume]\nUser=root\nDevice=/x\nType=ext4\n", "x.volume");
    assert.match(found?.message ?? "", /^"root" in .* is no number: the generator reads it as 0$/);
  });

  it("are put right by a fix", () => {
    const [found] = findingsOf(`${IMAGE}ReadOnly=t\n`, "x.container");
    assert.deepEqual(
      found?.fixes.map((it) => it.title),
      ["Change to true", "Change to false"],
    );
  });
});
