import { insertAfter } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { mayClose, readOnlyBy } from "../../../security/world/access.ts";
import { type Cause, causeText } from "../../../security/world/cause.ts";
import { type WritingRow, writingCommands } from "../../../service/commandTable.ts";
import { isOwn, isResetBehind } from "../../../service/linePlaces.ts";
import {
  baseNameOf,
  type InnerCommand,
  innerCommandsOfAll,
  innerCommandsOn,
  linesThat,
} from "../../../service/userCommands.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { removal } from "../../removal.ts";

/** Seen with 257: "Read-only file system". */
export const programWrites: Rule = {
  code: "sandbox/program-writes",
  needs: ["ProtectSystem", "ReadOnlyPaths", "DynamicUser", "ProtectKernelTunables"],
  *check(unit): Iterable<Found> {
    if (unit.path.kind !== "service" || unit.path.scope !== "system" || !mayClose(unit)) return;
    for (const command of innerCommandsOfAll(unit, mayWrite)) {
      const row = command.counts ? rowOf(command) : undefined;
      const place = row?.places.find((it) => readOnlyBy(unit, it) !== undefined);
      const by = place === undefined ? undefined : readOnlyBy(unit, place);
      const node = by?.node ?? command.node;
      if (!row || !by || place === undefined || !isOwn(unit, node)) continue;
      yield {
        ...node.valueSpan,
        severity: "warning",
        message: `${causeText(by)} makes ${place} read-only, which ${row.what} has to write: ${baseNameOf(command.words[0]?.value ?? "")} fails`,
        directive: by.directive,
        fixes: fixesOf(unit, row, by),
      };
      return;
    }
  },
};

const mayWrite = linesThat((line) => innerCommandsOn(line).some((it) => rowOf(it) !== undefined));

function rowOf({ words: [program, ...args] }: Pick<InnerCommand, "words">): WritingRow | undefined {
  const name = baseNameOf(program?.value ?? "");
  return writingCommands().find(
    ({ programs, args: meant, elsewhere }) =>
      programs.test(name) &&
      (meant === undefined || args.some(({ value }) => meant.test(value))) &&
      !args.some(({ value }) => elsewhere?.test(value)),
  );
}

/** One place is opened; of a program that writes everywhere the setting goes. */
function fixesOf(unit: Unit, { places }: WritingRow, by: Cause): readonly Fix[] {
  if (places.length > 1) return by.node ? [removal(unit, by.directive, false)] : [];
  const line = `ReadWritePaths=${places[0]}`;
  const { node } = by;
  if (!node || !isOwn(unit, node) || isResetBehind(unit, "ReadWritePaths", node)) return [];
  const edits = () => [insertAfter(ownFile(unit), node, [line])];
  return [{ title: `Add ${line}`, safe: false, sets: [line], edits }];
}
