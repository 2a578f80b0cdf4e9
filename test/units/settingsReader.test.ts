import { deepEqual, equal } from "node:assert/strict";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { settingsIn } from "../../server/src/units/settingsReader.ts";

describe("settings of a unit", () => {
  const path = { kind: "service", role: "unit", name: "web.service", scope: "system" } as const;
  const service = (text: string, dropIn = "") =>
    settingsIn(readUnit(path, `[Service]\n${text}`, 257, { dropIns: [`[Service]\n${dropIn}`] }), "Service");

  it("are the last values that systemd takes", () => {
    equal(service("MemoryMax=1G\n", "MemoryMax=much\n").last("MemoryMax")?.text, "1G");
    equal(service("MemoryMax=1G\n", "MemoryMax=2G\n").last("MemoryMax")?.text, "2G");
  });

  it("are taken back by an empty line", () => {
    equal(service("MemoryMax=1G\n", "MemoryMax=\n").last("MemoryMax"), undefined);
    deepEqual(service("BindPaths=/a /b\n", "BindPaths=\nBindPaths=/c\n").words("BindPaths"), ["/c"]);
  });

  it("are none that the version does not know", () => {
    equal(service("ProtectSystems=yes\nPrivateBPF=yes\n").last("PrivateBPF"), undefined);
    equal(service("ProtectSystems=yes\n").last("ProtectSystems"), undefined);
  });
});
