import { unchecked } from "./unchecked.ts";

const condition = (form: string) => unchecked("unit_condition_string", `${form}, after an optional \`|\` and \`!\``);
const path = (form: string) => unchecked("unit_condition_path", `${form}, after an optional \`|\` and \`!\``);

/** Condition*= and Assert*=, which share two routines but differ in what is looked at when the unit starts. */
export const UNCHECKED_CONDITIONS = {
  unitConditionPath: path("an absolute path"),
  unitConditionPathGlob: path("an absolute path in which `*`, `?` and `[…]` may stand"),
  conditionNeedsUpdate: path("`/etc` or `/var`"),

  conditionAcPower: condition("a boolean"),
  conditionArchitecture: condition("an architecture such as `x86-64`, or `native`"),
  conditionCapability: condition("a capability such as `CAP_SYS_ADMIN`"),
  conditionControlGroupController: condition("a list of controllers, `v1` or `v2`"),
  conditionCpuFeature: condition("a feature of the processor such as `avx2`"),
  conditionCpus: condition("a number of processors, perhaps after an operator such as `>=`"),
  conditionCredential: condition("the name of a credential"),
  conditionEnvironment: condition("a variable, or a variable with `=` and a value"),
  conditionFirmware: condition("`uefi`, `device-tree`, `device-tree-compatible(…)` or `smbios-field(…)`"),
  conditionFirstBoot: condition("a boolean"),
  conditionFraction: condition("a percentage, perhaps after a tag"),
  conditionHost: condition("a host name, in which `*` and `?` may stand, or a machine id"),
  conditionKernelCommandLine: condition("a word of the kernel's command line, or a word with `=` and a value"),
  conditionKernelModuleLoaded: condition("a kernel module"),
  conditionMachineTag: condition("a tag of the machine, in which `*` and `?` may stand"),
  conditionMemory: condition("a size, perhaps after an operator such as `>=`"),
  conditionOsRelease: condition("a field of os-release, an operator and a value"),
  conditionPressure: condition("a percentage, perhaps with a slice and `:` before it and `/` and a time span after it"),
  conditionSecurity: condition("a technology such as `selinux`, `apparmor`, `uefi-secureboot` or `tpm2`"),
  conditionUser: condition("the name or number of a user, or `@system`"),
  conditionGroup: condition("the name or number of a group"),
  conditionVersion: condition("a list of versions, each perhaps after an operator such as `>=`"),
  conditionVirtualization: condition("a boolean, `vm`, `container`, `private-users`, or a technology such as `kvm`"),
};
