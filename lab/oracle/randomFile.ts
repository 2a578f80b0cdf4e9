import "../../server/src/dialects/dialects.ts";
import { kindsOfSection } from "../../server/src/dialects/network/netdevKinds.ts";
import type { ConfigKind } from "../../server/src/facts/configKinds.ts";
import { configFamilyOf } from "../../server/src/families/configFamilies.ts";
import type { Random } from "../../test/kit/random.ts";

/** Values by section and key that systemd was asked about before, taken and refused ones. */
export type KnownValues = ReadonlyMap<
  string,
  { readonly taken: readonly string[]; readonly refused: readonly string[] }
>;

/** Sections that a file of a kind starts with, so that its program reads it to the end. */
const HEAD: Readonly<Partial<Record<ConfigKind, (id: string) => string>>> = {
  network: (id) => `[Match]\nName=${id}\n`,
  link: (id) => `[Match]\nOriginalName=${id}\n`,
  dnssd: () => "[Service]\nName=a\nType=_http._tcp\nPort=80\n",
};

/** Settings of systemd that change at once what it says of all lines and files after them. */
const CHANGES_MESSAGES = /^Manager\.Log/;

/** A file of some sections with some lines each, most of them right. */
export function randomFile(kind: ConfigKind, id: string, values: KnownValues, random: Random): string {
  const { sections } = configFamilyOf(kind).description.table;
  const all = Object.keys(sections);
  const device = kind === "netdev" ? randomDevice(all, random) : undefined;
  const names = device && random.chance(0.9) ? device.sections : all;
  const lines: string[] = [];
  for (let i = 0; i <= random.below(4); i++) {
    const section = random.chance(0.03) ? "Sections" : random.pick(names);
    lines.push(`[${section}]`);
    const keys = Object.keys(sections[section] ?? { Key: "" }).filter(
      (it) => !CHANGES_MESSAGES.test(`${section}.${it}`),
    );
    for (let j = 0; j <= random.below(5); j++) {
      const key = random.chance(0.03) ? `${random.pick(keys)}s` : random.pick(keys);
      lines.push(`${key}=${writtenValue(values.get(`${section}.${key}`), random)}`);
    }
  }
  const head = device ? `[NetDev]\nName=${id}\nKind=${device.kind}\n` : (HEAD[kind]?.(id) ?? "");
  return `${head}${lines.join("\n")}\n`;
}

/** A kind of device with the sections that it has. */
function randomDevice(names: readonly string[], random: Random): { kind: string; sections: readonly string[] } {
  const kind = random.pick(kindsOfSection(random.pick(names)) ?? ["dummy"]);
  return { kind, sections: names.filter((it) => kindsOfSection(it)?.includes(kind) ?? true) };
}

function writtenValue(
  known: { readonly taken: readonly string[]; readonly refused: readonly string[] } | undefined,
  random: Random,
): string {
  const { taken = ["yes"], refused = ["x"] } = known ?? {};
  const from =
    taken.length > 0 && (refused.length === 0 || random.chance(0.8)) ? taken : refused.length > 0 ? refused : ["1"];
  const value = random.pick(from);
  return random.chance(0.15) ? mutated(value, random) : value;
}

/** The value with a small change, as a typing error would make it. */
function mutated(value: string, random: Random): string {
  const at = random.below(value.length + 1);
  const letter = random.pick(["0", "1", "9", "a", "x", "/", ":", ".", "-", " ", ",", "%", "K"]);
  if (random.chance(0.4)) return value.slice(0, at) + value.slice(at + 1);
  return value.slice(0, at) + letter + value.slice(at + (random.chance(0.5) ? 1 : 0));
}
