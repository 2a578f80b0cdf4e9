import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { addSetting, type Conversion, isKnown, itemText, parentFolder, pathFromQuadlet } from "./conversion.ts";

/** What podman takes for an address instead of a path. */
export const isAddress = (text: string): boolean => /^https?|^git:\/\/|github\.com\/./.test(text);

/** SetWorkingDirectory=: the folder of the service, and of a build the context where it is another one. */
export function addWorkingDirectory(conversion: Conversion): string {
  const { own, service, source, unit, version, refuse } = conversion;
  const { section } = unit.type;
  const value = isKnown(section, "SetWorkingDirectory", version) ? own.filled("SetWorkingDirectory") : undefined;
  if (!value) return "";
  const { text, origin } = value;
  let context = "";
  let beside = source.path;
  switch (text.toLowerCase()) {
    case "unit":
      break;
    case "yaml": {
      const files = podmanDoes(version, "takes several files") ? own.words("Yaml") : [own.filled("Yaml")];
      if (section !== "Kube") refuse("working-directory", text, origin);
      else if (files.length > 1) refuse("yaml-several", text, origin);
      beside = itemText(files[0]);
      break;
    }
    case "file": {
      const file = own.text("File");
      if (section !== "Build") refuse("working-directory", text, origin);
      else if (!file) refuse("file-missing", text, origin);
      beside = itemText(file);
      break;
    }
    default:
      if (section !== "Build") refuse("working-directory", text, origin);
      context = text;
      if (text.startsWith("/")) beside = "";
  }
  if (beside === "" || isAddress(context)) return context;
  // One that the file sets itself stays, and takes the context with it.
  if (service.filled("WorkingDirectory")) return "";
  addSetting(conversion, "Service", "WorkingDirectory", parentFolder(pathFromQuadlet(conversion, beside)), origin);
  return context;
}
