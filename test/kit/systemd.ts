import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const TOOL = "systemd-analyze";

const FIRST_LINE = spawnSync(TOOL, ["--version"], { encoding: "utf8" }).stdout ?? "";

/** The version of the machine's own systemd, undefined where there is none. */
export const MACHINE_VERSION: number | undefined = Number(/^systemd (\d+)/.exec(FIRST_LINE)?.[1]) || undefined;

/** What `systemd-analyze verify` prints about a unit, with no units around it but these; DIR stands for their folder. */
export function verify(
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  environment: Readonly<Record<string, string>> = {},
): string[] {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { stdout, stderr } = spawnSync(
      TOOL,
      ["verify", "--man=no", "--generators=no", "--recursive-errors=no", "--", name],
      { cwd: folder, encoding: "utf8", env: { ...process.env, SYSTEMD_UNIT_PATH: folder, ...environment } },
    );
    return (stderr + stdout).replaceAll(folder, "DIR").split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
