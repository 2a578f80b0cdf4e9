import { isWithin } from "../../values/path.ts";
import { statusAt } from "../host.ts";
import type { LearntSetting } from "../learnt.ts";
import type { PathUse, Sight } from "../needs.ts";
import { type LearnContext, type LearnRule, offered, refused, usedAs } from "./learnContext.ts";
import { shownOf } from "./needSigns.ts";
import { listed } from "./sentences.ts";

/** What PrivateDevices= leaves in place. */
export const STANDARD_DEVICE =
  /^\/dev(?:\/(?:null|zero|full|random|urandom|tty|ptmx|log|fd|std(?:in|out|err)|core|pts(?:\/.*)?|shm(?:\/.*)?|mqueue(?:\/.*)?|hugepages(?:\/.*)?))?$/s;
const USES: readonly PathUse[] = ["read", "write", "make", "remove", "change", "execute", "map", "connect", "bind"];

/** No devices but those that every program may use; else only the devices that were used, by their nodes. */
export const devices: LearnRule = (context) => {
  const others = context.paths.flatMap(([path, need]) => {
    const sights = path === "/dev/zero" ? usedAs(need, ["map"]) : STANDARD_DEVICE.test(path) ? [] : usedAs(need, USES);
    return isWithin(path, "/dev") && sights.length > 0 ? [{ path, sights }] : [];
  });
  const [device] = others;
  if (device) {
    const reason = `uses ${listed(others.map((it) => it.path))}`;
    return [refused("PrivateDevices", "yes", reason, device.sights), ...deviceList(context, others)];
  }
  const raw = rawAccess(context);
  if (raw) return [raw];
  const used = context.paths.filter(([path, need]) => isWithin(path, "/dev") && usedAs(need, USES).length > 0);
  const names = used.map(([path]) => path.slice("/dev/".length));
  const evidence = names.length > 0 ? `of /dev only ${listed(names)} used` : "nothing below /dev was used";
  return [
    offered(
      "PrivateDevices",
      "yes",
      evidence,
      used.flatMap(([, need]) => usedAs(need, USES)),
    ),
  ];
};

function rawAccess(context: LearnContext): LearntSetting | undefined {
  const [found] = shownOf(context, "hardware");
  return found && refused("PrivateDevices", "yes", found.reason, found.sights);
}

const KIND = 0o170000;
const NODES: ReadonlySet<number> = new Set([0o020000, 0o060000]);

/** The list of devices, where all that was used are nodes that stay where they are, or pipes and files, of which no list speaks. */
function deviceList(
  { host, needs }: LearnContext,
  others: readonly { readonly path: string; readonly sights: readonly Sight[] }[],
): readonly LearntSetting[] {
  const kindOf = (path: string): number | undefined => {
    const mode = statusAt(host, path)?.mode;
    return mode === undefined ? undefined : mode & KIND;
  };
  const isPlain = others.every(({ path }) => /^\/dev\/[\w/.+-]+$/.test(path) && kindOf(path) !== undefined);
  if (!isPlain) return [];
  const nodes = others.filter(({ path }) => NODES.has(kindOf(path) ?? 0));
  const writes = (path: string): boolean => needs.paths[path]?.used.write !== undefined;
  const reads = (path: string): boolean => needs.paths[path]?.used.read !== undefined;
  const evidence =
    nodes.length > 0
      ? `of all devices only ${listed(nodes.map((it) => it.path))} used`
      : "only usual devices were used";
  return [
    offered("DevicePolicy", "closed", evidence, [], UNPLUGGED),
    ...nodes.map(({ path, sights }) =>
      offered(
        "DeviceAllow",
        `${path} ${reads(path) || !writes(path) ? "r" : ""}${writes(path) ? "w" : ""}`,
        `${path} was used`,
        sights,
      ),
    ),
  ];
}

const UNPLUGGED = "A device that is plugged in later, or gets another name, cannot be opened.";
