import { isEngineSocket, reachOf } from "../../service/containers/hostMounts.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { parseBoolean } from "../../values/boolean.ts";
import type { PayloadAnswer, PayloadVerdict } from "../payloadAnswer.ts";
import { keepsCapability, type NspawnMount, type NspawnWorld } from "./nspawnWorld.ts";

/** One question about the programs in a container of systemd-nspawn, with its answer and the lines that say so. */
export interface NspawnAnswer extends Omit<PayloadAnswer, "because"> {
  readonly because: readonly Assignment[];
}

/** A question with its keys, and the verdict with what is said and by which lines. */
const answer = (
  [id, question, ...keys]: readonly [string, string, ...string[]],
  verdict: PayloadVerdict,
  text: string,
  ...lines: readonly (Assignment | undefined)[]
): NspawnAnswer => ({ id, question, keys, verdict, answer: text, because: lines.filter((it) => it !== undefined) });

/**
 * What a hardened service is asked, asked of the programs in a container; systemd has no number for them. What the file leaves to
 * the command line is unknown: systemd-nspawn@.service maps users and gives a network, which one started by hand does not have.
 */
export function nspawnAnswers(world: NspawnWorld): readonly NspawnAnswer[] {
  return [
    users(world),
    capabilities(world),
    privileges(world),
    calls(world),
    ownFiles(world),
    hostFiles(world),
    KERNEL,
    PROCESSES,
    network(world),
    ports(world),
  ];
}

function users({ users }: NspawnWorld): NspawnAnswer {
  const about = ["users", "Is root of the container root of the host?", "PrivateUsers"] as const;
  switch (users?.kind) {
    case undefined:
      return answer(
        about,
        "unknown",
        "yes where it is started by hand; no with systemd-nspawn@.service, which maps users",
      );
    case "host":
      return answer(about, "bad", "yes: users have the numbers of the host", users.line);
    case "identity":
      return answer(
        about,
        "weak",
        "it owns what root of the host owns, and has its capabilities only in the container",
        users.line,
      );
    case "mapped":
      return answer(about, "good", "no: its users are others on the host", users.line);
  }
}

/** What no container has by itself, and with which it leads the host where users are not mapped. */
const RULING = [
  "CAP_BPF",
  "CAP_MAC_ADMIN",
  "CAP_MAC_OVERRIDE",
  "CAP_PERFMON",
  "CAP_SYS_MODULE",
  "CAP_SYS_RAWIO",
  "CAP_SYS_TIME",
];

function capabilities(world: NspawnWorld): NspawnAnswer {
  const about = ["capabilities", "Which capabilities has it?", "DropCapability", "Capability"] as const;
  const { added, dropped } = world;
  const lines = [...added.lines, ...dropped.lines];
  const mapped = world.users?.kind === "mapped";
  const inside = mapped ? ", in the container only" : "";
  if (dropped.all) return answer(about, "good", "none", ...lines);
  if (added.all && dropped.numbers.size === 0) return answer(about, mapped ? "weak" : "bad", `all${inside}`, ...lines);
  const ruling = RULING.filter((it) => keepsCapability(world, it) === true);
  if (ruling.length > 0)
    return answer(about, mapped ? "weak" : "bad", `${ruling.join(", ")} among others${inside}`, ...lines);
  if (keepsCapability(world, "CAP_SYS_ADMIN") === false)
    return answer(about, "good", "the usual ones without CAP_SYS_ADMIN", ...lines);
  return answer(about, mapped ? "good" : "weak", `the usual 26, CAP_SYS_ADMIN among them${inside}`, ...lines);
}

function privileges({ noNewPrivileges }: NspawnWorld): NspawnAnswer {
  const about = ["new-privileges", "Can it gain rights with set-user-ID programs?", "NoNewPrivileges"] as const;
  return noNewPrivileges?.on
    ? answer(about, "good", "no", noNewPrivileges.line)
    : answer(about, "weak", "yes, sudo and su work", noNewPrivileges?.line);
}

function calls({ calls: { allowed, denied } }: NspawnWorld): NspawnAnswer {
  const about = ["system-calls", "Which system calls has it?", "SystemCallFilter"] as const;
  const out = new Set(denied.map(({ word }) => word));
  const more = allowed.filter(({ word }) => !out.has(word));
  const lines = [...new Set([...more, ...denied].map(({ line }) => line))];
  if (more.length > 0)
    return answer(
      about,
      "weak",
      `those that systemd-nspawn allows, and ${listed(more.map((it) => it.word))}`,
      ...lines,
    );
  const less = denied.length > 0 ? ` without ${listed([...out])}` : "";
  return answer(about, "good", `those that systemd-nspawn allows${less}`, ...lines);
}

function ownFiles({ readOnly, volatile, ephemeral }: NspawnWorld): NspawnAnswer {
  const about = ["own-files", "Can it change its own files?", "ReadOnly", "Volatile", "Ephemeral"] as const;
  if (volatile && parseBoolean(volatile.text) !== false)
    return answer(about, "good", `only in memory: Volatile=${volatile.text} leaves the image as it is`, volatile);
  if (readOnly?.on) return answer(about, "good", "no: the image is read-only", readOnly.line);
  if (ephemeral?.on) return answer(about, "good", "only in a copy, which is removed at the end", ephemeral.line);
  return answer(about, "weak", "yes, and they stay", readOnly?.line);
}

function hostFiles(world: NspawnWorld): NspawnAnswer {
  const about = ["host-files", "Which files of the host does it see?", "BindReadOnly", "Bind"] as const;
  const bound = world.mounts.filter(({ hostPath }) => hostPath !== undefined);
  if (bound.length === 0) return answer(about, "good", "none");
  const verdicts = bound.map((it) => verdictOf(it, world));
  const verdict = (["bad", "weak", "good"] as const).find((it) => verdicts.includes(it)) ?? "good";
  const shown = bound.map(({ hostPath, readOnly }) => `${hostPath}${readOnly ? " (read-only)" : ""}`);
  return answer(about, verdict, listed(shown), ...bound.map(({ line }) => line));
}

function verdictOf(mount: NspawnMount, { users }: NspawnWorld): PayloadVerdict {
  const others = users?.kind === "mapped" && !mount.mapped;
  if (isEngineSocket(mount.hostPath ?? "")) return others ? "weak" : "bad";
  const reach = reachOf(mount);
  if (reach === "own") return "good";
  return mount.readOnly || others || reach === "shared" ? "weak" : "bad";
}

const KERNEL = answer(
  ["kernel", "Can it change settings of the kernel?"],
  "good",
  "no: /proc/sys and most of /sys are read-only",
);

const PROCESSES = answer(["processes", "Does it see processes of the host?"], "good", "no: it has its own");

function network({ network }: NspawnWorld): NspawnAnswer {
  const about = ["network", "Has it a network of its own?", "VirtualEthernet", "Zone", "Private"] as const;
  if (!network) return answer(about, "unknown", "no where it is started by hand; yes with systemd-nspawn@.service");
  return network.kind === "own"
    ? answer(about, "good", "yes", network.line)
    : answer(about, "weak", "no: it has all addresses of the host, 127.0.0.1 among them", network.line);
}

function ports({ network, ports: open }: NspawnWorld): NspawnAnswer {
  const about = ["ports", "What is reachable from outside?", "Port"] as const;
  if (network?.kind === "host") return answer(about, "weak", "every port that it opens", network.line);
  if (open.length === 0)
    return answer(
      about,
      network ? "good" : "unknown",
      network ? "no port of the host leads to it" : "what its network allows",
    );
  return answer(about, "weak", `${listed(open.map(({ text }) => text))} of the host`, ...open);
}

const MOST = 5;

const listed = (words: readonly string[]): string =>
  words.length > MOST ? `${words.slice(0, MOST).join(", ")} and ${words.length - MOST} more` : words.join(", ");
