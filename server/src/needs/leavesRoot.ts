import type { Facts } from "../service/facts.ts";
import { programReading } from "./programReading.ts";

/** Whether own code of a service that starts as root calls what makes it another user, from whom the kernel does hide processes. */
export const leavesRoot = (facts: Facts): boolean =>
  facts.privileged &&
  (programReading(facts)?.files.some(
    ({ own, signs }) => own && signs.some((it) => it.sign === "setuid" && TO_ANOTHER.test(it.what)),
  ) ??
    false);

/** Calls that change the user, not its groups alone, in any language. */
const TO_ANOTHER = /(?:^|\W)set(?:e|re|res)?uid$/;
