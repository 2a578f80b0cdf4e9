import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { type Conversion, isKnown, itemText, type PodmanCommand } from "./conversion.ts";
import { addOptions } from "./options.ts";
import type { SourceItem } from "./sources.ts";

const MAPPING_KEYS = ["UserNS", "UIDMap", "GIDMap", "SubUIDMap", "SubGIDMap"];

/** The keys for users and their mapping, those of today or those that they replaced. */
export function addUserMapping(conversion: Conversion, command: PodmanCommand, manual: boolean): void {
  const { own, unit, version, refuse } = conversion;
  const used = MAPPING_KEYS.filter((it) => isKnown(unit.type.section, it, version) && isSet(conversion, it));
  const remaps = ["RemapUid", "RemapGid", "RemapUsers"].filter((it) => isSet(conversion, it));
  const [first] = used;
  if (first === undefined) {
    addRemapped(conversion, command, manual);
    return;
  }
  const [remap] = remaps;
  if (remap !== undefined) refuse("remap-with-mapping", remap, own.last(remap));
  addOptions(conversion, command, MAPPING_KEYS);
}

/** Whether a key counts: those that others replaced do as soon as they stand there. */
function isSet({ own }: Conversion, name: string): boolean {
  if (name.startsWith("Remap")) return own.last(name) !== undefined;
  if (name === "UserNS" || name.startsWith("Sub")) return own.filled(name) !== undefined;
  return own.words(name).length > 0;
}

function addRemapped(conversion: Conversion, command: PodmanCommand, manual: boolean): void {
  const { own, scope, version, refuse } = conversion;
  const uids = own.words("RemapUid");
  const gids = own.words("RemapGid");
  const remap = own.last("RemapUsers");
  // Quotes stay, unlike those of other texts.
  const kind = remap?.value.text ?? "";
  const userns = (options: readonly string[]): void =>
    command.take(remap, "--userns", [kind, ...(options.length > 0 ? [options.join(",")] : [])].join(":"));
  const option = (name: string) => (it: SourceItem) => `${name}=${it.text}`;
  switch (kind) {
    case "":
      if (uids[0]) refuse("uid-without-remap", "RemapUid", uids[0].origin);
      if (gids[0]) refuse("gid-without-remap", "RemapGid", gids[0].origin);
      return;
    case "manual":
      if (!manual) {
        refuse("remap-manual", kind, remap);
        return;
      }
      for (const { text, origin } of uids) command.take(origin, "--uidmap", text);
      for (const { text, origin } of gids) command.take(origin, "--gidmap", text);
      return;
    case "auto": {
      const size = quadletNumber(itemText(own.text("RemapUidSize")));
      userns([
        ...uids.map(option("uidmapping")),
        ...gids.map(option("gidmapping")),
        ...(size > 0 ? [`size=${size}`] : []),
      ]);
      return;
    }
    case "keep-id":
      if (scope === "system" && !podmanDoes(version, "maps kept ids for the system"))
        refuse("remap-keep-id-system", kind, remap);
      for (const [items, key] of [
        [uids, "RemapUid"],
        [gids, "RemapGid"],
      ] as const)
        if (items[1]) refuse("remap-several", key, items[1].origin);
      userns([...uids.map(option("uid")), ...gids.map(option("gid"))]);
      return;
    default:
      refuse("remap-unknown", kind, remap);
  }
}

const NUMBER = /^[+-]?(?:0[xX]([+-]?[0-9a-fA-F]+)|(0[0-7]*)|([+-]?[1-9][0-9]*))$/;

/** A number as the generator reads it, with `0x` and a leading `0` for other bases; 0 where it is none for it. */
export function quadletNumber(text: string): number {
  const [, hex, octal, decimal] = NUMBER.exec(text) ?? [];
  const value = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(octal ?? decimal ?? "", octal ? 8 : 10);
  // It takes a minus sign for a factor of -11, so that no number with one is in range.
  return text.startsWith("-") || !(value >= 0 && value <= 0xffffffff) ? 0 : value;
}

/** User= and Group= of a container. */
export function addUser({ own, refuse }: Conversion, command: PodmanCommand): void {
  const user = own.filled("User");
  const group = own.filled("Group");
  if (group && !user) refuse("group-without-user", "Group", group.origin);
  if (user) command.take(user.origin, "--user", [user.text, ...(group ? [group.text] : [])].join(":"));
}
