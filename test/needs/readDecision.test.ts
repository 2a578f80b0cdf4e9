import assert from "node:assert/strict";
import { readDecision } from "../../server/src/needs/readDecision.ts";
import type { FileReading, ProgramReading, ProgramSign } from "../../server/src/program/reading.ts";

const native = (signs: readonly ProgramSign[] = [], more: Partial<FileReading> = {}): FileReading => ({
  path: "/usr/sbin/zorbd",
  form: "native",
  own: true,
  signs,
  paths: [],
  hides: [],
  ...more,
});
const CLOCK: ProgramSign = { sign: "clock", form: "call", what: "clock_settime" };
const STARTS: ProgramSign = { sign: "exec", form: "call", what: "execve" };
const reading = (...files: readonly FileReading[]): ProgramReading => ({ files, unread: [] });

describe("What the files of a program say about a setting", () => {
  it("is a proof where nothing in it and its libraries speaks of the need", () => {
    const library = native([], { path: "/usr/lib/libz.so.1", own: false });
    assert.deepEqual(readDecision(reading(native(), library), "ProtectHostname", true), {
      says: "for",
      grade: "proven",
      reason: "nothing in zorbd and its library sets the host name",
    });
  });

  it("is read where only its own code is known to be silent", () => {
    const library = native([{ ...CLOCK, sign: "hostName", what: "sethostname" }], {
      path: "/usr/lib/a.so",
      own: false,
    });
    assert.deepEqual(readDecision(reading(native(), library), "ProtectHostname", true), {
      says: "for",
      grade: "read",
      reason: "nothing in zorbd sets the host name",
    });
  });

  it("names one other file of its own, and counts more of them", () => {
    const script = native([], { form: "shell", path: "/opt/zorb/run.sh" });
    const reasonOf = (...files: readonly FileReading[]): string | undefined => {
      const found = readDecision(reading(...files), "ProtectHostname", true);
      return found?.says === "for" ? found.reason : undefined;
    };
    assert.equal(reasonOf(script, native()), "nothing in zorbd and run.sh sets the host name");
    assert.equal(reasonOf(script, script, native()), "nothing in zorbd and 2 files of its own sets the host name");
  });

  it("is a condition where its code speaks of the need, with the place", () => {
    assert.deepEqual(readDecision(reading(native([CLOCK])), "ProtectClock", true), {
      says: "against",
      condition: "if it works without clock_settime(), which zorbd calls",
      shown: "zorbd calls clock_settime()",
    });
    const script = native([{ sign: "privileged", form: "command", what: "sudo", line: 12 }], {
      path: "/opt/x/backup.sh",
      form: "shell",
    });
    assert.deepEqual(readDecision(reading(script), "NoNewPrivileges", false), {
      says: "against",
      condition: "if it works without sudo, which backup.sh:12 starts",
      shown: "backup.sh:12 starts sudo",
    });
  });

  it("is open where something can be loaded, was not read, or root starts what stands elsewhere", () => {
    const hiding = native([], { hides: ["loads plugins that it does not name"] });
    assert.deepEqual(readDecision(reading(hiding), "ProtectHostname", false), {
      says: "open",
      condition: "if nothing else sets the host name: zorbd loads plugins that it does not name",
    });
    const missing = { files: [native()], unread: [{ path: "/opt/x/run", why: "is not on this machine" }] };
    assert.equal(readDecision(missing, "ProtectHostname", false)?.says, "open");
    const configuration = native([{ sign: "exec", form: "command", what: "/usr/bin/x", line: 1 }], {
      path: "/etc/zorb.conf",
      form: "configuration",
    });
    assert.equal(readDecision(reading(native(), configuration), "ProtectHostname", true)?.says, "open");
    assert.equal(readDecision(reading(native(), configuration), "ProtectHostname", false)?.says, "for");
    const asUsers = native([STARTS, { sign: "pam", form: "call", what: "pam_start" }]);
    assert.equal(readDecision(reading(asUsers), "ProtectHostname", true)?.says, "open");
    assert.equal(readDecision(reading(native([STARTS])), "ProtectHostname", false)?.says, "for");
    assert.equal(readDecision(reading(native([STARTS])), "NoNewPrivileges", false)?.says, "open");
  });

  it("is open to words that only an instance has where they may name a path, and not where code decides alone", () => {
    const told = {
      files: [native()],
      unread: [{ path: "%i", why: "is what an instance is named after", isArgument: true }],
    };
    assert.equal(readDecision(told as ProgramReading, "LockPersonality", true)?.says, "for");
    assert.equal(readDecision(told as ProgramReading, "PrivateDevices", true)?.says, "open");
    const script = { ...told, files: [native([], { form: "shell", path: "/opt/run" }), ...told.files] };
    assert.equal(readDecision(script as ProgramReading, "LockPersonality", true)?.says, "open");
  });

  it("is nothing that decides where scripts are silent, and where it does not show", () => {
    const script = (foreign: Partial<FileReading>, ...signs: readonly ProgramSign[]): ProgramReading =>
      reading(native(signs, { form: "python", ...foreign }));
    assert.deepEqual(readDecision(script({ foreign: ["paho"] }), "ProtectHostname", true), { says: "silent" });
    assert.equal(readDecision(script({}, STARTS), "ProtectHostname", true)?.says, "silent");
    // Its runtime may do it.
    assert.equal(readDecision(script({}), "ProcSubset", true)?.says, "silent");
    assert.equal(readDecision(reading(native()), "ProtectSystem", true), undefined);
    assert.equal(readDecision(reading(), "ProtectHostname", true), undefined);
  });

  it("is for what a script does not that loads only its own and starts plain tools", () => {
    const python = native([], { form: "python", path: "/opt/zorb/run.py" });
    assert.deepEqual(readDecision(reading(python), "ProtectHostname", true), {
      says: "for",
      grade: "read",
      reason: "nothing in run.py sets the host name",
    });
    const started = (what: string): ProgramReading =>
      reading(native([{ sign: "exec", form: "command", what, line: 1 }], { form: "shell", path: "/opt/run" }));
    assert.equal(readDecision(started("sleep"), "ProtectHostname", false)?.says, "for");
    assert.equal(readDecision(started("awk"), "ProtectHostname", false)?.says, "silent");
    assert.equal(readDecision(started("shopctl"), "ProtectHostname", false)?.says, "silent");
    // Scripts that an interpreter is given are read as well.
    assert.equal(readDecision(started("python3"), "ProtectHostname", false)?.says, "for");
    assert.equal(readDecision(started("tclsh"), "ProtectHostname", false)?.says, "silent");
    assert.equal(readDecision(started("sleep"), "NoNewPrivileges", false)?.says, "for");
    assert.equal(readDecision(started("shopctl"), "NoNewPrivileges", false)?.says, "open");
  });

  it("speaks against private mounts of a program that mounts", () => {
    const mounting = native([{ sign: "mount", form: "call", what: "mount" }]);
    assert.equal(readDecision(reading(mounting), "PrivateTmp", true)?.says, "against");
    assert.equal(readDecision(reading(mounting), "RestrictRealtime", true)?.says, "for");
  });

  it("counts what its configuration names", () => {
    const configuration = native([{ sign: "devices", form: "text", what: "/dev/ttyUSB0", line: 3 }], {
      path: "/etc/zorb.conf",
      form: "configuration",
    });
    assert.deepEqual(readDecision(reading(native(), configuration), "PrivateDevices", false), {
      says: "against",
      condition: "if it works without /dev/ttyUSB0, which zorb.conf:3 names",
      shown: "zorb.conf:3 names /dev/ttyUSB0",
    });
  });
});
