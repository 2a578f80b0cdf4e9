import type { DirectiveName } from "../../server/src/catalog/catalog.ts";
import type { ProgramReading } from "../../server/src/program/reading.ts";
import type { Facts } from "../../server/src/service/facts.ts";
import { words } from "../../server/src/service/settings.ts";
import { isWithin } from "../../server/src/values/path.ts";

/** Where systemd makes the directories of a service that a setting names. */
const FOLDERS: Readonly<Record<string, string>> = {
  StateDirectory: "/var/lib/",
  CacheDirectory: "/var/cache/",
  LogsDirectory: "/var/log/",
  RuntimeDirectory: "/run/",
  ConfigurationDirectory: "/etc/",
  ReadWritePaths: "",
};

/** Places of all services, which say nothing of one. */
const OF_ALL: ReadonlySet<string> = new Set(["/run", "/var", "/var/lib", "/var/log", "/var/cache", "/tmp", "/var/tmp"]);

/** The places that a run wrote, by the lines that let it. */
export const placesWritten = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => {
    const [key = "", value = ""] = line.split(/=(.*)/s);
    const folder = FOLDERS[key];
    const words = folder === undefined ? [] : value.split(" ").map((it) => it.replace(/^-/, "").replace(/:.*$/, ""));
    return words.map((it) => `${folder}${it}`).filter((it) => it.startsWith("/") && !OF_ALL.has(it));
  });

/** The lines of a unit that name places, as far as their words are paths. */
const unitLines = ({ unit }: Facts): readonly string[] =>
  [...Object.keys(FOLDERS), "WorkingDirectory", "PIDFile"].flatMap((key) =>
    words(unit, key as DirectiveName).map((it) => `${FOLDERS[key] === undefined ? "ReadWritePaths" : key}=${it}`),
  );

/** Whether the unit, the files of its programs, their configuration or their packages name a place that a run wrote. */
export function isNamed(place: string, facts: Facts, reading: ProgramReading): boolean {
  const named = [
    ...facts.paths,
    ...placesWritten(unitLines(facts)),
    ...reading.files.flatMap((it) => it.paths),
    ...(reading.configuration ?? []).map((it) => it.value),
    ...(reading.packaged ?? []).flatMap((it) => (it.kind === "place" ? it.value : [])),
  ].map((it) => it.replace(/^\/var\/run(?=\/|$)/, "/run").replace(/\/$/, ""));
  return named.some((it) => isWithin(it, place) || (isWithin(place, it) && !OF_ALL.has(it) && it.lastIndexOf("/") > 0));
}
