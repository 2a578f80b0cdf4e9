import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { nodeFiles } from "../server/src/main/nodeFiles.ts";
import { Indexing } from "../server/src/server/indexing.ts";
import { loadUnit } from "../server/src/units/index/load.ts";
import { referencesFrom, referencesTo } from "../server/src/units/index/lookup.ts";
import { EMPTY_INDEX, type SeenFile, type UnitIndex, withChanges } from "../server/src/units/index/unitIndex.ts";
import { median, timed } from "./numbers.ts";

const UNITS = 5000;
const ROUNDS = 9;

/** How long the index of many units takes, how much memory it keeps, and how long one changed file takes. */
export async function index(folder: string): Promise<string> {
  const files = Array.from({ length: UNITS }, (_, i) => unit(i));
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const build = (): UnitIndex => withChanges(EMPTY_INDEX, files);
  build();
  collect();
  const before = process.memoryUsage().heapUsed;
  let kept = EMPTY_INDEX;
  const first = timed(() => {
    kept = build();
  });
  collect();
  const heap = ((process.memoryUsage().heapUsed - before) / 1e6).toFixed(1);
  const near = files[0]?.path ?? "";
  const changes = Array.from({ length: ROUNDS }, (_, i) =>
    timed(() => {
      const file = unit(i * 500);
      kept = withChanges(kept, [{ ...file, text: `${file.text}After=late-${i}.target\n` }]);
      referencesTo(kept, `late-${i}.target`, near);
    }),
  );
  const edges = timed(() => {
    for (let i = 0; i < UNITS; i++) referencesFrom(kept, nameOf(i), near);
  });
  const tree = kept.trees.get("system:/project");
  const loads = timed(() => {
    for (let i = 0; tree && i < UNITS; i++) loadUnit(tree, nameOf(i));
  });
  return [
    `index: ${UNITS} units`,
    `  read from a folder in ${(await reading(folder, files)).toFixed(0)} ms, target under 1000 ms`,
    `  built in ${first.toFixed(0)} ms of processor time, ${heap} MB kept`,
    `  one changed file, and who names a new unit: median ${median(changes).toFixed(2)} ms of ${ROUNDS}`,
    `  what all units name: ${edges.toFixed(0)} ms, their files again ${loads.toFixed(0)} ms`,
  ].join("\n");
}

/** Milliseconds until the index of a workspace of these files is ready. */
async function reading(folder: string, files: readonly (SeenFile & { readonly text: string })[]): Promise<number> {
  for (const { path, text } of files) {
    mkdirSync(dirname(folder + path), { recursive: true });
    writeFileSync(folder + path, text);
  }
  const roots = [pathToFileURL(folder).href];
  const sources = { files: nodeFiles, roots: () => roots, trusted: () => false, open: () => undefined, now: Date.now };
  const start = performance.now();
  await new Indexing(sources).ready();
  return performance.now() - start;
}

const KINDS = ["service", "socket", "timer", "target"] as const;
const nameOf = (i: number): string => `unit-${i}.${KINDS[i % KINDS.length]}`;

function unit(i: number): SeenFile & { readonly text: string } {
  const others = [1, 7, 31].map((step) => nameOf((i + step) % UNITS)).join(" ");
  const text = [
    ...["[Unit]", `Description=Made-up unit number ${i}`, `Documentation=https://example.org/${i}`],
    ...[`Wants=${others}`, `After=network.target ${others}`, "[Service]", `ExecStart=/usr/bin/program --number ${i}`],
    ...["ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "NoNewPrivileges=yes", "Restart=on-failure"],
    ...["[Install]", "WantedBy=multi-user.target", ""],
  ].join("\n");
  return { path: `/project/etc/systemd/system/${nameOf(i)}`, text };
}
