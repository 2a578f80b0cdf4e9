import { holdsIn, type SystemdVersion } from "../facts/version.ts";

/** Since when settings tell whether something sets them; before, they are off until then. */
const UNSET = { privateMounts: { since: 254 }, mountApiVfs: { since: 248 }, bindLogSockets: {} } as const;

/** Whether a setting follows others in a version as long as nothing sets it. */
export const canBeUnset = (field: keyof typeof UNSET, version: SystemdVersion): boolean =>
  holdsIn(UNSET[field], version);
