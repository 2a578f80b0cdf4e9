import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findingsOf } from "../kit/fixture.ts";
import { expectLinear } from "../kit/growth.ts";

const messages = (line: string, version: number): string[] =>
  findingsOf(`[Service]\nExecStart=/bin/true\n${line}\n`, "x.service", { profile: "off" }, version).map(
    (it) => it.message,
  );

describe("values of other versions", () => {
  it("that a newer systemd takes are named with the version", () => {
    assert.match(
      messages("PrivateUsers=full", 257)[0] ?? "",
      /^"full" is no value of .*; that requires systemd 258: systemd ignores/,
    );
    assert.match(messages("PrivateUsers=managed", 259)[0] ?? "", /; that requires systemd 260: /);
    assert.deepEqual(messages("PrivateUsers=managed", 260), []);
  });

  it("are told where the whole type of the directive is new, or what may follow a colon", () => {
    assert.match(messages("ProtectHostname=private", 257)[0] ?? "", /; that requires systemd 258: /);
    assert.match(messages("ProtectHostname=private:box", 257)[0] ?? "", /; that requires systemd 258: /);
  });

  it("that systemd no longer takes are named with the version that changed it", () => {
    assert.deepEqual(messages("CPUSchedulingPolicy=100", 259), []);
    assert.match(messages("CPUSchedulingPolicy=100", 262)[0] ?? "", /; systemd 260 no longer accepts that: /);
  });

  it("are not told of what no version takes", () => {
    for (const version of [257, 260, 262])
      for (const message of [...messages("PrivateUsers=x", version), ...messages("PrivateUsers=", version)])
        assert.doesNotMatch(message, /requires systemd|no longer accepts/);
  });

  it("are found in a time that grows with the file", () => {
    expectLinear(
      2_000,
      (size) => `[Service]\n${"PrivateUsers=managed\n".repeat(size)}`,
      (text) => findingsOf(text, "x.service", { profile: "off" }, 257),
    );
  });
});
