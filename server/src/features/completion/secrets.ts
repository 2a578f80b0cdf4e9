import { CompletionItemKind } from "vscode-languageserver-types";
import type { Directive } from "../../catalog/catalog.ts";
import { mergedDirectives, type Unit } from "../../units/unit.ts";
import type { Slot } from "../../values/read.ts";
import type { World } from "../world.ts";
import { type Choice, choicesOf, RANKS } from "./choice.ts";
import { ownName } from "./common.ts";

const LOADING = ["LoadCredential", "LoadCredentialEncrypted"] as const;
const SETTING = ["SetCredential", "SetCredentialEncrypted"] as const;

/** Where systemd finds a credential by its name, those that are encrypted apart. */
const STORES = ["/etc/credstore", "/run/credstore", "/usr/lib/credstore"];

const PLAIN = /^[\w.@+-]+$/;

/** The name with which a value begins. */
const credentialIn = (value: string): string => value.split(":", 1)[0] ?? "";
const secretIn = (value: string): string => value.split(",", 1)[0] ?? "";

/** The names that a file reads, which a pattern has as its group. */
const namesRead = ({ file }: Unit, pattern: RegExp): string[] =>
  [...file.text.matchAll(pattern)].map((it) => it[1] ?? "");

/** Names of credentials: those that the unit reads and does not load yet, those of other units, those in a store of the machine. */
export function credentialChoices(
  unit: Unit,
  { section, name: setting }: Directive,
  slot: Slot,
  alone: boolean,
  world: World,
): Choice[] {
  const lines = mergedDirectives(unit, section);
  const all = [...LOADING, ...SETTING].flatMap((key) => lines.get(key) ?? []);
  const present = new Set(all.map((it) => credentialIn(it.value.text)));
  const choice = choicesOf(CompletionItemKind.Constant, slot);
  const read = namesRead(unit, /(?:%d|\$\{?CREDENTIALS_DIRECTORY\}?)\/([\w.@+-]+)/g);
  const isLoading = LOADING.some((it) => it === setting);
  // What another unit loads comes with its source, as long as there is none.
  const others = isLoading && alone ? world.settings([setting as "LoadCredential"]) : [];
  const names = world.settings([...LOADING, ...SETTING]).map(credentialIn);
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
  ].filter(({ text }) => PLAIN.test(credentialIn(text)) && !present.has(credentialIn(text)));
}

/** Names of secrets of podman: those that the file reads, those of other quadlets, with their options where none are there, and some after the file. */
export function secretChoices(
  unit: Unit,
  { section, name: key }: Directive,
  slot: Slot,
  text: string,
  world: World,
): Choice[] {
  const present = (mergedDirectives(unit, section).get(key) ?? []).flatMap((it) =>
    it.value.text === text ? [] : secretIn(it.value.text),
  );
  const hasOptions = text.charAt(slot.to) === ",";
  const choice = choicesOf(CompletionItemKind.Constant, slot);
  const read = namesRead(unit, /\/run\/secrets\/([\w.@+-]+)/g);
  const others = world.settings(["Secret"]);
  const own = ownName(unit);
  return [
    ...read.map((it) => choice(it, "This file reads it below `/run/secrets`.", RANKS.common)),
    ...others.map((it) => choice(it, "As another quadlet here has it.", RANKS.own)),
    ...others.map((it) => choice(secretIn(it), "A secret of another quadlet here.", RANKS.own + 1)),
    ...(own
      ? [
          choice(`${own}-password,type=env,target=PASSWORD`, "Named after the file; a variable.", RANKS.signs),
          choice(`${own}-secret`, "Named after the file; a file below `/run/secrets`.", RANKS.signs),
        ]
      : []),
  ].filter(
    ({ text: it }) => PLAIN.test(secretIn(it)) && !present.includes(secretIn(it)) && !(hasOptions && it.includes(",")),
  );
}
