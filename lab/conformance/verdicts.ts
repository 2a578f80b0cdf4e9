import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Unit } from "../../server/src/units/unit.ts";

/** A unit and the text that its file gets. */
export interface Changed {
  readonly name: string;
  readonly unit: Unit;
  readonly text: string;
}

/** What systemd-analyze verify says of hardened files that it did not say before; as many are asked at a time as there are cores. */
export async function verdicts(all: readonly Changed[]): Promise<string[]> {
  const found: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let it = all[next++]; it; it = all[next++]) {
      const { name, unit, text } = it;
      const [before, after] = [await verify(unit, unit.file.text), await verify(unit, text)];
      const more = after.messages.filter((line) => !before.messages.includes(line));
      if (after.status !== before.status || more.length > 0)
        found.push(`${name}: systemd-analyze verify: ${before.status} → ${after.status} ${more.join("; ")}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return found;
}

interface Verdict {
  readonly status: number;
  readonly messages: readonly string[];
}

async function verify({ path, dropIns }: Unit, text: string): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-verify-"));
  try {
    const file = join(folder, path.name ?? "x.service");
    writeFileSync(file, text);
    if (dropIns.length > 0) mkdirSync(`${file}.d`);
    for (const [i, it] of dropIns.entries())
      writeFileSync(join(`${file}.d`, `${String(i).padStart(3, "0")}.conf`), it.text);
    const argv = ["verify", "--man=no", "--recursive-errors=no", `--${path.scope}`, file];
    return await new Promise((resolve) => {
      execFile("systemd-analyze", argv, { env: { ...process.env, LC_ALL: "C" } }, (error, _, stderr) => {
        const messages = stderr.split("\n").map((it) => it.replaceAll(folder, "").replace(/:\d+: /, ": "));
        resolve({ status: Number(error?.code ?? 0), messages });
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
