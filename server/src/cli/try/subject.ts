import { NEWEST_VERSION, OLDEST_VERSION } from "../../facts/version.ts";
import { unitPath } from "../../families/unitFiles/unitPath.ts";
import { programsOf } from "../../service/program.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import { readUnit, type Unit } from "../../units/unit.ts";
import type { Machine } from "../machine.ts";
import { showUnit, systemctl } from "../systemctl.ts";

/** A service of this machine that settings can be tried on. */
export interface Subject {
  readonly name: string;
  /** As systemd reads it now. */
  readonly unit: Unit;
  readonly wasActive: boolean;
  readonly canReload: boolean;
  /** Active units that systemd restarts or stops along with it. */
  readonly companions: readonly string[];
  /** The names of its programs, as the journal has them. */
  readonly programs: readonly string[];
}

/** Finds a service by its name; throws with a sentence for the reader where nothing can be tried on it. */
export async function subjectOf(machine: Machine, given: string): Promise<Subject> {
  if (machine.platform !== "linux") throw new Error("services run only on Linux, with systemd");
  if (machine.uid !== 0)
    throw new Error(`settings are tried on services of the system, as root: sudo unit-warden try ${given}`);
  if (given.includes("/")) throw new Error(`${given} is a path: name the unit as systemctl does, such as x.service`);
  if (!(await machine.stat("/run/systemd/system"))) throw new Error("this machine was not booted with systemd");
  const name = /\.[a-z]+$/.test(given) ? given : `${given}.service`;
  const path = unitPath(name);
  if (path?.kind !== "service") throw new Error(await notAService(machine, name));
  if (/@\.service$/.test(name))
    throw new Error(`${name} is a template: name an instance, such as ${name.replace("@.", "@a.")}`);
  const it = await showUnit(machine, name, PROPERTIES);
  const refusal = refusalOf(name, it) ?? (await ownRefusal(machine, it.ControlGroup));
  if (refusal !== undefined) throw new Error(refusal);
  const [text = "", ...dropIns] = await textsOf(
    machine,
    [it.FragmentPath, ...it.DropInPaths.split(" ")].filter(Boolean),
  );
  const unit = readUnit(path, text, await versionOf(machine), dropIns);
  const programs = programsOf(unit).map((program) => program.path.replace(/^.*\//, ""));
  return {
    name,
    unit,
    wasActive: /^(?:active|activating|reloading|refreshing)$/.test(it.ActiveState),
    canReload: it.CanReload === "yes",
    companions: await activeOf(machine, [it.RequiredBy, it.RequisiteOf, it.BoundBy, it.ConsistsOf]),
    programs: [...new Set(programs.filter(Boolean))],
  };
}

const PROPERTIES = [
  "Id",
  "ActiveState",
  "LoadState",
  "LoadError",
  "FragmentPath",
  "DropInPaths",
  "Transient",
  "CanReload",
  "CanStart",
  "CanStop",
  "RefuseManualStart",
  "RefuseManualStop",
  "ControlGroup",
  "RequiredBy",
  "RequisiteOf",
  "BoundBy",
  "ConsistsOf",
] as const;

async function notAService(machine: Machine, name: string): Promise<string> {
  const { Triggers } = await showUnit(machine, name, ["Triggers"]);
  const started = Triggers.split(" ").find((it) => it.endsWith(".service"));
  return `${name} is not a service${started === undefined ? "" : `: it starts ${started}, which can be tried`}`;
}

/** Without these there is no session, no log or no systemctl to put things back with. */
const VITAL =
  /^(?:dbus|dbus-broker|systemd-(?:journald|logind|udevd|networkd|resolved|machined|homed|userdbd)|user@\d+|getty@.*|serial-getty@.*|display-manager|gdm3?|sddm|lightdm)\.service$/;

function refusalOf(name: string, it: Readonly<Record<(typeof PROPERTIES)[number], string>>): string | undefined {
  if (it.LoadState === "not-found")
    return `there is no service ${name} in this system; services of users cannot be tried`;
  if (it.LoadState === "masked") return `${name} is masked, so that it never starts`;
  if (it.LoadState !== "loaded")
    return `systemd does not load ${name} (${it.LoadState}): ${it.LoadError || "see systemctl status"}`;
  if (it.Transient === "yes") return `${name} is transient: it would be gone after its first stop`;
  if (it.FragmentPath === "") return `${name} has no unit file`;
  if (VITAL.test(it.Id)) return `${it.Id} cannot be restarted again and again without harm to this session`;
  const isRefused =
    [it.RefuseManualStart, it.RefuseManualStop].includes("yes") || [it.CanStart, it.CanStop].includes("no");
  return isRefused ? `systemd does not let anybody start and stop ${name} by hand` : undefined;
}

/** Whoever sits inside of the service would be stopped with it. */
async function ownRefusal(machine: Machine, group: string): Promise<string | undefined> {
  const own = Buffer.from((await machine.read("/proc/self/cgroup")) ?? []).toString("latin1");
  const isInside = group !== "" && own.split("\n").some((it) => `${it.replace(/^[^/]*/, "")}/`.startsWith(`${group}/`));
  return isInside ? "this command runs inside of that service, and would be stopped with it" : undefined;
}

async function textsOf(machine: Machine, paths: readonly string[]): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const path of paths)
    texts.push(decodeUtf8((await machine.read((await machine.realPath(path)) ?? path)) ?? new Uint8Array()));
  return texts;
}

async function versionOf(machine: Machine): Promise<number> {
  const found = Number(/^systemd (\d+)/.exec(await systemctl(machine, "--version"))?.[1]);
  return Number.isNaN(found) ? NEWEST_VERSION : Math.min(Math.max(found, OLDEST_VERSION), NEWEST_VERSION);
}

async function activeOf(machine: Machine, lists: readonly string[]): Promise<readonly string[]> {
  const active: string[] = [];
  for (const it of new Set(lists.flatMap((list) => list.split(" ").filter(Boolean))))
    if ((await machine.run(["systemctl", "is-active", "--quiet", it])).status === 0) active.push(it);
  return active;
}
