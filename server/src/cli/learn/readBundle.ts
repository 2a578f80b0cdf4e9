import type { BundleHead } from "../../learn/bundle.ts";
import { bundlePart } from "../../learn/bundleFiles.ts";
import type { RunHost } from "../../learn/host.ts";
import type { Learnt } from "../../learn/learnt.ts";
import { readLearnt } from "../../learn/learntFile.ts";
import { joinLogs } from "../../learn/merge.ts";
import type { Needs } from "../../learn/needs.ts";
import { processUsers } from "../../learn/process/processUsers.ts";
import { bundleHead, readConfigured, readStatus } from "../../learn/readBundle.ts";
import { type NeedsReader, needsReader } from "../../learn/reader.ts";
import { logContext, logOrder } from "../../learn/runContext.ts";
import { type FileSink, tarReader } from "../../learn/tarReader.ts";
import type { Unit } from "../../units/unit.ts";
import { messageOf } from "../attempts.ts";
import type { Machine } from "../machine.ts";
import { type BundleEnd, bundleEnd } from "./bundleEnd.ts";
import { readPieces } from "./logFolder.ts";
import { unitOf } from "./service.ts";

/** What a bundle says. */
export interface ReadBundle {
  readonly head: BundleHead;
  readonly unit: Unit;
  readonly host: RunHost;
  readonly needs: Needs;
  /** What was learnt where it was made, with its proofs. */
  readonly learnt: Learnt | undefined;
  /** Why its logs show too little to derive anything from, as a sentence without a full stop; undefined where they are whole. */
  readonly trouble: string | undefined;
}

/** The files of a bundle besides its logs are no larger than this. */
const MOST_FACTS = 64 * 1024 * 1024;

/** A bundle unpacks to no more than this. */
const MOST_UNPACKED = 32 * 1024 * 1024 * 1024;

/** So many pieces are read after the end of an archive: what packs it has its checksum there. */
const MOST_AFTER_END = 16;

/** So many commands has no service. */
const MOST_LOGS = 1000;

/** Reads a bundle: what is known of the machine first, then the logs, which are never kept. Throws with a sentence for the reader. */
export async function readLearnBundle(machine: Machine, path: string): Promise<ReadBundle> {
  const facts = new Map<string, Uint8Array[]>();
  let [size, logs] = [0, 0];
  await eachFile(machine, path, (name, length) => {
    const part = bundlePart(name);
    if (part?.kind === "log") logs++;
    if (!part || part.kind === "log" || facts.has(part.kind)) return undefined;
    size += length;
    if (size > MOST_FACTS || logs > MOST_LOGS) throw new Error("it is too large for a bundle");
    const pieces: Uint8Array[] = [];
    facts.set(part.kind, pieces);
    return (piece) => {
      pieces.push(piece.slice());
    };
  });
  const text = (kind: string): string => Buffer.concat(facts.get(kind) ?? []).toString("utf8");
  if (!facts.has("head")) throw new Error(`${path}: this is no bundle of \`unit-warden learn\`: it has no bundle.json`);
  const read = bundleHead(text("head"));
  if ("problem" in read) throw new Error(`${path}: ${read.problem}`);
  const { head } = read;
  const unit = unitOf(head.unit, text("unit"), head.systemd);
  const host = { users: head.users, groups: head.groups, statuses: readStatus(text("status")) };
  const known = facts.has("learnt") ? readLearnt(text("learnt"), text("needs")) : undefined;
  const isWhole = known !== undefined && "learnt" in known && !known.learnt.isWithoutNeeds;
  const learnt = isWhole && known.learnt.unit === head.unit ? known.learnt : undefined;
  const logEnds = bundleEnd();
  const shown = await needsOf(machine, path, unit, host, logEnds);
  // The script looks at more files than the service read.
  const configured = readConfigured(text("configured")).filter((it) => shown.paths[it.file]?.used.read);
  const needs = facts.has("configured") ? { ...shown, configured } : shown;
  const trouble = logEnds.trouble(head, unit);
  return { head, unit, host, needs, learnt, trouble: trouble && `${path}: ${trouble}` };
}

async function needsOf(machine: Machine, path: string, unit: Unit, host: RunHost, logEnds: BundleEnd): Promise<Needs> {
  const processes = processUsers();
  const readers = new Map<string, NeedsReader>();
  await eachFile(machine, path, (name) => {
    const part = bundlePart(name);
    if (part?.kind !== "log" || readers.has(part.name)) return undefined;
    const reader = needsReader({ processes, ...logContext(part.name, unit, host) });
    readers.set(part.name, reader);
    logEnds.add(part.name, new Uint8Array());
    return (piece) => {
      logEnds.add(part.name, piece);
      reader.add(piece);
    };
  });
  const inOrder = [...readers].toSorted(([a], [b]) => logOrder(a, b));
  return joinLogs(inOrder.map(([, it]) => it.end()));
}

/** Offers each file of an archive, gzip or not. */
async function eachFile(
  machine: Machine,
  path: string,
  open: (name: string, size: number) => FileSink | undefined,
): Promise<void> {
  const start = await machine.read(path, 0, 2);
  if (!start) throw new Error(`${path}: there is no such file`);
  const reader = tarReader(open);
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  try {
    let [unpacked, idle] = [0, 0];
    for await (const piece of isPacked ? machine.gunzip(readPieces(machine, path)) : readPieces(machine, path)) {
      unpacked += piece.length;
      if (unpacked > MOST_UNPACKED) throw new Error("it unpacks to more than 32 GB");
      if (!reader.push(piece) && ++idle > MOST_AFTER_END) break;
    }
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`);
  }
  const problem = reader.end();
  if (problem !== undefined) throw new Error(`${path}: ${problem}`);
}
