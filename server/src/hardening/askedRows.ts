import { type HardeningDirective, type Profile, type Row, rowsOf } from "./profiles.ts";

/** Rows of the last profile that strict has where a run of this very service proved them, or its owner states what decides. */
const WHERE_PROVEN = rowsOf("isolated").filter((it) =>
  ["PrivateUsers", "ProcSubset", "IPAddressDeny", "SocketBindDeny"].includes(it.directive),
);

/** Rows of which the profile `basic` takes the gentle value that nearly all services bear or that the program shows, and no other. */
const USUAL_IN_BASIC: ReadonlySet<HardeningDirective> = new Set(["SystemCallFilter", "CapabilityBoundingSet"]);

/** Whether a profile asks for the value of a row, not only for a gentler one. */
export const isAskedBy = (profile: Profile, { directive }: Row): boolean =>
  profile !== "basic" || !USUAL_IN_BASIC.has(directive);

/** The rows of a profile, with those that it has under a condition. */
export const askedRows = (profile: Profile): readonly Row[] => ASKED[profile];

const ASKED: Readonly<Record<Profile, readonly Row[]>> = {
  off: [],
  basic: [...rowsOf("basic"), ...rowsOf("strict").filter((it) => USUAL_IN_BASIC.has(it.directive))],
  strict: [...rowsOf("strict"), ...WHERE_PROVEN],
  isolated: rowsOf("isolated"),
};
