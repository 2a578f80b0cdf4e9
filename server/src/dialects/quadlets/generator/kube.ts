import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { addLog, setIdentifier, setKillMode } from "./container.ts";
import {
  addCommand,
  addSetting,
  type Conversion,
  isKnown,
  itemText,
  pathFromQuadlet,
  podmanCommand,
  setSetting,
} from "./conversion.ts";
import { addNetworks } from "./links.ts";
import { addOptions } from "./options.ts";
import { addPublishedPorts } from "./ports.ts";
import type { SourceItem } from "./sources.ts";
import { addUserMapping } from "./users.ts";
import { addWorkingDirectory } from "./workingDirectory.ts";

/** The YAML files of a .kube file. */
export function yamlFiles({ own, version }: Conversion): readonly SourceItem[] {
  if (podmanDoes(version, "takes several files")) return own.words("Yaml");
  const file = own.filled("Yaml");
  return file ? [file] : [];
}

/** What the service of a .kube file is. */
export function convertKube(conversion: Conversion): void {
  const { own, service, version, refuse } = conversion;
  const files = yamlFiles(conversion).map(({ text, origin }) => ({ text: pathFromQuadlet(conversion, text), origin }));
  if (files.length === 0) refuse("yaml-missing", "Yaml", own.last("Yaml"));
  setKillMode(conversion);
  addSetting(conversion, "Service", "Environment", "PODMAN_SYSTEMD_UNIT=%n");
  const type = service.text("Type");
  const oneshot = podmanDoes(version, "plays once") && itemText(type) === "oneshot";
  if (type && type.text !== "notify" && !oneshot) refuse("service-type", type.text, type.origin);
  if (!oneshot) {
    setSetting(conversion, "Service", "Type", "notify");
    setSetting(conversion, "Service", "NotifyAccess", "all");
  }
  setIdentifier(conversion);
  const command = podmanCommand(conversion, "kube", "play", "--replace", "--service-container=true");
  const exit = isKnown("Kube", "ExitCodePropagation", version) ? own.filled("ExitCodePropagation") : undefined;
  if (exit) command.take(exit.origin, `--service-exit-code-propagation=${exit.text}`);
  addLog(conversion, command);
  addUserMapping(conversion, command, false);
  addNetworks(conversion, command);
  for (const { text, origin } of isKnown("Kube", "AutoUpdate", version) ? own.words("AutoUpdate") : []) {
    const slash = text.indexOf("/");
    const label = slash < 0 ? `=${text}` : `/${text.slice(0, slash)}=${text.slice(slash + 1)}`;
    command.take(origin, `--annotation=io.containers.autoupdate${label}`);
  }
  for (const { text, origin } of own.words("ConfigMap"))
    command.take(origin, "--configmap", pathFromQuadlet(conversion, text));
  addPublishedPorts(conversion, command);
  addOptions(conversion, command, ["PodmanArgs"]);
  for (const { text, origin } of files) command.take(origin, text);
  addCommand(conversion, "ExecStart", command);
  const stop = podmanCommand(conversion, "kube", "down");
  addOptions(conversion, stop, ["KubeDownForce"]);
  for (const { text, origin } of files) stop.take(origin, text);
  addCommand(conversion, podmanDoes(version, "stops after") ? "ExecStopPost" : "ExecStop", stop);
  addWorkingDirectory(conversion);
}
