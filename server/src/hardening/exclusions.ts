import type { Kind } from "../service/kinds.ts";
import type { Exclusion } from "./barred.ts";
import { HOST_KINDS } from "./tables/hostKinds.ts";
import { OTHER_KINDS } from "./tables/otherKinds.ts";
import { SERVER_KINDS } from "./tables/serverKinds.ts";

/** Kind of program × setting, with the reason. What is not barred is safe, as far as the unit shows nothing else. */
export const EXCLUSIONS: Readonly<Record<Kind, Exclusion>> = { ...HOST_KINDS, ...SERVER_KINDS, ...OTHER_KINDS };
