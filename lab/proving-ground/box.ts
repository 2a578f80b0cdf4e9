import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BOX_SCRIPT } from "../../test/kit/box.ts";
import { type Ended, run } from "./run.ts";

/** A running systemd over a throw-away copy of some root; several can run side by side. */
export interface Box {
  readonly run: (
    argv: readonly string[],
    options?: { readonly input?: string; readonly seconds?: number },
  ) => Promise<Ended>;
  /** Writes a file inside, with the folders that it needs. */
  readonly put: (path: string, text: string) => Promise<void>;
  /** Some properties of a unit. */
  readonly show: (unit: string, ...names: readonly string[]) => Promise<Readonly<Record<string, string>>>;
}

/** The boxes that are running, so that none outlives the program. */
const RUNNING = new Set<string>();

/** Ends the boxes when the program is told to end. */
export function endBoxesOnSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      for (const folder of RUNNING) spawnSync(BOX_SCRIPT, ["stop", folder]);
      process.exit(1);
    });
  }
}

/** Boots a box over a root and ends it once `use` is through. */
export async function withBox<T>(root: string, use: (box: Box) => Promise<T>): Promise<T> {
  const parent = mkdtempSync(join(tmpdir(), "unit-warden-ground-"));
  const folder = join(parent, "box");
  const started = await run([BOX_SCRIPT, "start", folder, "--root", root]);
  if (started.status !== 0) throw new Error(`the box does not start: ${started.output.trim()}`);
  RUNNING.add(folder);
  const inside: Box["run"] = (argv, options) => run([BOX_SCRIPT, "run", folder, ...argv], options);
  try {
    return await use({
      run: inside,
      put: async (path, text) => {
        await inside(["mkdir", "-p", dirname(path)]);
        await inside(["tee", path], { input: text });
      },
      show: async (unit, ...names) => {
        const { output } = await inside(["systemctl", "show", "-p", names.join(","), unit]);
        return Object.fromEntries(
          output.split("\n").flatMap((line) => {
            const at = line.indexOf("=");
            return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
          }),
        );
      },
    });
  } finally {
    await run([BOX_SCRIPT, "stop", folder]);
    RUNNING.delete(folder);
    rmSync(parent, { recursive: true, force: true });
  }
}
