import type { ProgramFiles } from "../program/files.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";

/** The first port that every user may open on the machine of a unit; undefined where the machine does not say, as in a container. */
export const firstOpenPort = (unit: Unit): number | undefined => {
  const files = unit.defaults?.files;
  return files && startOn(files);
};

/** What the kernel does unless it is told otherwise. */
const USUAL = 1024;

const startOn = memo((files: ProgramFiles): number | undefined => {
  if (CONTAINER.some((it) => files.look(it))) return undefined;
  const named = FOLDERS.flatMap((folder) => files.list(folder).map((it) => `${folder}/${it}`));
  const found = [...named.slice(0, MOST_FILES), "/etc/sysctl.conf"].flatMap((it) => {
    const bytes = files.read(it, 0, MOST_BYTES);
    return bytes ? [...decodeUtf8(bytes).matchAll(START)].map(([, value]) => Number(value)) : [];
  });
  // Which of several files counts is for their order to say: the lowest is the least to complain about.
  return found.reduce((lowest, it) => Math.min(lowest, it), USUAL);
});

const START = /^[ \t]{0,9}-?net[./]ipv4[./]ip_unprivileged_port_start[ \t]{0,9}=[ \t]{0,9}(\d{1,5})[ \t]{0,9}$/gm;
const FOLDERS = ["/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d"];
const MOST_FILES = 200;
const MOST_BYTES = 100_000;

/** What engines of containers leave in them, which open all ports to everybody. */
const CONTAINER = ["/.dockerenv", "/run/.containerenv"];
