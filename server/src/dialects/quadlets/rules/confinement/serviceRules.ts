import { alsoInDropIns } from "../../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../../findings/rule.ts";
import { trapFixes } from "../../../../findings/trapFixes.ts";
import { serviceTraps, type TrappedLine } from "../../../../service/containers/serviceTraps.ts";
import type { TrapEffect } from "../../../../service/containers/trap.ts";
import { isOwn } from "../../../../service/linePlaces.ts";

const page = "podman-systemd.unit(5)";
const PUBLISHED = "[Container]\nImage=quay.io/a/b:1\nPublishPort=8080:80\n";
const PLAIN = "[Container]\nImage=quay.io/a/b:1\n";
const OF_USER = "/home/a/.config/containers/systemd/x.container";

/** A rule about all lines with one effect. */
const about = (
  effect: TrapEffect,
  rule: Omit<Rule, "check" | "page">,
  message: (line: TrappedLine) => string,
): Rule => ({
  ...rule,
  page,
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
  {
    code: "quadlet/dead-port",
    title: "Published port dead after a restart",
    why: 'A setting that gives podman a mount namespace of its own lets the first start succeed. When the service stops, ExecStop= runs in another mount namespace, where netavark does not find the network of the container: "netavark: setns: IO error". Its port-forwarding rules stay behind and stand before those of the next start, so that the published port leads nowhere from then on, also without the setting, until the rules are removed or the machine starts again. The setting protects nothing of the container, whose file system is its own. Seen with podman 5.4.2 and netavark 1.14; a container with the host\'s network, or none, is not affected.',
    bad: { path: "x.container", text: `${PUBLISHED}[Service]\nProtectHome=yes\n` },
    good: { path: "x.container", text: PUBLISHED },
    silent: [
      { path: "x.container", text: `${PUBLISHED}Network=host\n[Service]\nProtectHome=yes\n` },
      { path: "x.container", text: `${PLAIN}[Service]\nProtectHome=yes\n` },
      { path: "x.container", text: `${PUBLISHED}[Service]\nProtectHome=no\nNoNewPrivileges=yes\nMemoryMax=1G\n` },
    ],
  },
  (line) =>
    `${written(line)} leaves the published port dead after the first restart: in its own mount namespace podman cannot remove the old forwarding rules`,
);

const noPort = about(
  "no-port",
  {
    code: "quadlet/no-port",
    title: "Published port not reachable",
    why: "The setting cuts podman off from the network in which it publishes ports, or drops their packets. The container runs, and nobody reaches it.",
    bad: { path: "x.container", text: `${PUBLISHED}[Service]\nPrivateNetwork=yes\n` },
    good: { path: "x.container", text: PLAIN },
    silent: [
      { path: "x.container", text: `${PUBLISHED}[Service]\nIPAddressDeny=any\nIPAddressAllow=localhost\n` },
      { path: "x.container", text: `${PLAIN}Network=none\n[Service]\nPrivateNetwork=yes\n` },
    ],
  },
  (line) => `${written(line)} makes the container unreachable: podman publishes its ports in the network of the host`,
);

const noStart = about(
  "no-start",
  {
    code: "quadlet/service-sandbox",
    title: "Setting of [Service] that breaks podman",
    why: "The settings of [Service] confine podman, which needs nearly all rights to set up a container: a user namespace, mounts, device nodes, control groups, its storage. With this setting it fails. What confines the program in the container are the keys of [Container].",
    bad: { path: "x.container", text: `${PLAIN}[Service]\nPrivateDevices=yes\n` },
    good: { path: "x.container", text: PLAIN },
    silent: [
      {
        path: "x.container",
        text: `${PLAIN}[Service]\nNoNewPrivileges=yes\nRestrictRealtime=yes\nDevicePolicy=closed\n`,
      },
      { path: "x.container", text: `${PLAIN}[Service]\nSystemCallFilter=~@clock @swap\n` },
      { path: "x.container", text: `${PLAIN}Network=host\n[Service]\nProtectKernelTunables=yes\n` },
      { path: OF_USER, text: `${PLAIN}[Service]\nMemoryMax=1G\nUMask=0077\n` },
    ],
  },
  ({ trap, node }) =>
    `${node.key}=${node.text} breaks the start of the container${trap.seen ? `: podman fails with "${trap.seen.message}"` : ""}`,
);

const boot = about(
  "boot",
  {
    code: "quadlet/fails-at-boot",
    title: "Start that fails after a boot",
    why: "A user manager sets no_new_privs for this setting, under which newuidmap cannot give podman the users of its containers. As long as an earlier podman of the session left its pause process podman does not call newuidmap, so that a start by hand succeeds; after the next boot it fails.",
    bad: { path: OF_USER, text: `${PLAIN}[Service]\nNoNewPrivileges=yes\n` },
    good: { path: OF_USER, text: `${PLAIN}NoNewPrivileges=true\n[Install]\nWantedBy=default.target\n` },
    silent: [{ path: "/etc/containers/systemd/x.container", text: `${PLAIN}[Service]\nNoNewPrivileges=yes\n` }],
  },
  ({ trap, node }) =>
    `${node.key}=${node.text} breaks the first start after a boot: podman fails with "${trap.seen?.message}"`,
);

/** Lines of [Service] that break podman or its published ports; on the quadlet with its drop-ins. */
export const QUADLET_SERVICE_RULES: readonly Rule[] = alsoInDropIns([deadPort, noPort, noStart, boot]);
