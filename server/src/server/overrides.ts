import type { CodeAction, CodeActionParams } from "vscode-languageserver";
import { folderBefore } from "../families/pathParts.ts";
import { settingsSection } from "../families/unitFiles/kinds.ts";
import { newDropIn } from "../features/newUnit/dropInText.ts";
import { isVendorFile, type OverridePlace, overridePlaces } from "../features/override.ts";
import { isOverridden, type OverrideFile, overrideActions } from "../features/overrideAction.ts";
import { spanOf } from "../features/view.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import type { GatheredUnit } from "../units/index/gather.ts";
import { parseUnitName } from "../values/unitName.ts";
import { OPEN_NEW_COMMAND, OVERRIDE_REQUEST, type OverrideChoices } from "./protocol.ts";
import type { Session } from "./session.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";

/** Actions that put settings into an override: those that replace the ones that change the file, and those next to them. */
interface ActionsInOverride {
  readonly instead: readonly CodeAction[];
  readonly others: readonly CodeAction[];
}

const NONE: ActionsInOverride = { instead: [], others: [] };

/** The actions at a place that put settings into an override, for clients that create files; they bring their edits. */
export async function overridesAt(
  { textDocument: { uri }, range }: CodeActionParams,
  session: Session,
  automatic: boolean,
): Promise<ActionsInOverride> {
  const { client, units } = session;
  const touched = client.createsFiles ? units.view(uri) : undefined;
  if (!touched || !isOverridden(touched, spanOf(touched, range), automatic)) return NONE;
  const place = usualPlace(pathOfUri(uri), await units.gathered(uri));
  if (!place) return NONE;
  const known = session.units.openAt(place.path);
  const target = known?.uri ?? uriOfPath(place.path);
  const text = await units.files.read(target);
  const { hardening, rules } = session.settingsFor(uri);
  const vendor = isVendorFile(pathOfUri(uri));
  const file: OverrideFile = { uri: target, shown: place.shown, text, version: known?.version ?? null, vendor };
  // A client with commands of its own asks for the rights that it needs outside the workspace.
  const opener = client.views && !session.isInWorkspace(place.path) ? OPEN_NEW_COMMAND : undefined;
  const wanted = { profile: hardening.profile, severities: rules, opener };
  const actions = session.answer(uri, (view) => overrideActions(view, spanOf(view, range), file, wanted), []);
  return vendor ? { instead: actions, others: [] } : { instead: [], others: actions };
}

/** The usual place of an override, where it counts: for the file that systemd reads, and where it and no other is read. */
function usualPlace(path: string, gathered: GatheredUnit | undefined): OverridePlace | undefined {
  const role = filePlaceOf(path)?.role;
  if (role?.kind !== "unit" || gathered?.masked) return undefined;
  const isRead = !gathered?.fragment || gathered.fragment.path === path || gathered.aliases.includes(role.name);
  if (!isRead) return undefined;
  const [place] = overridePlaces(path, gathered?.id ?? role.name);
  const file = place?.path.slice(folderBefore(place.path).length);
  const rival = gathered?.dropIns.some((it) => it.path !== place?.path && it.path.endsWith(`/${file}`));
  return rival ? undefined : place;
}

/** Answers where an override of a unit can go, and with what it begins. */
export function answerOverrides(session: Session): void {
  const { connection, units } = session;
  connection.onRequest(OVERRIDE_REQUEST, async ({ uri }: { uri: string }): Promise<OverrideChoices | null> => {
    const path = pathOfUri(uri);
    const gathered = await units.gathered(uri);
    const role = filePlaceOf(path)?.role;
    const name = parseUnitName(gathered?.id ?? (role?.kind === "drop-in" ? role.of : (role?.name ?? "")));
    if (!name) return null;
    const all = overridePlaces(gathered?.fragment?.path ?? unitFileOf(path), name.full);
    // Where no systemd reads /etc, it is no place for an override.
    const places = all.filter((it) => units.files.machine || !it.path.startsWith("/etc/"));
    const choices = places.map(async (it) => {
      const target = session.units.openAt(it.path)?.uri ?? uriOfPath(it.path);
      return { uri: target, shown: it.shown, exists: (await units.files.read(target)) !== undefined };
    });
    const { text } = newDropIn(name.full, name.kind);
    return { unit: name.full, section: settingsSection(name.kind), text, choices: await Promise.all(choices) };
  });
}

/** The unit file next to the folder of a drop-in, whether it is there or not. */
function unitFileOf(path: string): string {
  const place = filePlaceOf(path);
  return place?.role.kind === "drop-in" ? `${place.folder}/${place.role.of}` : path;
}
