import { isSecret } from "../../../hardening/suggestions/secretWords.ts";
import { engineMounts, type PayloadMount, reachOf } from "../../../service/containers/hostMounts.ts";
import { lastOption } from "../../../service/containers/lookups.ts";
import { isOnLoopback, type PayloadNetwork } from "../../../service/containers/networks.ts";
import type { PayloadWorld } from "../../../service/containers/payloadWorld.ts";
import type { PodmanOption } from "../../../service/containers/podmanOptions.ts";
import type { PayloadAnswer, PayloadVerdict } from "../../payloadAnswer.ts";

/** What a container has in common with the machine and the network. */
export function outsideAnswers(world: PayloadWorld): readonly PayloadAnswer[] {
  return [network(world), ports(world), hostPaths(world), engine(world), secrets(world), image(world)];
}

const NETWORKS: Readonly<Record<PayloadNetwork["kind"], readonly [PayloadVerdict, string]>> = {
  host: ["bad", "that of the host: every port and every local service"],
  none: ["good", "none"],
  bridge: ["weak", "a bridge of its own, and through it the network of the host"],
  "user-mode": ["weak", "one of its own, and through it the network of the host"],
  joined: ["unknown", "that of something else"],
  pod: ["unknown", "that of its pod"],
};

function network({ network: { kind, name, options } }: PayloadWorld): PayloadAnswer {
  const fixed = { id: "network", question: "Which network does it have?", because: options, keys: ["Network"] };
  // The other file decides what is behind its bridge.
  if (kind === "bridge" && name.endsWith(".network")) {
    const answer = `the bridge of ${name}, which leads to the network of the host unless that file has Internal=true`;
    return { ...fixed, verdict: "unknown", answer };
  }
  const [verdict, answer] = NETWORKS[kind];
  const named = name === "" || kind === "host" || kind === "none" ? "" : ` (${name})`;
  return { ...fixed, verdict, answer: `${answer}${named}` };
}

function ports({ network: { kind, ports, all } }: PayloadWorld): PayloadAnswer {
  const fixed = { id: "ports", question: "Who reaches its ports?", keys: ["PublishPort"] };
  const because = [...ports.map((it) => it.option), ...(all ? [all] : [])];
  if (kind === "host") return { ...fixed, verdict: "bad", answer: "everyone who reaches the host", because };
  if (kind === "none") return { ...fixed, verdict: "good", answer: "nobody", because };
  if (kind === "pod") return { ...fixed, verdict: "unknown", answer: "the pod decides", because };
  if (all) return { ...fixed, verdict: "weak", answer: "everyone: all ports of the image are published", because };
  if (ports.length === 0)
    return { ...fixed, verdict: "good", answer: "only what is in the same network, and the host", because };
  const open = ports.filter((it) => !isOnLoopback(it));
  if (open.length === 0) return { ...fixed, verdict: "good", answer: "this machine", because };
  const numbers = open.map((it) => it.host ?? `one for ${it.inside}`);
  return { ...fixed, verdict: "weak", answer: `everyone who reaches the host, at ${numbers.join(", ")}`, because };
}

const VERDICTS = { all: "bad", system: "bad", shared: "weak", own: "good" } as const;

function hostPaths({ mounts }: PayloadWorld): PayloadAnswer {
  const fixed = { id: "host-paths", question: "Which files of the host can it reach?", keys: ["Volume", "Mount"] };
  // The socket of an engine has a question of its own.
  const sockets = new Set(engineMounts(mounts));
  const paths = mounts.filter((it) => it.hostPath !== undefined && !sockets.has(it));
  if (paths.length === 0) return { ...fixed, verdict: "good", answer: "none", because: [] };
  const verdicts = paths.map(verdictOf);
  const worst = (["bad", "weak", "good"] as const).find((it) => verdicts.includes(it)) ?? "good";
  const answer = paths.map((it) => `${it.hostPath}${it.readOnly ? " (read only)" : ""}`).join(", ");
  return { ...fixed, verdict: worst, answer, because: paths.map((it) => it.option) };
}

/** To read the system's files is less than to write them; the root directory shows every secret. */
function verdictOf(mount: PayloadMount): "good" | "weak" | "bad" {
  const reach = reachOf(mount);
  return reach === "system" && mount.readOnly ? "weak" : VERDICTS[reach];
}

function engine(world: PayloadWorld): PayloadAnswer {
  const found = engineMounts(world.mounts);
  return {
    id: "engine",
    question: "Can it start other containers?",
    verdict: found.length > 0 ? "bad" : "good",
    answer: found.length > 0 ? `yes: ${found.map((it) => it.hostPath).join(", ")} is the engine's socket` : "no",
    because: found.map((it) => it.option),
    keys: ["Volume"],
  };
}

/** A variable whose value is a secret, with its name. */
export interface SecretVariable {
  readonly name: string;
  readonly option: PodmanOption;
}

/** Passwords and tokens that a quadlet writes out for its container. */
export const secretVariables = ({ options }: Pick<PayloadWorld, "options">): readonly SecretVariable[] =>
  options.flatMap((it) => {
    if (it.name !== "env") return [];
    const at = it.value.indexOf("=");
    const name = it.value.slice(0, at);
    return at > 0 && isSecret(name, it.value.slice(at + 1)) ? [{ name, option: it }] : [];
  });

function secrets(world: PayloadWorld): PayloadAnswer {
  const found = secretVariables(world);
  const kept = world.options.filter((it) => it.name === "secret");
  const fixed = { id: "secrets", question: "Does its file hold passwords?", keys: ["Secret"] };
  if (found.length > 0)
    return {
      ...fixed,
      verdict: "bad",
      answer: `yes: ${found.map((it) => it.name).join(", ")}`,
      because: found.map((it) => it.option),
    };
  return { ...fixed, verdict: "good", answer: kept.length > 0 ? "no: podman keeps them" : "no", because: kept };
}

function image({ options }: PayloadWorld): PayloadAnswer {
  const image = lastOption(options, "image");
  const fixed = {
    id: "image",
    question: "Is it always the same program?",
    keys: ["Image"],
    because: image ? [image] : [],
  };
  const name = image?.value ?? "";
  if (/@sha256:[0-9a-f]{64}$/.test(name)) return { ...fixed, verdict: "good", answer: "yes: the image has its digest" };
  if (name === "" || /\.(?:image|build)$/.test(name) || name.startsWith("localhost/"))
    return { ...fixed, verdict: "unknown", answer: name === "" ? "it has no image" : `what ${name} is then` };
  return { ...fixed, verdict: "weak", answer: "no: the tag of the image may move" };
}
