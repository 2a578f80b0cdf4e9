import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { effective } from "../../server/src/security/effective.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

/** What becomes of a unit with a line: it is refused, the line has an error or a warning, or systemd says nothing. */
type Outcome = "refused" | "said" | "silent";

const LOUD: readonly string[] = ["error", "warning"];

const NEEDED: Readonly<Record<string, string>> = {
  Service: "[Service]\nExecStart=/bin/true\n",
  Socket: "[Socket]\nListenStream=/run/x\n",
  Mount: "[Mount]\nWhat=/dev/x\nWhere=/x\n",
};

function outcome(section: string, line: string, version: number): Outcome {
  const path = unitPath(`x.${section.toLowerCase()}`);
  assert.ok(path);
  const unit = readUnit(path, `${NEEDED[section]}${line}\n`, version);
  if (effective(unit).refusal) return "refused";
  const last = unit.file.nodes.at(-1)?.start ?? 0;
  const findings = check(unit, { profile: "off", select: ["value", "directive"] });
  return findings.some(({ severity, start }) => LOUD.includes(severity) && start >= last) ? "said" : "silent";
}

/** Answers of 245 (Ubuntu), 247 (Debian), 249 (Ubuntu), 252, 254 (Debian), 255, 259 (Ubuntu) and 262 (Debian), where they differ. */
const CASES: readonly (readonly [section: string, line: string, answers: Readonly<Record<number, Outcome>>])[] = [
  ["Service", "RestrictNamespaces=time", { 245: "said", 249: "said", 252: "silent", 262: "silent" }],
  ["Service", "RestrictNamespaces=uts net", { 245: "silent", 262: "silent" }],
  ["Service", "LoadCredential=x", { 247: "said", 249: "silent", 252: "silent" }],
  ["Service", "KillMode=", { 245: "said", 247: "silent", 262: "silent" }],
  ["Service", "KillMode=process\nPAMName=x\nKillMode=", { 245: "refused", 247: "silent" }],
  ["Service", `StateDirectory=${"x".repeat(300)}`, { 249: "said", 252: "said", 262: "said" }],
  ["Service", "CPUAffinity=numa", { 245: "silent", 247: "silent", 262: "silent" }],
  [
    "Service",
    "SystemCallArchitectures=parisc",
    { 245: "said", 247: "said", 249: "said", 252: "silent", 262: "silent" },
  ],
  ["Service", "IOSchedulingClass=8", { 255: "silent", 257: "silent", 259: "said", 262: "said" }],
  ["Socket", "SocketProtocol=mptcp", { 245: "said", 247: "said", 255: "said", 257: "silent", 262: "silent" }],
  ["Socket", "SocketProtocol=262", { 247: "said", 255: "said", 257: "silent" }],
  ["Socket", "Timestamping=\u03bcs", { 247: "said", 249: "said", 252: "silent", 262: "silent" }],
  ["Socket", "Timestamping=\u00b5s", { 247: "silent", 262: "silent" }],
  ["Service", "RestartSec=5\u03bcs", { 245: "said", 247: "said", 249: "said", 252: "silent", 262: "silent" }],
  ["Service", "RestartSec=1s 5\u00b5s", { 245: "silent", 262: "silent" }],
  ["Socket", "ListenStream=@", { 245: "silent", 247: "said", 262: "said" }],
  ["Service", "CPUAffinity=x", { 245: "refused", 247: "refused", 249: "said", 262: "said" }],
  ["Service", "CPUAffinity=1 9999", { 247: "refused", 249: "said" }],
  ["Service", "CPUAffinity=3-1", { 245: "said", 247: "said", 249: "said" }],
  ["Service", "NUMAMask=x", { 245: "said", 247: "said" }],
  ["Service", "StandardInputData=x", { 245: "refused", 247: "said", 262: "said" }],
  ["Service", "StandardInputText=a\\qb", { 245: "refused", 247: "said" }],
  ["Service", "StandardInputText=%Q", { 245: "refused", 247: "said" }],
  ["Service", "StandardInputData=AA-A", { 249: "said", 254: "said", 255: "silent", 262: "silent" }],
  ["Service", "StandardInput=fd:a:b", { 245: "refused", 247: "said" }],
  ["Service", "StandardOutput=file:x", { 245: "refused", 247: "said" }],
  ["Service", "StandardOutput=bogus:x", { 245: "said", 247: "said" }],
  ["Service", "StandardOutput=file:/%Q", { 245: "refused", 247: "said", 257: "said", 262: "said" }],
  ["Service", "StandardOutput=file:/%t/x", { 245: "silent", 262: "silent" }],
  ["Service", "User=00", { 245: "said", 247: "refused" }],
  ["Service", "SystemCallFilter=read:EPERM", { 247: "silent", 249: "said" }],
  ["Service", "SystemCallFilter=~read:kill", { 245: "said", 247: "silent" }],
  ["Service", "SystemCallErrorNumber=kill", { 245: "said", 247: "silent" }],
  ["Service", "NUMAMask=all", { 245: "said", 247: "silent" }],
  ["Service", "SystemCallFilter=read:EFOO", { 247: "said", 249: "said" }],
  ["Service", "SocketBindDeny=0", { 255: "said", 259: "silent" }],
  ["Service", "RestrictNetworkInterfaces=time-sync.target", { 254: "said", 255: "said", 259: "silent" }],
  ["Service", "PAMName=login\nPrivatePIDs=yes", { 257: "silent", 259: "silent", 262: "refused" }],
  ["Socket", "Service=5s", { 245: "refused", 247: "said", 262: "said" }],
  ["Socket", "Service=x.service", { 245: "silent", 262: "silent" }],
  ["Mount", "OOMRules=x", { 259: "said", 262: "said" }],
  ["Mount", "ManagedOOMSwap=kill", { 247: "said", 262: "said" }],
];

describe("values: what real systemds make of lines that they read in different ways", () => {
  for (const [section, line, answers] of CASES)
    it(`${section}: ${line.replace("\n", " ")}`, () => {
      const ours = Object.keys(answers).map((it) => [it, outcome(section, line, Number(it))]);
      assert.deepEqual(Object.fromEntries(ours), Object.fromEntries(Object.entries(answers)));
    });
});

describe("complaints about two settings", () => {
  const codes = (line: string): readonly string[] => {
    const path = unitPath("x.service");
    assert.ok(path);
    const unit = readUnit(path, `[Service]\nExecStart=/bin/true\n${line}\n`, 262);
    return check(unit, { profile: "off", select: ["unit"] }).map(({ code }) => code);
  };

  it("do not count a value that systemd ignores", () => {
    assert.deepEqual(codes("USBFunctionStrings=x"), []);
    assert.deepEqual(codes("USBFunctionStrings=/x"), ["unit/usb-functions"]);
    assert.deepEqual(codes("RestartSteps=4294967296"), []);
    assert.deepEqual(codes("RestartSteps=5"), ["unit/restart-steps"]);
  });
});
