import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { setIdentifier } from "./container.ts";
import {
  addCommand,
  addSetting,
  type Conversion,
  isKnown,
  itemText,
  type PodmanCommand,
  podmanCommand,
  setSetting,
} from "./conversion.ts";
import { addNetworks, addVolumes } from "./links.ts";
import { defaultResourceName } from "./names.ts";
import { addOptions } from "./options.ts";
import { addPublishedPorts } from "./ports.ts";
import { addUserMapping } from "./users.ts";

/** What podman calls a pod. */
export const podName = ({ own, source, version }: Pick<Conversion, "own" | "source" | "version">): string =>
  itemText(own.filled("PodName")) || defaultResourceName(source.name, version);

/** What the service of a pod is. */
export function convertPod(conversion: Conversion): void {
  const { own, unit, version } = conversion;
  const name = podName(conversion);
  const names = podmanDoes(version, "names pods");
  const named = own.filled("PodName")?.origin;
  const id = "--pod-id-file=%t/%N.pod-id";
  for (const { service, origin } of unit.starts) {
    addSetting(conversion, "Unit", "Wants", `${service}.service`, origin);
    addSetting(conversion, "Unit", "Before", `${service}.service`, origin);
  }
  setIdentifier(conversion);
  const timeout = isKnown("Pod", "StopTimeout", version) ? own.text("StopTimeout") : undefined;
  const simple = (key: string, action: string, options: readonly string[]): void => {
    const command = podmanCommand(conversion, "pod", action);
    if (!names) command.add(id);
    for (const it of options) command.take(it.startsWith("--time") ? timeout?.origin : undefined, it);
    if (names) command.take(named, name);
    addCommand(conversion, key, command);
  };
  simple("ExecStart", "start", []);
  simple("ExecStop", "stop", ["--ignore", `--time=${timeout ? timeout.text : "10"}`]);
  simple("ExecStopPost", "rm", ["--ignore", "--force"]);
  const command = podmanCommand(conversion, "pod", "create", "--infra-conmon-pidfile=%t/%N.pid");
  if (!names) command.add(id, "--exit-policy=stop");
  command.add("--replace");
  if (names) {
    const policy = own.text("ExitPolicy");
    command.take(policy?.origin, "--exit-policy", policy ? policy.text : "stop");
  }
  addUserMapping(conversion, command, true);
  addPublishedPorts(conversion, command);
  addOptions(conversion, command, ["Label"]);
  addNetworks(conversion, command);
  addAddresses(conversion, command);
  addOptions(conversion, command, ["ShmSize"]);
  addOptions(conversion, command, ["NetworkAlias", "DNS", "DNSOption", "DNSSearch", "AddHost", "HostName"]);
  addVolumes(conversion, command);
  command.take(named, "--infra-name", `${name}-infra`);
  command.take(named, "--name", name);
  addOptions(conversion, command, ["PodmanArgs"]);
  addCommand(conversion, "ExecStartPre", command);
  // Else it takes the place of the last one that the file sets.
  const setEnvironment = podmanDoes(version, "adds to the environment") ? addSetting : setSetting;
  setEnvironment(conversion, "Service", "Environment", "PODMAN_SYSTEMD_UNIT=%n");
  setSetting(conversion, "Service", "Type", "forking");
  const keeps = podmanDoes(version, "keeps restarts");
  if (!keeps) setSetting(conversion, "Service", "Restart", "on-failure");
  setSetting(conversion, "Service", "PIDFile", "%t/%N.pid");
  if (keeps && !conversion.service.last("Restart")) setSetting(conversion, "Service", "Restart", "on-failure");
}

/** Most versions take one address of a pod. */
function addAddresses(conversion: Conversion, command: PodmanCommand): void {
  if (!podmanDoes(conversion.version, "takes several addresses")) addOptions(conversion, command, ["IP", "IP6"]);
  else
    for (const [key, option] of [
      ["IP", "--ip"],
      ["IP6", "--ip6"],
    ] as const)
      for (const { text, origin } of conversion.own.lines(key)) command.take(origin, option, text);
}
