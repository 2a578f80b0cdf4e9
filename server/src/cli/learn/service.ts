import { NEWEST_VERSION, OLDEST_VERSION } from "../../facts/version.ts";
import type { Needs } from "../../learn/needs.ts";
import { unitTexts } from "../../learn/readBundle.ts";
import { userName } from "../../learn/runContext.ts";
import type { ProgramFiles } from "../../program/files.ts";
import { readUnit } from "../../units/readUnit.ts";
import type { Unit } from "../../units/unit.ts";
import { type Machine, textAt } from "../machine.ts";
import { placesOf } from "../places.ts";
import { showUnit, systemctl } from "../systemctl.ts";
import { isTemplateName, needListeningSocket, needNoConnections, sampleInstance } from "./connections.ts";
import { hidingPath, withoutOurs } from "./ownDropIn.ts";

/** A service of this machine that can be observed. */
export interface ObservableService {
  readonly name: string;
  /** What `systemctl cat` prints, without the drop-in that learning wrote. */
  readonly text: string;
  readonly unit: Unit;
  /** Where that drop-in is hidden while the service is observed. */
  readonly hides: readonly string[];
  readonly canReload: boolean;
  /** Whether it runs; a template does as long as its socket listens. */
  readonly isActive: boolean;
}

/** The tools of this machine. */
export interface Tools {
  /** Absolute path of strace. */
  readonly strace: string;
  /** As `6.13`. */
  readonly straceVersion: string;
  /** As `257`. */
  readonly systemd: string;
  readonly kernel: string;
  readonly architecture: string;
  /** Whether strace can leave calls to the kernel that are not asked for. */
  readonly isQuick: boolean;
}

/** The name of a service as systemd has it; throws where it can be none, and for templates where only instances are meant. */
export function serviceName(written: string, { templates = false }: { readonly templates?: boolean } = {}): string {
  const name = written.includes(".") ? written : `${written}.service`;
  if (!/^[\w:.@\\-]{1,255}$/.test(name)) throw new Error(`${written} is not the name of a unit`);
  if (!name.endsWith(".service")) throw new Error(`${name} is not a service: only services are observed`);
  if (isTemplateName(name) && !templates)
    throw new Error(`${name} is a template: name an instance, such as x@a.service`);
  return name;
}

/** What systemd itself or its clients cannot be without while a unit is restarted. */
const UNTOUCHABLE = /^(?:dbus|dbus-broker|systemd-.*|init|emergency|rescue)\.service$/;

/** Reads a service; throws with a sentence where it cannot be observed. */
export async function observableService(
  machine: Machine,
  name: string,
  { noReload = false }: { readonly noReload?: boolean } = {},
): Promise<ObservableService> {
  const { scope } = placesOf(machine);
  if (UNTOUCHABLE.test(name)) throw new Error(`${name} is a part of systemd or its bus, which is not restarted`);
  const names = [
    "LoadState",
    "RefuseManualStart",
    "RefuseManualStop",
    "NeedDaemonReload",
    "CanReload",
    "ActiveState",
  ] as const;
  if (isTemplateName(name)) await needListeningSocket(machine, name);
  const shown = await showUnit(machine, isTemplateName(name) ? sampleInstance(name) : name, names);
  if (shown.LoadState === "") throw new Error(`systemd does not answer: systemctl show ${name} says why`);
  if (shown.LoadState === "not-found" && scope === "system" && (await isOfUsers(machine, name)))
    throw new Error(`${name} is a service of the user manager: add --user, and run this as that user without sudo`);
  if (!isTemplateName(name) && (shown.LoadState === "not-found" || name.includes("@")))
    await needNoConnections(machine, name);
  if (shown.LoadState === "not-found") throw new Error(`unknown unit ${name}`);
  if (shown.LoadState === "masked") throw new Error(`${name} is masked: systemctl unmask ${name} lets it start again`);
  if (shown.LoadState !== "loaded") throw new Error(`systemd could not load ${name}: ${shown.LoadState}`);
  if (!isTemplateName(name) && (shown.RefuseManualStart === "yes" || shown.RefuseManualStop === "yes"))
    throw new Error(`${name} refuses to be started or stopped by hand (RefuseManualStart=, RefuseManualStop=)`);
  if (shown.NeedDaemonReload === "yes")
    throw new Error(`the files of ${name} changed since systemd read them: run systemctl daemon-reload first`);
  const all = await systemctl(machine, "cat", "--", name);
  const others = withoutOurs(all);
  const text = others ?? all;
  const hides = others === undefined ? [] : [hidingPath(name, placesOf(machine))];
  const unit = unitOf(name, text, await systemdVersion(machine), { scope, files: machine.programFiles });
  return {
    name,
    text,
    unit,
    hides,
    canReload: shown.CanReload === "yes" && !noReload && !isTemplateName(name),
    isActive: shown.ActiveState === "active" || isTemplateName(name),
  };
}

/** The unit that `systemctl cat` printed, with the files of its programs where these can be read. */
export function unitOf(
  name: string,
  text: string,
  systemd: string,
  { scope = "system", files }: { readonly scope?: "system" | "user"; readonly files?: ProgramFiles | undefined } = {},
): Unit {
  const known = Math.min(NEWEST_VERSION, Math.max(OLDEST_VERSION, Number.parseInt(systemd, 10) || NEWEST_VERSION));
  const [main, ...dropIns] = unitTexts(text).map((it) => it.text);
  const defaults = files && { restrictSuidSgid: false, files };
  return readUnit({ kind: "service", role: "unit", name, scope }, main ?? text, known, { dropIns, defaults });
}

/** The version of systemd that is behind a learnt file, as a tool or a bundle says it; nothing where it says none. */
export function systemdOf(printed: string | undefined): { readonly systemd?: number } {
  const systemd = Number.parseInt(printed ?? "", 10);
  return systemd > 0 ? { systemd } : {};
}

async function isOfUsers(machine: Machine, name: string): Promise<boolean> {
  const instance = name.indexOf("@") + 1;
  const file = instance === 0 ? name : name.slice(0, instance) + name.slice(name.lastIndexOf("."));
  for (const folder of ["/etc/systemd/user", "/run/systemd/user", "/usr/lib/systemd/user", "/lib/systemd/user"])
    if (await machine.stat(`${folder}/${file}`)) return true;
  return false;
}

async function systemdVersion(machine: Machine): Promise<string> {
  return /^systemd (\d+)/.exec((await machine.run(["systemctl", "--version"])).stdout)?.[1] ?? "";
}

/** Looks for what observing needs; throws with a sentence where something is missing. A plan alone needs no root. */
export async function findTools(
  machine: Machine,
  { asRoot = true }: { readonly asRoot?: boolean } = {},
): Promise<Tools> {
  if (machine.platform !== "linux") throw new Error("services are observed on Linux, where systemd runs");
  if (!(await machine.stat("/run/systemd/system"))) throw new Error("this machine was not booted with systemd");
  if (asRoot && machine.uid !== 0 && placesOf(machine).scope === "system")
    throw new Error("observing a service needs root: run it with sudo");
  const strace = await programPath(machine, "strace");
  if (!strace) throw new Error("strace is missing: install the package strace");
  if ((await textAt(machine, "/proc/sys/kernel/yama/ptrace_scope"))?.trim() === "3")
    throw new Error("the kernel forbids tracing until the next boot (kernel.yama.ptrace_scope is 3)");
  const trial = ["-f", "-o", "/dev/null", "--", "true"];
  const plain = await machine.run([strace, ...trial]);
  if (plain.status !== 0) {
    const lastLine = plain.stderr.trim().split("\n").at(-1) ?? "";
    throw new Error(`strace may not trace here, as in a container without CAP_SYS_PTRACE: ${lastLine}`);
  }
  const quick = await machine.run([strace, "--seccomp-bpf", ...trial]);
  const straceVersion = /version (\S+)/.exec((await machine.run([strace, "-V"])).stdout)?.[1] ?? "";
  const kernel = (await machine.run(["uname", "-r"])).stdout.trim();
  const architecture = (await machine.run(["uname", "-m"])).stdout.trim();
  const systemd = await systemdVersion(machine);
  return { strace, straceVersion, systemd, kernel, architecture, isQuick: quick.status === 0 };
}

async function programPath(machine: Machine, name: string): Promise<string | undefined> {
  for (const folder of ["/usr/bin", "/usr/local/bin", "/bin", "/usr/sbin", "/run/current-system/sw/bin"])
    if (await machine.stat(`${folder}/${name}`)) return `${folder}/${name}`;
  return undefined;
}

/** Whether programs lose rights that they have by their files because strace runs as the user of the service. */
export function losesRights(unit: Unit, { programs }: Needs): boolean {
  const user = userName(unit);
  if (user === undefined || user === "root") return false;
  return Object.values(programs).some((it) => it.privileged);
}
