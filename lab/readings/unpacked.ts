import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeProgramFiles } from "../../server/src/main/nodeProgramFiles.ts";
import type { ProgramFiles } from "../../server/src/program/files.ts";
import { isStatement } from "../../server/src/program/packages/statements.ts";
import { run } from "../proving-ground/run.ts";

/** Where packages are kept between two runs, unpacked and never installed. */
const PLACE = join(tmpdir(), "unit-warden-readings");

/** Unpacks a package of Debian; undefined where it cannot be had. */
export async function unpacked(name: string): Promise<string | undefined> {
  const folder = join(PLACE, name);
  if (existsSync(join(folder, INFO, `${name}.list`))) return folder;
  const debs = join(PLACE, "debs");
  mkdirSync(debs, { recursive: true });
  const got = await run([
    "sh",
    "-ec",
    'cd "$1" && apt-get download -qq -o APT::Sandbox::User=root "$2"',
    "sh",
    debs,
    name,
  ]);
  const deb = readdirSync(debs).find((it) => it.startsWith(`${name}_`));
  if (got.status !== 0 || deb === undefined) return undefined;
  await run(["sh", "-ec", AS_INSTALLED, "sh", join(debs, deb), folder, name]);
  return folder;
}

/** Where dpkg keeps the list of the files of a package, and its scripts. */
const INFO = "var/lib/dpkg/info";

/** Unpacks a package with that list and those scripts, as if it were installed. */
const AS_INSTALLED = `dpkg-deb -x "$1" "$2"; list=$(cd "$2" && find . ! -path './${INFO}*' | sed 's/^[.]//')
dpkg-deb -e "$1" "$2/control.d"; mkdir -p "$2/${INFO}"
for it in "$2/control.d/"*; do mv "$it" "$2/${INFO}/$3.\${it##*/}"; done; rmdir "$2/control.d"
printf '%s\n' "$list" > "$2/${INFO}/$3.list"`;

/** The text of a unit that a package brings. */
export function unitIn(folder: string, unit: string): string | undefined {
  const file = unit.replace(/@.*\./, "@.");
  const path = ["usr/lib", "lib"].map((it) => join(folder, it, "systemd/system", file)).find((it) => existsSync(it));
  return path === undefined ? undefined : readFileSync(path, "utf8");
}

/** This machine as it would be with a package: its files first. */
export function machineWith(folder: string, name: string): ProgramFiles {
  const [own, machine] = [nodeProgramFiles(folder), nodeProgramFiles("/")];
  // Packages have all below /usr, as this machine's links lead there.
  const at = (path: string): string => path.replace(/^\/(?=s?bin\/|lib(?:64)?\/)/, "/usr/");
  const listed = readFileSync(join(folder, INFO, `${name}.list`), "utf8").split("\n");
  const spoken = [...listed, `/${INFO}/${name}.postinst`].filter(isStatement);
  return {
    look: (path) => own.look(at(path)) ?? machine.look(path),
    read: (path, ...span) => (own.look(at(path)) ? own.read(at(path), ...span) : machine.read(path, ...span)),
    list: (path) => [...new Set([...own.list(at(path)), ...machine.list(path)])].sort(),
    statementsOf: (path) => (own.look(at(path)) ? spoken : (machine.statementsOf?.(path) ?? [])),
    packageOf: (path) => (own.look(at(path)) ? name : machine.packageOf(path)),
  };
}
