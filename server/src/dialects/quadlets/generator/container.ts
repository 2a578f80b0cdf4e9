import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import {
  addCommand,
  addSetting,
  type Conversion,
  isKnown,
  itemText,
  optionAndValue,
  type PodmanCommand,
  pathFromQuadlet,
  podmanCommand,
  setSetting,
} from "./conversion.ts";
import { addNetworks, addPod, addVolumes, imageSource } from "./links.ts";
import { addMounts } from "./mounts.ts";
import { isInstanceName } from "./names.ts";
import { addFlag, addOptions, noteMistake, noteMistakes } from "./options.ts";
import { addExposedPorts, addPublishedPorts } from "./ports.ts";
import { addUser, addUserMapping } from "./users.ts";

/** The options that stand before the kind of notification. */
const FIRST = [
  "Timezone",
  "PidsLimit",
  "ShmSize",
  "WorkingDir",
  "IP",
  "IP6",
  "HostName",
  "StopSignal",
  "StopTimeout",
  "Pull",
  "Memory",
  "Retry",
  "RetryDelay",
  "NetworkAlias",
  "Ulimit",
  "DNS",
  "DNSOption",
  "DNSSearch",
  "GroupAdd",
  "AddHost",
  "Tmpfs",
  "RunInit",
  "EnvironmentHost",
  "HttpProxy",
  "ReadOnlyTmpfs",
];

/** What the service of a container is. */
export function convertContainer(conversion: Conversion): void {
  const { own, version, refuse } = conversion;
  const image = own.filled("Image");
  const rootfs = isKnown("Container", "Rootfs", version) ? own.filled("Rootfs") : undefined;
  if (!image && !rootfs) refuse("image-missing", "Image", own.last("Image"));
  if (image && rootfs) refuse("image-and-rootfs", "Rootfs", rootfs.origin);
  const from = image && imageSource(conversion, image);
  const name = containerName(conversion);
  addSetting(conversion, "Service", "Environment", "PODMAN_SYSTEMD_UNIT=%n");
  setKillMode(conversion);
  addStop(conversion, name);
  addReload(conversion, name);
  addSetting(conversion, "Service", "Delegate", "yes");
  const command = podmanCommand(conversion, "run");
  command.take(own.filled("ContainerName")?.origin, ...optionAndValue(version, "--name", name));
  if (!podmanDoes(version, "names containers")) command.add("--cidfile=%t/%N.cid");
  command.add("--replace", "--rm");
  addLog(conversion, command);
  addFirst(conversion, command);
  addNetworks(conversion, command);
  addNotification(conversion, command);
  addSecurity(conversion, command);
  addUser(conversion, command);
  addUserMapping(conversion, command, true);
  addVolumes(conversion, command);
  const update = isKnown("Container", "AutoUpdate", version) ? own.filled("AutoUpdate") : undefined;
  if (update) command.take(update.origin, "--label", `io.containers.autoupdate=${update.text}`);
  addExposedPorts(conversion, command);
  addPublishedPorts(conversion, command);
  addOptions(conversion, command, ["Environment", "Label", "Annotation", "Mask", "Unmask"]);
  noteMistakes(conversion, "EnvironmentFile", "args");
  for (const { text, origin } of own.args("EnvironmentFile"))
    command.take(origin, "--env-file", pathFromQuadlet(conversion, text));
  addOptions(conversion, command, ["Secret"]);
  addMounts(conversion, command);
  addOptions(conversion, command, HEALTH);
  addPod(conversion, command);
  addOptions(conversion, command, ["PodmanArgs"]);
  // Of a quadlet's image that nobody knows, nothing is left but this.
  if (from) command.take(image?.origin, from);
  else command.take(rootfs?.origin, "--rootfs", itemText(rootfs));
  for (const { text, origin } of own.lastArgs("Exec") ?? []) command.take(origin, text);
  const exec = own.last("Exec");
  if (exec) noteMistake(conversion, exec, "args");
  addCommand(conversion, "ExecStart", command);
}

const HEALTH = [
  "HealthCmd",
  "HealthInterval",
  "HealthOnFailure",
  "HealthLogDestination",
  "HealthMaxLogCount",
  "HealthMaxLogSize",
  "HealthRetries",
  "HealthStartPeriod",
  "HealthTimeout",
  "HealthStartupCmd",
  "HealthStartupInterval",
  "HealthStartupRetries",
  "HealthStartupSuccess",
  "HealthStartupTimeout",
];

/** The name of the container, with specifiers where it is not set. */
export function containerName({ own, source }: Pick<Conversion, "own" | "source">): string {
  return itemText(own.filled("ContainerName")) || (isInstanceName(source.name) ? "systemd-%p_%i" : "systemd-%N");
}

/** KillMode=: only two values are taken. */
export function setKillMode(conversion: Conversion): void {
  const mode = conversion.service.text("KillMode");
  if (!mode) setSetting(conversion, "Service", "KillMode", "mixed");
  else if (mode.text !== "mixed" && mode.text !== "control-group")
    conversion.refuse("kill-mode", mode.text, mode.origin);
}

function addStop(conversion: Conversion, name: string): void {
  const names = podmanDoes(conversion.version, "names containers");
  for (const [key, prefix] of [
    ["ExecStop", ""],
    ["ExecStopPost", "-"],
  ] as const) {
    const command = podmanCommand(conversion, "rm", "-v", "-f", "-i");
    if (names) command.take(conversion.own.filled("ContainerName")?.origin, name);
    else command.add("--cidfile=%t/%N.cid");
    addCommand(conversion, key, command, prefix);
  }
}

function addReload(conversion: Conversion, name: string): void {
  const { own, version, refuse } = conversion;
  if (!isKnown("Container", "ReloadCmd", version)) return;
  const signal = own.filled("ReloadSignal");
  const words = own.lastArgs("ReloadCmd") ?? [];
  const last = own.last("ReloadCmd");
  if (last) noteMistake(conversion, last, "args");
  if (signal && words.length > 0) refuse("reload-both", "ReloadSignal", signal.origin);
  if (!signal && words.length === 0) return;
  const command = podmanCommand(conversion);
  const container = podmanDoes(version, "names containers") ? name : "--cidfile=%t/%N.cid";
  if (words.length > 0) {
    command.add("exec", container);
    for (const { text, origin } of words) command.take(origin, text);
  } else if (signal) {
    command.add("kill");
    command.take(signal.origin, "--signal", signal.text);
    command.add(container);
  }
  addCommand(conversion, "ExecReload", command);
}

/** LogDriver= and LogOpt=: the driver is named even where it is empty. */
export function addLog(conversion: Conversion, command: PodmanCommand): void {
  const { own, unit, version } = conversion;
  const driver = isKnown(unit.type.section, "LogDriver", version) ? own.text("LogDriver") : undefined;
  if (driver) command.take(driver.origin, "--log-driver", driver.text);
  addOptions(conversion, command, ["LogOpt"]);
}

function addFirst(conversion: Conversion, command: PodmanCommand): void {
  const { own, version } = conversion;
  const cgroups = isKnown("Container", "CgroupsMode", version) ? own.filled("CgroupsMode") : undefined;
  if (cgroups) command.take(cgroups.origin, "--cgroups", cgroups.text);
  else command.add("--cgroups=split");
  const two = podmanDoes(version, "parts the entrypoint");
  const entrypoint = two ? own.filled("Entrypoint") : own.text("Entrypoint");
  if (entrypoint && two) command.take(entrypoint.origin, "--entrypoint", entrypoint.text);
  else if (entrypoint) command.take(entrypoint.origin, `--entrypoint=${entrypoint.text}`);
  addOptions(conversion, command, FIRST);
}

/** Type= and Notify=: how systemd learns that the container has started. */
function addNotification(conversion: Conversion, command: PodmanCommand): void {
  const { own, service, version, refuse } = conversion;
  const type = service.text("Type");
  const kind = itemText(type);
  if (type && kind !== "notify" && kind !== "oneshot") refuse("service-type", kind, type.origin);
  if (kind !== "oneshot") {
    const notify = own.text("Notify");
    const healthy = podmanDoes(version, "knows healthy") && itemText(notify).toLowerCase() === "healthy";
    const how = healthy ? "healthy" : own.flag("Notify") ? "container" : "conmon";
    command.take(notify?.origin, `--sdnotify=${how}`);
    setSetting(conversion, "Service", "Type", "notify");
    setSetting(conversion, "Service", "NotifyAccess", "all");
    command.add("-d");
  }
  setIdentifier(conversion);
}

/** SyslogIdentifier=, where nobody set it. */
export function setIdentifier(conversion: Conversion): void {
  if (!conversion.service.last("SyslogIdentifier")) setSetting(conversion, "Service", "SyslogIdentifier", "%N");
}

function addSecurity(conversion: Conversion, command: PodmanCommand): void {
  const { own, version, exists } = conversion;
  addFlag(conversion, command, "NoNewPrivileges");
  for (const name of ["SecurityLabelDisable", "SecurityLabelNested"])
    if (isKnown("Container", name, version)) addFlag(conversion, command, name);
  addOptions(conversion, command, ["SecurityLabelType", "SecurityLabelFileType", "SecurityLabelLevel", "AppArmor"]);
  for (const { text, origin } of own.words("AddDevice")) {
    const device = text.replace(/^-/, "");
    // Whether it is there is decided now, not when the container starts.
    if (device !== text && exists(device.split(":")[0] ?? "") === false) continue;
    command.take(origin, ...optionAndValue(version, "--device", device));
  }
  const seccomp = own.text("SeccompProfile");
  if (seccomp) command.take(seccomp.origin, "--security-opt", `seccomp=${seccomp.text}`);
  for (const it of ["AddDevice", "DropCapability", "AddCapability"]) noteMistakes(conversion, it, "words");
  for (const [key, option] of [
    ["DropCapability", "--cap-drop"],
    ["AddCapability", "--cap-add"],
  ] as const)
    for (const { text, origin } of own.words(key)) {
      command.take(origin, ...optionAndValue(version, option, text.toLowerCase()));
    }
  addOptions(conversion, command, ["Sysctl", "ReadOnly"]);
  if (own.flag("VolatileTmp") && !own.flag("ReadOnly")) addFlag(conversion, command, "VolatileTmp");
}
