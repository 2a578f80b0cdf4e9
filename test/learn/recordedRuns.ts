import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { PathStatus } from "../../server/src/learn/bundle.ts";
import { groupsOf, hostUser, type RunHost } from "../../server/src/learn/host.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { readNeeds } from "../../server/src/learn/readNeeds.ts";
import { capabilityNames } from "../../server/src/security/capabilitySet.ts";
import { effective } from "../../server/src/security/effective.ts";
import { textOf } from "../../server/src/service/settings.ts";
import { readUnit, type Unit } from "../../server/src/units/unit.ts";

/** Where the logs of real daemons lie, which are too large for the repository. */
const FOLDER = process.env.UNIT_WARDEN_LEARN_LOGS ?? "../shared/learn/logs";

/** The names of the recorded units; none where the folder is missing. */
export const RECORDED: readonly string[] = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];

/** A unit with what a run of it showed, and what the prototype made of that. */
export interface RecordedRun {
  readonly unit: Unit;
  readonly host: RunHost;
  readonly needs: Needs;
  readonly report: {
    readonly settings: readonly { readonly key: string; readonly value: string }[];
    readonly caps: readonly string[];
  };
}

interface Meta {
  readonly files: Readonly<Record<string, { mode: number; uid: number; gid: number; real?: string; caps?: unknown }>>;
  readonly users: Readonly<Record<string, readonly [uid: number, gid: number, home: string]>>;
  readonly groups: Readonly<Record<string, readonly [gid: number, members: readonly string[]]>>;
}

/** Reads a recorded run. */
export function recordedRun(name: string): RecordedRun {
  const folder = join(FOLDER, name);
  const meta = JSON.parse(unpacked(join(folder, "meta.json.xz")).toString()) as Meta;
  const statuses = new Map<string, PathStatus>(
    Object.entries(meta.files).map(([path, { mode, uid, gid, real, caps }]) => [
      path,
      { mode, uid, gid, capabilities: caps !== undefined, real: real ?? path },
    ]),
  );
  const users = Object.entries(meta.users).map(([user, [uid, gid]]) => `${user}:${uid}:${gid}`);
  const members = Object.entries(meta.groups).map(([group, [gid, names]]) => `${group}:${gid}:${names.join(",")}`);
  const host: RunHost = { users, groups: members, statuses };
  const path = unitPath(`/usr/lib/systemd/system/${name}.service`);
  if (!path) throw new Error(name);
  const unit = readUnit(path, readFileSync(join(folder, "unit.txt"), "utf8"), 257);
  const { settings } = effective(unit);
  const own = hostUser(host, settings.user);
  const groups = own && groupsOf(host, own);
  const context = own ? { user: own.uid, group: own.gid, groups, ambient: capabilityNames(settings.ambientSet) } : {};
  const cwd = textOf(unit, "WorkingDirectory");
  const logs = readdirSync(folder).filter((it) => it.endsWith(".strace.xz"));
  const needs = readNeeds(
    logs
      .toSorted((a, b) => rank(a) - rank(b))
      .map((file) => ({
        log: file.replace(/(?:-1)?\.strace\.xz$/, ""),
        status: statuses,
        ...context,
        ...(cwd === undefined ? {} : { cwd }),
        umask: settings.uMask,
        chunks: [unpacked(join(folder, file))],
      })),
  );
  return { unit, host, needs, report: JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) };
}

const ORDER = ["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost"];
const rank = (file: string): number => ORDER.indexOf(file.split("-")[0] ?? "");

const unpacked = (file: string): Buffer => execFileSync("xz", ["-dc", file], { maxBuffer: 1 << 28 });
