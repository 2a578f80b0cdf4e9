import { CompletionItemKind } from "vscode-languageserver-types";
import type { Directive } from "../../catalog/catalog.ts";
import { mergedDirectives, type Unit } from "../../units/unit.ts";
import type { Slot } from "../../values/read.ts";
import type { World } from "../world.ts";
import { type Choice, RANKS } from "./choice.ts";
import { ownName } from "./common.ts";

const LOADING = ["LoadCredential", "LoadCredentialEncrypted"] as const;
const SETTING = ["SetCredential", "SetCredentialEncrypted"] as const;

/** Where systemd finds a credential by its name, those that are encrypted apart. */
const STORES = ["/etc/credstore", "/run/credstore", "/usr/lib/credstore"];

const isPlain = (name: string): boolean => /^[\w.@+-]+$/.test(name);

/** Names of credentials: those that the unit reads and does not load yet, those of other units, those in a store of the machine. */
export function credentialChoices(
  unit: Unit,
  { section, name: setting }: Directive,
  { from, to }: Slot,
  alone: boolean,
  world: World,
): Choice[] {
  const { text } = unit.file;
  const lines = mergedDirectives(unit, section);
  const present = new Set(
    [...LOADING, ...SETTING].flatMap((key) => (lines.get(key) ?? []).map((it) => it.value.text.split(":")[0])),
  );
  const choice = (it: string, summary: string, rank: number): Choice => ({
    ...{ text: it, kind: CompletionItemKind.Constant, summary, from, to, rank },
  });
  const read = [...text.matchAll(/(?:%d|\$\{?CREDENTIALS_DIRECTORY\}?)\/([\w.@+-]+)/g)].map((it) => it[1] ?? "");
  const isLoading = LOADING.some((it) => it === setting);
  // What another unit loads comes with its source, as long as there is none.
  const others = isLoading && alone ? world.settings([setting as "LoadCredential"]) : [];
  const names = world.settings([...LOADING, ...SETTING]).map((it) => it.split(":")[0] ?? "");
  const stores = STORES.map((it) => `${it}${setting.endsWith("Encrypted") ? ".encrypted" : ""}/`);
  const stored = setting.startsWith("Set")
    ? []
    : stores.flatMap((it) => world.entries(it).map(({ name }) => [name, it]));
  const own = ownName(unit);
  return [
    ...read.map((it) => choice(it, "This unit reads it.", RANKS.common)),
    ...others.map((it) => choice(it, "As another unit here loads it.", RANKS.own)),
    ...names.map((it) => choice(it, "Another unit here has it.", RANKS.own + 1)),
    ...stored.map(([name = "", folder]) => choice(name, `In ${folder} of this machine.`, RANKS.machine)),
    ...(isLoading && alone && own
      ? [choice(`token:${stores[0]}${own}.token`, "A file with a secret, named after the unit.", RANKS.signs)]
      : []),
  ].filter(({ text: it }) => isPlain(it.split(":")[0] ?? "") && !present.has(it.split(":")[0]));
}

/** Names of secrets of podman: those that the file reads, those of other quadlets, with their options where none are there, and some after the file. */
export function secretChoices(
  unit: Unit,
  { section, name: key }: Directive,
  { from, to }: Slot,
  text: string,
  world: World,
): Choice[] {
  const present = (mergedDirectives(unit, section).get(key) ?? []).flatMap((it) =>
    it.value.text === text ? [] : nameIn(it.value.text),
  );
  const hasOptions = text.charAt(to) === ",";
  const choice = (it: string, summary: string, rank: number): Choice => ({
    ...{ text: it, kind: CompletionItemKind.Constant, summary, from, to, rank },
  });
  const read = [...unit.file.text.matchAll(/\/run\/secrets\/([\w.@+-]+)/g)].map((it) => it[1] ?? "");
  const others = world.settings(["Secret"]);
  const own = ownName(unit);
  return [
    ...read.map((it) => choice(it, "This file reads it below `/run/secrets`.", RANKS.common)),
    ...others.map((it) => choice(it, "As another quadlet here has it.", RANKS.own)),
    ...others.map((it) => choice(nameIn(it), "A secret of another quadlet here.", RANKS.own + 1)),
    ...(own
      ? [
          choice(`${own}-password,type=env,target=PASSWORD`, "Named after the file; a variable.", RANKS.signs),
          choice(`${own}-secret`, "Named after the file; a file below `/run/secrets`.", RANKS.signs),
        ]
      : []),
  ].filter(({ text: it }) => isPlain(nameIn(it)) && !present.includes(nameIn(it)) && !(hasOptions && it.includes(",")));
}

/** The name of a secret before its options. */
const nameIn = (value: string): string => value.split(",")[0] ?? "";
