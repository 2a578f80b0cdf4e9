import type { LoggedCall } from "../log/call.ts";
import { fieldOf } from "../log/call.ts";
import { numberArg } from "../log/values.ts";
import { type CallReader, namedPath, type Scene, wants } from "./scene.ts";
import { touch } from "./touch.ts";

/** Calls that succeed only with a capability, whatever their arguments. */
const ALWAYS: Readonly<Record<string, string>> = {
  umount2: "CAP_SYS_ADMIN",
  umount: "CAP_SYS_ADMIN",
  move_mount: "CAP_SYS_ADMIN",
  fsopen: "CAP_SYS_ADMIN",
  fsmount: "CAP_SYS_ADMIN",
  fspick: "CAP_SYS_ADMIN",
  mount_setattr: "CAP_SYS_ADMIN",
  sethostname: "CAP_SYS_ADMIN",
  setdomainname: "CAP_SYS_ADMIN",
  swapon: "CAP_SYS_ADMIN",
  swapoff: "CAP_SYS_ADMIN",
  fanotify_init: "CAP_SYS_ADMIN",
  lookup_dcookie: "CAP_SYS_ADMIN",
  bpf: "CAP_BPF",
  perf_event_open: "CAP_PERFMON",
  settimeofday: "CAP_SYS_TIME",
  stime: "CAP_SYS_TIME",
  clock_settime: "CAP_SYS_TIME",
  clock_settime64: "CAP_SYS_TIME",
  reboot: "CAP_SYS_BOOT",
  kexec_load: "CAP_SYS_BOOT",
  kexec_file_load: "CAP_SYS_BOOT",
  init_module: "CAP_SYS_MODULE",
  finit_module: "CAP_SYS_MODULE",
  delete_module: "CAP_SYS_MODULE",
  ioperm: "CAP_SYS_RAWIO",
  iopl: "CAP_SYS_RAWIO",
  acct: "CAP_SYS_PACCT",
  vhangup: "CAP_SYS_TTY_CONFIG",
  open_by_handle_at: "CAP_DAC_READ_SEARCH",
  mlock: "CAP_IPC_LOCK",
  mlock2: "CAP_IPC_LOCK",
  mlockall: "CAP_IPC_LOCK",
  ptrace: "CAP_SYS_PTRACE",
  process_vm_readv: "CAP_SYS_PTRACE",
  process_vm_writev: "CAP_SYS_PTRACE",
  pidfd_getfd: "CAP_SYS_PTRACE",
  process_madvise: "CAP_SYS_PTRACE",
};

/** What one setting forbids as a whole. */
const MARKED: Readonly<Record<string, string>> = {
  ptrace: "ptrace",
  process_vm_readv: "ptrace",
  process_vm_writev: "ptrace",
  mlock: "lock",
  mlock2: "lock",
  mlockall: "lock",
  shmget: "ipc",
  msgget: "ipc",
  semget: "ipc",
  mq_open: "ipc",
};

const always =
  (name: string): CallReader =>
  (call, scene) => {
    if (call.result.error !== undefined) return;
    const mark = MARKED[name];
    if (mark !== undefined) scene.notes.count("marks", mark);
    const capability = ALWAYS[name];
    if (capability !== undefined) wants(scene, capability, `${name}()`);
  };

function mount(call: LoggedCall, scene: Scene): void {
  scene.changes = true;
  const real = touch(call, scene, namedPath(scene, call.args[1]), ["change"]);
  if (real !== undefined) wants(scene, "CAP_SYS_ADMIN", `mount on ${real}`);
}

/** Reading the kernel log is free where the kernel does not restrict it; sizes always are. */
function kernelLog(call: LoggedCall, scene: Scene): void {
  if (call.result.error === undefined && !/SIZE_BUFFER/.test(call.args[0] ?? "")) {
    wants(scene, "CAP_SYSLOG", "use the kernel log");
  }
}

function adjustClock(call: LoggedCall, scene: Scene): void {
  const timex = call.args.find((arg) => arg.startsWith("{")) ?? "";
  const modes = fieldOf(timex, "modes") ?? "0";
  if (call.result.error === undefined && modes !== "0") wants(scene, "CAP_SYS_TIME", "adjust the system clock");
}

/** A hard limit above what was seen before; where nothing was, root may have raised it. */
function limit(
  call: LoggedCall,
  scene: Scene,
  resource: string,
  set: string | undefined,
  old: string | undefined,
): void {
  if (call.result.error !== undefined) return;
  const before = hardLimit(old) ?? scene.process.limits?.get(resource);
  const now = hardLimit(set);
  const kept = now ?? before;
  if (kept !== undefined) {
    scene.changes = true;
    if (scene.process.limits?.get(resource) !== kept && /^RLIMIT_[A-Z]{1,20}$/.test(resource)) {
      scene.process.limits = new Map([...(scene.process.limits ?? []), [resource, kept]]);
    }
  }
  if (now !== undefined && (before === undefined ? now !== 0 : now > before)) {
    wants(scene, "CAP_SYS_RESOURCE", `raise the limit ${resource}`);
  }
}

function hardLimit(text: string | undefined): number | undefined {
  const value = fieldOf(text ?? "", "rlim_max");
  if (value === undefined) return undefined;
  if (/INFINITY/.test(value)) return Number.POSITIVE_INFINITY;
  const product = /^(\d+)(?:\*(\d+))?$/.exec(value);
  return product === null ? undefined : Number(product[1]) * Number(product[2] ?? 1);
}

const REALTIME = /SCHED_(?:FIFO|RR|DEADLINE)/;

function schedule(call: LoggedCall, scene: Scene): void {
  if (call.result.error !== undefined) return;
  const text = call.args.join();
  if (REALTIME.test(text)) {
    scene.notes.count("marks", "realtime");
    wants(scene, "CAP_SYS_NICE", "schedule in real time");
  } else if (/sched_nice=-/.test(text)) raisePriority(scene);
}

function raisePriority(scene: Scene): void {
  scene.notes.count("marks", "priority");
  wants(scene, "CAP_SYS_NICE", "raise its priority");
}

const DEFAULT_PERSONALITY = /^(?:0xffffffff|PER_LINUX)$/;

/** Requests by the beginning of their name. */
const REQUESTS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:SIOCSIF|SIOCDIF|SIOC[GS]MII|SIOCADDRT|SIOCDELRT|SIOCSARP|SIOCDARP|SIOCBR|SIOCBOND|SIOCETHTOOL|SIOCADDTUNNEL|SIOCCHGTUNNEL|SIOCDELTUNNEL|SIOCSHWTSTAMP|TUNSETIFF|TUNSETPERSIST)/,
    "CAP_NET_ADMIN",
  ],
  [/^(?:RTC_SET_TIME|RTC_EPOCH_SET|PTP_)/, "CAP_SYS_TIME"],
  [
    /^(?:KDS|KDADDIO|KDDELIO|KDENABIO|VT_(?:ACTIVATE|WAITACTIVE|DISALLOCATE|RESIZE|LOCKSWITCH|UNLOCKSWITCH|SETMODE|RELDISP))/,
    "CAP_SYS_TTY_CONFIG",
  ],
  [
    /^(?:BLKRASET|BLKFRASET|BLKROSET|BLKRRPART|BLKFLSBUF|BLKPG|LOOP_SET|LOOP_CLR|LOOP_CTL|FIFREEZE|FITHAW|FITRIM|DM_|TIOCSTI|FS_IOC_SETFSLABEL)/,
    "CAP_SYS_ADMIN",
  ],
  [/^(?:SG_IO|NVME_IOCTL|HDIO_DRIVE|CDROM_SEND_PACKET)/, "CAP_SYS_RAWIO"],
];

function request(call: LoggedCall, scene: Scene): void {
  const [, name = "", value = ""] = call.args;
  if (call.result.error !== undefined) return;
  const capability = REQUESTS.find(([pattern]) => pattern.test(name))?.[1];
  if (capability !== undefined) wants(scene, capability, `ioctl ${name}`);
  else if (name === "FS_IOC_SETFLAGS" && /IMMUTABLE|APPEND/.test(value)) {
    wants(scene, "CAP_LINUX_IMMUTABLE", "make a file immutable or append-only");
  }
}

const succeeded =
  (note: (call: LoggedCall, scene: Scene) => void): CallReader =>
  (call, scene) => {
    if (call.result.error === undefined) note(call, scene);
  };

/** Calls about the kernel and its resources. */
export const KERNEL_CALLS: Readonly<Record<string, CallReader>> = {
  ...Object.fromEntries([...Object.keys(ALWAYS), ...Object.keys(MARKED)].map((name) => [name, always(name)])),
  mount,
  syslog: kernelLog,
  adjtimex: adjustClock,
  clock_adjtime: adjustClock,
  clock_adjtime64: adjustClock,
  prlimit64: (call, scene) => limit(call, scene, call.args[1] ?? "", call.args[2], call.args[3]),
  setrlimit: (call, scene) => limit(call, scene, call.args[0] ?? "", call.args[1], undefined),
  getrlimit: (call, scene) => limit(call, scene, call.args[0] ?? "", undefined, call.args[1]),
  sched_setscheduler: schedule,
  sched_setattr: schedule,
  setpriority: succeeded((call, scene) => {
    if (numberArg(call.args[2]) < 0) raisePriority(scene);
  }),
  nice: succeeded((call, scene) => {
    if (numberArg(call.args[0]) < 0) raisePriority(scene);
  }),
  ioprio_set: succeeded((call, scene) => {
    if (!/IOPRIO_CLASS_RT/.test(call.args[2] ?? "")) return;
    scene.notes.count("marks", "priority");
    wants(scene, "CAP_SYS_NICE", "do I/O in real time");
  }),
  personality: succeeded((call, scene) => {
    if (!DEFAULT_PERSONALITY.test(call.args[0] ?? "")) scene.notes.count("marks", "personality");
  }),
  open_tree: succeeded((call, scene) => {
    if ((call.args[2] ?? "").includes("OPEN_TREE_CLONE")) wants(scene, "CAP_SYS_ADMIN", "open_tree()");
  }),
  quotactl: succeeded((call, scene) => {
    if (/Q_SET|Q_QUOTAO|Q_XSET|Q_XQUOTAO/.test(call.args[0] ?? "")) wants(scene, "CAP_SYS_ADMIN", "change quotas");
  }),
  shmctl: succeeded((call, scene) => {
    if (!(call.args[1] ?? "").includes("SHM_LOCK")) return;
    scene.notes.count("marks", "lock");
    wants(scene, "CAP_IPC_LOCK", "lock shared memory");
  }),
  timer_create: succeeded((call, scene) => {
    if (/_ALARM$/.test(call.args[0] ?? "")) wants(scene, "CAP_WAKE_ALARM", "set a timer that wakes the machine");
  }),
  timerfd_create: succeeded((call, scene) => {
    if (/_ALARM$/.test(call.args[0] ?? "")) wants(scene, "CAP_WAKE_ALARM", "set a timer that wakes the machine");
  }),
  fcntl: succeeded((call, scene) => {
    if (call.args[1] === "F_SETPIPE_SZ" && numberArg(call.args[2]) > 1048576) {
      wants(scene, "CAP_SYS_RESOURCE", "make a pipe larger than usual");
    }
  }),
  ioctl: request,
};
