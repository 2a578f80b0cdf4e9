import { joinTables } from "../../text/tables.ts";
import type { Grammar } from "../grammar.ts";
import { EXEC_LINES } from "./execGrammars.ts";
import { CREDENTIALS } from "./names/credentials.ts";
import { DOCUMENTATION } from "./names/documentation.ts";
import { ENVIRONMENT_GRAMMARS } from "./names/environment.ts";
import { IDENTITY_GRAMMARS } from "./names/identity.ts";
import { LOGGING_GRAMMARS } from "./names/logging.ts";
import { SERVICE_NAMES } from "./names/serviceNames.ts";
import { SIGNAL_GRAMMARS } from "./names/signals.ts";
import { TEXTS } from "./names/texts.ts";

/** Names and texts: command lines, users, variables, credentials, signals, descriptors, labels. */
export const NAMES = joinTables(
  EXEC_LINES,
  TEXTS,
  DOCUMENTATION,
  IDENTITY_GRAMMARS,
  ENVIRONMENT_GRAMMARS,
  CREDENTIALS,
  LOGGING_GRAMMARS,
  SIGNAL_GRAMMARS,
  SERVICE_NAMES,
) satisfies Record<string, Grammar>;
