import { countsAsUsers, isRoot, runsAsRoot, type UnitSettings } from "../settings.ts";
import { badUnless, type Check } from "./check.ts";
import { startsAsRoot } from "./rights.ts";

/** Who the service is, and what it may leave behind. */
export const IDENTITY_CHECKS = {
  user: {
    id: "UserOrDynamicUser",
    name: "User=/DynamicUser=",
    directive: "User",
    weight: 2000,
    range: 10,
    assess: userBadness,
    good: goodUser,
    bad: (settings) =>
      settings.user === "nobody"
        ? "It shares the user nobody with other services"
        : startsAsRoot(settings)
          ? "It runs as root"
          : "It runs as the user whose manager starts it, which this version of systemd counts as root",
    // Beside a static user DynamicUser= makes no user of its own.
    fix: ({ user }) => (user === "" ? "DynamicUser=yes" : undefined),
    fixForSystemOnly: true,
  },
  supplementaryGroups: {
    id: "SupplementaryGroups",
    name: "SupplementaryGroups=",
    directive: "SupplementaryGroups",
    weight: 200,
    range: 1,
    assess: (settings) => (runsAsRoot(settings) ? undefined : badUnless(settings.supplementaryGroups === 0)),
    good: "It is only in the groups of its user",
    bad: "It is in more groups than its user",
    notApplicable: (settings) =>
      startsAsRoot(settings)
        ? "Root needs no groups to access files, so these do not count"
        : "This version of systemd does not count the groups of a user service",
  },
  removeIpc: {
    id: "RemoveIPC",
    name: "RemoveIPC=",
    directive: "RemoveIPC",
    weight: 100,
    range: 1,
    assess: (settings) => {
      return countsAsUsers(settings) || runsAsRoot(settings) ? undefined : badUnless(settings.removeIpc);
    },
    good: "Shared memory, semaphores and message queues of its user are removed when it stops",
    bad: "Shared memory, semaphores and message queues of its user can outlive it",
    notApplicable: (settings) =>
      countsAsUsers(settings)
        ? "User managers do not clean up shared memory, semaphores and message queues"
        : startsAsRoot(settings)
          ? "Shared memory of root is never removed, so this does not count"
          : "This version of systemd does not count shared memory of user services",
    fix: "RemoveIPC=yes",
    fixForSystemOnly: true,
  },
} as const satisfies Record<string, Check>;

/** Follows assess_user(), systemd 257 to 262. */
function userBadness(settings: UnitSettings): number {
  const { user } = settings;
  if (user === "nobody") return 9;
  if (!isRoot(user) && (settings.dynamicUser || user !== "")) return 0;
  return countsAsUsers(settings) ? 0 : 10;
}

function goodUser({ dynamicUser, user }: UnitSettings): string {
  if (dynamicUser) return "It runs as its own user that exists only while it runs";
  return user === "" || isRoot(user)
    ? "It runs as the user whose manager starts it"
    : "It runs as a fixed user, not as root";
}
