import { type ConfiguredName, configuredNames } from "../../learn/configured.ts";
import { isDirectory, type RunHost, statusAt } from "../../learn/host.ts";
import type { ConfiguredNeed, Needs } from "../../learn/needs.ts";
import { programAbilities } from "../../needs/programAbilities.ts";
import { factsOf } from "../../service/facts.ts";
import type { Unit } from "../../units/unit.ts";
import type { Machine } from "../machine.ts";

/** So many files count, each to this size: configuration is short. */
const MOST_FILES = 200;
const MOST_BYTES = 256 * 1024;

/** Where configuration lies; elsewhere files are by their names. */
const CONFIGURATION = /^\/(?:usr\/local\/)?etc\/|\.(?:conf|cfg|cnf|ini|toml|ya?ml|json|xml)$/;
const NO_CONFIGURATION = /^\/(?:usr\/(?!local\/)|(?:proc|sys|dev|run)\/)/;

/** The needs with the accounts and root directories that the configuration names which a run read. */
export async function withConfigured(machine: Machine, needs: Needs, host: RunHost): Promise<Needs> {
  const found: { readonly file: string; readonly names: readonly ConfiguredName[] }[] = [];
  for (const file of configurationOf(needs, host)) {
    const bytes = await machine.read(file, 0, MOST_BYTES).catch(() => undefined);
    if (bytes) found.push({ file, names: configuredNames(Buffer.from(bytes).toString("utf8")) });
  }
  const accounts = await knownAccounts(
    machine,
    found.flatMap((it) => it.names),
  );
  const configured = found.flatMap(({ file, names }) =>
    names.flatMap(({ isAccount, use, name }): ConfiguredNeed[] =>
      !isAccount || accounts.has(name) ? [{ use, name, file }] : [],
    ),
  );
  return { ...needs, configured };
}

/** The needs with what the programs of a service can do by their own code, where these are at hand. */
export function withProgramAbilities(needs: Needs, unit: Unit): Needs {
  const abilities = unit.path.scope === "user" ? undefined : programAbilities(factsOf(unit));
  return abilities ? { ...needs, abilities } : needs;
}

/** The files of configuration that were read and that only root can change. */
function configurationOf({ paths }: Needs, host: RunHost): readonly string[] {
  const files = Object.keys(paths).filter((path) => {
    if (!paths[path]?.used.read || !CONFIGURATION.test(path) || NO_CONFIGURATION.test(path)) return false;
    const status = statusAt(host, path);
    return status !== undefined && status.uid === 0 && (status.mode & 0o022) === 0 && !isDirectory(status);
  });
  return files.slice(0, MOST_FILES);
}

/** Which of these are users or groups of the machine, but for root. */
async function knownAccounts(machine: Machine, names: readonly ConfiguredName[]): Promise<ReadonlySet<string>> {
  const accounts = [
    ...new Set(names.flatMap(({ isAccount, name }) => (isAccount && ACCOUNT.test(name) ? [name] : []))),
  ];
  if (accounts.length === 0) return new Set();
  const answers = await Promise.all(["passwd", "group"].map((it) => machine.run(["getent", it, ...accounts])));
  const lines = answers.flatMap(({ stdout }) => stdout.split("\n")).map((it) => it.split(":"));
  return new Set(lines.flatMap(([name = "", , id = "0"]) => (id === "0" ? [] : [name, id])));
}

const ACCOUNT = /^[\w][\w.-]{0,31}$/;
