import type { CompletionItem, CompletionList, Range } from "vscode-languageserver-types";

/** What a client takes from the list where an item does not say it. */
export interface ListDefaults {
  readonly editRange: boolean;
  readonly data: boolean;
}

/** The same list in fewer bytes: what most items repeat is said once. */
export function compactList(list: CompletionList, { editRange, data }: ListDefaults): CompletionList {
  const range = editRange ? mostCommon(list.items.map(rangeOf)) : undefined;
  const common = data ? mostCommon(list.items.map((it) => it.data as unknown)) : undefined;
  if (range === undefined && common === undefined) return list;
  return {
    ...list,
    itemDefaults: {
      ...(range === undefined ? {} : { editRange: range as Range }),
      ...(common === undefined ? {} : { data: common }),
    },
    items: list.items.map((it) => compactItem(it, range, common)),
  };
}

function compactItem(item: CompletionItem, range: unknown, common: unknown): CompletionItem {
  const { data, textEdit, ...rest } = item;
  return {
    ...rest,
    ...(same(data, common) ? {} : { data }),
    ...(textEdit && "range" in textEdit && same(textEdit.range, range)
      ? textEdit.newText === item.label
        ? {}
        : { textEditText: textEdit.newText }
      : textEdit
        ? { textEdit }
        : {}),
  };
}

const rangeOf = ({ textEdit }: CompletionItem): Range | undefined =>
  textEdit && "range" in textEdit ? textEdit.range : undefined;

const same = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));

/** The value that most items have; undefined for a list without any. */
function mostCommon<T>(values: readonly (T | undefined)[]): T | undefined {
  const counts = new Map<string, { count: number; value: T }>();
  const byIdentity = new Map<T, { count: number }>();
  for (const value of values) {
    if (value === undefined) continue;
    const known = byIdentity.get(value);
    if (known) {
      known.count++;
      continue;
    }
    const key = JSON.stringify(value);
    const entry = counts.get(key) ?? { count: 0, value };
    entry.count++;
    counts.set(key, entry);
    byIdentity.set(value, entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.value;
}
