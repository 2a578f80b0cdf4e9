import { decodeUtf8 } from "../text/utf8.ts";
import {
  type Answer,
  type Ask,
  type FileBeside,
  type GatheredUnit,
  type GatherOptions,
  mainTexts,
} from "../units/index/gather.ts";
import { gatherFiles } from "../units/index/gatherConfig.ts";
import { gatherBeside } from "../units/index/gatherDevices.ts";
import { gatherQuadlets, type QuadletsBeside } from "../units/index/gatherQuadlets.ts";
import { LEARNT_SUFFIX } from "../units/learntText.ts";
import type { MainTexts } from "../units/unit.ts";
import type { Host } from "./host.ts";

/** A path whose unit has a folder, also of a drop-in in one of the folders that the program runs in. */
export const fromHere = (path: string): string => (/^[^/]*(?:\.d\/[^/]*)?$/.test(path) ? `./${path}` : path);

/** Finds the files of the unit that a file belongs to; throws where one of them cannot be read. */
export function gatherOver(host: Host, path: string, options: GatherOptions): GatheredUnit | undefined {
  const asking = gatherFiles(path, options);
  let step = asking.next();
  while (!step.done) step = asking.next(step.value.map((it) => answerTo(it, host, path)));
  return step.value;
}

/** The quadlets that podman reads together with one. */
export function quadletsOver(host: Host, path: string): QuadletsBeside {
  const asking = gatherQuadlets(path);
  let step = asking.next();
  while (!step.done) step = asking.next(step.value.map((it) => answerTo(it, host, path)));
  return step.value;
}

/** The files that networkd and udev read together with one; undefined where they are too many. */
export function besideOver(host: Host, path: string): readonly FileBeside[] | undefined {
  const asking = gatherBeside(path);
  const answer = (ask: Ask): Answer => {
    try {
      return answerTo(ask, host, path);
    } catch {
      return {};
    }
  };
  let step = asking.next();
  while (!step.done) step = asking.next(step.value.map(answer));
  return step.value;
}

function answerTo(ask: Ask, host: Host, asked: string): Answer {
  if (ask.kind === "file") {
    const link = host.linkTarget(ask.path);
    // A link next to the unit may be another name of it; where it leads to something else, that need not be readable.
    const isBystander = link !== undefined && ask.path !== asked && !ask.path.endsWith(".conf");
    try {
      const kind = host.kind(ask.path);
      // A folder that is called like a drop-in says nothing, and hides those of its name as an empty one does.
      if (kind === "folder" && ask.path.endsWith(".conf")) return { text: "" };
      return { text: kind === "file" ? decodeUtf8(host.read(ask.path)) : undefined, link };
    } catch (error) {
      if (isBystander) return { link };
      if (ask.path.endsWith(LEARNT_SUFFIX)) return { text: "" };
      throw error;
    }
  }
  if (host.kind(ask.folder) !== "folder") return { names: [] };
  return { names: host.list(ask.folder).map((name) => ({ name, link: host.isLink(`${ask.folder}/${name}`) })) };
}

/**
 * The unit that a drop-in belongs to, where its file is next to the folder of the drop-in and can be read, or anywhere in the
 * load path of a system that is seen as a whole: that of the drop-in, or one below another folder.
 */
export function mainOf(path: string, host: Host, whole: { readonly root?: string } | undefined): MainTexts | undefined {
  return (whole && mainAmong(path, host, whole)) ?? mainAmong(path, host, { alone: true });
}

function mainAmong(path: string, host: Host, options: GatherOptions): MainTexts | undefined {
  const here = fromHere(path);
  try {
    const gathered = gatherOver(host, here, options);
    return gathered && mainTexts(gathered, here);
  } catch {
    return undefined;
  }
}
