import { lastOf } from "../../findings/findingPlace.ts";
import { ownTree, seesAll } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import { escapePath } from "../../units/escape.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";

/** Seen with 257: "Starting of mnt-nas.automount unsupported", as there is no mount unit of that name. */
export const automount: Rule = {
  code: "reference/automount",
  needs: ["Where"],
  *check(unit, context) {
    const { kind, role, name } = unit.path;
    if (!context || kind !== "automount" || role !== "unit" || name === undefined) return;
    const where = mergedAssignments(unit, "Automount", "Where").at(-1)?.text ?? "";
    const wanted = name.replace(/automount$/, "mount");
    // A name that is not that of the path is an error of its own.
    if (where.includes("%") || `${escapePath(where) ?? ""}.mount` !== wanted) return;
    const units = ownTree(context)?.units ?? new Map();
    const others = [...units.keys()].filter(
      (it) => it.endsWith(".mount") && !units.has(it.replace(/mount$/, "automount")),
    );
    const node = lastOf(unit, ["Where"]);
    if (!node || units.has(wanted) || isInFstab(unit, where) || (others.length === 0 && !seesAll(context))) return;
    const [other] = others.length === 1 ? others : [];
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `Where= needs ${wanted}, which does not exist${other === undefined ? "" : ` (there is ${other})`}: systemd refuses to start this automount`,
      directive: "Where",
    };
  },
};

/** Whether a line of fstab makes the mount, where the files of the machine can be read. */
function isInFstab({ defaults }: Unit, where: string): boolean {
  const bytes = defaults?.files?.read("/etc/fstab", 0, MAX_FSTAB);
  return bytes !== undefined && decodeUtf8(bytes).split(/\s+/).includes(where);
}

const MAX_FSTAB = 100_000;
