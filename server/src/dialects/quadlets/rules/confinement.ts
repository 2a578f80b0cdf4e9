import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule } from "../../../findings/rule.ts";
import { GIVEN_AWAY } from "./confinement/givenAway.ts";
import { secretVariable } from "./confinement/secretVariable.ts";
import { QUADLET_SERVICE_RULES } from "./confinement/serviceRules.ts";
import { SHARED_WITH_HOST } from "./confinement/sharedWithHost.ts";

/** How well a container is confined, and which lines of [Service] get in podman's way; on the quadlet with its drop-ins. */
export const QUADLET_CONFINEMENT_RULES: readonly Rule[] = [
  ...alsoInDropIns([...GIVEN_AWAY, ...SHARED_WITH_HOST, secretVariable]),
  ...QUADLET_SERVICE_RULES,
];
