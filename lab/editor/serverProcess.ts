import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Scene, TIMEOUT } from "./workbench.ts";

/** The processes of our server that the editor of a scene has started. */
export async function servers({ workspace }: Scene): Promise<number[]> {
  const extensions = join(dirname(workspace), "extensions");
  const pids = (await readdir("/proc")).filter((it) => /^\d+$/.test(it));
  const lines = await Promise.all(pids.map((it) => readFile(`/proc/${it}/cmdline`, "utf8").catch(() => "")));
  return pids.flatMap((pid, i) => {
    const line = lines[i] ?? "";
    return line.includes(extensions) && line.includes("dist/server.js") ? [Number(pid)] : [];
  });
}

/** Waits for the one server of the editor, which is none of some others that have to be gone. */
export async function serverOtherThan(scene: Scene, others: readonly number[], timeout = 2 * TIMEOUT): Promise<number> {
  for (const deadline = Date.now() + timeout; Date.now() < deadline; await sleep(50)) {
    const [pid, ...more] = await servers(scene);
    if (pid !== undefined && more.length === 0 && !others.includes(pid)) return pid;
  }
  throw new Error(`The servers are ${await servers(scene)}; wanted is one that is none of ${others}`);
}

/** Waits for a server that is none of some others, which may be there still. */
export async function newServer(scene: Scene, others: readonly number[]): Promise<number> {
  for (const deadline = Date.now() + 4 * TIMEOUT; Date.now() < deadline; await sleep(20)) {
    const pid = (await servers(scene)).find((it) => !others.includes(it));
    if (pid !== undefined) return pid;
  }
  throw new Error(`There are only the servers ${await servers(scene)}`);
}

/** Waits until the editor has no server. */
export async function noServer(scene: Scene): Promise<void> {
  for (const deadline = Date.now() + TIMEOUT; Date.now() < deadline; await sleep(50))
    if ((await servers(scene)).length === 0) return;
  throw new Error(`There is still the server ${await servers(scene)}`);
}

/** What the editor of a scene has written into the log of our server, since its window was last loaded. */
export async function serverLog({ workspace }: Scene): Promise<string> {
  const folder = join(dirname(workspace), "user/logs");
  const logs = (await readdir(folder, { recursive: true })).filter((it) => /unit.?warden[^/]*\.log$/i.test(it));
  return (await Promise.all(logs.sort().map((it) => readFile(join(folder, it), "utf8")))).join("");
}
