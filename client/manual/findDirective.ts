import { l10n, type QuickPick, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { ManualPlace } from "../../server/src/manual/place.ts";
import { MANUAL_INDEX_REQUEST, type ManualIndex } from "../../server/src/server/protocol.ts";
import { readable, tellWarning } from "../saying.ts";
import { type ListedName, listedNames, type NameKind, rankNames } from "./rankNames.ts";

interface NameItem extends QuickPickItem {
  readonly name?: ListedName;
}

/** More names are not listed for what is typed. */
const MAX_LISTED_NAMES = 200;

/** Lets the reader choose one of all names of systemd.directives(7) and opens what the manual says of it. */
export async function findDirective(
  client: BaseLanguageClient,
  open: (place: ManualPlace) => Promise<void>,
): Promise<void> {
  const pick = inOurOrder(window.createQuickPick<NameItem>());
  let names: readonly ListedName[] = [];
  const list = (): void => {
    const typed = pick.value.trim();
    const found = typed === "" ? byPage(names) : rankNames(names, pick.value).slice(0, MAX_LISTED_NAMES).map(itemOf);
    const nothing =
      names.length === 0
        ? l10n.t("The index of the manual is being read…")
        : l10n.t('The manual has no entry "{0}".', typed);
    pick.items = found.length > 0 ? found : [readable({ label: nothing, alwaysShow: true })];
  };
  pick.placeholder = l10n.t("A directive, option, variable or specifier of systemd");
  pick.busy = true;
  pick.onDidHide(() => pick.dispose());
  pick.onDidChangeValue(list);
  pick.onDidAccept(() => {
    const name = accepted(names, pick.value, pick.selectedItems[0]?.name);
    if (!name) return list();
    pick.hide();
    void open(manualPlaceOf(name));
  });
  list();
  pick.show();
  const index = await client.sendRequest<ManualIndex | null>(MANUAL_INDEX_REQUEST);
  if (!index) {
    pick.hide();
    void tellWarning(l10n.t("systemd's manual pages are neither on this machine nor in this package."));
    return;
  }
  pick.title =
    index.origin === "installed"
      ? l10n.t("The manual of systemd {0} on this machine", index.version)
      : l10n.t("The manual of systemd {0}, bundled", index.version);
  names = listedNames(index);
  list();
  pick.busy = false;
}

/** Keeps the order of the items where the editor lets us; elsewhere it sorts those that we found by their labels. */
function inOurOrder(pick: QuickPick<NameItem>): QuickPick<NameItem> {
  return Object.assign(pick, { sortByLabel: false });
}

/** Who types fast accepts before the list follows: then what is typed counts, not what is still marked. */
function accepted(names: readonly ListedName[], typed: string, marked: ListedName | undefined): ListedName | undefined {
  const ranked = rankNames(names, typed);
  return marked && ranked.includes(marked) ? marked : ranked[0];
}

/** All names under the titles of their pages. */
function byPage(names: readonly ListedName[]): NameItem[] {
  return names.flatMap((name, at): NameItem[] => {
    const title = titleOf(name);
    const before = names[at - 1];
    const isFirst = before === undefined || titleOf(before) !== title;
    return [...(isFirst ? [{ label: title, kind: QuickPickItemKind.Separator }] : []), itemOf(name)];
  });
}

const titleOf = ({ page, section }: ListedName): string => `${page}(${section})`;

function itemOf(name: ListedName): NameItem {
  const { row, here, kind } = name;
  const facts = [
    kindText(kind),
    titleOf(name),
    row.heading,
    row.since === undefined ? undefined : l10n.t("since {0}", row.since),
    here ? undefined : l10n.t("on the web"),
  ];
  return {
    label: row.name,
    description: facts.filter((it) => it !== undefined).join(" · "),
    alwaysShow: true,
    name,
  };
}

function manualPlaceOf({ page, section, row: { name, anchor } }: ListedName): ManualPlace {
  return { page, section, ...(anchor === undefined ? { find: name } : { anchor }) };
}

function kindText(kind: NameKind): string | undefined {
  switch (kind) {
    case "unit file":
      return l10n.t("unit file");
    case "configuration file":
      return l10n.t("other configuration");
    case "specifier":
      return l10n.t("specifier");
    case "environment variable":
      return l10n.t("environment variable");
    case "command line":
      return l10n.t("command line");
    case "kernel command line":
      return l10n.t("kernel command line");
    case "D-Bus":
      return l10n.t("D-Bus");
    case "file":
      return l10n.t("file");
    case "other":
      return undefined;
  }
}
