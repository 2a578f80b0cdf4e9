import { readFile } from "./template/templateFile.ts";
import { type Unit, withLearnt } from "./unit.ts";

/** The unit with another text instead of its own, such as one that a fix would make. */
export function withText(unit: Unit, text: string): Unit {
  const { family, path, version, main, learnt, defaults, podman } = unit;
  const file = readFile(path, version, text, unit.file);
  const memory = unit.memory.within("edited");
  const edited = { family, path, file, version, memory, ...(defaults && { defaults }), ...(podman && { podman }) };
  if (!main) return withLearnt({ ...edited, dropIns: unit.dropIns }, learnt);
  const dropIns = main.unit.dropIns.map((it, i) => (i === main.at ? file : it));
  const whole = { ...main.unit, dropIns, memory: memory.within("unit") };
  return { ...edited, dropIns: [], main: { unit: whole, at: main.at } };
}
