import type { Fix } from "../../findings/finding.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import { privateBy } from "../../security/world/access.ts";
import { type DataPlace, dataPlaces, losesItsData } from "../../service/dataPlaces.ts";
import { isOwn } from "../../service/linePlaces.ts";
import { commandWords, mainCommands } from "../../service/mainCommand.ts";
import { makerOf } from "../../service/paths.ts";
import { textOf, words } from "../../service/settings.ts";
import type { Assignment } from "../../syntax/tree.ts";
import type { Unit } from "../../units/unit.ts";
import { fixList, wordsFix } from "../lineFixes.ts";

/** Seen with 257: the file is gone after the stop. */
export const lostData: Rule = {
  code: "unit/lost-data",
  needs: ["ExecStart"],
  *check(unit) {
    for (const { node, command, start } of mainCommands(unit)) {
      if (!isOwn(unit, node)) continue;
      const found = ofContainer(node, commandWords(command)) ?? ofPlaces(unit, node, dataPlaces(start));
      if (!found) continue;
      yield found;
      return;
    }
  },
};

function ofPlaces(unit: Unit, node: Assignment, places: readonly DataPlace[]): Found | undefined {
  for (const { option, path } of places) {
    const how = lossOf(unit, path);
    if (how === undefined) continue;
    return {
      ...node.valueSpan,
      severity: "warning",
      message: `${option} names ${path}, which is lost ${how}: keep data in StateDirectory=`,
      directive: "ExecStart",
      fixes: fixList(movedFix(unit, node, path)),
    };
  }
  return undefined;
}

function lossOf(unit: Unit, path: string): string | undefined {
  if (SOCKET.test(path)) return undefined;
  if (path.startsWith("/dev/shm/")) return "after a boot, as /dev/shm is in memory";
  if (makerOf(unit, path) === "RuntimeDirectory")
    return textOf(unit, "RuntimeDirectoryPreserve") === undefined
      ? "when the service stops, as RuntimeDirectory= removes it"
      : "after a boot, as /run is in memory";
  if (makerOf(unit, path) !== undefined) return undefined;
  const cover = privateBy(unit, path);
  if (cover?.by.directive === "PrivateTmp") return `when the service stops, as ${cover.setting} removes it`;
  return cover?.by.directive === "TemporaryFileSystem"
    ? `when the service stops, as ${cover.setting} is in memory`
    : undefined;
}

/** What a client names instead of a file. */
const SOCKET = /\.s\.|sock/;

/** The state directory instead, where the name is plain and the command names the path once. */
function movedFix(unit: Unit, node: Assignment, path: string): Fix | undefined {
  const name =
    (
      words(unit, "StateDirectory")[0] ??
      words(unit, "RuntimeDirectory")[0] ??
      unit.path.name?.replace(/\.service$/, "") ??
      ""
    ).split("/")[0] ?? "";
  const file = path.slice(path.lastIndexOf("/") + 1);
  if (!/^[\w.-]+$/.test(name) || node.text.split(path).length !== 2 || words(unit, "StateDirectory").length > 1)
    return undefined;
  const target = `/var/lib/${name}/${file === name ? "" : file}`.replace(/\/$/, "");
  const moved = wordsFix(node, path, target);
  const known = words(unit, "StateDirectory").length > 0;
  if (!moved) return undefined;
  const line = `StateDirectory=${name}\n`;
  const start = node.keySpan.start;
  return {
    title: `Keep it in StateDirectory=${name}`,
    safe: false,
    edits: () => [...(known ? [] : [{ start, end: start, newText: line }]), ...moved.edits()],
  };
}

function ofContainer(node: Assignment, list: readonly string[]): Found | undefined {
  if (!losesItsData(list)) return undefined;
  return {
    ...node.valueSpan,
    severity: "warning",
    message:
      "ExecStart= loses its data at each stop: --rm removes the container with its unnamed volumes, and no -v keeps them",
    directive: "ExecStart",
    fixes: [],
  };
}

/** Data that is gone after a stop or a boot. */
export const LOST_DATA_RULES: readonly Rule[] = alsoInDropIns([lostData]);
