import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What boots a systemd, where it is there. */
export const BOX_SCRIPT = "../shared/systemd-box/box.sh";

/** Why no systemd can be booted for a test; undefined where it can. */
export const NO_BOX: string | undefined = !existsSync(BOX_SCRIPT)
  ? "no systemd-box beside the repository"
  : process.getuid?.() === 0
    ? undefined
    : "needs root";

/** A running systemd in namespaces of its own, over a throw-away copy of this machine. */
export interface Box {
  readonly run: (...command: readonly string[]) => {
    readonly status: number;
    readonly output: string;
    readonly errors: string;
  };
  /** Writes a file inside. */
  readonly put: (path: string, text: string) => void;
  /** The words that run a program of this machine in its network. */
  readonly inNetwork: readonly string[];
  readonly stop: () => void;
}

/** No command inside takes so long, in milliseconds; what waits for something that never comes ends then. */
const LONGEST = 240_000;

/** Boots one, over this machine or another root; who starts it stops it. */
export function startBox(root?: string): Box {
  const parent = mkdtempSync(join(tmpdir(), "unit-warden-box-"));
  const folder = join(parent, "box");
  const call = (verb: string, words: readonly string[], input = "") => {
    const options = { encoding: "utf8", input, maxBuffer: 1 << 28, timeout: LONGEST } as const;
    const { status, stdout, stderr } = spawnSync(BOX_SCRIPT, [verb, folder, ...words], options);
    return { status: status ?? -1, output: stdout, errors: stderr };
  };
  const started = call("start", root === undefined ? [] : ["--root", root]);
  if (started.status !== 0) throw new Error(`the box does not start: ${started.errors}`);
  return {
    run: (...command) => call("run", command),
    put: (path, text) => {
      call("run", ["tee", path], text);
    },
    inNetwork: ["nsenter", `--net=/proc/${readFileSync(join(folder, "pid"), "utf8").trim()}/ns/net`, "--"],
    stop: () => {
      if (call("stop", []).status === 0) rmdirSync(parent);
    },
  };
}
