import type { Connection } from "vscode-languageserver";
import { answerCodeActions } from "./codeActionRequests.ts";
import type { FileAccess } from "./files.ts";
import { answerHardeningRequests } from "./hardeningRequests.ts";
import { followClient } from "./lifecycle.ts";
import { answerManualRequests } from "./manualRequests.ts";
import type { LoadManual } from "./manuals.ts";
import { answerNavigation } from "./navigation.ts";
import { answerNewUnits } from "./newUnits.ts";
import { answerOverrides } from "./overrides.ts";
import { refuseMalformed } from "./params.ts";
import { answerPulls } from "./pulls.ts";
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
  answerOverrides,
  answerNewUnits,
  answerManualRequests,
  answerStatusRequests,
];

/** Serves one client, until its connection ends. The connection is made with CHECKED_MESSAGES: handlers trust their parameters. */
export function serve(connection: Connection, ownFiles: FileAccess, loadManual: LoadManual): void {
  refuseMalformed(connection);
  const session = new Session(connection, ownFiles, loadManual);
  for (const handle of HANDLERS) handle(session);
  const listening = session.documents.listen(connection);
  connection.onShutdown(() => listening.dispose());
  connection.listen();
}
