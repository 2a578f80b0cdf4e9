import type { SectionName } from "../../catalog/sections.ts";
import { append } from "../../text/append.ts";
import { plainSpan } from "../../text/span.ts";
import { escapePath } from "../../units/escape.ts";
import type { HostedSetting } from "../hostedUnit.ts";
import type { UnitDraft } from "./draft.ts";
import { CONFINEMENT, CONFINEMENT_APIVFS, nixOption, SECTION_SETS } from "./nixOptions.ts";
import { type NixEntry, optionSettings, settingsOf, variableSetting } from "./nixSettings.ts";
import type { NixAttribute, NixBinding, NixSet } from "./nixTree.ts";
import { type NixPlace, type Patience, valuesIn } from "./scope.ts";
import { nixParts } from "./values.ts";

/** A value that is set somewhere inside a unit, at the path that leads there from the unit. */
interface Contribution {
  readonly place: NixPlace;
  readonly path: readonly NixAttribute[];
  readonly binding: NixBinding;
}

/** Adds what a file sets somewhere inside a unit. */
export function contribute(draft: UnitDraft, { place, path, binding }: Contribution, patience: Patience): void {
  const [attribute, ...rest] = path;
  if (!attribute) {
    for (const { entry, node, conditional } of entriesIn(place, patience)) {
      if (!node) draft.open = true;
      else if (entry) contribute(draft, entry, patience);
      else {
        addSet(draft, "", node, conditional);
        for (const it of node.inherited) inherited(draft, it);
      }
    }
    return;
  }
  const { name } = attribute;
  const section = name !== undefined && Object.hasOwn(SECTION_SETS, name) ? SECTION_SETS[name] : undefined;
  const entry: NixEntry = { attribute, binding, place };
  if (section) {
    draft.sectionNames ||= section === name;
    inSection(draft, section, { place, path: rest, binding }, patience);
    return;
  }
  switch (name) {
    case undefined:
    case "text":
      draft.open = true;
      return;
    case "environment":
      ofEnvironment(draft, { place, path: rest, binding }, attribute, patience);
      return;
    case "confinement":
      ofConfinement(draft, { place, path: rest, binding }, attribute, patience);
      return;
    case "enable":
      draft.masked ||= valuesIn(place, patience).some((it) => isWord(it, "false"));
      return;
    case "overrideStrategy":
      draft.partial = true;
      return;
    case "startAt":
      if (draft.kind === "service")
        append(
          draft.startAt,
          optionSettings({ section: "Timer", key: "OnCalendar", as: "lines" }, entry, undefined, patience),
        );
      return;
  }
  const option = nixOption(draft.kind, name);
  if (option && rest.length === 0) append(draft.settings, optionSettings(option, entry, draft.name.name, patience));
}

/** What is set in a section that is named as systemd names its settings. */
function inSection(
  draft: UnitDraft,
  section: SectionName,
  { place, path, binding }: Contribution,
  patience: Patience,
): void {
  const [attribute] = path;
  if (attribute) {
    if (attribute.name === undefined) draft.open = true;
    else if (path.length === 1) append(draft.settings, settingsOf(section, { attribute, binding, place }, patience));
    return;
  }
  for (const { entry, node, conditional } of entriesIn(place, patience)) {
    if (!node) draft.open = true;
    else if (entry) inSection(draft, section, entry, patience);
    else {
      addSet(draft, section, node, conditional);
      for (const it of node.inherited) {
        if (it.name === undefined) draft.open = true;
        else
          draft.settings.push({ section, key: it.name, keySpan: it, own: true, parts: undefined, conditional: false });
      }
    }
  }
}

function addSet({ sets }: UnitDraft, section: string, node: NixSet, conditional: boolean): void {
  const { start, end, bindings, closed } = node;
  const entries = bindings.map((it) => ({
    start: it.start,
    end: it.end,
    names: it.path,
    value: it.value && plainSpan(it.value),
  }));
  sets.set(section, [...(sets.get(section) ?? []), { start, end, entries, closed, conditional }]);
}

/** A set of a value, first as a whole and then each of its bindings; without a node what nobody can look into. */
interface Found {
  readonly node: NixSet | undefined;
  readonly entry?: Contribution;
  readonly conditional: boolean;
}

function* entriesIn(place: NixPlace, patience: Patience): Generator<Found> {
  for (const it of valuesIn(place, patience)) {
    const { node, conditional } = it;
    if (node.kind !== "set") {
      if (node.kind !== "missing") yield { node: undefined, conditional };
      continue;
    }
    yield { node, conditional };
    for (const binding of node.bindings) {
      const { path, value } = binding;
      // What is being typed has no value yet, and says nothing.
      if (value) yield { node, conditional, entry: { place: { ...it, node: value }, path, binding } };
    }
  }
}

/** An option whose value stands elsewhere. */
function inherited(draft: UnitDraft, attribute: NixAttribute): void {
  const { name } = attribute;
  const option = name === undefined ? undefined : nixOption(draft.kind, name);
  if (name === undefined || Object.hasOwn(SECTION_SETS, name) || name === "environment") draft.open = true;
  if (option) draft.settings.push({ ...option, keySpan: attribute, own: false, parts: undefined, conditional: false });
}

function ofEnvironment(
  draft: UnitDraft,
  { place, path, binding }: Contribution,
  key: NixAttribute,
  patience: Patience,
): void {
  const [attribute] = path;
  if (attribute) {
    append(draft.settings, variableSetting({ attribute, binding, place }, patience));
    return;
  }
  for (const { entry, node, conditional } of entriesIn(place, patience)) {
    if (node && entry) ofEnvironment(draft, entry, key, patience);
    else if (!node || node.inherited.length > 0)
      draft.settings.push({
        section: "Service",
        key: "Environment",
        keySpan: key,
        own: false,
        parts: undefined,
        conditional,
      });
  }
}

/** Confinement sets what NixOS's module does; where it may be on or off, nobody knows which. */
function ofConfinement(draft: UnitDraft, { place, path }: Contribution, key: NixAttribute, patience: Patience): void {
  const [attribute] = path;
  if (!attribute) {
    for (const { entry, node } of entriesIn(place, patience)) {
      if (!node) draft.open = true;
      else if (entry) ofConfinement(draft, entry, key, patience);
    }
    return;
  }
  const values = valuesIn(place, patience);
  const given = (name: string, text: string | undefined): HostedSetting => ({
    section: "Service",
    key: name,
    keySpan: key,
    own: false,
    parts: text === undefined ? undefined : [{ text, source: plainSpan(key), exact: false, certain: true }],
    conditional: false,
    given: true,
  });
  if (attribute.name === "enable" && !values.every((it) => isWord(it, "false"))) {
    const known = values.every((it) => isWord(it, "true") && !it.conditional);
    for (const [name, text] of CONFINEMENT) draft.settings.unshift(given(name, known ? text : undefined));
    for (const name of CONFINEMENT_APIVFS) draft.settings.unshift(given(name, known ? "true" : undefined));
  }
  if (attribute.name === "mode") {
    const text =
      values[0] &&
      nixParts(values[0], patience)
        ?.map((it) => it.text)
        .join("");
    if (text === "full-apivfs") return;
    for (const name of CONFINEMENT_APIVFS) draft.settings.push(given(name, text === undefined ? undefined : "false"));
  }
}

const isWord = ({ node }: NixPlace, word: string): boolean => node.kind === "name" && node.path.join(".") === word;

/** The name of a mount that stands in a list, which is that of its path. */
export function nameOfMount({ node, ...place }: NixPlace, patience: Patience): string | undefined {
  if (node.kind !== "set") return undefined;
  const where = node.bindings.find((it) => it.path.length === 1 && it.path[0]?.name === "where")?.value;
  const parts = where && nixParts({ ...place, node: where }, patience);
  if (!parts?.every((it) => it.certain)) return undefined;
  return escapePath(parts.map((it) => it.text).join(""));
}
