import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { built } from "../kit/built.ts";
import { LspClient } from "../kit/client.ts";

const FILES = 5000;
/** So many files a client tells of in one message. */
const A_MESSAGE = 500;

/** What a real server takes from the first event about thousands of new files, all of which come at once, to an answer with the symbols of the first and the last of them. */
export async function symbolsOfNewFiles(): Promise<{ readonly seconds: number; readonly ofProcessor: number }> {
  await built();
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-growth-"));
  const units = join(folder, "units");
  mkdirSync(units);
  const uriOf = (name: string): string => pathToFileURL(join(units, name)).href;
  const client = await LspClient.start({
    folder: pathToFileURL(folder).href,
    capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
  });
  const symbols = async (query: string): Promise<readonly string[]> =>
    (await client.request<readonly { readonly name: string }[]>("workspace/symbol", { query })).map((it) => it.name);
  try {
    writeFileSync(join(units, "old.service"), "[Service]\nExecStart=/bin/true\n");
    await client.open(uriOf("old.service"), "[Service]\nExecStart=/bin/true\n");
    assert.equal((await symbols("old.service"))[0], "old.service");
    const names = Array.from({ length: FILES }, (_, i) => `new${i}.service`);
    for (const it of names)
      writeFileSync(join(units, it), `[Unit]\nAfter=a.target\n[Service]\nExecStart=/usr/bin/${it}\n`);
    const [start, before] = [performance.now(), processorTime(client)];
    for (let i = 0; i < FILES; i += A_MESSAGE) {
      const changes = names.slice(i, i + A_MESSAGE).map((it) => ({ uri: uriOf(it), type: 1 }));
      await client.notify("workspace/didChangeWatchedFiles", { changes });
    }
    const found = await Promise.all([symbols("new0.service"), symbols(`new${FILES - 1}.service`)]);
    const seconds = (performance.now() - start) / 1000;
    const ofProcessor = processorTime(client) - before;
    assert.deepEqual(
      found.map(([first]) => first),
      ["new0.service", `new${FILES - 1}.service`],
    );
    return { seconds, ofProcessor };
  } finally {
    await client.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The seconds of the processor that a server has taken, which the load of the machine does not change. */
function processorTime({ child }: LspClient): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  const ticks = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}
