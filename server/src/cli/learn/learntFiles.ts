import type { Learnt } from "../../learn/learnt.ts";
import { type ReadLearnt, readLearnt, writeLearnt } from "../../learn/learntFile.ts";
import { writeNeeds } from "../../learn/needsFile.ts";
import { needsPath } from "../../units/learntText.ts";
import { type Machine, textAt } from "../machine.ts";

/** Writes what was learnt and, before it, the needs next to it; those of a file whose needs are missing stay as they are. */
export async function writeLearntFiles(machine: Machine, path: string, learnt: Learnt, mode?: number): Promise<void> {
  if (!learnt.isWithoutNeeds) await machine.write(needsPath(path), writeNeeds(learnt), mode);
  await machine.write(path, writeLearnt(learnt), mode);
}

/** Reads both files; undefined where there is none. */
export async function readLearntFiles(machine: Machine, path: string): Promise<ReadLearnt | undefined> {
  const text = await textAt(machine, path);
  return text === undefined ? undefined : readLearnt(text, await textAt(machine, needsPath(path)));
}

/** What further runs can be added to; or why they cannot, a sentence about the file without a full stop. */
export function addableTo(read: ReadLearnt, path: string): { readonly learnt: Learnt } | { readonly problem: string } {
  if ("problem" in read) return read;
  const { learnt, needsProblem } = read;
  if (!learnt.isWithoutNeeds) return { learnt };
  const needs = needsPath(path);
  return {
    problem: `what its runs needed is not known, as ${needs} ${needsProblem === undefined ? "is missing" : `is of no use: ${needsProblem}`}`,
  };
}
