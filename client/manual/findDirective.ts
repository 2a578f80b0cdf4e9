import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { ManualPlace } from "../../server/src/manual/place.ts";
import { MANUAL_INDEX_REQUEST, type ManualIndex } from "../../server/src/server/protocol.ts";

interface NameItem extends QuickPickItem {
  readonly place?: ManualPlace;
}

/** Lets the reader choose one of all names of systemd.directives(7) and opens what the manual says of it. */
export async function findDirective(
  client: BaseLanguageClient,
  open: (place: ManualPlace) => Promise<void>,
): Promise<void> {
  const pick = window.createQuickPick<NameItem>();
  pick.placeholder = "A directive, option, variable or specifier of systemd";
  pick.matchOnDescription = true;
  pick.busy = true;
  pick.onDidHide(() => pick.dispose());
  pick.onDidAccept(() => {
    const place = pick.selectedItems[0]?.place;
    pick.hide();
    if (place) void open(place);
  });
  pick.show();
  const index = await client.sendRequest<ManualIndex | null>(MANUAL_INDEX_REQUEST);
  if (!index) {
    pick.hide();
    void window.showWarningMessage("systemd's manual pages are neither on this machine nor in this package.");
    return;
  }
  pick.title = `The manual of systemd ${index.version}${index.origin === "installed" ? " on this machine" : ", bundled"}`;
  pick.items = itemsOf(index);
  pick.busy = false;
}

function itemsOf({ pages }: ManualIndex): NameItem[] {
  return pages.flatMap(({ page, section, here, rows }): NameItem[] => {
    const title = `${page}(${section})`;
    const items = rows.map(({ name, heading, since, anchor }): NameItem => {
      const facts = [
        title,
        heading,
        since === undefined ? undefined : `since ${since}`,
        here ? undefined : "on the web",
      ];
      return {
        label: name,
        description: facts.filter((it) => it !== undefined).join(" · "),
        place: { page, section, ...(anchor === undefined ? { find: name } : { anchor }) },
      };
    });
    return [{ label: title, kind: QuickPickItemKind.Separator }, ...items];
  });
}
