import type { BundleHead, PathStatus } from "../../learn/bundle.ts";
import { statusLine } from "../../learn/bundleFiles.ts";
import type { RunHost } from "../../learn/host.ts";
import { tarEnd, tarHeader, tarPadding } from "../../learn/tarWriter.ts";
import type { Machine } from "../machine.ts";
import { logsIn, plainName, readLog } from "./logFolder.ts";
import type { Tools } from "./service.ts";

/** What goes into a bundle. */
interface Contents {
  readonly unit: string;
  /** What `systemctl cat` prints. */
  readonly text: string;
  readonly tools: Tools;
  readonly exercised: readonly string[];
  readonly host: RunHost;
  /** Where the logs are. */
  readonly folder: string;
  readonly statuses: ReadonlyMap<string, PathStatus>;
}

/** Writes a bundle, readable for root alone: logs name files and addresses. */
export async function saveBundle(machine: Machine, path: string, contents: Contents): Promise<void> {
  const { unit, text, tools, exercised, host, folder, statuses } = contents;
  const head: BundleHead = {
    version: 1,
    unit,
    systemd: tools.systemd,
    strace: tools.straceVersion,
    kernel: tools.kernel,
    architecture: tools.architecture,
    users: host.users,
    ...(host.groups && { groups: host.groups }),
    exercised,
  };
  const parts: Uint8Array[] = [];
  const add = (name: string, bytes: Uint8Array): void => {
    parts.push(tarHeader(`${plainName(unit)}/${name}`, bytes.length, machine.now()), bytes, tarPadding(bytes.length));
  };
  add("bundle.json", Buffer.from(`${JSON.stringify(head, undefined, 1)}\n`));
  add("unit.txt", Buffer.from(text));
  add("stat.tsv", Buffer.from([...statuses].map(([at, it]) => statusLine(at, it)).join("")));
  for (const log of await logsIn(machine, folder)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of readLog(machine, log.path)) pieces.push(piece);
    add(`${log.name}.strace`, Buffer.concat(pieces));
  }
  await machine.write(path, await machine.gzip(Buffer.concat([...parts, tarEnd()])), 0o600);
}
