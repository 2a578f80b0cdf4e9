import type { TextDocument } from "vscode";
import { TEMPLATE_GLOB } from "../server/src/facts/templateNames.ts";
import { UNIT_KINDS } from "../server/src/facts/unitKinds.ts";
import { configPath } from "../server/src/families/configs/configPath.ts";
import { quadletPath } from "../server/src/families/quadletFiles/quadletPath.ts";
import { unitPath } from "../server/src/families/unitFiles/unitPath.ts";

/** The language that the manifest gives to unit files. */
export const LANGUAGE = "systemd";

/** What other extensions call them; some mean all of systemd's files by it. */
export const OTHER_LANGUAGES: readonly string[] = ["systemd-conf", "systemd-unit", "systemd-unit-file"];

const kinds = `{${UNIT_KINDS.join(",")}}`;

/** The names of all unit files, quadlets, drop-ins and temporary files of `systemctl edit`, as globs of VS Code's. */
export const UNIT_GLOBS: readonly string[] = [
  `**/*.${kinds}`,
  `**/{*.,}${kinds}.d/*.conf`,
  `**/.#*.${kinds}[0-9a-f]*`,
  `**/{*.,}${kinds}.d/.#*.conf[0-9a-f]*`,
  `**/*.${kinds}.${TEMPLATE_GLOB}`,
  `**/{*.,}${kinds}.d/*.conf.${TEMPLATE_GLOB}`,
  "**/*.{container,kube,volume,artifact,quadlets}",
  `**/*.{container,kube,volume}.${TEMPLATE_GLOB}`,
  "**/{containers/systemd,quadlet,quadlets}/**/*.{pod,network,image,build}",
];

/** The names of files that configure systemd's other programs; those with suffixes of other programs only in systemd's folders. */
export const CONFIG_GLOBS: readonly string[] = [
  "**/*.{network,netdev,link,nspawn,dnssd,dns-delegate,oomrule}",
  `**/*.{network,netdev}.${TEMPLATE_GLOB}`,
  "**/systemd/*.conf",
  "**/systemd/*.conf.d/*.conf",
  "**/udev/iocost.conf",
  "**/*.{network,netdev,link,dnssd,dns-delegate,transfer,feature}.d/*.conf",
  "**/{repart.d,*.repart.d,mkosi.repart}/{*,*.conf.d/*}.conf",
  "**/sysupdate{,.*}.d/*.{transfer,feature}",
  "**/sysupdate.*.component",
];

/** All names of files that are ours. */
export const FILE_GLOBS: readonly string[] = [...UNIT_GLOBS, ...CONFIG_GLOBS];

/** The suffixes that no other program of note has. */
const OF_QUADLETS: readonly string[] = ["container", "kube", "volume", "artifact", "quadlets"];

/** Whether a file is a quadlet by its path: by its suffix alone only where no other program has such files. */
function isQuadlet(path: string): boolean {
  const quadlet = quadletPath(path);
  return quadlet?.role === "unit" && (quadlet.placed || OF_QUADLETS.includes(quadlet.kind));
}

/** Whether a file configures one of systemd's other programs by its path: by its suffix alone only where no other program has such files. */
function isConfig(path: string): boolean {
  const config = configPath(path);
  return config !== undefined && (config.placed || !["transfer", "feature", "component"].includes(config.kind));
}

/** The documents that the server is asked about: of other languages only those that systemd has by their names. */
export const UNIT_FILES: readonly { readonly language: string; readonly pattern?: string }[] = [
  { language: LANGUAGE },
  ...OTHER_LANGUAGES.flatMap((language) => FILE_GLOBS.map((pattern) => ({ language, pattern }))),
];

/** Whether the server is asked about a document. */
export function isUnitFile({ languageId, uri }: TextDocument): boolean {
  if (languageId === LANGUAGE) return true;
  if (!OTHER_LANGUAGES.includes(languageId)) return false;
  return unitPath(uri.path) !== undefined || isQuadlet(uri.path) || isConfig(uri.path);
}
