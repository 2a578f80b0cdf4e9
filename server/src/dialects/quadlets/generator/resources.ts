import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { setIdentifier } from "./container.ts";
import {
  addCommand,
  addSetting,
  type Conversion,
  isKnown,
  itemText,
  optionAndValue,
  podmanCommand,
  setSetting,
} from "./conversion.ts";
import { imageSource, mountPath } from "./links.ts";
import { defaultResourceName } from "./names.ts";
import { addOptions } from "./options.ts";
import { quadletNumber } from "./users.ts";

/** The end of every service that makes one thing and ends. */
export function endOneshot(conversion: Conversion, remains: boolean): void {
  setIdentifier(conversion);
  if (!conversion.service.last("Type")) setSetting(conversion, "Service", "Type", "oneshot");
  if (remains && !conversion.service.last("RemainAfterExit"))
    setSetting(conversion, "Service", "RemainAfterExit", "yes");
}

/** The name that a key sets, or the usual one. */
function objectName({ own, source, unit, version }: Conversion, key: string): string {
  const set = isKnown(unit.type.section, key, version) ? itemText(own.filled(key)) : "";
  return set || defaultResourceName(source.name, version);
}

/** What the service of a volume is. */
export function convertVolume(conversion: Conversion): void {
  const { own, version, unit, refuse } = conversion;
  const name = objectName(conversion, "VolumeName");
  const command = podmanCommand(conversion, "volume", "create", "--ignore");
  const driver = isKnown("Volume", "Driver", version) ? own.text("Driver") : undefined;
  if (driver) command.take(driver.origin, "--driver", driver.text);
  if (driver?.text === "image") addVolumeImage(conversion, command.take);
  else addVolumeOptions(conversion, command.take);
  for (const [key, option] of [
    ["UID", "--uid"],
    ["GID", "--gid"],
  ] as const) {
    const id = isKnown("Volume", key, version) ? own.text(key) : undefined;
    if (id) command.take(id.origin, option, id.text);
  }
  addOptions(conversion, command, ["Label", "PodmanArgs"]);
  command.take(own.filled("VolumeName")?.origin, name);
  addCommand(conversion, "ExecStart", command);
  endOneshot(conversion, true);
  unit.resource = name;
  if (driver?.text === "image" && !own.filled("Image")) refuse("volume-image-missing", "Image", driver.origin);
}

/** Adds words of a setting to a command. */
export type Take = ReturnType<typeof podmanCommand>["take"];

function addVolumeImage(conversion: Conversion, take: Take): void {
  const image = conversion.own.filled("Image");
  const from = image && imageSource(conversion, image);
  if (from !== undefined) take(image?.origin, "--opt", `image=${from}`);
}

function addVolumeOptions(conversion: Conversion, take: Take): void {
  const { own, version, refuse } = conversion;
  const copy = own.flag("Copy");
  if (copy !== undefined) take(own.text("Copy")?.origin, "--opt", copy ? "copy" : "nocopy");
  const device = own.filled("Device");
  const type = own.filled("Type");
  const options = own.filled("Options");
  if (device) take(device.origin, "--opt", `device=${device.text}`);
  if (type && !device) refuse("volume-without-device", "Type", type.origin);
  if (type) take(type.origin, "--opt", `type=${type.text}`);
  if (device && type?.text === "bind" && podmanDoes(version, "mounts devices"))
    addSetting(conversion, "Unit", "RequiresMountsFor", mountPath(device.text, version), device.origin);
  const o = (["User", "Group"] as const).flatMap((key) => {
    const found = own.text(key);
    const name = key === "User" ? "uid" : "gid";
    return found ? [`${name}=${quadletNumber(found.text)}`] : [];
  });
  if (options && !device && !podmanDoes(version, "takes options alone"))
    refuse("volume-without-device", "Options", options.origin);
  if (options) o.push(options.text);
  if (o.length > 0) take(options?.origin ?? own.last("User") ?? own.last("Group"), "--opt", `o=${o.join(",")}`);
}

/** What the service of a network is. */
export function convertNetwork(conversion: Conversion): void {
  const { own, version, unit } = conversion;
  const name = objectName(conversion, "NetworkName");
  if (isKnown("Network", "NetworkDeleteOnStop", version) && own.flag("NetworkDeleteOnStop")) {
    const remove = podmanCommand(conversion, "network", "rm");
    remove.take(own.last("NetworkDeleteOnStop"), name);
    addCommand(conversion, "ExecStopPost", remove);
  }
  const command = podmanCommand(conversion, "network", "create", "--ignore");
  addOptions(conversion, command, ["DisableDNS", "DNS", "Driver"]);
  addSubnets(conversion, command.take);
  addOptions(conversion, command, [
    "IPAMDriver",
    "IPv6",
    "Internal",
    "InterfaceName",
    "Options",
    "Label",
    "PodmanArgs",
  ]);
  command.take(own.filled("NetworkName")?.origin, name);
  addCommand(conversion, "ExecStart", command);
  endOneshot(conversion, true);
  unit.resource = name;
}

function addSubnets({ own, version, refuse }: Conversion, take: Take): void {
  const subnets = own.lines("Subnet");
  const gateways = own.lines("Gateway");
  const ranges = own.lines("IPRange");
  const [other] = [...gateways, ...ranges];
  const add = (option: string, item: (typeof subnets)[number] | undefined): void => {
    if (item) take(item.origin, ...optionAndValue(version, option, item.text));
  };
  if (subnets.length === 0) {
    if (other) refuse("gateway-without-subnet", gateways.length > 0 ? "Gateway" : "IPRange", other.origin);
    return;
  }
  const gateway = gateways[subnets.length];
  const range = ranges[subnets.length];
  if (gateway) refuse("more-gateways", "Gateway", gateway.origin);
  if (range) refuse("more-ranges", "IPRange", range.origin);
  for (const [i, subnet] of subnets.entries()) {
    add("--subnet", subnet);
    add("--gateway", gateways[i]);
    add("--ip-range", ranges[i]);
  }
}

/** What the service of an image is. */
export function convertImage(conversion: Conversion): void {
  const { own, unit, refuse } = conversion;
  const image = own.filled("Image");
  if (!image) refuse("image-missing", "Image", own.last("Image"));
  const command = podmanCommand(conversion, "image", "pull");
  addOptions(conversion, command, [
    "Arch",
    "AuthFile",
    "CertDir",
    "Creds",
    "DecryptionKey",
    "OS",
    "Variant",
    "Policy",
    "Retry",
    "RetryDelay",
    "AllTags",
    "TLSVerify",
    "PodmanArgs",
  ]);
  command.take(image?.origin, itemText(image));
  addCommand(conversion, "ExecStart", command);
  endOneshot(conversion, true);
  unit.resource = itemText(own.filled("ImageTag")) || itemText(image);
}

/** What the service of an artifact is. */
export function convertArtifact(conversion: Conversion): void {
  const { own, unit, refuse } = conversion;
  const artifact = own.filled("Artifact");
  if (!artifact) refuse("artifact-missing", "Artifact", own.last("Artifact"));
  const command = podmanCommand(conversion, "artifact", "pull");
  addOptions(conversion, command, [
    "AuthFile",
    "CertDir",
    "Creds",
    "DecryptionKey",
    "Retry",
    "RetryDelay",
    "Quiet",
    "TLSVerify",
    "PodmanArgs",
  ]);
  command.take(artifact?.origin, itemText(artifact));
  addCommand(conversion, "ExecStart", command);
  endOneshot(conversion, true);
  unit.resource = itemText(artifact);
}
