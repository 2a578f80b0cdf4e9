import type { Meeting, Met, Mounted } from "./worldProbe.ts";

/** What `unit-warden sandbox --format json` says of a path. */
export interface SaidPath {
  readonly path: string;
  readonly state: string;
  readonly writable: boolean | null;
  readonly executable: boolean | null;
  readonly real: string;
  readonly from: string | null;
  readonly setting: string | null;
}

/** What it says of a service. */
export interface SaidUnit {
  readonly ownMounts: boolean;
  readonly failure: { readonly path: string } | null;
  readonly paths: readonly SaidPath[];
  readonly mounts: readonly {
    readonly path: string;
    readonly kind: string;
    readonly readOnly: boolean;
    readonly noexec: boolean;
    readonly optional: boolean;
    readonly source: string | null;
  }[];
  readonly facts: readonly { readonly topic: string; readonly text: string }[];
}

/** `outOfReach`: file permissions keep the process from finding out. */
export type Verdict = "agrees" | "outOfReach" | { readonly differs: string };

const GONE = ["ENOENT", "ENOTDIR", "EACCES", "ENXIO"];
/** Without these capabilities root, too, is stopped by file modes. */
const DAC = 0b110n;

const differs = (text: string): Verdict => ({ differs: text });

/** Whether what is said of a path is what the process met, on a host where others meet `base`. */
export function judge(said: SaidPath, meeting: Meeting, base: (path: string) => Met | undefined): Verdict {
  const met = meeting.paths[said.path] ?? { missing: "not asked" };
  const host = base(said.from ?? said.real);
  const stopped = meeting.uid !== 0 || (BigInt(`0x${meeting.effective}`) & DAC) !== DAC;
  if (said.state === "absent")
    return met.missing !== undefined && GONE.includes(met.missing)
      ? "agrees"
      : differs(`is there: ${JSON.stringify(met)}`);
  if (said.state === "hidden") {
    const closed = met.missing !== undefined || (met.mode === 0 && (met.names ?? []).length === 0);
    return closed ? "agrees" : differs(`is not hidden: ${JSON.stringify(met)}`);
  }
  if (met.missing !== undefined) {
    if (met.missing === "EACCES" && stopped) return "outOfReach";
    const expected = host?.missing !== undefined && said.state !== "empty";
    return expected ? "agrees" : differs(`is missing: ${met.missing}`);
  }
  if (said.state === "private" && ODD.test(said.path))
    return met.id === host?.id ? "agrees" : differs("is not the host's");
  const wrong = identity(said, met, host) ?? writing(said, met, host) ?? executing(said, met, host);
  return wrong === undefined ? "agrees" : differs(`${wrong}: ${JSON.stringify(met)}`);
}

/** The box is odd: /proc/sys is a mount there, which a /proc of its own gets as it is, and /sys/fs/bpf is none. */
const ODD = /^\/(?:proc\/sys|sys\/fs\/bpf)(?:\/|$)/;

const KERNEL = /^\/(?:proc|sys|dev)(?:\/|$)/;

function identity({ state, from, real }: SaidPath, met: Met, host: Met | undefined): string | undefined {
  if (state === "empty") {
    // What is mounted in an empty file system needs directories there.
    return undefined;
  }
  if (host?.id === undefined) return undefined;
  if (state === "private") {
    return met.id === host.id && met.kind === "dir" ? "is the host's" : undefined;
  }
  return met.id === host.id || /^\/(?:proc|sys|dev)(?:\/|$)/.test(real) ? undefined : `is not ${from ?? real}`;
}

function writing({ writable, state }: SaidPath, met: Met, host: Met | undefined): string | undefined {
  if (met.readOnly === undefined && met.write === undefined) return undefined;
  const own = state === "private" || state === "empty";
  const expected = writable === true && (own || host?.readOnly !== true || met.kind === "device");
  const found = met.write === "ok" ? true : met.write === "EROFS" ? false : !met.readOnly;
  return expected === found ? undefined : `is ${found ? "writable" : "read-only"}`;
}

function executing({ executable, state, path }: SaidPath, met: Met, host: Met | undefined): string | undefined {
  if (executable === null || met.noexec === undefined || met.kind === "device" || ODD.test(path)) return undefined;
  // The box mounts these with programs, other than a machine that systemd has booted.
  if (executable === false && KERNEL.test(path) && host?.noexec === false) return undefined;
  const own = state === "private" || state === "empty";
  const expected = executable === true && (own || host?.noexec !== true);
  const found = met.execute === "ok" || !met.noexec;
  return expected === found ? undefined : `is ${found ? "executable" : "noexec"}`;
}

type SeenMount = Pick<Mounted, "path" | "flags">;

/** Where the mounts that a process has and those that are said differ; `host` has those of a process without a sandbox. */
export function mountsThatDiffer(
  said: SaidUnit,
  mounts: readonly SeenMount[],
  host: readonly SeenMount[],
  exists: (path: string) => boolean,
): string[] {
  const found = new Map(mounts.map((it) => [it.path, it]));
  const before = new Map(host.map((it) => [it.path, it]));
  const expected = new Map(said.mounts.map((it) => [it.path, it]));
  const wrong: string[] = [];
  for (const it of said.mounts) {
    const mount = found.get(it.path);
    if (!mount) {
      // A directory of an unsaid file system does not matter.
      if (!it.optional || exists(it.path)) wrong.push(`${it.path} (${it.kind}) is no mount`);
      continue;
    }
    const [readOnly, noexec] = [mount.flags.includes("ro"), mount.flags.includes("noexec")];
    const same = before.get(it.path);
    if (it.readOnly && !readOnly) wrong.push(`${it.path} (${it.kind}) is not read-only`);
    if (!it.readOnly && readOnly && !same?.flags.includes("ro") && !isReadOnlyFrom(it.source ?? it.path, before))
      wrong.push(`${it.path} (${it.kind}) is read-only`);
    if (it.noexec && !noexec) wrong.push(`${it.path} (${it.kind}) is not noexec`);
  }
  for (const { path } of mounts) {
    if (expected.has(path) || before.has(path)) continue;
    // The file for memory pressure of its own control group; credentials of others, or where nothing hides them.
    if (path.endsWith("/memory.pressure") || path.startsWith("/run/credentials/")) continue;
    // Recursive bind mounts bring what is mounted below their source.
    const bind = said.mounts.find((it) => it.source !== null && path.startsWith(`${it.path === "/" ? "" : it.path}/`));
    const carried = bind && before.has(`${bind.source}${path.slice(bind.path.length)}`);
    if (!carried) wrong.push(`${path} is mounted and not said`);
  }
  return wrong;
}

function isReadOnlyFrom(source: string, before: ReadonlyMap<string, SeenMount>): boolean {
  for (let at = source; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const mount = before.get(at);
    if (mount) return mount.flags.includes("ro");
  }
  return false;
}

/** Where the sentences and the process differ. */
export function factsThatDiffer(said: SaidUnit, meeting: Meeting, host: Meeting): string[] {
  const text = (topic: string): string => said.facts.find((it) => it.topic === topic)?.text ?? "";
  const wrong: string[] = [];
  const claim = (name: string, expected: boolean, found: boolean): void => {
    if (expected !== found) wrong.push(`${name}: said ${expected}, met ${found}`);
  };
  claim("runs as root", /^It runs as root/.test(text("user")), meeting.uid === 0);
  if (meeting.network !== "")
    claim(
      "network of its own",
      /only a private loopback network/.test(text("network")),
      meeting.network !== host.network,
    );
  const families = /sockets of (all families except )?(.*?)(?:,| and can(?:not)? reach|\.$)/.exec(
    text("network")
      .replace(/ and (?=AF_)/g, "|")
      .replaceAll(", AF_", "|AF_"),
  );
  const listed = families?.[2]?.split("|") ?? [];
  for (const [family, result] of Object.entries(meeting.sockets)) {
    const open = !families
      ? !/cannot create sockets/.test(text("network"))
      : families[1]
        ? !listed.includes(family)
        : listed.includes(family);
    if (host.sockets[family] === "ok" && !(family === "AF_PACKET" && result === "EPERM"))
      claim(family, open, result === "ok");
  }
  claim("no more privileges", /cannot gain more|add none/.test(text("capabilities")), meeting.noNewPrivileges || false);
  const pseudo = /a private \/dev/.test(text("devices"));
  if (meeting.devices.length > 0) claim("own /dev", pseudo, !meeting.devices.includes("extra"));
  return wrong;
}
