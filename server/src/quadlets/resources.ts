import { setIdentifier } from "./container.ts";
import { addCommand, addSetting, type Conversion, isKnown, podmanCommand, setSetting, textOf } from "./conversion.ts";
import { addNetworks, addVolumes, imageSource, mountPath } from "./links.ts";
import { defaultResourceName } from "./names.ts";
import { addOptions } from "./options.ts";
import type { SourceItem } from "./sources.ts";
import { numberOf } from "./users.ts";
import { addWorkingDirectory, isAddress } from "./workingDirectory.ts";

/** The end of every service that makes one thing and ends. */
function endOneshot(conversion: Conversion, remains: boolean): void {
  setIdentifier(conversion);
  if (!conversion.service.last("Type")) setSetting(conversion, "Service", "Type", "oneshot");
  if (remains && !conversion.service.last("RemainAfterExit"))
    setSetting(conversion, "Service", "RemainAfterExit", "yes");
}

/** The name that a key sets, or the usual one. */
function objectName({ own, source, unit, version }: Conversion, key: string): string {
  const set = isKnown(unit.type.section, key, version) ? textOf(own.filled(key)) : "";
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

type Take = ReturnType<typeof podmanCommand>["take"];

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
  if (device && type?.text === "bind" && version >= 5.6)
    addSetting(conversion, "Unit", "RequiresMountsFor", mountPath(device.text, version), device.origin);
  const o = (["User", "Group"] as const).flatMap((key) => {
    const found = own.text(key);
    const name = key === "User" ? "uid" : "gid";
    return found ? [`${name}=${numberOf(found.text)}`] : [];
  });
  // Since 6.0 options need no device.
  if (options && !device && version < 6) refuse("volume-without-device", "Options", options.origin);
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
  const two = version >= 5.3;
  const add = (option: string, item: (typeof subnets)[number] | undefined): void => {
    if (item) take(item.origin, ...(two ? [option, item.text] : [`${option}=${item.text}`]));
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
  command.take(image?.origin, textOf(image));
  addCommand(conversion, "ExecStart", command);
  endOneshot(conversion, true);
  unit.resource = textOf(own.filled("ImageTag")) || textOf(image);
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
  command.take(artifact?.origin, textOf(artifact));
  addCommand(conversion, "ExecStart", command);
  endOneshot(conversion, true);
  unit.resource = textOf(artifact);
}

/** What the service of a build is. */
export function convertBuild(conversion: Conversion): void {
  const { own, service, version, refuse } = conversion;
  const tags = own.lines("ImageTag");
  if (tags.length === 0) refuse("tag-missing", "ImageTag", own.last("ImageTag"));
  const command = podmanCommand(conversion, "build");
  addOptions(conversion, command, [
    "Arch",
    "AuthFile",
    "Pull",
    "Target",
    "Variant",
    "Retry",
    "RetryDelay",
    "IgnoreFile",
    "ForceRM",
    "TLSVerify",
    "DNS",
    "DNSOption",
    "DNSSearch",
    "GroupAdd",
  ]);
  addTags(conversion, command.take);
  addOptions(conversion, command, ["Annotation", "Environment", "Label", "BuildArg"]);
  addNetworks(conversion, command);
  addOptions(conversion, command, ["Secret"]);
  addVolumes(conversion, command);
  const context = addWorkingDirectory(conversion);
  const folder = textOf(service.filled("WorkingDirectory")) || lastSetting(conversion);
  const file = own.filled("File");
  const path = textOf(file);
  if (context === "" && folder === "" && path === "")
    refuse("working-directory-missing", "SetWorkingDirectory", own.last("SetWorkingDirectory"));
  if (file) command.take(file.origin, ...(version < 5.3 ? [`--file=${path}`] : ["--file", path]));
  addOptions(conversion, command, ["PodmanArgs"]);
  if (context !== "") command.take(own.filled("SetWorkingDirectory")?.origin, context);
  else if (path === "" || !(path.startsWith("/") || isAddress(path))) addFolder(conversion, command.take, folder, file);
  addCommand(conversion, "ExecStart", command);
  endOneshot(conversion, version < 5.3);
}

/** Since 5.3 an image can have several tags. */
function addTags({ own, version }: Conversion, take: Take): void {
  const tag = own.filled("ImageTag");
  if (version < 5.3 && tag) take(tag.origin, `--tag=${tag.text}`);
  if (version >= 5.3) for (const { text, origin } of own.lines("ImageTag")) take(origin, "--tag", text);
}

/** Since 5.5 a file may be relative to a specifier where no folder is set. */
const SPECIFIER_IN_FILE = 5.5;

/** The folder as the context of a build. */
function addFolder(
  { own, version, refuse }: Conversion,
  take: Take,
  folder: string,
  file: SourceItem | undefined,
): void {
  if (folder !== "") take(own.filled("SetWorkingDirectory")?.origin, folder);
  else if (file && !(version >= SPECIFIER_IN_FILE && /^%(?!%)/.test(file.text)))
    refuse("file-relative", file.text, file.origin);
}

/** The folder that the service got just now. */
function lastSetting({ draft }: Conversion): string {
  const lines = draft.sections.find(({ name }) => name === "Service")?.lines ?? [];
  return lines.findLast(({ key }) => key === "WorkingDirectory")?.value ?? "";
}
