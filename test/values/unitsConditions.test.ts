import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Where } from "../../server/src/values/grammar.ts";
import { issuesOf, slotsAt, tokensOf } from "../../server/src/values/read.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import { type ValueTypeName, valueType } from "../../server/src/values/valueTypes.ts";
import { valueSentence } from "../../server/src/values/wording.ts";

function where(version = 262): Where {
  const unit = parseUnitName("m.service");
  assert.ok(unit);
  return { version, scope: "system", kind: "service", unit, certain: true };
}

/** What is said of a value, after its effect; empty where it is right. */
const said = (type: ValueTypeName, text: string, version?: number): string =>
  issuesOf(valueType(type), text, where(version))
    .map(({ effect, ...it }) => `${effect} ${valueSentence("X", it, { consequence: it.consequence ?? "" })}`)
    .join(" | ");

const texts = (type: ValueTypeName, marked: string): string[] =>
  slotsAt(valueType(type), marked.replace("$0", ""), marked.indexOf("$0"), where()).flatMap((slot) =>
    slot.offers().map((it) => it.text),
  );

const parts = (type: ValueTypeName, text: string): string[] =>
  tokensOf(valueType(type), text, where()).map(({ from, to, role }) => `${role} ${text.slice(from, to)}`);

/** Values by type: those that systemd-analyze condition can make something of, and those that it cannot or that never fit. */
const CASES: readonly (readonly [ValueTypeName, readonly string[], readonly string[]])[] = [
  ["conditionAcPower", ["yes", "!no", "TRUE", "1"], ["maybe", "2"]],
  ["conditionArchitecture", ["x86-64", "native", "!arm64"], ["x86_64", "amd64"]],
  ["conditionCapability", ["CAP_KILL", "cap_kill", "5", "62"], ["kill", "CAP_FOO", "63"]],
  ["conditionControlGroupController", ["v2", "cpu memory", "cpuacct"], ["foo", "cpu,memory"]],
  ["conditionCpuFeature", ["avx2", "whatever"], []],
  ["conditionCpus", [">1", "4", "> 4", "0x4", "!=4"], ["x", "-1", "5K", ">="]],
  ["conditionCredential", ["a.b"], ["a/b", "a:b"]],
  ["conditionEnvironment", ["A", "A=b=c", "!A="], ["A-B", "=x", "A B"]],
  [
    "conditionFirmware",
    ["uefi", "device-tree", "device-tree-compatible(a,b)", 'smbios-field(sys_vendor $= "x y")'],
    [],
  ],
  ["conditionFirmware", [], ["UEFI", "device-tree-compatible(a", "smbios-field(x)", "smbios-field(a = b c)"]],
  ["conditionFraction", ["30%", "tag 0.5%"], ["30", "101%"]],
  ["conditionHost", ["web*", "0123456789abcdef0123456789abcdef"], []],
  ["conditionKernelCommandLine", ["!quiet", "a=b"], []],
  ["conditionKernelModuleLoaded", ["nf_tables", "snd-hda"], ["nf_tables.ko", "a/b"]],
  ["conditionKernelVersion", [">=6.12", ">= 5", '">= 2.0" " <= 60 "', "6.*", "!=6"], [">=", ">= 5 < 99", '"5']],
  ["conditionMemory", ["4G", ">=4G", "> 1G 512M", "<>1"], ["5x", "512M 1G", "1Ki", "$=5"]],
  [
    "conditionOsRelease",
    ["ID=debian", "ID=debian VERSION_ID>=10", '"ID=a b"', "FOO!$=b*"],
    ["ID", "ID = debian", "id=x"],
  ],
  ["conditionPressure", ["50%", "a.slice:50%/1min", "50% / 5min", "0.5%"], ["50", "150%", "50%/10s", "a:50%"]],
  ["conditionSecurity", ["selinux", "!tpm2"], ["SELinux", "foo"]],
  ["conditionUser", ["!root", "@system", "0"], ["@foo"]],
  ["conditionGroup", ["root"], ["@system"]],
  ["conditionVersion", ["systemd>=258", "systemd >= 258", "kernel 6.*", ">=5"], ["systemd >="]],
  ["conditionVirtualization", ["vm", "!container", "no", "kvm"], ["none", "KVM", "foo"]],
];

describe("conditions", () => {
  for (const [type, right, wrong] of CASES) {
    it(`${type} is never an error, and wrong only where it cannot be meant`, () => {
      for (const text of right) assert.equal(said(type, text), "", text);
      for (const text of wrong) assert.match(said(type, text), /^silent [^|]+$/, text);
    });
  }

  it("say what follows, also where ! turns them round", () => {
    assert.match(said("conditionSecurity", "foo"), /: the check never succeeds$/);
    assert.match(said("conditionSecurity", "!foo"), /: the check always succeeds$/);
    assert.match(said("conditionMemory", "!5x"), /: the check fails$/);
  });

  it("know what a version does not", () => {
    assert.equal(said("conditionSecurity", "measured-os"), "");
    assert.match(said("conditionSecurity", "measured-os", 257), /^silent /);
  });

  it("have an unknown specifier as their only error", () => {
    assert.match(said("conditionHost", "|!%Q"), /^assignment Unknown specifier "%Q" in X=/);
    assert.equal(said("conditionArchitecture", "%a"), "");
    assert.equal(said("conditionArchitecture", "!%i"), "silent X= needs a value after the !");
  });

  it("take | before !, and each once", () => {
    assert.equal(said("conditionVirtualization", "| ! vm"), "");
    assert.equal(
      said("conditionVirtualization", "!|vm"),
      'silent "|" in X= stands after !, which makes it part of the value',
    );
    assert.equal(
      said("conditionVirtualization", "!!vm"),
      'silent "!" in X= stands here twice, and the second becomes part of the value',
    );
    assert.equal(said("conditionVirtualization", "!"), "silent X= needs a value after the !");
    assert.equal(said("conditionCpus", "!!=4"), "");
    assert.equal(said("conditionVirtualization", ""), "");
  });

  it("offer what they compare with, behind the signs too", () => {
    assert.deepEqual(texts("conditionVirtualization", "$0").slice(0, 4), ["|", "!", "yes", "no"]);
    for (const text of ["$0", "!$0", "|!k$0"]) assert.ok(texts("conditionVirtualization", text).includes("kvm"), text);
    assert.ok(texts("conditionArchitecture", "!$0").includes("arm64"));
    assert.ok(texts("conditionSecurity", "$0").includes("apparmor"));
    assert.ok(texts("conditionFirmware", "$0").includes("smbios-field()"));
    assert.ok(texts("conditionFirmware", "smbios-field($0)").includes("sys_vendor"));
    assert.ok(texts("conditionMemory", "$0").includes(">="));
    assert.ok(texts("conditionKernelVersion", ">=5 $0").includes("<="));
    assert.ok(texts("conditionVersion", "$0").includes("systemd"));
    assert.ok(texts("conditionOsRelease", "ID=debian $0").includes("VERSION_ID"));
    assert.ok(texts("conditionControlGroupController", "cpu $0").includes("memory"));
    assert.ok(texts("conditionPressure", "50%/$0").includes("1min"));
    assert.ok(texts("conditionUser", "!$0").includes("@system"));
  });

  it("are coloured by their parts", () => {
    assert.deepEqual(parts("conditionMemory", "|!>=4G"), [
      "operator |",
      "operator !",
      "operator >=",
      "number 4",
      "unit G",
    ]);
    assert.deepEqual(parts("conditionOsRelease", "ID=debian"), ["variable ID", "operator =", "text debian"]);
    assert.deepEqual(parts("conditionPressure", "a.slice:50%/1min"), [
      "unitName a.slice",
      "number 50",
      "unit %",
      "number 1min",
    ]);
    assert.deepEqual(parts("conditionVersion", "systemd >= 258"), ["word systemd", "operator >=", "number 258"]);
    assert.deepEqual(parts("conditionFirmware", "smbios-field(sys_vendor = QEMU)"), [
      "word smbios-field",
      "variable sys_vendor",
      "operator =",
      "text QEMU",
    ]);
    assert.deepEqual(parts("conditionHost", "web%i"), ["text web%i", "specifier %i"]);
  });
});
