import { programsOf } from "../../service/program.ts";
import type { Unit } from "../../units/unit.ts";
import { activeCompanions } from "../companions.ts";
import { observableService, serviceName } from "../learn/service.ts";
import { type Machine, textAt } from "../machine.ts";
import { placesOf } from "../places.ts";
import { showUnit } from "../systemctl.ts";

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

/** How a service is looked for. */
interface SubjectRequest {
  readonly dryRun: boolean;
  readonly noReload: boolean;
  /** Keeps other runs away from it, before it is read. */
  readonly lock: (name: string) => Promise<void>;
}

/** Finds a service by its name, and locks it before it is read; throws with a sentence for the reader where nothing can be tried on it. */
export async function subjectOf(
  machine: Machine,
  given: string,
  { dryRun, noReload, lock }: SubjectRequest,
): Promise<Subject> {
  if (machine.platform !== "linux") throw new Error("services run only on Linux, with systemd");
  if (machine.uid !== 0 && !dryRun && placesOf(machine).scope === "system")
    throw new Error(`settings are tried on services of the system as root: sudo unit-warden try ${given}`);
  if (given.includes("/")) throw new Error(`${given} is a path: name the unit as systemctl does, such as x.service`);
  if (!(await machine.stat("/run/systemd/system"))) throw new Error("this machine was not booted with systemd");
  const started = /\.(?:timer|socket|path)$/.test(given) ? await triggered(machine, given) : undefined;
  if (started !== undefined)
    throw new Error(`${given} is not a service: it starts ${started}, on which settings can be tried`);
  if (!dryRun) await lock(serviceName(given));
  const { name, unit, canReload, isActive } = await observableService(machine, serviceName(given), { noReload });
  const it = await showUnit(machine, name, PROPERTIES);
  const refusal = refusalOf(name, it) ?? (await ownRefusal(machine, it.ControlGroup));
  if (refusal !== undefined) throw new Error(refusal);
  const programs = programsOf(unit).map((program) => program.path.replace(/^.*\//, ""));
  return {
    name,
    unit,
    wasActive: isActive,
    canReload,
    companions: (await activeCompanions(machine, name)).map((it) => it.name),
    programs: [...new Set(programs.filter(Boolean))],
  };
}

const PROPERTIES = ["Id", "Transient", "ControlGroup", "ActiveState"] as const;

async function triggered(machine: Machine, name: string): Promise<string | undefined> {
  const { Triggers } = await showUnit(machine, name, ["Triggers"]);
  return Triggers.split(" ").find((it) => it.endsWith(".service"));
}

/** Without these nobody is left to see how it ends. */
const SESSIONS =
  /^(?:dbus.*|systemd-.*|user@\d+|getty@.*|serial-getty@.*|display-manager|gdm3?|sddm|lightdm)\.service$/;

function refusalOf(name: string, it: Readonly<Record<(typeof PROPERTIES)[number], string>>): string | undefined {
  if (it.Transient === "yes") return `${name} is transient: it would be gone after its first stop`;
  if (SESSIONS.test(it.Id)) return `${it.Id} cannot be restarted again and again without harm to this session`;
  if (/^(?:activating|deactivating)$/.test(it.ActiveState))
    return `${name} is ${it.ActiveState}: nothing is tried while it is at work`;
  return undefined;
}

/** Whoever sits inside of the service would be stopped with it. */
async function ownRefusal(machine: Machine, group: string): Promise<string | undefined> {
  const own = (await textAt(machine, "/proc/self/cgroup")) ?? "";
  const isInside = group !== "" && own.split("\n").some((it) => `${it.replace(/^[^/]*/, "")}/`.startsWith(`${group}/`));
  return isInside ? "this command runs inside of that service, and would be stopped with it" : undefined;
}
