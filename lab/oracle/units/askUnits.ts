import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bytesOf } from "../../../test/kit/bytes.ts";
import type { AskedUnit } from "./randomUnit.ts";

/** A root directory with a systemd. */
export interface SystemdRoot {
  readonly root: string;
  readonly version: number;
  /** As it calls itself: `252.39-1~deb12u2`. */
  readonly build: string;
}

/** What systemd says of the units of one folder. */
export interface Said {
  /** By path from the folder on, then by line. */
  readonly lines: ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>;
  /** By the names of units: what is about no line. */
  readonly units: ReadonlyMap<string, readonly string[]>;
  /** The names of those that it got to the end of. */
  readonly asked: ReadonlySet<string>;
  /** By the names of services: the rows of `systemd-analyze security`; missing where it refuses the unit. */
  readonly exposures: ReadonlyMap<string, string>;
}

/** Where units are put, apart from those of other runs: Debian's builds are told less of legacy directories in files that are not below /etc. */
const FOLDER = `/etc/unit-warden-${process.pid}`;

/** What systemd calls the units of a file: those of a template have an instance. */
export const normalName = (name: string): string => name.replace(/@.*(?=\.\w+$)/, "@");

/** The systemd of a root; undefined where there is none that runs. */
export function systemdIn(root: string): SystemdRoot | undefined {
  const { stdout } = spawnSync("chroot", [root, "systemd-analyze", "--version"], { encoding: "utf8" });
  const [, version, build] = /^systemd (\d+)\S* \((.*)\)/.exec(stdout ?? "") ?? [];
  return version === undefined ? undefined : { root, version: Number(version), build: build ?? "" };
}

/** Of no unit that is asked about: where systemd says nothing of it, it crashed before. */
const LAST = "last.service";

/**
 * Asks about many units at once, which must have names of their own; in a namespace, so that nothing stays mounted. Those at
 * which systemd crashes are not among the answers.
 */
export function askAbout(root: SystemdRoot, units: readonly AskedUnit[], scope: "system" | "user"): Said {
  const said = askOnce(root, units, scope);
  if (said.lines.has(LAST)) return said;
  if (units.length <= 1) return { lines: new Map(), units: new Map(), exposures: new Map(), asked: new Set() };
  const middle = units.length >> 1;
  const [a, b] = [units.slice(0, middle), units.slice(middle)].map((it) => askAbout(root, it, scope));
  return {
    lines: new Map([...(a?.lines ?? []), ...(b?.lines ?? [])]),
    units: new Map([...(a?.units ?? []), ...(b?.units ?? [])]),
    exposures: new Map([...(a?.exposures ?? []), ...(b?.exposures ?? [])]),
    asked: new Set([...(a?.asked ?? []), ...(b?.asked ?? [])]),
  };
}

function askOnce({ root, version }: SystemdRoot, units: readonly AskedUnit[], scope: "system" | "user"): Said {
  const folder = join(root, FOLDER);
  rmSync(folder, { recursive: true, force: true });
  const all = [...units, { name: LAST, files: { [LAST]: "[Service]\nExecStart=/bin/true\nLast=x\n" } }];
  for (const { files } of all)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytesOf(text));
    }
  const script = scriptFor(version, scope, all);
  writeFileSync(join(folder, "ask.sh"), script);
  const mount = 'mount --bind /proc "$0/proc"; mount --rbind /sys "$0/sys"';
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--mount", "--fork", "sh", "-ec", `${mount}; exec chroot "$0" sh ${FOLDER}/ask.sh`, root],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`systemd ${version} was not asked: ${stderr}`);
  const [said = "", ...exposures] = stdout.split("\u001e");
  rmSync(folder, { recursive: true });
  return { ...read(said), exposures: new Map(exposures.flatMap(exposure)), asked: new Set(units.map((it) => it.name)) };
}

function exposure(text: string): [string, string][] {
  const end = text.indexOf("\n");
  const rows = text.slice(end + 1);
  return rows.startsWith("[") ? [[text.slice(0, end), rows]] : [];
}

const quoted = (name: string): string => `'./${name}'`;

function scriptFor(version: number, scope: string, units: readonly AskedUnit[]): string {
  // Without the dependencies it would not say which of them it cannot add; before 250 it always has them.
  const recursive = version < 250 ? "" : "--recursive-errors=yes";
  const verify = `systemd-analyze verify --${scope} --man=no --generators=no ${recursive}`;
  const security = `systemd-analyze security --${scope} --offline=yes --json=short`;
  const services = version < 250 ? [] : units.filter(({ name }) => name.endsWith(".service"));
  return [
    `cd ${FOLDER}`,
    "export LC_ALL=C.UTF-8 SYSTEMD_LOG_COLOR=0 SYSTEMD_COLORS=0 XDG_RUNTIME_DIR=/run SYSTEMD_ANALYZE_DEBUG=1",
    `SYSTEMD_UNIT_PATH=${FOLDER} ${verify} -- ${units.map(({ name }) => quoted(name)).join(" ")} 2>&1`,
    "export SYSTEMD_UNIT_PATH=",
    ...services.map(
      ({ name }) => `printf '\\036%s\\n' ${quoted(name).replace("./", "")}; ${security} ${quoted(name)} 2>/dev/null`,
    ),
    "exit 0",
  ].join("\n");
}

const ABOUT_LINE = new RegExp(`^${FOLDER}/(?:\\./)?(.*?):(\\d+): (.*)$`);

function read(output: string): Pick<Said, "lines" | "units"> {
  const lines = new Map<string, Map<number, string[]>>();
  const units = new Map<string, string[]>();
  for (const text of output.split("\n")) {
    const about = ABOUT_LINE.exec(text);
    if (about) {
      const [, path = "", line, message = ""] = about;
      const its = lines.get(path) ?? new Map<number, string[]>();
      lines.set(path, its);
      its.set(Number(line), [...(its.get(Number(line)) ?? []), message]);
      continue;
    }
    const name = /^(?:Unit )?(\S+\.(?:service|socket|timer|path|mount|automount|swap|slice|target|scope))\b/.exec(text);
    const unit = normalName(name?.[1] ?? "");
    if (unit !== "") units.set(unit, [...(units.get(unit) ?? []), text]);
  }
  return { lines, units };
}
