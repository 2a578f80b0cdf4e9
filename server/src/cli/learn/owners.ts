import { append } from "../../text/append.ts";
import { DATA_DIRECTORY_SETTINGS, systemFolder } from "../../units/directories.ts";
import { expandSpecifiers } from "../../units/specifiers.ts";
import type { Machine } from "../machine.ts";
import { shellWord } from "../putBackScript.ts";
import { LEARN_FOLDER, plainName } from "./logFolder.ts";
import type { ObservableService } from "./service.ts";

/** Where the script lies that gives directories back to their owners: also after a reboot, which changes no owner. */
export const ownersPath = (unit: string): string => `${LEARN_FOLDER}/${plainName(unit)}.owners`;

/** More files than this are not noted: each is told by its path, for which all are walked. */
const MOST_FILES = 5000;

/** So many go into one command. */
const AT_ONCE = 500;

/**
 * Notes the owners and modes of the directories that some lines would let systemd give to User=, in a script that puts them back.
 * Gives the directories, or in a sentence why that cannot be.
 */
export async function noteOwners(
  machine: Machine,
  { name, unit }: ObservableService,
  lines: readonly string[],
): Promise<{ readonly noted: readonly string[] } | { readonly objection: string }> {
  const noted: string[] = [];
  const commands: string[] = [];
  for (const line of lines) {
    const setting = DATA_DIRECTORY_SETTINGS.find((it) => line.startsWith(`${it}=`));
    const directory = setting && expandSpecifiers(unit, line.slice(setting.length + 1));
    const path = setting && directory !== undefined ? `${systemFolder(setting)}/${directory}` : undefined;
    if (path === undefined || noted.includes(path) || (await machine.realPath(path)) === undefined) continue;
    // The folder itself where it is a link.
    const listing = await machine.run(["find", `${path}/.`, "-printf", "%U:%G %m %y %P\\0"], { seconds: 60 });
    const read = listing.status === 0 ? commandsFor(path, listing.stdout) : { objection: "cannot be listed" };
    if ("objection" in read) return { objection: `${path} ${read.objection}` };
    const lists = await machine.run(["getfacl", "-R", "-s", "-p", path], { seconds: 60 });
    if (lists.stdout.trim() !== "")
      return { objection: `${path} has access control lists, which systemd would remove` };
    noted.push(path);
    append(commands, read.commands);
  }
  if (noted.length > 0) await machine.write(ownersPath(name), script(name, commands), 0o700);
  return { noted };
}

/** Puts back the owners that a proof changed which ended in a reboot. */
export async function giveBack(machine: Machine, unit: string): Promise<void> {
  const path = ownersPath(unit);
  if (!(await machine.stat(path))) return;
  machine.say(`a proof of User= was cut off: giving the directories of ${unit} back to their owners`);
  const { status, stderr } = await machine.run(["/bin/sh", path]);
  if (status !== 0) throw new Error(`the owners noted in ${path} could not be put back: ${stderr.trim()}`);
}

/**
 * Commands for which find(1) walks to the files again, by no link, and changes each from within its folder: whoever moves a
 * folder, or puts a link in its place, gains nothing.
 */
function commandsFor(path: string, listing: string): { commands: readonly string[] } | { objection: string } {
  const files = listing.split("\0").slice(0, -1).map(readEntry);
  if (files.length > MOST_FILES) return { objection: `has more than ${MOST_FILES} files to give back` };
  const [top] = files;
  if (!top) return { objection: "cannot be listed" };
  const byOwner = new Map<string, string[]>();
  for (const it of files) {
    if (!it) return { objection: "has files whose names cannot be noted" };
    if (it.type !== "d" && (it.mode & 0o6000) !== 0)
      return { objection: "has files with the set-user-ID or set-group-ID bit, which a new owner takes from them" };
    byOwner.set(it.owner, [...(byOwner.get(it.owner) ?? []), it.name]);
  }
  const folder = `${path}/.`;
  const commands = [...byOwner].flatMap(([owner, names]) =>
    Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, i) => {
      const some = names.slice(i * AT_ONCE, (i + 1) * AT_ONCE).map((it) => `-path ${pattern(folder, it)}`);
      return `find ${shellWord(folder)} \\( ${some.join(" -o ")} \\) -execdir chown -h ${owner} {} + || failed=1`;
    }),
  );
  return { commands: [...commands, `chmod ${top.mode.toString(8)} ${shellWord(folder)} || failed=1`] };
}

/** A name below a folder as find(1) compares it. */
const pattern = (folder: string, name: string): string =>
  shellWord(`${folder}${name === "" ? "" : `/${name}`}`.replace(/[\\*?[]/g, "\\$&"));

function readEntry(line: string) {
  const [, owner, mode, type, name] = /^(\d+:\d+) ([0-7]+) (\w) ([^\ufffd]*)$/s.exec(line) ?? [];
  if (!owner || !mode || !type || name === undefined) return undefined;
  return { owner, mode: Number.parseInt(mode, 8), type, name };
}

const script = (unit: string, commands: readonly string[]): string =>
  [
    "#!/bin/sh",
    `# Gives directories back to those who owned them before \`unit-warden learn ${unit}\` tried another user.`,
    "failed=0",
    ...commands,
    `[ $failed = 1 ] || rm -f ${shellWord(ownersPath(unit))}`,
    "exit $failed",
    "",
  ].join("\n");
