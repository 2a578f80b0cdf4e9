import { append } from "../../text/append.ts";
import { draftPath, type Machine, type MachineFile, type Ran, type RealFile, type RunOptions } from "../machine.ts";
import { shellWord } from "../putBackScript.ts";
import type { ScriptAnswer } from "./remoteShell.ts";

/** A shell on another machine, in which scripts run one after the other. */
export interface RemoteShell {
  /** As the reader named it. */
  readonly host: string;
  readonly uid: number;
  /** The number of the shell there. */
  readonly pid: number;
  /** As `linux`. */
  readonly platform: string;
  /** Runs a script of `sh`; throws where the connection is lost. */
  run(script: string, options?: RunOptions): Promise<ScriptAnswer>;
  /** Takes the lock of a file until the shell ends or `unlock`; gives 1 where another process has it. */
  lock(path: string): Promise<number>;
  /** Does nothing where the connection is lost. */
  unlock(): void;
}

/** More than this is read in parts. */
const MOST_AT_ONCE = 64 * 1024 * 1024;

/** So many paths are looked at in one script. */
const PATHS_AT_ONCE = 500;

/** The status of a script that found nothing at a path. */
const NOTHING = 44;

/** Another machine, all of whose files and programs are reached by a shell; who sits at the terminal sits here. */
export function remoteMachine(shell: RemoteShell, here: Machine): Machine {
  const { host, uid, pid, platform } = shell;
  const script = async (text: string, options?: RunOptions): Promise<ScriptAnswer> => shell.run(text, options);
  /** What a script about a path prints; undefined where nothing is there. */
  const answerTo = async (path: string, text: string): Promise<Buffer | undefined> => {
    const { status, stdout, stderr } = await script(`p=${shellWord(path)}\nLC_ALL=C\nexport LC_ALL\n${text}\n`);
    if (status === NOTHING) return undefined;
    if (status !== 0 || stderr.length > 0) throw new Error(`${path} on ${host}: ${whyOf(stderr, status)}`);
    return stdout;
  };
  const done = async (path: string, text: string, input?: Uint8Array): Promise<void> => {
    const { status, stderr } = await script(`p=${shellWord(path)}\nset -e\n${text}\n`, { ...(input && { input }) });
    if (status !== 0) throw new Error(`${path} on ${host}: ${whyOf(stderr, status)}`);
  };
  const machine: Machine = {
    ...here,
    ...{ uid, pid, platform, programFiles: undefined },
    // One script after the other: nothing is looked at meanwhile.
    async run(argv, { meanwhile: _, ...options } = {}): Promise<Ran> {
      const { status, stdout, stderr } = await script(`exec ${argv.map(shellWord).join(" ")}`, options);
      return { status, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
    },
    async read(path, from = 0, most = Number.POSITIVE_INFINITY, identity) {
      const same = identity === undefined ? "" : sameScript(identity);
      const bytes = await answerTo(path, `${same}${readScript(from, Math.min(most, MOST_AT_ONCE))}`);
      if (bytes === undefined || bytes.length === 0) return bytes;
      const pieces: Uint8Array[] = [];
      for await (const it of here.gunzip(onePiece(bytes))) pieces.push(it);
      return Buffer.concat(pieces);
    },
    async stat(path) {
      const text = (await answerTo(path, `${IF_THERE}\nexec stat -c '%f %u %g %s %d %i' -- "$p"`))?.toString("latin1");
      return text === undefined ? undefined : fileOf(text);
    },
    async realPath(path) {
      const text = (await answerTo(path, `${IF_REAL}\nexec readlink -f -- "$p"`))?.toString("utf8");
      return text?.replace(/\n$/, "");
    },
    async look(paths) {
      const found: (RealFile | undefined)[] = [];
      for (let at = 0; at < paths.length; at += PATHS_AT_ONCE)
        append(found, await lookedAt(machine, script, paths.slice(at, at + PATHS_AT_ONCE)));
      return found;
    },
    async list(folder) {
      const names = await answerTo(folder, LIST);
      return (names?.toString("utf8") ?? "").split("\0").filter(Boolean).sort();
    },
    write: (path, content, mode) => done(path, writeScript(draftPath(path, pid), mode), Buffer.from(content)),
    tryWrite: (path, bytes) => done(path, tryScript(draftPath(path, pid), bytes)),
    tryWriteHere: here.tryWrite,
    async room(path) {
      const blocks = (await answerTo(path, ROOM))?.toString("latin1") ?? "";
      return Number(blocks.trim()) * 1024;
    },
    async free(path, bytes, identity) {
      const words = `fallocate --punch-hole --offset 0 --length ${bytes} /proc/self/fd/3`;
      await answerTo(path, `${sameScript(identity)}exec ${words}`);
    },
    makeFolder: (path, mode) => done(path, `mkdir -p -- "$p"\nchmod ${mode.toString(8)} -- "$p"`),
    async lock(path, holder) {
      const status = await shell.lock(path);
      if (status > 1) throw new Error(`${path} on ${host} cannot be locked by flock(1): status ${status}`);
      if (status === 1) return undefined;
      await done(path, `printf %s ${shellWord(holder)} >"$p"`);
      return async () => shell.unlock();
    },
    remove: (path) => done(path, 'rm -rf -- "$p"'),
    writeHere: here.write,
    ask: (question, stop) => here.ask(`On ${host}: ${question}`, stop),
  };
  return machine;
}

const IF_THERE = `if [ ! -e "$p" ] && [ ! -L "$p" ]; then exit ${NOTHING}; fi`;
const IF_REAL = `[ -e "$p" ] || exit ${NOTHING}`;
const LIST = `cd -- "$p" 2>/dev/null || exit ${NOTHING}
for it in * .[!.]* ..?*; do
  if [ -e "$it" ] || [ -L "$it" ]; then printf '%s\\0' "$it"; fi
done`;

/** Packed, as logs travel. dd follows no link and waits for no pipe where it can be told so, which that of busybox cannot. */
const readScript = (from: number, most: number): string => `${IF_THERE}
if [ -L "$p" ] || [ ! -f "$p" ]; then echo "is not a file" >&2; exit 1; fi
take() {
  flags=skip_bytes,count_bytes,fullblock
  if dd if=/dev/null "iflag=nofollow,nonblock,$flags" count=0 2>/dev/null; then flags=nofollow,nonblock,$flags; fi
  dd "if=$p" bs=65536 "iflag=$flags" skip=${from} count=${most} 2>"$0.dd" || cat "$0.dd" >&2
  rm -f "$0.dd"
}
take | gzip -1 -c`;

/** Goes on where what is opened as descriptor 3 is the file of an identity, and from then on it is that. */
const sameScript = (identity: string): string => `${IF_THERE}
if [ -L "$p" ] || [ ! -f "$p" ]; then echo "is not a file" >&2; exit 1; fi
exec 3<"$p"
[ "$(stat -L -c '%d:%i:%u' /proc/$$/fd/3)" = ${shellWord(identity)} ] || { echo "is another file than before" >&2; exit 1; }
`;

const ROOM = `while [ ! -e "$p" ]; do p=$(dirname -- "$p"); done
df -Pk -- "$p" | awk 'NR == 2 { print $4 }'`;

/** Writes so many bytes next to where a file is to be, and removes them with the folders that were made for it. */
const tryScript = (draft: string, bytes: number): string => `draft=${shellWord(draft)}
folder=$(dirname -- "$p")
made=
at=$folder
while [ ! -e "$at" ]; do made="$made $at"; at=$(dirname -- "$at"); done
trap 'rm -f -- "$draft"; for it in $made; do rmdir -- "$it" 2>/dev/null || :; done' EXIT
mkdir -p -- "$folder"
set -C
head -c ${bytes} /dev/zero >"$draft"`;

/** A file is there whole or not at all; one that was there before keeps its owner, mode and attributes unless a mode is given. */
const writeScript = (draft: string, mode: number | undefined): string => `draft=${shellWord(draft)}
mkdir -p -- "$(dirname -- "$p")"
trap 'rm -f -- "$draft"' EXIT
set -C
(umask 077 && cat >"$draft")
${mode === undefined ? TAKE_AFTER : `chmod ${mode.toString(8)} -- "$draft"`}
sync -- "$draft" 2>/dev/null || sync
mv -fT -- "$draft" "$p"`;

const TAKE_AFTER = `if [ -f "$p" ] && [ ! -L "$p" ]; then
  cp --attributes-only --preserve=all -- "$p" "$draft" 2>/dev/null ||
    { chown --reference="$p" -- "$draft"; chmod --reference="$p" -- "$draft"; }
else
  chmod 644 -- "$draft"
fi`;

/** Three programs for all of them; one by one where a path went away meanwhile, or has a line break. */
async function lookedAt(
  machine: Machine,
  script: (text: string) => Promise<ScriptAnswer>,
  paths: readonly string[],
): Promise<readonly (RealFile | undefined)[]> {
  const text = `LC_ALL=C
export LC_ALL
set -- ${paths.map(shellWord).join(" ")}
for it; do
  shift
  if [ -e "$it" ]; then printf 1; set -- "$@" "$it"; else printf 0; fi
done
echo
[ $# = 0 ] || { stat -L -c '%f %u %g %s %d %i' -- "$@"; readlink -f -- "$@"; }`;
  const { stdout } = await script(text);
  const [there = "", ...lines] = stdout.toString("utf8").split("\n").slice(0, -1);
  const count = there.replaceAll("0", "").length;
  if (there.length !== paths.length || lines.length !== 2 * count)
    return await Promise.all(paths.map((it) => singly(machine, it)));
  let at = 0;
  return [...there].map((it) => {
    if (it === "0") return undefined;
    const file = fileOf(lines[at] ?? "");
    const real = lines[count + at++] ?? "";
    return file && { ...file, real };
  });
}

async function singly(machine: Machine, path: string): Promise<RealFile | undefined> {
  try {
    const real = await machine.realPath(path);
    const file = real === undefined ? undefined : await machine.stat(real);
    return file && real !== undefined ? { ...file, real } : undefined;
  } catch {
    return undefined;
  }
}

function fileOf(printed: string): MachineFile | undefined {
  const [mode = "", uid, gid, size, device, inode] = printed.trim().split(" ");
  return mode === ""
    ? undefined
    : {
        ...{ mode: Number.parseInt(mode, 16), uid: Number(uid), gid: Number(gid), size: Number(size) },
        identity: `${device}:${inode}:${uid}`,
      };
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The last words of a script that failed. */
function whyOf(stderr: Buffer, status: number): string {
  const reason = stderr.toString("utf8").trim().split("\n").at(-1) ?? "";
  return reason === "" ? `status ${status}` : reason.replace(/^\S+\.sh: (?:line )?(?:\d+: )?/, "");
}
