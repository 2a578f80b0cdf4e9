import { lastOption } from "../../../service/containers/lookups.ts";
import type { PayloadWorld } from "../../../service/containers/payloadWorld.ts";
import type { PodmanOption, QuadletSpan } from "../../../service/containers/podmanOptions.ts";
import type { PayloadAnswer } from "../../payloadAnswer.ts";

/** What a container sees of the kernel, and how much of the machine it may use up. */
export function kernelAnswers(world: PayloadWorld): readonly PayloadAnswer[] {
  return [
    seccomp(world),
    rootFileSystem(world),
    devices(world),
    kernelPaths(world),
    namespaces(world),
    labels(world),
    limits(world),
  ];
}

const one = (option: QuadletSpan | undefined): readonly QuadletSpan[] => (option ? [option] : []);

function seccomp({ seccomp: { kind, option } }: PayloadWorld): PayloadAnswer {
  const fixed = {
    id: "seccomp",
    question: "Are its system calls filtered?",
    keys: ["SeccompProfile"],
    because: one(option),
  };
  if (kind === "none") return { ...fixed, verdict: "bad", answer: "no: every system call reaches the kernel" };
  if (kind === "own") return { ...fixed, verdict: "unknown", answer: `by ${option?.value.replace(/^seccomp=/, "")}` };
  return { ...fixed, verdict: "good", answer: "by podman's own profile" };
}

function rootFileSystem({ readOnly, options }: PayloadWorld): PayloadAnswer {
  const temporary = lastOption(options, "read-only-tmpfs");
  const fixed = {
    id: "root-file-system",
    question: "Can it write to its own root file system?",
    keys: ["ReadOnly", "Tmpfs", "Volume"],
  };
  if (!readOnly) return { ...fixed, verdict: "weak", answer: "yes, to all of it", because: [] };
  const places = temporary?.value === "false" ? "" : ", except /tmp, /var/tmp, /run and /dev/shm in memory";
  const because = temporary ? [readOnly, temporary] : [readOnly];
  return { ...fixed, verdict: "good", answer: `no${places}`, because };
}

/** Devices that are the machine's memory or its disks. */
const RULING =
  /^\/dev\/(?:mem|kmem|port|kvm-?nested|sd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|mmcblk\d|dm-\d|mapper(?:\/|$)|disk(?:\/|$)|loop|$)/;

/** Whether a device gives away the memory or the disks of the host. */
export const isRulingDevice = (path: string): boolean => RULING.test(path);

function devices({ devices, privileged, userNamespace }: PayloadWorld): PayloadAnswer {
  const fixed = { id: "devices", question: "Which devices can it use?", keys: ["AddDevice"] };
  if (privileged) return { ...fixed, verdict: "bad", answer: "all of the host (--privileged)", because: [privileged] };
  if (devices.length === 0)
    return { ...fixed, verdict: "good", answer: "the usual ones, such as /dev/null", because: [] };
  const paths = devices.map(({ value }) => value.replace(/^-/, "").split(":")[0] ?? "");
  const ruling = paths.filter(isRulingDevice);
  const verdict = ruling.length > 0 && userNamespace.kind === "host" ? "bad" : "weak";
  return { ...fixed, verdict, answer: paths.join(", "), because: devices };
}

function kernelPaths({ unmasked, privileged, mounts }: PayloadWorld): PayloadAnswer {
  const fixed = { id: "kernel-paths", question: "Are the kernel's files in /proc and /sys masked?", keys: ["Unmask"] };
  if (privileged) return { ...fixed, verdict: "bad", answer: "no (--privileged)", because: [privileged] };
  const mounted = mounts.find(({ hostPath }) => hostPath !== undefined && /^\/(?:proc|sys)(?:\/|$)/.test(hostPath));
  if (mounted && !mounted.readOnly)
    return { ...fixed, verdict: "bad", answer: `no: ${mounted.hostPath} is the host's`, because: [mounted.option] };
  if (unmasked.length === 0) return { ...fixed, verdict: "good", answer: "yes", because: [] };
  const all = unmasked.find(isAllUnmasked);
  const paths = unmasked.map(({ value }) => value.replace(/^unmask[=:]/, ""));
  return all
    ? { ...fixed, verdict: "bad", answer: "no", because: [all] }
    : { ...fixed, verdict: "weak", answer: `yes, but not ${paths.join(", ")}`, because: unmasked };
}

/** Whether an option takes all masks away. */
export const isAllUnmasked = ({ value }: PodmanOption): boolean => /^unmask[=:](?:.*:)?(?:ALL|all)(?::|$)/.test(value);

/** What a name space of the host shows. */
const SHOWS: Readonly<Record<string, string>> = {
  pid: "the processes of the host",
  ipc: "the shared memory of the host",
  uts: "the host name of the host",
  cgroupns: "the control groups of the host",
};

function namespaces({ hostNamespaces }: PayloadWorld): PayloadAnswer {
  const fixed = {
    id: "namespaces",
    question: "Does it see processes and shared memory of the host?",
    keys: [] as readonly string[],
    because: hostNamespaces,
  };
  if (hostNamespaces.length === 0) return { ...fixed, verdict: "good", answer: "no" };
  const seen = hostNamespaces.map(({ name: option }) => SHOWS[option] ?? option);
  const bad = hostNamespaces.some(({ name: option }) => option === "pid" || option === "ipc");
  return { ...fixed, verdict: bad ? "bad" : "weak", answer: seen.join(", ") };
}

function labels({ unlabelled, privileged }: PayloadWorld): PayloadAnswer {
  const fixed = {
    id: "labels",
    question: "Do SELinux or AppArmor confine it?",
    keys: ["SecurityLabelDisable", "AppArmor"],
  };
  const [off] = unlabelled;
  if (off) return { ...fixed, verdict: "bad", answer: `no: ${off.value}`, because: unlabelled };
  if (privileged) return { ...fixed, verdict: "bad", answer: "no (--privileged)", because: [privileged] };
  return { ...fixed, verdict: "unknown", answer: "by podman's label or profile, where the host has one", because: [] };
}

function limits({ limits: { memory, processes } }: PayloadWorld): PayloadAnswer {
  const fixed = {
    id: "limits",
    question: "Can it use up memory and process IDs?",
    keys: ["Memory", "PidsLimit"],
    because: [...one(memory), ...one(processes)],
  };
  const tasks = processes ? "processes are limited" : "podman's usual limit of processes holds";
  return memory
    ? { ...fixed, verdict: "good", answer: `no: memory and ${tasks}` }
    : { ...fixed, verdict: "weak", answer: `memory is not limited; ${tasks}` };
}
