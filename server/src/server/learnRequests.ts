import { LEARNT_SUFFIX, needsPath } from "../units/learntText.ts";
import type { Unit } from "../units/unit.ts";
import { LEARN_BUNDLE_REQUEST, type LearntBundle } from "./protocol.ts";
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
      const learnt = await learn(bundles, found.unit);
      const { learntText } = await import("../features/learntText.ts");
      const { writeLearnt } = await import("../learn/learntFile.ts");
      const { writeNeeds } = await import("../learn/needsFile.ts");
      const path = `${found.path}${LEARNT_SUFFIX}`;
      const [text, needs] = [writeLearnt(learnt), writeNeeds(learnt)];
      units.derived({ path, text, needs });
      judging.refreshAll();
      const files = [
        { uri: uriOfPath(needsPath(path)), text: needs },
        { uri: uriOfPath(path), text },
      ];
      return { files, target: uriOfPath(path), said: learntText(found.unit, learnt) };
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
