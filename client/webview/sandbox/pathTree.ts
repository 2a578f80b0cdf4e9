import type { SandboxPath } from "../../../server/src/features/sandbox.ts";
import {
  isBelowPath,
  isRoots,
  type PathBranch,
  pathBranches,
  stateWords,
} from "../../../server/src/features/sandboxTree.ts";
import type { UsedAs } from "../../../server/src/features/usedPlaces.ts";
import type { SandboxView } from "../../../server/src/server/protocol.ts";
import { element } from "../dom.ts";
import { t } from "../texts.ts";
import type { Choose, SandboxChoice } from "./choice.ts";
import { type Send, settingLink } from "./setting.ts";

/** The file system as a tree: arrows move and open, Enter goes to the line of the setting. */
export function pathTree(view: SandboxView, choice: SandboxChoice, choose: Choose, send: Send): HTMLElement {
  const shown = view.paths.filter((it) => choice.all || !it.minor);
  const at = shown.some((it) => it.path === choice.at) ? choice.at : "/";
  const rows: Row[] = [];
  const draw = (branch: PathBranch, level: number): HTMLElement => {
    const { it, branches } = branch;
    const closed = choice.closed.includes(it.path);
    const row = rowOf(branch, closed, view, send);
    const item = element(
      "li",
      {
        role: "treeitem",
        id: `path-${it.path}`,
        "aria-level": `${level}`,
        "aria-label": `${it.path}: ${it.sentence}`,
        tabindex: it.path === at ? "0" : "-1",
        ...(branches.length > 0 ? { "aria-expanded": String(!closed) } : {}),
      },
      row.element,
    );
    rows.push({ branch, item, link: row.link });
    if (branches.length > 0 && !closed)
      item.append(element("ul", { role: "group" }, ...branches.map((below) => draw(below, level + 1))));
    row.twisty?.addEventListener("click", () => toggle(choice, it.path, choose));
    return item;
  };
  const top = pathBranches(shown).map((it) => draw(it, 1));
  const tree = element(
    "ul",
    { role: "tree", class: "tree", "aria-label": t("The file system of the service") },
    ...top,
  );
  tree.addEventListener("keydown", (event) => move(event, rows, choice, choose));
  tree.addEventListener("focusin", ({ target }) => {
    const row = rows.findLast(({ item }) => target instanceof Node && item.contains(target));
    if (!row) return;
    for (const { item } of rows) item.tabIndex = item === row.item ? 0 : -1;
  });
  return tree;
}

interface Row {
  readonly branch: PathBranch;
  readonly item: HTMLElement;
  readonly link: HTMLElement | undefined;
}

function rowOf(
  { it, name, branches }: PathBranch,
  closed: boolean,
  view: SandboxView,
  send: Send,
): { element: HTMLElement; link: HTMLElement | undefined; twisty: HTMLElement | undefined } {
  const twisty =
    branches.length > 0 ? element("span", { class: "twisty", "aria-hidden": "true" }, closed ? "▸" : "▾") : undefined;
  const link = it.setting && settingLink(it.setting, view, send, "passes");
  const noexec = it.noexec && settingLink(it.noexec, view, send, "passes");
  const row = element(
    "div",
    { class: `row ${it.was === undefined ? "" : "changed"}`, title: it.sentence },
    element(
      "span",
      { class: "name" },
      twisty ?? element("span", { class: "twisty" }, "\u00a0"),
      element(
        "span",
        {},
        name,
        it.real === undefined ? undefined : element("span", { class: "more" }, ` → ${it.real}`),
      ),
    ),
    element("span", { class: "states" }, chip(it), ...details(it)),
    element("span", { class: "by" }, link, noexec),
  );
  return { element: row, link: link ?? noexec, twisty };
}

function chip(it: SandboxPath): HTMLElement {
  const look = isRoots(it) ? "roots" : `${it.state}${it.owner === "unknown" ? " unsure" : ""}`;
  return element("span", { class: `state ${look}` }, stateWords(it).state);
}

/** What a run did with a path. */
export const USED: Readonly<Record<UsedAs, { readonly mark: string; readonly label: string }>> = {
  read: { mark: "○", label: t("read") },
  written: { mark: "●", label: t("written") },
  executed: { mark: "▸", label: t("executed") },
};

function details(it: SandboxPath): HTMLElement[] {
  const { state, from, was, used = [] } = it;
  const message = (text: string, kind = "more"): HTMLElement => element("span", { class: kind }, text);
  return [
    ...stateWords(it).more.map((word) => message(word)),
    ...(from === undefined ? [] : [message(t("from {0}", from))]),
    ...used.map((use) => message(`${USED[use].mark} ${USED[use].label}`, `used ${use}`)),
    ...(was === undefined ? [] : [message(was === state ? t("changed") : t("was {0}", was), "was")]),
  ];
}

function toggle({ closed }: SandboxChoice, path: string, choose: Choose): void {
  choose({ closed: closed.includes(path) ? closed.filter((it) => it !== path) : [...closed, path], at: path });
}

/** The keys of a tree, after the ARIA Authoring Practices. */
function move(event: KeyboardEvent, rows: readonly Row[], choice: SandboxChoice, choose: Choose): void {
  const at = rows.findIndex(({ item }) => item.tabIndex === 0);
  const row = rows[at];
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const { it, branches } = row.branch;
  const closed = choice.closed.includes(it.path);
  const go = (to: Row | undefined): void => to?.item.focus();
  switch (event.key) {
    case "ArrowDown":
      go(rows[at + 1]);
      break;
    case "ArrowUp":
      go(rows[at - 1]);
      break;
    case "Home":
      go(rows[0]);
      break;
    case "End":
      go(rows.at(-1));
      break;
    case "ArrowRight":
      if (branches.length === 0) break;
      if (closed) toggle(choice, it.path, choose);
      else go(rows[at + 1]);
      break;
    case "ArrowLeft":
      if (branches.length > 0 && !closed) toggle(choice, it.path, choose);
      else go(rows.findLast((above, i) => i < at && isBelowPath(it.path, above.branch.it.path)));
      break;
    case "Enter":
      row.link?.click();
      break;
    default:
      return;
  }
  event.preventDefault();
}
