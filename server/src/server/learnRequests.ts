import type { Learnt } from "../learn/learnt.ts";
import { LEARNT_SUFFIX, needsPath } from "../units/learntText.ts";
import type { Unit } from "../units/unit.ts";
import { LEARN_BUNDLE_REQUEST, type LearntBundle, type WholeFiles } from "./protocol.ts";
import type { Session } from "./session.ts";
import { uriOfPath } from "./uris.ts";

/** Answers what bundles say about an open service. What is derived counts as if it lay next to the unit, until a file does. */
export function answerLearnRequests(session: Session): void {
  const { connection, units, judging } = session;
  connection.onRequest<LearntBundle | null, undefined>(LEARN_BUNDLE_REQUEST, async (params: LearnBundleParams) => {
    const { uri, bundles } = params;
    const { learn } = session.files;
    const found = learn && (await serviceAt(session, uri));
    if (!learn || !found) return null;
    try {
      const { learnt, trusted } = await learn(bundles, found.unit);
      const { heldBack, learntText } = await import("../features/learntText.ts");
      const { writeLearnt } = await import("../learn/learntFile.ts");
      const { writeNeeds } = await import("../learn/needsFile.ts");
      const path = `${found.path}${LEARNT_SUFFIX}`;
      const filesOf = (it: Learnt): WholeFiles => [
        { uri: uriOfPath(needsPath(path)), text: writeNeeds(it) },
        { uri: uriOfPath(path), text: writeLearnt(it) },
      ];
      units.derived({ path, text: writeLearnt(learnt), needs: writeNeeds(learnt) });
      judging.refreshAll();
      const held = heldBack(learnt, trusted);
      return {
        ...{ files: filesOf(learnt), target: uriOfPath(path), said: learntText(found.unit, learnt, held) },
        ...(held.length > 0 && { trusted: filesOf(trusted) }),
      };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  });
}

interface LearnBundleParams {
  readonly uri: string;
  readonly bundles: readonly string[];
}

/** The service of a document with its path; undefined for any other unit, and where no unit file can be seen. */
async function serviceAt(
  { units }: Session,
  uri: string,
): Promise<{ readonly unit: Unit; readonly path: string } | undefined> {
  await units.readCompanions(uri);
  const read = await units.read(uri);
  const unit = read?.main?.unit ?? read;
  const path = (await units.gathered(uri))?.fragment?.path;
  return unit?.path.kind === "service" && unit.path.role === "unit" && path !== undefined ? { unit, path } : undefined;
}
