import { alsoInDropIns } from "../../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../../findings/rule.ts";
import type { RuleCode } from "../../../../findings/ruleTexts.ts";
import { trapFixes } from "../../../../findings/trapFixes.ts";
import { serviceTraps, type TrappedLine } from "../../../../service/containers/serviceTraps.ts";
import type { TrapEffect } from "../../../../service/containers/trap.ts";
import { isOwn } from "../../../../service/linePlaces.ts";

/** A rule about all lines with one effect. */
const about = (effect: TrapEffect, code: RuleCode, message: (line: TrappedLine) => string): Rule => ({
  code,
  *check(unit): Iterable<Found> {
    for (const line of serviceTraps(unit)) {
      const { trap, node } = line;
      if (trap.effect !== effect || !isOwn(unit, node)) continue;
      yield {
        ...node.valueSpan,
        ...(node.text === "" ? node.keySpan : {}),
        severity: "warning",
        message: message(line),
        directive: trap.directive,
        fixes: trapFixes(unit, line),
      };
    }
  },
});

const written = ({ node }: TrappedLine): string => `${node.key}=${node.text}`;

const deadPort = about(
  "dead-port",
  "quadlet/dead-port",
  (line) =>
    `${written(line)} leaves the published port dead after the first restart: in its own mount namespace podman cannot remove the old forwarding rules`,
);

const noPort = about(
  "no-port",
  "quadlet/no-port",
  (line) => `${written(line)} makes the container unreachable: podman publishes its ports in the network of the host`,
);

const noStart = about(
  "no-start",
  "quadlet/service-sandbox",
  ({ trap, node }) =>
    `${node.key}=${node.text} breaks the start of the container${trap.seen ? `: podman fails with "${trap.seen.message}"` : ""}`,
);

const boot = about(
  "boot",
  "quadlet/fails-at-boot",
  ({ trap, node }) =>
    `${node.key}=${node.text} breaks the first start after a boot: podman fails with "${trap.seen?.message}"`,
);

/** Lines of [Service] that break podman or its published ports; on the quadlet with its drop-ins. */
export const QUADLET_SERVICE_RULES: readonly Rule[] = alsoInDropIns([deadPort, noPort, noStart, boot]);
