import assert from "node:assert/strict";
import { statusLine } from "../../server/src/learn/bundleFiles.ts";
import { tarEnd, tarHeader, tarPadding } from "../../server/src/learn/tarWriter.ts";
import { observedFile, observedLogs, observedStatus } from "./observedRuns.ts";

/** The bundle of a recorded run of a daemon that becomes www-data, maybe with more files or with some in the place of its own: an archive that is not packed, all of it ASCII. */
export function recordedBundle(name: string, more: readonly (readonly [file: string, text: string])[] = []): string {
  const unit = `${name}.service`;
  const head = {
    ...{ version: 1, unit, systemd: "257", strace: "6.13", kernel: "6.18", architecture: "x86_64" },
    ...{ users: ["root:0:0", "www-data:33:33"], exercised: ["curl -fsS http://localhost/"] },
  };
  const files: readonly (readonly [string, string])[] = [
    ...more,
    ["bundle.json", JSON.stringify(head)],
    ["unit.txt", observedFile(name, "unit.txt").toString("latin1")],
    ["stat.tsv", [...observedStatus(name)].map(([path, status]) => statusLine(path, status)).join("")],
    ...observedLogs(name).map(([log, bytes]) => [`${numbered(log)}.strace`, bytes.toString("latin1")] as const),
  ];
  const parts = files.flatMap(([file, text]) => {
    assert.match(text, /^[\0-\x7f]*$/);
    return [tarHeader(`${unit}/${file}`, text.length, 0), Buffer.from(text, "latin1"), tarPadding(text.length)];
  });
  return Buffer.concat([...parts, tarEnd()]).toString("latin1");
}

const numbered = (log: string): string => (/-\d+$/.test(log) ? log : `${log}-1`);
