import type { Connection } from "vscode-languageserver";
import { type ExposureLevel, exposedUnit, exposureLevel, unitStatus } from "../features/unitStatus.ts";
import type { Profile } from "../hardening/profiles.ts";
import type { SystemdVersion } from "../values/version.ts";
import type { UnitDocuments } from "./documents.ts";
import type { Guard } from "./guard.ts";
import { LEVELS_REQUEST, type ShownStatus, STATUS_REQUEST, UNIT_OF_REQUEST } from "./protocol.ts";
import type { Settings } from "./settings.ts";
import { isLocal, pathOfUri, uriOfPath } from "./uris.ts";

/** What the requests about the state of documents are answered from. */
export interface StatusSources {
  readonly units: UnitDocuments;
  readonly settings: () => Settings;
  readonly target: (uri: string) => SystemdVersion;
  readonly installed: () => SystemdVersion | undefined;
  /** Settles once the other files of a document that was just opened are read. */
  readonly opening: (uri: string) => Promise<void> | undefined;
  readonly guard: Guard;
}

/** How many services are read at a time. */
const BATCH = 32;

/** Answers what an editor shows all the time: the state of the document, and levels next to the names of files. */
export function answerStatusRequests(
  connection: Connection,
  { units, settings, target, installed, opening, guard: { run } }: StatusSources,
): void {
  const versionOf = (uri: string): ShownStatus["systemd"] => {
    const version = target(uri);
    if (settings().systemdVersion !== "auto") return { version, from: "setting" };
    const own = isLocal(uri) ? installed() : undefined;
    return own === undefined ? { version, from: "newest" } : { version, from: "machine", installed: own };
  };
  connection.onRequest(STATUS_REQUEST, async ({ uri }: { uri: string }): Promise<ShownStatus | null> => {
    await opening(uri);
    const view = units.view(uri);
    const status = view && run(() => unitStatus(view.unit), undefined);
    if (!status) return null;
    const profile: Profile = settings().hardening.profile;
    return { ...status, profile, systemd: versionOf(uri) };
  });
  connection.onRequest(LEVELS_REQUEST, async ({ uris = [] }: { uris?: readonly string[] }) => {
    const levels: (ExposureLevel | null)[] = [];
    const levelOf = async (uri: string): Promise<ExposureLevel | null> => {
      await opening(uri);
      const unit = await units.read(uri);
      return unit ? run(() => levelIn(exposedUnit(unit)), null) : null;
    };
    for (let i = 0; i < uris.length; i += BATCH)
      levels.push(...(await Promise.all(uris.slice(i, i + BATCH).map(levelOf))));
    return levels;
  });
  connection.onRequest(UNIT_OF_REQUEST, async ({ uri }: { uri: string }): Promise<string | null> => {
    const { fragment, masked } = (await units.gathered(uri)) ?? {};
    if (!fragment || masked) return null;
    const main = uriOfPath(fragment.path);
    const path = pathOfUri(uri);
    if (fragment.path === path) return uri;
    // A drop-in may lie where systemd does not look for those of the unit as it is installed.
    const own = await units.gathered(main);
    return own?.dropIns.some((it) => it.path === path) ? main : null;
  });
}

const levelIn = (unit: Parameters<typeof exposureLevel>[0] | undefined): ExposureLevel | null =>
  unit ? exposureLevel(unit) : null;
