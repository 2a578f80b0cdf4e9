import type { UnitKind } from "../../../server/src/facts/unitKinds.ts";
import { sectionsOf } from "../../../server/src/families/unitFiles/kinds.ts";
import type { Random } from "../../../test/kit/random.ts";
import type { ValuePool } from "./valuePool.ts";

/** A unit that systemd is asked about, with its drop-ins. */
export interface AskedUnit {
  readonly name: string;
  /** Texts by path, from the folder of the unit on. */
  readonly files: Readonly<Record<string, string>>;
}

/** The types of units, each as often as it is made. */
export const KINDS: readonly UnitKind[] = [
  ...Array<UnitKind>(10).fill("service"),
  ...(["socket", "socket", "socket", "timer", "timer", "path", "path", "mount", "mount", "automount", "swap"] as const),
  ...(["slice", "slice", "target"] as const),
];

/** What a unit of a kind needs to be loaded at all. */
export const NEEDED: Readonly<Partial<Record<UnitKind, (id: string) => readonly string[]>>> = {
  service: () => ["[Service]", "ExecStart=/bin/true"],
  socket: () => ["[Socket]", "ListenStream=/run/x"],
  timer: () => ["[Timer]", "OnBootSec=1h"],
  path: () => ["[Path]", "PathExists=/run/x"],
  mount: (id) => ["[Mount]", "What=/dev/x", `Where=/${id}/x`],
  automount: (id) => ["[Automount]", `Where=/${id}/x`],
  swap: (id) => ["[Swap]", `What=/dev/${id}`],
};

/** The plainest name of a file of a kind. */
export function nameOf(kind: UnitKind, id: string): string {
  if (kind === "mount" || kind === "automount") return `${id}-x.${kind}`;
  return kind === "swap" ? `dev-${id}.swap` : `${id}.${kind}`;
}

function randomName(kind: UnitKind, id: string, random: Random): string {
  if (kind === "mount" || kind === "automount" || kind === "swap") return nameOf(kind, id);
  if (kind === "slice") return `${id}${random.chance(0.3) ? "-x" : ""}.slice`;
  return `${id}${random.chance(0.15) ? random.pick(["@", "@", "@a-b", "@x\\x2dy"]) : ""}.${kind}`;
}

/** A unit of some sections; most of its lines are right. Its identifier keeps it apart from the others in its folder. */
export function askedUnit(id: string, pool: ValuePool, random: Random): AskedUnit {
  const kind = random.pick(KINDS);
  const name = randomName(kind, id, random);
  const needed = random.chance(0.92) ? (NEEDED[kind]?.(id) ?? []) : [];
  const files: Record<string, string> = { [name]: text([...needed, ...sections(kind, pool, random)], random) };
  if (random.chance(0.15))
    for (let i = 0; i <= random.below(2); i++)
      files[`${name}.d/${i}0.conf`] = text(sections(kind, pool, random), random);
  return { name, files };
}

function sections(kind: UnitKind, pool: ValuePool, random: Random): string[] {
  const its = sectionsOf(kind);
  const main = its.find((it) => it !== "Unit" && it !== "Install") ?? "Unit";
  const lines: string[] = [];
  for (let i = 0; i <= random.below(3); i++) {
    const section = random.chance(0.04)
      ? random.pick([...pool.keys(), "X-Own", "Servce", "service", "Unit ", "X"])
      : random.chance(0.65)
        ? main
        : random.pick(its);
    lines.push(`[${section}]`);
    const keys = [...(pool.get(section) ?? pool.get(main) ?? new Map<string, string[]>())];
    for (let j = 0; j <= random.below(7) && keys.length > 0; j++) lines.push(...line(random.pick(keys), pool, random));
  }
  return lines;
}

function line([key, values]: readonly [string, readonly string[]], pool: ValuePool, random: Random): string[] {
  if (random.chance(0.02)) return [random.pick(["# a comment", "; another", "no assignment", "=x", " ", "X-Key=1"])];
  const name = random.chance(0.02) ? random.pick([`${key}s`, key.toLowerCase(), key.slice(1), `X-${key}`]) : key;
  const value = random.chance(0.05) ? "" : written(values, pool, random);
  if (random.chance(0.04) && value.includes(" ")) {
    const at = value.indexOf(" ");
    const between = random.chance(0.3) ? ["# between"] : [];
    return [`${name}=${value.slice(0, at)} \\`, ...between, value.slice(at + 1)];
  }
  const equals = random.chance(0.05) ? random.pick([" =", "= ", " = ", "=\t"]) : "=";
  return [`${random.chance(0.02) ? "  " : ""}${name}${equals}${value}${random.chance(0.02) ? "  " : ""}`];
}

const PIECES: readonly string[] = [
  ..."0 1 9 a x / : . - + ! ~ , % = \" ' \\ K s % %% %i %I %n %p %t %h %u %j %J %A %q %Q %d %D %g %G".split(" "),
  ..."é @clock @sandbox CAP_BPF CAP_CHECKPOINT_RESTORE AF_UNIX AF_VSOCK SIGRTMIN+1 infinity none yes no 100% 0x1f -1".split(
    " ",
  ),
  ..." \t",
];

function written(values: readonly string[], pool: ValuePool, random: Random): string {
  const any = (): string => {
    const others = [...(pool.get(random.pick([...pool.keys()]))?.values() ?? [])];
    return others.length === 0 ? "x" : (pickOf(random.pick(others), random) ?? "x");
  };
  const value = random.chance(0.03) ? any() : (pickOf(values, random) ?? any());
  const mutation = random.below(12);
  if (mutation === 0) {
    const at = random.below(value.length + 1);
    const piece = random.pick(PIECES);
    return value.slice(0, at) + (random.chance(0.3) ? "" : piece) + value.slice(at + (random.chance(0.5) ? 1 : 0));
  }
  if (mutation === 1) return `${value}${random.pick([" ", " ", ":", ",", "/", "="])}${pickOf(values, random) ?? "x"}`;
  return value;
}

const pickOf = (values: readonly string[], random: Random): string | undefined =>
  values.length === 0 ? undefined : random.pick(values);

function text(lines: readonly string[], random: Random): string {
  const end = random.chance(0.03) ? random.pick(["", "\\", "\\\n", "\n\n"]) : "\n";
  return lines.join(random.chance(0.01) ? "\r\n" : "\n") + end;
}
