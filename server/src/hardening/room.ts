import { givenPlaces, placesOwnedOnDisk } from "../needs/packaged.ts";
import { mayClose, readOnlyBy } from "../security/world/access.ts";
import { directoryLines, otherWrites } from "../service/directories.ts";
import { withLines } from "../service/executable.ts";
import { type Facts, factsOf } from "../service/facts.ts";
import { normalPath } from "../service/paths.ts";
import { deniedWrites, roomLine, writesOf, writesTold } from "../service/writtenPaths.ts";
import { type DirectorySetting, systemFolder } from "../units/directories.ts";
import type { Unit } from "../units/unit.ts";
import { isWithin } from "../values/path.ts";

/**
 * The lines that open what a service surely writes and could not write with some lines more, or cannot write already: a
 * hardened service that is known to be broken helps nobody. Its own directories are declared, those of others opened; only
 * for a user that systemd makes up the owner has to change, too.
 */
export function roomLines(unit: Unit, lines: readonly string[]): readonly string[] {
  if (unit.path.scope === "user") return [];
  const facts = factsOf(unit);
  const given = givenRoom(facts, lines);
  if (writesOf(unit).length + writesTold(unit).length === 0) return given;
  const denied = deniedWrites(lines.length > 0 ? withLines(unit, lines) : unit);
  if (denied.length === 0) return given;
  const own = directoryLines(unit).flatMap((line) => {
    const [setting = "", names = ""] = line.split("=");
    return names
      .split(" ")
      .map((name) => ({ line: `${setting}=${name}`, path: `${systemFolder(setting as DirectorySetting)}/${name}` }));
  });
  const others = otherWrites(facts).map((path) => ({ line: `ReadWritePaths=-${path}`, path }));
  const found = denied.flatMap((write) => {
    const path = normalPath(unit, write.path) ?? write.path;
    const declared = own.find((it) => isWithin(path, it.path))?.line;
    if (declared !== undefined || !facts.dynamic)
      return declared ?? others.find((it) => isWithin(path, it.path))?.line ?? [];
    // What else such a user writes stays behind with a UID that another service gets.
    const line = roomLine(unit, write);
    return line === undefined || line.startsWith("ReadWritePaths=") ? [] : [line];
  });
  return [...new Set([...found, ...given])].filter((it) => !lines.includes(it));
}

/** What lines close of the places that the package or the machine gives to the user of a service; what was closed before is so on purpose. */
function givenRoom(facts: Facts, lines: readonly string[]): readonly string[] {
  const { unit } = facts;
  const given = lines.length > 0 ? [...new Set([...givenPlaces(facts), ...placesOwnedOnDisk(facts)])] : [];
  // What is asked of the unit with more lines is asked of all its text.
  if (given.length === 0 || !mayClose(withLines(unit, lines))) return [];
  const closed = given.filter((it) => !readOnlyBy(unit, it) && readOnlyBy(withLines(unit, lines), it));
  return closed
    .filter((it) => !closed.some((other) => other !== it && isWithin(it, other)))
    .map((it) => `ReadWritePaths=-${it}`);
}
