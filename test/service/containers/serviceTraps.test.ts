import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { serviceTraps } from "../../../server/src/service/containers/serviceTraps.ts";
import type { TrapEffect } from "../../../server/src/service/containers/trap.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import { skip } from "../../kit/skip.ts";

const trapsOf = (
  service: readonly string[],
  {
    scope = "system",
    container = ["PublishPort=80:80"],
  }: { scope?: "system" | "user"; container?: readonly string[] } = {},
): Readonly<Record<string, TrapEffect>> => {
  const text = `[Container]\nImage=x\n${container.join("\n")}\n[Service]\n${service.join("\n")}\n`;
  const path = { kind: "container", role: "unit", name: "x.container", scope, placed: true } as const;
  const traps = serviceTraps(readUnit(path, text, 257, { podman: 5.4 }));
  return Object.fromEntries(traps.map(({ trap }) => [trap.directive, trap.effect]));
};

/** What a real podman did with each setting alone. */
const MEASURED = "../shared/quadlet/hardening-rootful-bridge.json";

const TOGETHER = "../shared/quadlet/sandbox-combos.jsonl";

interface Together {
  readonly net: string;
  readonly section: string;
  readonly lines: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
}

interface Measured {
  readonly section: string;
  readonly lines: readonly string[];
  readonly verdict: string;
}

describe("settings of [Service] that do not go with podman", () => {
  it("judges each setting as a real podman did", function () {
    if (!existsSync(MEASURED)) return skip(this, "the data beside the repository are not here");
    const all = JSON.parse(readFileSync(MEASURED, "utf8")) as readonly Measured[];
    const cases = all.filter(
      (it) => it.section === "Service" && !/^(?:Type|ExecStart|KillMode)=/.test(it.lines[0] ?? ""),
    );
    assert.ok(cases.length > 90, `${cases.length} cases`);
    const wrong = cases.flatMap(({ lines, verdict }) => {
      const seen = verdict.startsWith("breaks")
        ? "no-start"
        : verdict.includes("leaves port-forwarding")
          ? "dead-port"
          : verdict.includes("not reachable")
            ? "no-port"
            : "none";
      const effects = Object.values(trapsOf(lines));
      const ours = (["no-start", "no-port", "dead-port"] as const).find((it) => effects.includes(it)) ?? "none";
      return seen === ours ? [] : [`${lines.join(" ; ")}: ${seen}, not ${ours}`];
    });
    assert.deepEqual(wrong, []);
  });

  it("judges several together, and other networks, as a real podman did", function () {
    if (!existsSync(TOGETHER)) return skip(this, "the data beside the repository are not here");
    const cases = readFileSync(TOGETHER, "utf8")
      .split("\n")
      .filter((it) => it !== "")
      .map((it) => JSON.parse(it) as Together)
      // A server without any sockets is no matter of podman.
      .filter(({ section, lines }) => section === "Service" && !lines.includes("RestrictAddressFamilies=AF_UNIX"));
    assert.ok(cases.length > 30, `${cases.length} cases`);
    const wrong = cases.flatMap(({ net, lines, facts }) => {
      const container = net === "bridge" ? ["PublishPort=80:80"] : [`Network=${net}`];
      const effects = Object.values(trapsOf(lines, { container }));
      const seen = facts.start_rc !== "0" ? "no-start" : facts.leak_nft !== "0" ? "dead-port" : "none";
      const ours = (["no-start", "dead-port"] as const).find((it) => effects.includes(it)) ?? "none";
      return seen === ours ? [] : [`${net}: ${lines.join(" ; ")}: ${seen}, not ${ours}`];
    });
    assert.deepEqual(wrong, []);
  });

  it("knows what breaks a container of a user, and when", () => {
    const ofUser = (...lines: readonly string[]) => trapsOf(lines, { scope: "user" });
    assert.deepEqual(ofUser("NoNewPrivileges=yes", "LockPersonality=yes", "RestrictAddressFamilies=AF_UNIX"), {
      NoNewPrivileges: "boot",
      LockPersonality: "boot",
      RestrictAddressFamilies: "boot",
    });
    assert.deepEqual(ofUser("PrivateTmp=yes", "ProtectSystem=yes", "ProtectClock=yes", "ReadOnlyPaths=/usr"), {
      PrivateTmp: "no-start",
      ProtectSystem: "no-start",
      ProtectClock: "no-start",
      ReadOnlyPaths: "no-start",
    });
    assert.deepEqual(ofUser("MemoryMax=1G", "UMask=0077", "KeyringMode=private", "Restart=always"), {});
    assert.deepEqual(ofUser("NoNewPrivileges=no", "PrivateTmp=no", "ProtectSystem="), {});
  });

  it("says nothing of a port that is not there", () => {
    assert.deepEqual(trapsOf(["PrivateTmp=yes"], { container: [] }), {});
    assert.deepEqual(trapsOf(["PrivateTmp=yes"], { container: ["PublishPort=80:80", "Network=host"] }), {});
    assert.deepEqual(trapsOf(["PrivateTmp=yes"], { container: ["PodmanArgs=-P"] }), { PrivateTmp: "dead-port" });
    assert.deepEqual(trapsOf(["PrivateTmp=yes"], { container: ["Network=x.network", "PublishPort=80"] }), {
      PrivateTmp: "dead-port",
    });
  });
});
