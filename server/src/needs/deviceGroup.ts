import type { Facts } from "../service/facts.ts";
import { DEVICE_GROUPS } from "../service/hardware.ts";
import { memo } from "../units/memo.ts";
import { programReading } from "./programReading.ts";
import { fileUsersOf, usersOf } from "./userPlaces.ts";

/** A group that opens hardware, to which the machine or the package adds the user of a service: nobody does that for nothing. */
export const deviceGroup: (facts: Facts) => string | undefined = memo((facts: Facts) => {
  const packaged = facts.dynamic ? undefined : programReading(facts)?.packaged;
  const users = usersOf(facts, packaged);
  const given = packaged?.flatMap((it) => (it.kind === "member" && users.includes(it.owner ?? "") ? it.value : []));
  const { files } = facts.unit.defaults ?? {};
  const known = files ? fileUsersOf(facts, packaged, files).flatMap((it) => it.groups) : [];
  return [...(given ?? []), ...known].find((it) => DEVICE_GROUPS.test(it));
});
