import { insertIntoSection } from "../../findings/edits.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import { namedIn, ownTree } from "../../findings/named.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { ownLines } from "../../service/linePlaces.ts";
import { pathWithoutSpecifiers } from "../../service/paths.ts";
import { paths, textOf, words } from "../../service/settings.ts";
import { commandsIn } from "../../service/shellLine.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { referencesFrom } from "../../units/index/lookup.ts";
import type { Tree } from "../../units/index/unitIndex.ts";
import { memo } from "../../units/memo.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { commandLineOf } from "../../units/unitCommands.ts";
import { pathFromStem } from "../../values/unitName.ts";

/** Seen with 257: the service starts without the mount, which no path in a command brings. */
const mountNeeded: Rule = {
  code: "reference/mount-not-required",
  needs: ["ExecStart"],
  *check(unit, context) {
    const { kind, role, name } = unit.path;
    const tree = context && ownTree(context);
    if (!tree || kind !== "service" || role !== "unit" || name === undefined) return;
    const mounts = mountsIn(tree);
    if (mounts.length === 0) return;
    for (const node of ownLines(unit, "ExecStart")) {
      for (const { path, from, to } of pathsOn(node)) {
        const mount = mounts.find(({ where }) => path === where || path.startsWith(`${where}/`));
        if (!mount || isTied(unit, context, name, mount)) continue;
        const added = `RequiresMountsFor=${mount.where}`;
        yield {
          ...sourceSpan(node.value, from, to),
          severity: "info",
          message: `ExecStart= uses ${path} on ${mount.name}, and nothing ties the service to that mount: without it the service starts and uses the empty directory; ${added} waits for it`,
          directive: "ExecStart",
          fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertIntoSection(unit, "Unit", [added])] }],
        };
        return;
      }
    }
  },
};

interface MountUnit {
  readonly name: string;
  readonly where: string;
}

/** The mounts of a tree for data: those of the system are there before any service. */
const mountsIn = memo((tree: Tree): readonly MountUnit[] =>
  [...tree.units.keys()].flatMap((name) => {
    const where = name.endsWith(".mount") ? pathFromStem(name.slice(0, -".mount".length)) : undefined;
    return where === undefined ||
      (/^\/(?:(?:dev|sys|proc|run|tmp|boot|efi|usr|var|home|var\/tmp)(?:$|\/)|$)/.test(where) &&
        !/^\/(?:var|home)\/./.test(where))
      ? []
      : [{ name, where }];
  }),
);

const pathsOn = (node: Assignment) =>
  commandLineOf(node.line).commands.flatMap((command) =>
    commandsIn(command).flatMap((line) =>
      line.slice(1).flatMap(({ value, from, to }) => {
        const path = pathWithoutSpecifiers(value.replace(/^--?[\w.-]+=/, ""));
        return path === undefined ? [] : [{ path, from, to }];
      }),
    ),
  );

const TIES = ["Requires", "Requisite", "BindsTo", "Wants", "After"] as const;
const DIRECTORIES = [
  ["StateDirectory", "/var/lib/"],
  ["CacheDirectory", "/var/cache/"],
  ["LogsDirectory", "/var/log/"],
] as const;

/** Whether the service waits for a mount, by a line of its own, by a setting with a path, or by what the mount says. */
function isTied(unit: Unit, { index, path }: UnitContext, owner: string, mount: MountUnit): boolean {
  const below = (it: string): boolean => it === mount.where || it.startsWith(`${mount.where}/`);
  const lists = { linesOf: mergedAssignments };
  return (
    TIES.some((it) => namedIn(unit, owner, "Unit", it, lists).some((other) => other.name === mount.name)) ||
    [...paths(unit, "RequiresMountsFor", "WantsMountsFor")].some(below) ||
    (["WorkingDirectory", "RootDirectory", "RootImage"] as const).some((it) => below(textOf(unit, it) ?? "")) ||
    DIRECTORIES.some(([name, root]) => words(unit, name).some((it) => below(root + it))) ||
    referencesFrom(index, mount.name, path).some(
      ({ directive, target }) =>
        /^(?:Before|RequiredBy|WantedBy)$/.test(directive) &&
        (target === owner || (directive === "RequiredBy" && target === "local-fs.target")),
    )
  );
}

/** What data on other file systems asks for. */
export const MOUNT_RULES: readonly Rule[] = alsoInDropIns([mountNeeded]);
