import assert from "node:assert/strict";
import { memoryHost, runOver } from "../../kit/memoryHost.ts";

const PATH = "/u/shop.container";

const harden = (...lines: readonly string[]): string => {
  const text = `[Container]\nImage=registry.example/shop@sha256:0\n${lines.join("\n")}\n`;
  return runOver(memoryHost({ [PATH]: text }), "harden", PATH).stdout;
};

describe("statements in a quadlet", () => {
  it("decide about rights of the program in the container", () => {
    assert.doesNotMatch(harden(), /^\+NoNewPrivileges=/m);
    const stated = harden("# unit-warden: no privileged-programs capabilities");
    assert.match(
      stated,
      /^# stated: its owner says that it runs no programs that gain rights \(line 3\)\n# {3}NoNewPrivileges=true: /m,
    );
    assert.match(stated, /^\+DropCapability=all$/m);
    assert.match(harden("# unit-warden: needs capabilities=CAP_NET_RAW"), /^\+AddCapability=.*\bSETUID NET_RAW$/m);
  });

  it("leave out what it needs", () => {
    const needed = harden("# unit-warden: needs privileged-programs");
    assert.doesNotMatch(needed, /^\+NoNewPrivileges=/m);
    assert.match(needed, /NoNewPrivileges=true: its owner says that it runs programs that gain rights \(line 3\)/);
  });
});
