import type { BundleHead, PathStatus } from "../../learn/bundle.ts";
import { statusLine } from "../../learn/bundleFiles.ts";
import type { RunHost } from "../../learn/host.ts";
import type { Learnt } from "../../learn/learnt.ts";
import { writeLearnt } from "../../learn/learntFile.ts";
import { writeNeeds } from "../../learn/needsFile.ts";
import { tarEnd, tarHeader, tarPadding } from "../../learn/tarWriter.ts";
import { messageWithPath } from "../attempts.ts";
import type { Machine } from "../machine.ts";
import { type LogFile, plainName, readLog } from "./logFolder.ts";
import type { Tools } from "./service.ts";

/** What goes into a bundle. */
interface Contents {
  readonly unit: string;
  /** What `systemctl cat` prints. */
  readonly text: string;
  readonly tools: Tools;
  readonly exercised: readonly string[];
  readonly host: RunHost;
  readonly logs: readonly LogFile[];
  readonly statuses: ReadonlyMap<string, PathStatus>;
}

/** Adds to a bundle, in the end, what was learnt with all proofs; gives a sentence where that fails. */
export type CompleteBundle = (learnt: Learnt) => Promise<readonly string[]>;

/**
 * Writes a bundle, readable for root alone and for whoever called sudo: logs name files and addresses. What was learnt is added
 * later, as no log is left of a run that a proof follows.
 */
export async function saveBundle(machine: Machine, path: string, contents: Contents): Promise<CompleteBundle> {
  const { unit, text, tools, exercised, host, logs, statuses } = contents;
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
    // A run whose logs were not whole has ended before.
    checked: true,
  };
  const parts: Uint8Array[] = [];
  const entry = (name: string, bytes: Uint8Array): readonly Uint8Array[] => [
    tarHeader(`${plainName(unit)}/${name}`, bytes.length, machine.now()),
    bytes,
    tarPadding(bytes.length),
  ];
  const add = (name: string, bytes: Uint8Array): void => {
    for (const it of entry(name, bytes)) parts.push(it);
  };
  add("bundle.json", Buffer.from(`${JSON.stringify(head, undefined, 1)}\n`));
  add("unit.txt", Buffer.from(text));
  add("stat.tsv", Buffer.from([...statuses].map(([at, it]) => statusLine(at, it)).join("")));
  for (const log of logs) {
    const pieces: Uint8Array[] = [];
    for await (const piece of readLog(machine, log)) pieces.push(piece);
    add(`${log.name}.strace`, Buffer.concat(pieces));
  }
  // What gzip packs one after the other, it unpacks as one.
  const packed = await machine.gzip(Buffer.concat(parts));
  const write = async (more: readonly Uint8Array[]): Promise<readonly string[]> => {
    const end = await machine.gzip(Buffer.concat([...more, tarEnd()]));
    try {
      await machine.writeHere(path, Buffer.concat([packed, end]), 0o600, machine.invoker);
      return [];
    } catch (error) {
      return [`the bundle could not be written: ${messageWithPath(error)}`];
    }
  };
  const [first] = await write([]);
  machine.say(first ?? `the bundle is in ${path}`);
  return (learnt) =>
    write([
      ...entry("learnt.json", Buffer.from(writeLearnt(learnt))),
      ...entry("needs.json", Buffer.from(writeNeeds(learnt))),
    ]);
}
