import { EXIT_STATUSES } from "../../facts/exitStatuses.ts";
import { holdsIn } from "../../facts/version.ts";
import { parseUnsigned } from "../../values/number.ts";
import { parseSignal } from "../../values/signal.ts";
import { type Assign, type Assignments, splitValue } from "./assign.ts";

/** Follows config_parse_set_status(), systemd 239 to 262, as far as it is asked whether there are any. */
const restartForce: Assign = (settings, value, { version }) => {
  if (value === "") settings.present.delete("RestartForceExitStatus");
  const known = splitValue(value, "plain").words.some((word) => {
    const number = parseUnsigned(word);
    if (number !== undefined) return number <= 255;
    return EXIT_STATUSES.some((it) => it.name === word && holdsIn(it, version)) || parseSignal(word) !== undefined;
  });
  if (known) settings.present.add("RestartForceExitStatus");
  return undefined;
};

/** The exit statuses of a service that decide whether it loads. */
export const STATUS_ASSIGNMENTS: Assignments = { RestartForceExitStatus: restartForce };
