import { commands, type ExtensionContext, env, l10n, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type ManualPlace, OPEN_MANUAL } from "../../server/src/manual/place.ts";
import { MANUAL_PAGE_REQUEST, type ManualAnswer } from "../../server/src/server/protocol.ts";
import { tell } from "../saying.ts";
import { findDirective } from "./findDirective.ts";
import { manualPanel } from "./panel.ts";

/** Adds the commands that look names up in systemd's manual and open its pages. */
export function registerManual(context: ExtensionContext, client: BaseLanguageClient): void {
  const ask = (place: ManualPlace): Promise<ManualAnswer | null> =>
    client.sendRequest<ManualAnswer | null>(MANUAL_PAGE_REQUEST, { page: place.page, section: place.section });
  const open = async (place: ManualPlace): Promise<void> => {
    const answer = await ask(place);
    if (answer?.kind === "page") panel.go(place, answer);
    else if (answer) await env.openExternal(Uri.parse(answer.url));
    else await offerSearch(place);
  };
  const panel = manualPanel(context, { client, ask, open, missing });
  context.subscriptions.push(
    commands.registerCommand(OPEN_MANUAL, async (sent: unknown) => {
      const place = manualPlaceIn(sent);
      if (place) await open(place);
    }),
    commands.registerCommand("unitWarden.findDirective", () => findDirective(client, open)),
    commands.registerCommand("unitWarden.manualBack", () => panel.step(-1)),
    commands.registerCommand("unitWarden.manualForward", () => panel.step(1)),
  );
}

const missing = ({ page, section }: ManualPlace): string =>
  l10n.t("{0} is not among systemd's manual pages.", section === "" ? page : `${page}(${section})`);

/** Other programs' pages are on the web, if anywhere. */
async function offerSearch(place: ManualPlace): Promise<void> {
  const { page, section } = place;
  const look = l10n.t("Look it up at manpages.debian.org");
  const chosen = await tell(missing(place), look);
  const path = [page, section].filter((it) => it !== "").map(encodeURIComponent);
  if (chosen === look) await env.openExternal(Uri.parse(`https://manpages.debian.org/${path.join(".")}`));
}

/** A place as links carry it, of any origin. */
function manualPlaceIn(sent: unknown): ManualPlace | undefined {
  if (typeof sent !== "object" || sent === null) return undefined;
  const { page, section, anchor, find } = sent as Partial<Record<keyof ManualPlace, unknown>>;
  if (typeof page !== "string" || typeof section !== "string") return undefined;
  return {
    page,
    section,
    ...(typeof anchor === "string" ? { anchor } : {}),
    ...(typeof find === "string" ? { find } : {}),
  };
}
