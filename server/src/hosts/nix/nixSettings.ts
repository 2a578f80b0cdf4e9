import type { SectionName } from "../../catalog/sections.ts";
import { plainSpan, type Span } from "../../text/span.ts";
import type { HostedPart, HostedPlace, HostedSetting } from "../hostedUnit.ts";
import type { nixOption } from "./nixOptions.ts";
import type { NixAttribute, NixBinding, NixNode } from "./nixTree.ts";
import { type NixPlace, type Patience, valuesIn } from "./scope.ts";
import { nixParts, STORE } from "./values.ts";

/** An attribute with its value where it stands. */
export interface NixEntry {
  readonly attribute: NixAttribute;
  readonly binding: NixBinding;
  readonly place: NixPlace;
}

/** A setting that stands as systemd names it: one line, or of a list one for each of its elements. */
export function settingsOf(section: SectionName, entry: NixEntry, patience: Patience): HostedSetting[] {
  const { attribute, place } = entry;
  const key = attribute.name;
  if (key === undefined) return [];
  const line = lineOf({ section, key, keySpan: attribute, own: true });
  return valuesIn(place, patience).flatMap((it) =>
    elementsOf(it, patience).map(({ value, list }) =>
      line(value, nixParts(value, patience), hostedPlace(entry.binding, it.node, value.node, list)),
    ),
  );
}

/** What an option of NixOS becomes. */
export function optionSettings(
  { section, key, as }: NonNullable<ReturnType<typeof nixOption>>,
  entry: NixEntry,
  unitName: string | undefined,
  patience: Patience,
): HostedSetting[] {
  const { attribute, place, binding } = entry;
  const line = lineOf({ section, key, keySpan: attribute, own: false });
  const values = valuesIn(place, patience);
  return values.flatMap((it) => {
    if (as === "script") {
      const text = nixParts(it, patience)
        ?.map((part) => part.text)
        .join("");
      if (text?.trim() === "") return [];
      const ran = text === undefined ? storeScript(`${unitName ?? "unit"}-${attribute.name}`) : shellOf(text);
      return [line(it, [{ text: ran, source: plainSpan(attribute), exact: false, certain: false }])];
    }
    const elements = elementsOf(it, patience);
    if (as !== "words" || it.node.kind !== "list")
      return elements.map(({ value, list }) =>
        line(value, nixParts(value, patience), hostedPlace(binding, it.node, value.node, list)),
      );
    return elements.length === 0
      ? []
      : [line(it, joined(it, elements, patience), hostedPlace(binding, it.node, it.node, it.node))];
  });
}

/** A program of the store, of which nothing is known. */
const storeScript = (name: string): string => `${STORE}unit-script-${name}/bin/${name}`;

/** What runs the text of a script, so that what it does is seen. */
function shellOf(text: string): string {
  const quoted = text.replace(/["\\]/g, "\\$&").replace(/[$%]/g, "$&$&").replace(/\r?\n/g, "\\n").replace(/\t/g, "\\t");
  return `/bin/sh -c "${quoted}"`;
}

/** A variable of the environment as NixOS writes it. */
export function variableSetting(entry: NixEntry, patience: Patience): HostedSetting[] {
  const { attribute, place } = entry;
  const line = lineOf({ section: "Service", key: "Environment", keySpan: attribute, own: false });
  const { name } = attribute;
  if (name === undefined) return [line(place, undefined)];
  return valuesIn(place, patience).flatMap((it) => {
    if (it.node.kind === "name" && it.node.path.join() === "null") return [];
    const made = (text: string): HostedPart => ({ text, source: plainSpan(attribute), exact: false, certain: true });
    const value = nixParts(it, patience) ?? [{ text: "x", source: plainSpan(it.node), exact: false, certain: false }];
    const parts = [
      made('"'),
      { ...made(name), exact: true },
      made("="),
      ...value.map(quoted),
      { ...made('"'), source: plainSpan(it.node) },
    ];
    return [line(it, parts)];
  });
}

/** A text as it stands between double quotes. */
function quoted(part: HostedPart): HostedPart {
  const text = part.text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t");
  return text === part.text ? part : { ...part, text, exact: false };
}

/** A list in one line, blanks between. */
function joined({ conditional }: NixPlace, elements: readonly Element[], patience: Patience): readonly HostedPart[] {
  return elements.flatMap(({ value }, i) => {
    const own = nixParts(value, patience) ?? [
      { text: "x", source: plainSpan(value.node), exact: false, certain: false },
    ];
    const sure = value.conditional && !conditional ? own.map((it) => ({ ...it, certain: false })) : own;
    const blank = {
      text: " ",
      source: { start: value.node.start, end: value.node.start },
      exact: false,
      certain: true,
    };
    return i === 0 ? sure : [blank, ...sure];
  });
}

type Named = Pick<HostedSetting, "section" | "key" | "own"> & { readonly keySpan: Span };

const lineOf =
  ({ section, key, keySpan: { start, end }, own }: Named) =>
  ({ conditional }: NixPlace, parts: readonly HostedPart[] | undefined, place?: HostedPlace): HostedSetting => ({
    section,
    key,
    keySpan: { start, end },
    own,
    parts,
    conditional,
    ...(place && { place }),
  });

/** One value, and the list that it is one of. */
interface Element {
  readonly value: NixPlace;
  readonly list: NixNode | undefined;
}

/** The elements of a list, or of lists that are put together; a value that is no list is one. */
function elementsOf(place: NixPlace, patience: Patience): Element[] {
  const { node } = place;
  if (node.kind === "list")
    return node.items.flatMap((item) =>
      valuesIn({ ...place, node: item }, patience).map((value) => ({ value, list: node })),
    );
  if (node.kind !== "operation" || node.operator !== "++") return [{ value: place, list: undefined }];
  return node.operands.flatMap((it) =>
    valuesIn({ ...place, node: it }, patience).flatMap((value) => elementsOf(value, patience)),
  );
}

const LITERALS: readonly NixNode["kind"][] = ["string", "number", "name"];

function hostedPlace(binding: NixBinding, value: NixNode, literal: NixNode, list: NixNode | undefined): HostedPlace {
  const isLiteral = LITERALS.includes(literal.kind) && (literal.kind !== "name" || literal.path.length === 1);
  return {
    binding: plainSpan(binding),
    value: plainSpan(binding.value ?? value),
    literal: isLiteral ? plainSpan(literal) : undefined,
    list: list && plainSpan(list),
  };
}
