import { type DirectiveName, directive, grammarIn } from "../catalog/catalog.ts";
import { nixString } from "../hosts/nix/write.ts";
import { GROUPS } from "../service/settingGroups.ts";
import { setting } from "../service/settings.ts";
import { writtenText } from "../syntax/tree.ts";
import { linesInForce, mergedAssignments, type Unit } from "../units/unit.ts";
import { parseBoolean } from "../values/boolean.ts";

/** The sandboxing settings of a service, with those of its drop-ins, as a NixOS module sets them; undefined where it has none. */
export function nixServiceConfig(unit: Unit): string | undefined {
  const lines = GROUPS.flatMap(({ heading, directives }) => {
    const own = directives.flatMap((name) => {
      const value = nixValue(unit, name as DirectiveName);
      return value === undefined ? [] : [`  ${name} = ${value};`];
    });
    return own.length > 0 ? [`  # ${heading}`, ...own] : [];
  });
  if (lines.length === 0) return undefined;
  const name = (unit.path.name ?? "NAME").replace(/\.service$/, "");
  const services = unit.path.scope === "user" ? "systemd.user.services" : "systemd.services";
  const attribute = /^[A-Za-z_][\w'-]*$/.test(name) ? name : nixString(name);
  return `${services}.${attribute}.serviceConfig = {\n${lines.join("\n")}\n};\n`;
}

/** Lists with one element for each line that NixOS is to write; an empty string resets, as it does in the unit. */
function nixValue(unit: Unit, name: DirectiveName): string | undefined {
  const row = directive("Service", name);
  const all = mergedAssignments(unit, "Service", name);
  const line = all.at(-1)?.line;
  const last = line && writtenText(line);
  if (!row || last === undefined) return undefined;
  if (!row.many) {
    if (line?.written || grammarIn(row, unit.version).kind !== "enumeration") return nixString(last);
    const value = setting(unit, name)?.value;
    const known = value === undefined ? undefined : parseBoolean(value);
    return known === undefined ? value && nixString(value) : String(known);
  }
  const values = linesInForce(unit, "Service", name).map(writtenText);
  const [first] = values;
  if (first === undefined) return nixString("");
  const switched = values.length === 1 ? parseBoolean(first) : undefined;
  if (switched !== undefined && name === "RestrictNamespaces") return String(switched);
  const elements = values.flatMap((it) => (isPlainList(name, it) ? it.split(/\s+/) : [it]));
  const written = elements.map(nixString);
  return written.length === 1 ? written[0] : `[ ${written.join(" ")} ]`;
}

/** Lists whose words mean the same on lines of their own. */
const WORDS =
  /^(?:SystemCall(?:Filter|Log|Architectures)|Restrict\w+|CapabilityBoundingSet|AmbientCapabilities|\w+Paths|\w+Directory|IPAddress\w+)$/;

/** A deny list stays one text, since its `~` counts for the whole line; so do quotes and escapes. */
function isPlainList(name: DirectiveName, value: string): boolean {
  return WORDS.test(name) && name !== "RootDirectory" && !/^~|["'\\]/.test(value);
}
