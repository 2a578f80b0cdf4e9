import { type UnitPath, unitPath } from "../../families/unitFiles/unitPath.ts";
import type { Span } from "../../text/span.ts";
import type { HostedFile, HostedUnit } from "../hostedUnit.ts";
import { withPlaceholders } from "../placeholders.ts";
import { yamlSign } from "../signs.ts";
import { yamlParts, yamlValue } from "./scalars.ts";
import { bodyOf, textIn, type YamlNode, type YamlText, yamlItems, yamlMember, yamlRoot } from "./tree.ts";

/** The units of a file for cloud-init, Butane or Ignition. */
export function yamlUnits(text: string): HostedFile {
  const sign = yamlSign(text);
  const root = sign && yamlRoot(text);
  const units = sign === "cloud-init" ? cloudUnits(text, root) : machineUnits(text, root);
  return { text, units: withDropIns(units), comments: [], marks: new Map() };
}

/** Files that are written as a whole, and the units of the older form for Container Linux. */
function cloudUnits(text: string, root: YamlNode | undefined): readonly HostedUnit[] {
  const files = yamlItems(yamlMember(root, "write_files")).flatMap((it): readonly HostedUnit[] => {
    const isPlain = PLAIN.has(yamlValue(text, textIn(it, "encoding")) ?? "");
    if (!isPlain || yamlValue(text, textIn(it, "append")) === "true") return [];
    return unitOf(text, textIn(it, "path"), textIn(it, "content"));
  });
  return [...files, ...unitsOf(text, yamlMember(yamlMember(root, "coreos"), "units"), "content", "drop-ins")];
}

const PLAIN: ReadonlySet<string> = new Set(["", "text/plain"]);

/** What Butane and Ignition have in common. */
function machineUnits(text: string, root: YamlNode | undefined): readonly HostedUnit[] {
  const files = yamlItems(yamlMember(yamlMember(root, "storage"), "files")).flatMap((it) => {
    const inline = textIn(yamlMember(it, "contents"), "inline");
    return unitOf(text, textIn(it, "path"), inline);
  });
  return [...unitsOf(text, yamlMember(yamlMember(root, "systemd"), "units"), "contents", "dropins"), ...files];
}

const FOLDER = "/etc/systemd/system";

function unitsOf(text: string, list: YamlNode | undefined, contents: string, dropIns: string): readonly HostedUnit[] {
  return yamlItems(list).flatMap((it) => {
    const name = textIn(it, "name");
    const own = unitOf(text, name, textIn(it, contents), FOLDER);
    const more = yamlItems(yamlMember(it, dropIns)).flatMap((each) =>
      unitOf(text, textIn(each, "name"), textIn(each, contents), `${FOLDER}/${yamlValue(text, name)}.d`),
    );
    return [...own, ...more];
  });
}

/** The unit of a path, or of a name in a folder; none where either is missing or the text is made up elsewhere. */
function unitOf(
  text: string,
  named: YamlText | undefined,
  contents: YamlText | undefined,
  folder?: string,
): readonly HostedUnit[] {
  const written = named && yamlValue(text, named);
  if (!named || written === undefined || !contents) return [];
  const path = writtenPath(folder === undefined ? written : `${folder}/${written}`);
  const read = path && yamlParts(text, contents);
  const raw = read && withPlaceholders(read.parts);
  if (!path || !raw || raw.length === 0) return [];
  const isWhole = path.name !== undefined && raw.every((it) => it.certain);
  const [name, body] = [bodyOf(named), bodyOf(contents)];
  const extent: Span = { start: Math.min(name.start, body.start), end: Math.max(name.end, body.end) };
  const own: UnitPath = isWhole ? path : { ...path, role: "drop-in" };
  return [{ path: own, name, extent, settings: [], open: !isWhole, sets: new Map(), sectionNames: false, raw }];
}

const LONGEST_PATH = 4096;
const FILLED_IN = /\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,200}\}/g;

/** The unit of a path, whose name may be filled in later. */
function writtenPath(path: string): UnitPath | undefined {
  const found = path.length < LONGEST_PATH ? unitPath(path.replace(FILLED_IN, "x")) : undefined;
  return found && (/[${]/.test(path) ? { ...found, name: undefined } : found);
}

/** Drop-ins of the file count for the units that it has, too. */
function withDropIns(units: readonly HostedUnit[]): readonly HostedUnit[] {
  const texts = new Map<string, string[]>();
  for (const { path, raw = [] } of units)
    if (path.role === "drop-in" && path.name !== undefined)
      texts.set(path.name, [...(texts.get(path.name) ?? []), raw.map((it) => it.text).join("")]);
  return units.map((it) => {
    const { role, name = "" } = it.path;
    const dropIns = role === "unit" ? texts.get(name) : undefined;
    return dropIns ? { ...it, dropIns } : it;
  });
}
