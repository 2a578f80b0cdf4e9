import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { addCommand, type Conversion, itemText, optionAndValue, podmanCommand } from "./conversion.ts";
import { addNetworks, addVolumes } from "./links.ts";
import { addOptions } from "./options.ts";
import { endOneshot, type Take } from "./resources.ts";
import type { SourceItem } from "./sources.ts";
import { addWorkingDirectory, isAddress } from "./workingDirectory.ts";

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
  const folder = itemText(service.filled("WorkingDirectory")) || lastSetting(conversion);
  const file = own.filled("File");
  const path = itemText(file);
  if (context === "" && folder === "" && path === "")
    refuse("working-directory-missing", "SetWorkingDirectory", own.last("SetWorkingDirectory"));
  if (file) command.take(file.origin, ...optionAndValue(version, "--file", path));
  addOptions(conversion, command, ["PodmanArgs"]);
  if (context !== "") command.take(own.filled("SetWorkingDirectory")?.origin, context);
  else if (path === "" || !(path.startsWith("/") || isAddress(path))) addFolder(conversion, command.take, folder, file);
  addCommand(conversion, "ExecStart", command);
  endOneshot(conversion, !podmanDoes(version, "ends builds"));
}

/** ImageTag=: at first one, later several. */
function addTags({ own, version }: Conversion, take: Take): void {
  const last = own.filled("ImageTag");
  const tags = podmanDoes(version, "takes several tags") ? own.lines("ImageTag") : last ? [last] : [];
  for (const { text, origin } of tags) take(origin, ...optionAndValue(version, "--tag", text));
}

/** The folder as the context of a build. */
function addFolder(
  { own, version, refuse }: Conversion,
  take: Take,
  folder: string,
  file: SourceItem | undefined,
): void {
  if (folder !== "") take(own.filled("SetWorkingDirectory")?.origin, folder);
  else if (file && !(podmanDoes(version, "takes specifiers for files") && /^%(?!%)/.test(file.text)))
    refuse("file-relative", file.text, file.origin);
}

/** The folder that the service got just now. */
function lastSetting({ draft }: Conversion): string {
  const lines = draft.sections.find(({ name }) => name === "Service")?.lines ?? [];
  return lines.findLast(({ key }) => key === "WorkingDirectory")?.value ?? "";
}
