import { containerRun } from "./containers/podmanArgs.ts";
import { type ProgramStart, processRow } from "./programStart.ts";

/** A path in which a program keeps data, as an option of its command says. */
export interface DataPlace {
  readonly option: string;
  readonly path: string;
}

/** Options whose path is meant to last; those of caches, logs, sockets and files of process numbers are none. */
const KEPT =
  /^--?(?:data(?:base)?|db|store|storage|state)(?:[-_.]?(?:dir|directory|path|file|base|folder))?$|^--?(?:dbpath|storage\.tsdb\.path|path\.data)$/i;
/** What names data for a program that is known to keep some. */
const OF_DATABASE = /^(?:-D|--dir|--home)$/;

/** The places that the command of a service names for data. */
export function dataPlaces({ args, row }: ProgramStart): readonly DataPlace[] {
  return args.slice(0, MAX_ARGS).flatMap((word, i) => {
    const [, option = word, value = args[i + 1] ?? ""] = /^(--?[\w.-]{1,40})=(.*)$/s.exec(word) ?? [];
    const counts = KEPT.test(option) || (row?.data === true && OF_DATABASE.test(option));
    const path = value.replace(/^(?:sqlite|file|bolt|leveldb):(?:\/\/)?(?=\/)/, "");
    return counts && /^\/[^$%*]+$/.test(path) ? [{ option, path }] : [];
  });
}

const MAX_ARGS = 100;

/** Whether a command runs such a container that is removed with its data when it stops, as far as its words show. */
export function losesItsData(words: readonly string[]): boolean {
  const run = containerRun(words);
  if (!run || !keepsData(run.image) || words.some((it) => it.includes("$"))) return false;
  const isRemoved = run.options.some(({ option, value }) => option === "rm" && value === "true");
  return isRemoved && !run.options.some(({ option }) => KEEPS.has(option));
}

const KEEPS: ReadonlySet<string> = new Set(["volume", "mount", "volumes-from"]);

/** Whether an image is that of a program that keeps data. */
function keepsData(image: string): boolean {
  const name = image.slice(image.lastIndexOf("/") + 1).replace(/[:@].*$/s, "");
  return IMAGES.has(name) || processRow(name)?.data === true;
}

/** Images of databases by the names that their publishers gave them. */
const IMAGES: ReadonlySet<string> = new Set(
  "postgres postgresql mysql mariadb mongo mongodb influxdb couchdb neo4j timescaledb cassandra".split(" "),
);
