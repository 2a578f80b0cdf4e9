import type { Kind } from "../service/kinds.ts";
import type { LearnContext } from "./settings/learnContext.ts";
import { usedAs } from "./settings/learnContext.ts";
import { unseenCommands } from "./unknowns.ts";

/** Programs that run what no run of theirs shows, each with what that is. */
const KINDS: Partial<Record<Kind, string>> = {
  login: "It opens sessions, in which users run anything they like",
  display: "It starts the programs of its users, which may need anything",
  cron: "It runs jobs of others, which may need anything",
  runner: "It runs commands of other users, which may need anything",
  mail: "It delivers mail through programs and into places that users choose",
  guest: "It runs what its host asks for",
  containers: "It runs containers or virtual machines, which may need anything",
  packages: "It changes any file and runs scripts of packages",
  admin: "It administers the system and may change anything",
};

/** How many users a service may become before it counts as one that works for others. */
const MAX_USERS = 2;

/**
 * Why nothing is derived from a run at all, in one sentence: what the service does for others while nobody watches would
 * inherit its sandbox, and of what never ran nothing is known.
 */
export function wholeRefusal({ facts, needs, paths, asRoot, unit }: LearnContext): string | undefined {
  if (unit.path.kind !== "service") return "Only services are learnt";
  for (const kind of facts.kinds) {
    const reason = KINDS[kind];
    if (reason !== undefined) return `${reason}; a run of the service cannot show it`;
  }
  if (needs.logs && unseenCommands({ facts, needs }).includes("ExecStart"))
    return "Nothing of ExecStart= was observed: a condition of the unit may not hold, or a socket that starts it was missing";
  if (!asRoot) return undefined;
  const users = Object.entries(needs.users).filter(([uid]) => uid !== "0");
  if (users.length > MAX_USERS)
    return "It becomes several users and works for them; a run cannot show all that they ask for";
  const sessions = paths.find(([path, need]) => PAM.test(path) && usedAs(need, ["map"]).length > 0);
  if (sessions && (users.length > 1 || users.some(([uid]) => isPerson(Number(uid)))))
    return "It opens sessions of users with PAM; a run cannot show what they do";
  const shell = Object.entries(needs.programs).find(([path]) => SESSION.test(path));
  return shell && `It runs ${shell[0]}, which opens sessions of users`;
}

/** Whether an account is that of a person, as systemd and most distributions number them. */
const isPerson = (uid: number): boolean => uid >= 1000 && uid < 60_000;

const PAM = /\/security\/pam_\w+\.so$/;
const SESSION = /\/(?:login|agetty|sshd-session|su-l|systemd-run0)$/;
