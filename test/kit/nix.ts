import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const ENVIRONMENT = {
  ...process.env,
  NIX_STATE_DIR: "/tmp/unit-warden-nix",
  NIX_STORE_DIR: "/tmp/unit-warden-nix/store",
};

/** Whether Nix can be asked, which Debian's nix-bin has; reading a file needs neither a store nor a daemon. */
export const HAS_NIX = spawnSync("nix-instantiate", ["--version"]).status === 0;

/** What Nix says against a text; undefined where it is Nix. */
export function nixComplaint(text: string): string | undefined {
  const { status, stderr } = spawnSync("nix-instantiate", ["--parse", "-"], {
    input: text,
    encoding: "utf8",
    env: ENVIRONMENT,
  });
  return status === 0 ? undefined : stderr;
}

/** What an expression gives, as JSON. */
export function nixValueOf(text: string): unknown {
  const { status, stdout, stderr } = spawnSync("nix-instantiate", ["--eval", "--strict", "--json", "-"], {
    input: text,
    encoding: "utf8",
    env: ENVIRONMENT,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}
