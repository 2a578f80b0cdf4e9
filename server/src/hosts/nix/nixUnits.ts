import type { UnitKind } from "../../facts/unitKinds.ts";
import { append } from "../../text/append.ts";
import type { HostedFile, HostedUnit } from "../hostedUnit.ts";
import { HOST_SIGNS } from "../signs.ts";
import { contribute, nameOfMount } from "./contribute.ts";
import { draftKey, makeUnit, newDraft, timerSettings, type UnitDraft } from "./draft.ts";
import { marksOf } from "./marks.ts";
import { UNIT_SETS } from "./nixOptions.ts";
import { textUnit, writtenUnit } from "./nixTexts.ts";
import type { NixAttribute, NixBinding, NixNode } from "./nixTree.ts";
import { readNix } from "./readNix.ts";
import { calledName, letNames, lookUp, type NixPlace, type Patience, paramNames, valuesIn } from "./scope.ts";

/** The units of systemd that a Nix file sets up, as far as its text shows. */
export function nixUnits(text: string): HostedFile {
  const nothing: HostedFile = { text, units: [], comments: [], marks: new Map() };
  if (!HOST_SIGNS.nix.mayHold(text)) return nothing;
  const file = readNix(text);
  if (file.torn) return nothing;
  const finder = new UnitFinder(20_000 + text.length);
  finder.search({ node: file.root, names: undefined, conditional: false }, []);
  return { text, units: finder.units(), comments: file.comments, marks: marksOf(file) };
}

/** Invariant: each draft is of one name, in the order in which the file first has it. */
class UnitFinder {
  readonly #drafts = new Map<string, UnitDraft>();
  /** The units that stand there as texts. */
  readonly #texts: HostedUnit[] = [];
  readonly #patience: Patience;
  /** The innermost condition around what is looked at, by where it stands. */
  #under: number | undefined;

  constructor(remaining: number) {
    this.#patience = { remaining };
  }

  units(): readonly HostedUnit[] {
    const drafts = [...this.#drafts.values()];
    for (const it of drafts) {
      const own = it.startAt.length > 0 ? this.#drafts.get(draftKey("timer", it.scope, it.name)) : undefined;
      // NixOS adds it to the timer that the file has of that name.
      if (own) append(own.settings, timerSettings(it.startAt.splice(0)));
    }
    return [...drafts.flatMap((it) => makeUnit(it)), ...this.#texts];
  }

  #add(unit: HostedUnit | undefined): void {
    if (unit) this.#texts.push(unit);
  }

  /** Looks for sets of units wherever options may be set. */
  search(place: NixPlace, path: readonly NixAttribute[]): void {
    if (this.#patience.remaining-- <= 0) return;
    const { node, names } = place;
    const within = (inner: NixNode, more: Partial<NixPlace> = {}, at = path): void =>
      this.search({ ...place, node: inner, ...more }, at);
    switch (node.kind) {
      case "set":
        for (const it of node.bindings) this.#binding(it, place, path);
        break;
      case "let": {
        const inner = letNames(node.bindings, names);
        for (const it of node.bindings) this.#binding(it, { ...place, names: inner }, []);
        within(node.body, { names: inner });
        break;
      }
      case "scope":
        within(node.body);
        break;
      case "function":
        within(node.body, { names: paramNames(node.params, names) });
        break;
      case "if":
        for (const it of node.branches) this.#within(it.start, () => within(it));
        break;
      case "operation":
        for (const it of node.operands) within(it, {}, node.operator === "//" ? path : []);
        break;
      case "list":
        for (const it of node.items) within(it, {}, []);
        break;
      case "call": {
        this.#add(writtenUnit(place, this.#patience));
        const name = calledName(node);
        const under = name === "mkIf" || name === "optionalAttrs" ? node.start : this.#under;
        this.#within(under, () => {
          for (const it of node.args) {
            // A merge has the options of what it is given to, a function of its own has none that are known.
            if (name === "mkMerge" && it.kind === "list") for (const each of it.items) within(each);
            else within(it, {}, name !== undefined && MODULE_CALLS.has(name) ? path : []);
          }
        });
        break;
      }
    }
  }

  #within(under: number | undefined, search: () => void): void {
    const outer = this.#under;
    this.#under = under;
    search();
    this.#under = outer;
  }

  #binding(binding: NixBinding, place: NixPlace, above: readonly NixAttribute[]): void {
    const { value } = binding;
    if (!value) return;
    const path = [...above, ...binding.path];
    const names = path.map((it) => it.name);
    if (names.includes("launchd")) return;
    this.#add(textUnit(path, { ...place, node: value }, binding, this.#patience));
    const at = names.lastIndexOf("systemd");
    const isUser = names[at + 1] === "user";
    const sets = at + (isUser ? 2 : 1);
    const group = names[sets];
    const inner = { ...place, node: value };
    const kind = group !== undefined && Object.hasOwn(UNIT_SETS, group) ? UNIT_SETS[group] : undefined;
    if (at < 0 || !kind) this.search(inner, path);
    else this.#ofSet(inner, path.slice(sets + 1), { kind, scope: isUser ? "user" : "system", binding });
  }

  /** What stands in a set of units of one type, or further inside. */
  #ofSet(place: NixPlace, path: readonly NixAttribute[], of: UnitGroup): void {
    const [name, ...rest] = path;
    if (name) {
      this.#ofUnit(name, place, rest, of);
      return;
    }
    for (const { node, names, conditional } of valuesIn(place, this.#patience))
      this.#within(conditional ? node.start : this.#under, () => {
        const inner = { node, names, conditional: false };
        if (node.kind === "set")
          for (const binding of node.bindings) {
            if (binding.value) this.#ofSet({ ...inner, node: binding.value }, binding.path, { ...of, binding });
          }
        else if (node.kind === "list") for (const each of node.items) this.#unnamed({ ...inner, node: each }, of);
        else if (node.kind === "call") this.#generated(inner, of);
      });
  }

  /** The units that a function makes of a list or set, such as those of mapAttrs: what they set is known, their names mostly not. */
  #generated(place: NixPlace, of: UnitGroup, whole = false): void {
    const { node } = place;
    const name = calledName(node) ?? "";
    if (node.kind !== "call" || !(SET_MAKERS.has(name) || UNIT_MAKERS.has(name))) return;
    const ofSets = whole || SET_MAKERS.has(name);
    for (const arg of node.args) {
      const inner = { ...place, node: arg };
      if (arg.kind === "call") this.#generated(inner, of, ofSets);
      else if (arg.kind === "list") for (const each of arg.items) this.#made({ ...place, node: each }, of, ofSets);
      else if (arg.kind === "function") this.#made(inner, of, ofSets);
      else if (arg.kind === "name") {
        const known = lookUp(arg.path.join("."), place.names);
        if (known?.node.kind === "function") this.#made({ ...place, ...known }, of, ofSets);
      }
    }
  }

  /** What a function gives: a set of units, a unit, or a pair of a name and a unit. */
  #made(place: NixPlace, of: UnitGroup, isSet: boolean): void {
    const { node, names } = place;
    if (this.#patience.remaining-- <= 0) return;
    const within = (inner: NixNode, own = names): void => this.#made({ ...place, node: inner, names: own }, of, isSet);
    if (node.kind === "function") within(node.body, paramNames(node.params, names));
    else if (node.kind === "let") within(node.body, letNames(node.bindings, names));
    else if (node.kind === "scope") within(node.body);
    else if (isSet) this.#ofSet(place, [], of);
    else if (node.kind === "call" && calledName(node) === "nameValuePair") {
      const [name, value] = node.args;
      if (name && value) this.#ofUnit(attributeOf(name), { ...place, node: value }, [], of);
    } else if (node.kind === "set") {
      const under = (key: string) => node.bindings.filter((it) => it.value && it.path[0]?.name === key);
      const name = under("name").find((it) => it.path.length === 1)?.value;
      const values = name ? under("value") : [];
      for (const it of values)
        if (name && it.value)
          this.#ofUnit(attributeOf(name), { ...place, node: it.value }, it.path.slice(1), { ...of, binding: it });
      if (values.length === 0) this.#unnamed(place, of);
    }
  }

  #unnamed(place: NixPlace, of: UnitGroup): void {
    for (const it of valuesIn(place, this.#patience)) {
      const { node } = it;
      if (node.kind !== "set") continue;
      const [first] = node.bindings;
      const start = { start: node.start, end: node.start + 1 };
      const name = nameOfMount(it, this.#patience);
      if (first) this.#ofUnit({ ...start, name }, it, [], of);
    }
  }

  #ofUnit(name: NixAttribute, place: NixPlace, path: readonly NixAttribute[], of: UnitGroup): void {
    const key = draftKey(of.kind, of.scope, name);
    for (const it of path.length === 0 ? valuesIn(place, this.#patience) : [place]) {
      const under = it.conditional ? it.node.start : this.#under;
      const draft = this.#drafts.get(key) ?? newDraft(of.kind, of.scope, name, under);
      this.#drafts.set(key, draft);
      draft.extents.push({ start: of.binding.start, end: of.binding.end });
      // What is added under the condition of the whole unit counts wherever the unit does.
      const conditional = under !== undefined && under !== draft.under;
      contribute(draft, { place: { ...it, conditional }, path, binding: of.binding }, this.#patience);
    }
  }
}

/** The functions that make sets of units of lists and sets, by what the functions that they are given make: a unit, or a set of them. */
const UNIT_MAKERS: ReadonlySet<string> = new Set([
  "mapAttrs",
  "mapAttrs'",
  "genAttrs",
  "genAttrs'",
  "listToAttrs",
  "map",
]);
const SET_MAKERS: ReadonlySet<string> = new Set(["mkMerge", "mergeAttrsList", "foldl'", "concatMapAttrs"]);

/** A text as the name of a unit. */
const attributeOf = (node: NixNode): NixAttribute => {
  const parts = node.kind === "string" ? node.parts.map((it) => it.text) : [undefined];
  return { start: node.start, end: node.end, name: parts.includes(undefined) ? undefined : parts.join("") };
};

/** The functions whose argument is a part of a module. */
const MODULE_CALLS: ReadonlySet<string> = new Set([
  "mkIf",
  "mkMerge",
  "mkForce",
  "mkDefault",
  "mkOverride",
  "mkBefore",
  "mkAfter",
  "mkOrder",
  "optionalAttrs",
  "recursiveUpdate",
]);

interface UnitGroup {
  readonly kind: UnitKind;
  readonly scope: "system" | "user";
  readonly binding: NixBinding;
}
