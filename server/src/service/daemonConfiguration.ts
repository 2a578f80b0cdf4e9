import type { ConfigurationFact } from "../program/daemons/fact.ts";
import { isDaemon, readDaemons } from "../program/daemons/readDaemons.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { keptByCommands } from "./keptByCommands.ts";
import { optionsGiven } from "./optionsGiven.ts";
import { systemPath } from "./paths.ts";
import { programsOf } from "./program.ts";
import { hasForeignPrograms, programCommands } from "./programCommands.ts";

/** What the configuration of the daemons that a service starts says; nothing where its machine is not at hand. */
export const daemonConfiguration: (unit: Unit) => readonly ConfigurationFact[] = memo((unit: Unit) => {
  const files = unit.defaults?.files;
  if (!files || unit.path.kind !== "service") return NONE;
  const started = programsOf(unit).filter((it) => it.setting === "ExecStart");
  if (started.length === 0 || hasForeignPrograms(unit)) return NONE;
  const daemons = started.filter((it) => isDaemon(it.path, it.names));
  const configured = daemons.length > 0 ? readOnce(programCommands(unit, daemons, files), files).facts : NONE;
  return [...configured, ...optionsGiven(unit, started, files)];
});

const NONE: readonly never[] = [];

/** The paths that a service writes by what its daemons are told; a temporary file is its own wherever it has one. */
export const configuredWrites = (facts: readonly ConfigurationFact[]): readonly ConfigurationFact[] =>
  facts.filter(({ isWritten, kind, value }) => isWritten && (kind === "socket" || !TEMPORARY.test(value)));

const TEMPORARY = /^\/(?:var\/)?tmp(?:\/|$)/;

/** The folders that it only serves, of sites and shares. */
export const configuredRoots = (facts: readonly ConfigurationFact[]): readonly ConfigurationFact[] =>
  facts.filter(({ isWritten, kind }) => !isWritten && (kind === "root" || kind === "share"));

/** The same with the files that options have it read. */
export const configuredReads = (facts: readonly ConfigurationFact[]): readonly ConfigurationFact[] => [
  ...configuredRoots(facts),
  ...facts.filter((it) => it.kind === "read"),
];

/** The ports that it opens by what its daemons are told. */
export const configuredPorts = (facts: readonly ConfigurationFact[]): readonly ConfigurationFact[] =>
  facts.filter((it) => it.port !== undefined);

/** The same paths as those of commands are written. */
export const pathsOf = (facts: readonly ConfigurationFact[]): readonly string[] => [
  ...new Set(facts.map((it) => systemPath(it.value))),
];

/** `nginx.conf:5`, where a fact stands; the word that sets it, or the name of the file alone where nothing says it. */
export const placeOfFact = ({ path, line, key }: ConfigurationFact): string =>
  line === undefined && key !== ""
    ? key
    : `${path.slice(path.lastIndexOf("/") + 1)}${line === undefined ? "" : `:${line}`}`;

const readOnce = keptByCommands(readDaemons, ({ read }) => [
  ...new Set(read.flatMap((it) => [it, it.slice(0, it.lastIndexOf("/"))])),
]);
