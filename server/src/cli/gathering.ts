import { decodeUtf8 } from "../text/utf8.ts";
import { type Answer, type Ask, type GatheredUnit, type GatherOptions, gather } from "../units/index/gather.ts";
import type { Host } from "./host.ts";

/** Finds the files of the unit that a file belongs to; throws where one of them cannot be read. */
export function gatherOver(host: Host, path: string, options: GatherOptions): GatheredUnit | undefined {
  const asking = gather(path, options);
  let step = asking.next();
  while (!step.done) step = asking.next(step.value.map((it) => answerTo(it, host)));
  return step.value;
}

function answerTo(ask: Ask, host: Host): Answer {
  if (ask.kind === "file") {
    const link = host.linkTarget(ask.path);
    const text = host.kind(ask.path) === "file" ? decodeUtf8(host.read(ask.path)) : undefined;
    return { text, link };
  }
  if (host.kind(ask.folder) !== "folder") return { names: [] };
  return { names: host.list(ask.folder).map((name) => ({ name, link: host.isLink(`${ask.folder}/${name}`) })) };
}
