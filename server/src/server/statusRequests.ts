import { releaseOf } from "../facts/version.ts";
import { lookAlikeText } from "../families/lookAlikes.ts";
import { type ExposureLevel, exposedUnit, exposureLevel, unitStatus } from "../features/unitStatus.ts";
import { append } from "../text/append.ts";
import { LEVELS_REQUEST, type NoUnitStatus, type ShownStatus, STATUS_REQUEST, UNIT_OF_REQUEST } from "./protocol.ts";
import type { Session } from "./session.ts";
import { isLocal, pathOfUri, uriOfPath } from "./uris.ts";

/** How many services are read at a time. */
const BATCH = 32;

/** Answers what an editor shows all the time: the state of the document, and levels next to the names of files. */
export function answerStatusRequests(session: Session): void {
  const { connection, judging, units } = session;
  const { run } = session.guard;
  const versionOf = (uri: string): ShownStatus["systemd"] => {
    const version = releaseOf(session.target(uri));
    const { systemdVersion, targets } = session.settingsFor(uri);
    const [target] = targets;
    const name = target && target.name !== String(version) ? { name: target.name } : {};
    if (systemdVersion !== "auto") return { version, from: "setting", ...name };
    const own = isLocal(uri) ? session.installed : undefined;
    return own === undefined ? { version, from: "newest" } : { version, from: "machine", installed: releaseOf(own) };
  };
  const statusOf = async ({ uri }: { uri: string }): Promise<ShownStatus | NoUnitStatus | null> => {
    await judging.opening(uri);
    const { profile } = session.settingsFor(uri).hardening;
    const status = session.answer(uri, ({ unit }) => unitStatus(unit), undefined);
    if (status) return { ...status, profile, systemd: versionOf(uri) };
    const alike = lookAlikeText(units.lookAlike(uri) ?? "");
    return alike ? { noUnit: alike.sentence } : null;
  };
  connection.onRequest<ShownStatus | NoUnitStatus | null, void>(STATUS_REQUEST, statusOf);
  connection.onRequest(LEVELS_REQUEST, async ({ uris = [] }: { uris?: readonly string[] }) => {
    const levels: (ExposureLevel | null)[] = [];
    const levelOf = async (uri: string): Promise<ExposureLevel | null> => {
      await judging.opening(uri);
      const unit = await units.read(uri);
      return unit ? run(() => levelIn(exposedUnit(unit)), null) : null;
    };
    for (let i = 0; i < uris.length; i += BATCH)
      append(levels, await Promise.all(uris.slice(i, i + BATCH).map(levelOf)));
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
