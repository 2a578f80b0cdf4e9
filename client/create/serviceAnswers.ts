import type { CommandShows, NewUnitParams, Start, WantedRunAs } from "../../server/src/server/protocol.ts";
import type { NewPlace } from "./newPlaces.ts";

/** What a reader has answered so far about a new service. */
export interface ServiceAnswers extends Partial<Omit<NewUnitParams, "runAs" | "start">> {
  readonly shows?: CommandShows;
  readonly run?: WantedRunAs["kind"] | "login";
  readonly runAs?: WantedRunAs;
  readonly begin?: Start["kind"];
  readonly start?: Start;
  readonly place?: NewPlace;
}

/** What is watched, and for what. */
export const watched = ({ start }: ServiceAnswers): Extract<Start, { kind: "path" }> =>
  start?.kind === "path" ? start : { kind: "path", condition: "PathChanged", path: "" };

/** The port that the command serves, else a socket file of the service's name. */
export function addressFor({ name = "x", run, shows }: ServiceAnswers): string {
  if (shows?.port !== undefined) return String(shows.port);
  return `${run === "login" ? "%t" : "/run"}/${name.replace(/\.service$/, "")}.sock`;
}

/** What a user stands for; the reader's own manager knows no other one. */
export function withRun(
  { runAs: _, ...known }: ServiceAnswers,
  run: NonNullable<ServiceAnswers["run"]>,
): ServiceAnswers {
  return { ...known, run, ...(run === "user" ? {} : { runAs: { kind: run === "login" ? "root" : run } }) };
}

/** What the server is asked for, once all that it needs is known. */
export function paramsOf({
  name,
  exec,
  run,
  runAs = { kind: "root" },
  begin,
  start,
  port,
}: ServiceAnswers): NewUnitParams | undefined {
  // What was answered before the reader went back and chose otherwise no longer counts.
  const chosenStart = begin === undefined || start?.kind === begin ? start : undefined;
  const beginning = chosenStart ?? (begin === "boot" || begin === "manual" ? { kind: begin } : undefined);
  const isServed = beginning?.kind === "boot" || beginning?.kind === "manual";
  if (name === undefined || exec === undefined || !beginning) return undefined;
  const scope = run === "login" ? "user" : "system";
  return { name, exec, runAs, start: beginning, scope, ...(port === undefined || !isServed ? {} : { port }) };
}
