import { PODMAN_CAPABILITIES } from "../../../service/containers/payloadCapabilities.ts";
import type { PayloadWorld } from "../../../service/containers/payloadWorld.ts";
import type { PayloadAnswer, PayloadVerdict } from "../../payloadAnswer.ts";

/** Who the program in a container is, and what that gives it. */
export function identityAnswers(world: PayloadWorld): readonly PayloadAnswer[] {
  return [user(world), userNamespace(world), capabilities(world), noNewPrivileges(world)];
}

function user({ user, userNamespace, rootless }: PayloadWorld): PayloadAnswer {
  const fixed = {
    id: "user",
    question: "Which user is it?",
    keys: ["User", "UserNS"],
    because: user ? [user.option] : [],
  };
  const root = rootless
    ? "root in the container is the user that runs podman"
    : userNamespace.kind === "host"
      ? "root in the container is root of the host"
      : "root in the container is nobody on the host";
  if (!user)
    return { ...fixed, verdict: "unknown", answer: `the user that the image names, root where it names none; ${root}` };
  if (!user.isRoot) return { ...fixed, verdict: "good", answer: `user ${user.name} of the container` };
  const verdict: PayloadVerdict = rootless || userNamespace.kind !== "host" ? "weak" : "bad";
  return { ...fixed, verdict, answer: `root; ${root}` };
}

function userNamespace({ userNamespace, rootless }: PayloadWorld): PayloadAnswer {
  const { kind, mode, option } = userNamespace;
  const fixed = {
    id: "user-namespace",
    question: "Are its users others than the host's?",
    keys: ["UserNS"],
    because: option ? [option] : [],
  };
  if (kind === "host")
    return { ...fixed, verdict: "weak", answer: "no: user 0 in the container is user 0 of the host" };
  if (kind === "pod") return { ...fixed, verdict: "unknown", answer: "the pod decides" };
  if (kind === "joined") return { ...fixed, verdict: "unknown", answer: `that of another ${mode}` };
  const by = mode === "" || mode === "host" ? "" : ` (${mode})`;
  const answer = rootless
    ? `yes${by}: all are those that are left to the user who runs podman`
    : `yes${by}: root of the container is an ordinary user of the host`;
  return { ...fixed, verdict: "good", answer };
}

/** With one of these a program leads its container, if not the host. */
const RULING: ReadonlySet<string> = new Set([
  "BPF",
  "DAC_READ_SEARCH",
  "MAC_ADMIN",
  "MAC_OVERRIDE",
  "PERFMON",
  "SYS_ADMIN",
  "SYS_BOOT",
  "SYS_MODULE",
  "SYS_PTRACE",
  "SYS_RAWIO",
  "SYS_TIME",
  "SYSLOG",
]);

/** Whether a capability gives a program in a container a way to the host. */
export const isRulingCapability = (name: string): boolean => RULING.has(name);

const DEFAULT = PODMAN_CAPABILITIES.toSorted().join();
const MAX_NAMED = 6;

function capabilities({ capabilities, privileged, user, noNewPrivileges }: PayloadWorld): PayloadAnswer {
  const { bounding: limit, because } = capabilities;
  // Another user than root has only what was added by name, and the rest by set-user-ID programs alone.
  const isOther = user !== undefined && !user.isRoot && !privileged;
  const has = isOther ? limit.filter((it) => capabilities.added.includes(it)) : limit;
  const bounding = isOther && noNewPrivileges ? has : limit;
  const fixed = {
    id: "capabilities",
    question: "Which rights of root can it have?",
    keys: ["DropCapability", "AddCapability"],
    because,
  };
  const ruling = bounding.filter(isRulingCapability);
  if (privileged) return { ...fixed, verdict: "bad", answer: `all ${bounding.length} capabilities (--privileged)` };
  if (ruling.length > 0)
    return { ...fixed, verdict: "bad", answer: `${bounding.length} capabilities, ${few(ruling)} among them` };
  if (bounding.length === 0) return { ...fixed, verdict: "good", answer: "none" };
  if (isOther && has.length < bounding.length)
    return {
      ...fixed,
      verdict: "weak",
      answer: `${has.length === 0 ? "none" : few(has)} as its user; set-user-ID programs may have ${bounding.length}`,
    };
  if (bounding.toSorted().join() === DEFAULT)
    return { ...fixed, verdict: "weak", answer: `podman's usual ${bounding.length} capabilities` };
  const dropsAll = bounding.every((it) => capabilities.added.includes(it));
  return { ...fixed, verdict: dropsAll ? "good" : "weak", answer: few(bounding) };
}

function few(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  return more > 1 ? `${names.slice(0, MAX_NAMED).join(", ")} and ${more} more` : names.join(", ");
}

function noNewPrivileges({ noNewPrivileges }: PayloadWorld): PayloadAnswer {
  const fixed = {
    id: "no-new-privileges",
    question: "Can it gain rights by a set-user-ID program?",
    keys: ["NoNewPrivileges"],
    because: noNewPrivileges ? [noNewPrivileges] : [],
  };
  return noNewPrivileges
    ? { ...fixed, verdict: "good", answer: "no" }
    : { ...fixed, verdict: "weak", answer: "yes, as far as its capabilities go" };
}
