import { removeLines } from "../../findings/edits.ts";
import type { Finding, Fix } from "../../findings/finding.ts";
import { type CapabilitySet, hasCapability, numberOf } from "../../security/capabilitySet.ts";
import { effective } from "../../security/effective.ts";
import { changesUser, directoryLines } from "../../service/directories.ts";
import { type Facts, factsOf, unitWords } from "../../service/facts.ts";
import { knownPrograms } from "../../service/kinds.ts";
import { ownLines } from "../../service/linePlaces.ts";
import { stemOf } from "../../service/owner.ts";
import { lowPortOf } from "../../service/ports.ts";
import { textOf } from "../../service/settings.ts";
import type { TextEdit } from "../../text/span.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { addLines } from "../fixes.ts";
import { hardenedSection } from "../hardening.ts";

/**
 * The advice to leave root for a user that systemd makes up. Where the command shows a port below 1024 it stands there, and its
 * fixes bring the right to that port; where something speaks against it, the fix says what it takes to listen there.
 */
export function suitingPort(unit: Unit, advice: Finding, against: boolean): Finding {
  const section = hardenedSection(unit);
  const facts = factsOf(unit);
  if (!section || !facts.privileged) return advice;
  const low = lowPortOf(unit);
  const room = directoryLines(unit);
  // In a user namespace of its own even root has no such port, and no capability brings it.
  const closed = effective(unit).settings.privateUsers !== "no";
  if (!low || against || closed) return warned(unit, advice, room, closed ? undefined : low?.port);
  return {
    ...advice,
    start: low.start,
    end: low.end,
    message: `${low.setting}= ${low.setting === "ExecStart" ? "listens on" : "names"} port ${low.port}, which does not require root: CAP_NET_BIND_SERVICE is enough`,
    fixes: [...users(unit, facts).map((it) => leaving(unit, section, room, ...it)), ...advice.fixes.filter(isOfMany)],
  };
}

/** The same advice; the fix that leaves the directories out goes where one brings them. */
function warned(unit: Unit, advice: Finding, room: readonly string[], port: number | undefined): Finding {
  const facts = factsOf(unit);
  const usual = port === undefined ? usualPort(facts) : port;
  const lacks =
    usual === undefined
      ? ""
      : `; listening on port ${usual} needs AmbientCapabilities=CAP_NET_BIND_SERVICE, otherwise EACCES`;
  const risk = `${riskOf(facts)}${lacks}`;
  const own = advice.fixes.filter((it) => !isOfMany(it) && (room.length === 0 || (it.sets?.length ?? 0) > 1));
  const explained = own.map(
    (it): Fix => ({
      ...it,
      title: `${it.title}${inPlace(unit)} (${risk})`,
      edits: () => [...it.edits(), ...withoutUser(unit)],
    }),
  );
  return { ...advice, message: named(unit, advice.message), fixes: [...explained, ...advice.fixes.filter(isOfMany)] };
}

/** A user that exists is used instead of a dynamic one: with User=root a service stays root (seen with 257). */
const withoutUser = (unit: Unit): TextEdit[] => ownLines(unit, "User").map((it) => removeLines(unit.file, it));
const inPlace = (unit: Unit): string => ownLines(unit, "User").map((it) => ` instead of User=${it.text}`)[0] ?? "";

/** The message of the advice where root is written out. */
function named(unit: Unit, message: string): string {
  const user = textOf(unit, "User");
  return user === undefined
    ? message
    : message
        .replace("as User= is not set either,", `with User=${user}`)
        .replace("as no User= is set", `as User=${user} says`);
}

/** The port of a daemon that shows none; not where a unit of sockets may open it. */
export function usualPort({ unit, programs }: Facts): number | undefined {
  if (unitWords(unit).some((it) => it.endsWith(".socket"))) return undefined;
  const names = programs.filter((it) => it.setting === "ExecStart").flatMap((it) => it.names);
  return names.flatMap(knownPrograms).find((it) => it.port !== undefined)?.port;
}

const isOfMany = ({ many }: Fix): boolean => many === true;

type Line = readonly [line: string, risk: string];

/** Whom the service may run as: a user that systemd makes up, or one that has the name of the unit. */
function users(unit: Unit, facts: Facts): readonly Line[] {
  const stem = stemOf(unit.path.name ?? "");
  const dynamic: Line = ["DynamicUser=yes", riskOf(facts)];
  const named: Line = [
    `User=${stem}`,
    `the user must exist, otherwise 217/USER; it cannot access files of root: EACCES${switching(facts)}`,
  ];
  return /^[a-z_][a-z0-9_-]{0,30}$/.test(stem) && stem !== "root" ? [dynamic, named] : [dynamic];
}

/** What may break without root, and how it shows. */
const riskOf = (facts: Facts): string =>
  `files outside its *Directory= settings are read-only: EROFS or EACCES${switching(facts)}`;

/** A program that is told to change its user cannot do so without root. */
const switching = (facts: Facts): string =>
  changesUser(facts) ? "; remove options that switch users, otherwise EPERM" : "";

function leaving(
  unit: Unit,
  section: Parameters<typeof addLines>[1],
  room: readonly string[],
  user: string,
  risk: string,
): Fix {
  const name = "CAP_NET_BIND_SERVICE";
  const { boundingSet, ambientSet } = effective(unit).settings;
  const bounded = mergedAssignments(unit, "Service", "CapabilityBoundingSet").length > 0;
  const lacks = (set: CapabilitySet): boolean => !hasCapability(set, numberOf(name));
  const ambient = lacks(ambientSet) ? [`AmbientCapabilities=${name}`] : [];
  const bounding = bounded && !lacks(boundingSet) ? [] : [`CapabilityBoundingSet=${name}`];
  const rights = [...ambient, ...bounding].map((it) => it.replace(/(?<=^CapabilityBoundingSet=).*/, ""));
  const lines = [...ambient, ...bounding, ...room];
  const dynamic = user.startsWith("DynamicUser=");
  const old = ownLines(unit, dynamic ? "DynamicUser" : "User").at(-1);
  const place = dynamic ? inPlace(unit) : "";
  return {
    title: `${old ? "Change to" : "Add"} ${user}${place}${rights.length > 0 ? ` with ${rights.join(" and ")}` : ""} (${risk})`,
    safe: false,
    sets: [user, ...lines],
    edits: () => {
      const rest = dynamic ? withoutUser(unit) : [];
      if (!old) return [addLines(unit, section, [user, ...lines]), ...rest];
      const change = { ...old.valueSpan, newText: user.replace(/^.*=/, "") };
      return lines.length > 0 ? [change, addLines(unit, section, lines), ...rest] : [change, ...rest];
    },
  };
}
