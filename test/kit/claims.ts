import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { it } from "mocha";
import type { Box } from "./box.ts";
import { findingsOf } from "./fixture.ts";
import { skip } from "./skip.ts";

/** What a rule claims, as a service that shows it: what it prints with some lines, and with better ones. */
export interface Claim {
  readonly code: string;
  readonly lines: readonly string[];
  readonly prints: string;
  readonly better: readonly string[];
  readonly printsThen: string;
  /** What the service runs, in a shell. */
  readonly script?: string;
  /** What it runs instead of a shell. */
  readonly command?: string;
  /** With which exit status the main process ends where the service prints `failed`, such as 203 of 203/EXEC. */
  readonly status?: number;
  /** A program that the machine must have. */
  readonly needs?: string;
}

/** Each claim as a test: the rule speaks of the one service and not of the other, and they do what they do. */
export function itShows(claims: readonly Claim[], boxOf: () => Box | undefined): void {
  for (const claim of claims) {
    const { code, lines, prints, better, printsThen, needs, status } = claim;
    it(`${code}: ${lines.join(" · ")}`, function () {
      const box = boxOf();
      if (!box || (needs !== undefined && !existsSync(needs))) return skip(this, "nothing can be started in a box");
      const [bad, good] = [unitOf(claim, lines), unitOf(claim, better)];
      assert.ok(codesOf(bad).includes(code), bad);
      assert.ok(!codesOf(good).includes(code), good);
      assert.equal(printed(box, claim, bad), prints);
      if (status !== undefined) assert.equal(mainStatus(box), status);
      assert.equal(printed(box, claim, good), printsThen);
    });
  }
}

/** The codes of what is found in a text as the version of the box would read it. */
export const codesOf = (text: string, path = "claim.service"): string[] =>
  findingsOf(text, path, { profile: "off" }, 257).map((it) => it.code);

function unitOf({ command = "/bin/sh /srv/claim.sh" }: Claim, lines: readonly string[]): string {
  const service = [
    "Type=oneshot",
    "StandardOutput=file:/run/claim.out",
    "StandardError=null",
    ...lines,
    `ExecStart=${command}`,
  ];
  return `[Unit]\nDefaultDependencies=no\nStartLimitIntervalSec=0\n[Service]\n${service.join("\n")}\n`;
}

/** What the service prints, or `failed`. */
function printed(box: Box, { script = "" }: Claim, unit: string): string {
  box.run("systemctl", "stop", "claim.service");
  box.run("rm", "-f", "/run/claim.out");
  box.put("/srv/claim.sh", `${script}\n`);
  box.put("/run/systemd/system/claim.service", unit);
  box.run("systemctl", "daemon-reload");
  const { status } = box.run("systemctl", "start", "claim.service");
  return status === 0 ? box.run("cat", "/run/claim.out").output.trim() : "failed";
}

const mainStatus = (box: Box): number =>
  Number(box.run("systemctl", "show", "--property=ExecMainStatus", "--value", "claim.service").output);
