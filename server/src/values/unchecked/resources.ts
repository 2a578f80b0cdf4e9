import { unchecked } from "./unchecked.ts";

/** Limits, shares and filters of a control group. */
export const UNCHECKED_RESOURCES = {
  cgWeight: unchecked("cg_weight", "a number from 1 to 10000"),
  cgCpuWeight: unchecked("cg_cpu_weight", "a number from 1 to 10000, or `idle`"),
  cpuQuota: unchecked("cpu_quota", "a percentage of one processor, which may be more than 100%"),
  cpuShares: unchecked("cpu_shares", "a number from 2 to 262144"),
  unitCpuSet: unchecked("unit_cpu_set", "a list of numbers and ranges such as `0-3`"),
  memoryLimit: unchecked("memory_limit", "a size to the base of 1024, a percentage of the memory, or `infinity`"),
  tasksMax: unchecked("tasks_max", "a number, a percentage of the machine's tasks, or `infinity`"),
  managedOomMemPressureLimit: unchecked("managed_oom_mem_pressure_limit", "a percentage"),
  managedOomMemPressureDurationSec: unchecked(
    "managed_oom_mem_pressure_duration_sec",
    "a time span of at least a second",
  ),
  managedOomRules: unchecked("managed_oom_rules", "a list of rules for systemd-oomd"),

  ioLimit: unchecked("io_limit", "a path, and a size to the base of 1000 or `infinity`"),
  ioDeviceWeight: unchecked("io_device_weight", "a path and a number from 1 to 10000"),
  ioDeviceLatency: unchecked("io_device_latency", "a path and a time span"),
  blockioBandwidth: unchecked("blockio_bandwidth", "a path and a size to the base of 1000"),
  blockioDeviceWeight: unchecked("blockio_device_weight", "a path and a number from 10 to 1000"),
  blockioWeight: unchecked("blockio_weight", "a number from 10 to 1000"),

  delegate: unchecked("delegate", "a boolean, or a list of controllers"),
  delegateSubgroup: unchecked("delegate_subgroup", "the name of a control group"),
  disableControllers: unchecked("disable_controllers", "a list of controllers"),
  deviceAllow: unchecked(
    "device_allow",
    "a path below /dev, `char-` or `block-` with a name, and perhaps `r`, `w` and `m` for what is allowed",
  ),

  inAddrPrefixes: unchecked(
    "in_addr_prefixes",
    "a list of addresses, networks such as `10.0.0.0/8`, `any`, `localhost`, `link-local` and `multicast`",
  ),
  ipFilterBpfProgs: unchecked("ip_filter_bpf_progs", "the absolute path of a pinned BPF program"),
  bpfForeignProgram: unchecked("bpf_foreign_program", "a kind of attachment, `:` and the absolute path of a program"),
  cgroupSocketBind: unchecked(
    "cgroup_socket_bind",
    "`any`, or a port or range of ports, perhaps with `ipv4:` or `ipv6:` and `tcp:` or `udp:` in front",
  ),
  cgroupNftSet: unchecked(
    "cgroup_nft_set",
    "a list of `cgroup`, `user` or `group` with `:` and a family, table and set",
  ),
  restrictNetworkInterfaces: unchecked(
    "restrict_network_interfaces",
    "a list of network interfaces, or `~` and a list to leave out",
  ),
  bindNetworkInterface: unchecked("bind_network_interface", "a network interface"),
};
