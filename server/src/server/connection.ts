import type { Connection } from "vscode-languageserver";
import { answerCodeActions } from "./codeActionRequests.ts";
import type { FileAccess } from "./fileAccess.ts";
import { answerHardeningRequests } from "./hardeningRequests.ts";
import type { Introduction } from "./introduction.ts";
import { answerLearnRequests } from "./learnRequests.ts";
import { followClient } from "./lifecycle.ts";
import { answerManualRequests } from "./manualRequests.ts";
import type { LoadManual } from "./manuals.ts";
import { answerNavigation } from "./navigation.ts";
import { answerNewUnits } from "./newUnits.ts";
import { answerOverrides } from "./overrides.ts";
import { answerPulls } from "./pulls.ts";
import { answerRuleRequests } from "./ruleRequests.ts";
import { Session } from "./session.ts";
import { answerStatusRequests } from "./statusRequests.ts";
import { answerTextRequests } from "./textRequests.ts";
import { answerUnitRequests } from "./unitRequests.ts";

/** All that handles messages of a client. */
const HANDLERS: readonly ((session: Session) => void)[] = [
  followClient,
  ({ judging }) => judging.follow(),
  answerTextRequests,
  answerCodeActions,
  answerNavigation,
  answerPulls,
  answerUnitRequests,
  answerHardeningRequests,
  answerLearnRequests,
  answerOverrides,
  answerNewUnits,
  answerManualRequests,
  answerRuleRequests,
  answerStatusRequests,
];

/** Follows a client that has introduced itself, until its connection ends. */
export function follow(
  connection: Connection,
  introduction: Introduction,
  files: FileAccess,
  loadManual: LoadManual,
): void {
  const session = new Session(connection, introduction, files, loadManual);
  for (const handle of HANDLERS) handle(session);
  const listening = session.documents.listen(connection);
  connection.onShutdown(() => {
    session.manuals.giveUp();
    listening.dispose();
  });
}
