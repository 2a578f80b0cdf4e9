import { type ExtensionContext, type WebviewPanel, window } from "vscode";

/** A type of views that are there again after the window was loaded again. */
export interface RestoredView<Kept extends object> {
  /** As the manifest names it in `onWebviewPanel:…`. */
  readonly viewType: string;
  /** What the page has kept of the view, where it is that; undefined gives the view up. */
  readonly read: (kept: object) => Kept | undefined;
  /** Takes the panel over; the same is put into its page again, as `data-view`. */
  readonly attach: (panel: WebviewPanel, kept: Kept) => void | Promise<void>;
}

/** Makes views again from what `pageHtml` was given and a script with `editorAround` has kept. */
export function restoreViews<Kept extends object>(
  { subscriptions }: ExtensionContext,
  { viewType, read, attach }: RestoredView<Kept>,
): void {
  const deserializeWebviewPanel = async (panel: WebviewPanel, state: unknown): Promise<void> => {
    const view = (state as { readonly view?: unknown } | null | undefined)?.view;
    const kept = typeof view === "object" && view !== null ? read(view) : undefined;
    if (kept === undefined) panel.dispose();
    else await attach(panel, kept);
  };
  subscriptions.push(window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel }));
}
