import type { Grammar } from "../grammar.ts";
import { EXEC_LINES } from "./exec.ts";
import { CREDENTIALS } from "./names/credentials.ts";
import { DOCUMENTATION } from "./names/documentation.ts";
import { ENVIRONMENT } from "./names/environment.ts";
import { IDENTITY } from "./names/identity.ts";
import { LOGGING } from "./names/logging.ts";
import { SERVICE_NAMES } from "./names/service.ts";
import { SIGNAL_GRAMMARS } from "./names/signals.ts";
import { TEXTS } from "./names/texts.ts";

/** Names and texts: command lines, users, variables, credentials, signals, descriptors, labels. */
export const NAMES = {
  ...EXEC_LINES,
  ...TEXTS,
  ...DOCUMENTATION,
  ...IDENTITY,
  ...ENVIRONMENT,
  ...CREDENTIALS,
  ...LOGGING,
  ...SIGNAL_GRAMMARS,
  ...SERVICE_NAMES,
} as const satisfies Record<string, Grammar>;
