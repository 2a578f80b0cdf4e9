import type { Rule } from "../../../../findings/rule.ts";
import { isRulingCapability } from "../../../../hardening/quadlets/payload/identityAnswers.ts";
import { isAllUnmasked, isRulingDevice } from "../../../../hardening/quadlets/payload/kernelAnswers.ts";
import { capabilityName } from "../../../../service/containers/payloadCapabilities.ts";
import { aboutPayload, wordOf } from "./aboutPayload.ts";

const IMAGE = "[Container]\nImage=quay.io/a/b:1\n";
const path = "x.container";

const privileged = aboutPayload(
  {
    code: "quadlet/privileged",
    title: "Privileged container",
    why: "With --privileged a container has all capabilities, all devices of the host and every system call, and loses its masks and labels; DropCapability= has no effect with it. Started by the system manager, root in the container is then root of the host. Name what the program needs instead: AddDevice=, AddCapability=.",
    bad: { path, text: `${IMAGE}PodmanArgs=--privileged\n` },
    good: { path, text: `${IMAGE}AddDevice=/dev/ttyUSB0\n` },
    silent: [{ path, text: `${IMAGE}PodmanArgs=--privileged=false\n` }],
  },
  function* ({ privileged, rootless }) {
    if (!privileged) return;
    const what = rootless ? "everything that its user may do" : "the host: all capabilities, devices and system calls";
    yield { option: privileged, severity: "warning", message: `--privileged gives the container ${what}` };
  },
);

const capability = aboutPayload(
  {
    code: "quadlet/capability",
    title: "Capability that leads out of the container",
    why: "With SYS_ADMIN, SYS_MODULE, SYS_RAWIO, DAC_READ_SEARCH and some others, or with all, a program that runs as root leaves its container or rules the kernel. In a user namespace (UserNS=auto, or a container of a user) most of them only count for what belongs to that namespace.",
    bad: { path, text: `${IMAGE}AddCapability=NET_ADMIN SYS_ADMIN\n` },
    good: { path, text: `${IMAGE}AddCapability=NET_ADMIN\n` },
    silent: [{ path, text: `${IMAGE}DropCapability=SYS_ADMIN\nAddCapability=NET_RAW\n` }],
  },
  function* ({ options, privileged, userNamespace }) {
    if (privileged) return;
    for (const it of options) {
      if (it.name !== "cap-add") continue;
      const names = it.value.split(",").map(capabilityName);
      const found = names.find((name) => name === "ALL" || isRulingCapability(name));
      if (found === undefined) continue;
      const isMapped = userNamespace.kind === "mapped";
      const what = found === "ALL" ? "every right of root" : `the capability ${found}, a way out of it`;
      yield {
        option: it,
        severity: isMapped ? "info" : "warning",
        message: `${wordOf(it)} gives the container ${what}${isMapped ? ", as far as its user namespace goes" : ""}`,
      };
    }
  },
);

const seccomp = aboutPayload(
  {
    code: "quadlet/no-seccomp",
    title: "Container without a system call filter",
    why: "Podman's seccomp profile denies the system calls with which most break-outs begin. Without it every call reaches the kernel. A profile of your own can allow the one call that is missing.",
    bad: { path, text: `${IMAGE}SeccompProfile=unconfined\n` },
    good: { path, text: `${IMAGE}SeccompProfile=/etc/containers/own.json\n` },
  },
  function* ({ seccomp: { kind, option }, privileged }) {
    if (kind !== "none" || !option || option === privileged) return;
    yield { option, severity: "warning", message: `${wordOf(option)} lets every system call of the container through` };
  },
);

const labels = aboutPayload(
  {
    code: "quadlet/no-label",
    title: "Container that SELinux or AppArmor do not confine",
    why: "Podman gives each container a label or profile of its own, so that a program that leaves its container still cannot use the files of others. Volumes that it cannot read then need :z or :Z, which relabels them, and no container without a label.",
    bad: { path, text: `${IMAGE}SecurityLabelDisable=true\n` },
    good: { path, text: `${IMAGE}Volume=/srv/data:/data:Z\n` },
    silent: [{ path, text: `${IMAGE}SecurityLabelDisable=t\n` }],
  },
  function* ({ unlabelled, privileged }) {
    if (privileged) return;
    for (const option of unlabelled)
      yield {
        option,
        severity: "info",
        message: `${wordOf(option)} takes the container out of mandatory access control`,
      };
  },
);

const unmasked = aboutPayload(
  {
    code: "quadlet/unmasked",
    title: "All masks of /proc and /sys taken away",
    why: "Podman hides the files of the kernel that show or change the host, such as /proc/kcore and /sys/firmware. Unmask=ALL shows all of them; name the one path that the program reads.",
    bad: { path, text: `${IMAGE}Unmask=ALL\n` },
    good: { path, text: `${IMAGE}Unmask=/proc/acpi\n` },
  },
  function* (world) {
    for (const option of world.unmasked)
      if (isAllUnmasked(option))
        yield {
          option,
          severity: "warning",
          message: `${wordOf(option)} shows the container the kernel's files of the host`,
        };
  },
);

const device = aboutPayload(
  {
    code: "quadlet/host-device",
    title: "Disk or memory of the host in the container",
    why: "Who can write to a disk of the host, or to its memory, is not confined by a container: the files of the host are on it.",
    bad: { path, text: `${IMAGE}AddDevice=/dev/sda\n` },
    good: { path, text: `${IMAGE}AddDevice=/dev/dri\n` },
    silent: [{ path, text: `${IMAGE}AddDevice=/dev/ttyUSB0:/dev/ttyS0\nAddDevice=/dev/kvm\n` }],
  },
  function* ({ devices, rootless }) {
    for (const option of devices) {
      const device = option.value.replace(/^-/, "").split(":")[0] ?? "";
      if (!rootless && isRulingDevice(device) && !/:r$/.test(option.value))
        yield { option, severity: "info", message: `${wordOf(option)} gives the container ${device} of the host` };
    }
  },
);

/** What takes a container's walls away. */
export const GIVEN_AWAY: readonly Rule[] = [privileged, capability, seccomp, labels, unmasked, device];
