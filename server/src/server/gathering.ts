import { type Answer, type Ask, type GatheredUnit, type GatherOptions, gather } from "../units/index/gather.ts";
import type { FileAccess } from "./files.ts";
import { uriOfPath } from "./uris.ts";

/** Finds the files of the unit that a file belongs to; undefined where it belongs to no single one. */
export async function gatherFrom(
  files: FileAccess,
  path: string,
  options: GatherOptions = {},
): Promise<GatheredUnit | undefined> {
  const asking = gather(path, options);
  let step = asking.next();
  while (!step.done) step = asking.next(await Promise.all(step.value.map((it) => answerTo(it, files))));
  return step.value;
}

async function answerTo(ask: Ask, files: FileAccess): Promise<Answer> {
  if (ask.kind === "list") {
    const names = await files.list(uriOfPath(ask.folder));
    return { names: names.map(({ name, link = false }) => ({ name, link })) };
  }
  const uri = uriOfPath(ask.path);
  const [text, link] = await Promise.all([files.read(uri), files.linkTarget(uri)]);
  return { text, link };
}
