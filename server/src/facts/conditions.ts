import { byVersion, thoseIn } from "./version.ts";
import type { DescribedWord } from "./word.ts";

/** What ConditionSecurity= looks for. Follows condition_test_security(), systemd 262. */
export const SECURITY_TECHNOLOGIES: readonly DescribedWord[] = [
  { text: "selinux", summary: "SELinux is in use." },
  { text: "apparmor", summary: "AppArmor is in use." },
  { text: "tomoyo", summary: "TOMOYO is in use." },
  { text: "smack", summary: "Smack is in use." },
  { text: "ima", summary: "The kernel measures files (IMA)." },
  { text: "audit", summary: "The audit system is in use." },
  { text: "uefi-secureboot", summary: "The system was started with Secure Boot." },
  { text: "tpm2", summary: "Firmware, kernel and systemd know a TPM2 chip.", since: 248 },
  { text: "cvm", summary: "The machine is a confidential virtual machine.", since: 254 },
  { text: "measured-uki", summary: "A unified kernel image was measured into the TPM.", since: 255 },
  { text: "measured-os", summary: "The boot of the system is measured into the TPM.", since: 261 },
];

/** The controllers of the unified hierarchy. Follows cgroup_controller_table, systemd 257 to 262. */
const CONTROLLERS: readonly DescribedWord[] = [
  { text: "cpu", summary: "Shares of CPU time." },
  { text: "cpuset", summary: "CPUs and memory nodes that may be used.", since: 244 },
  { text: "io", summary: "Shares and limits of disk bandwidth." },
  { text: "memory", summary: "Limits of memory." },
  { text: "pids", summary: "Limits of the number of tasks." },
  { text: "bpf-firewall", summary: "Filters for IP packets, for `IPAddressAllow=`.", since: 240 },
  { text: "bpf-devices", summary: "Filters for devices, for `DeviceAllow=`.", since: 240 },
  { text: "bpf-foreign", summary: "BPF programs, for `BPFProgram=`.", since: 249 },
  { text: "bpf-socket-bind", summary: "Filters for binding sockets, for `SocketBindAllow=`.", since: 249 },
  {
    text: "bpf-restrict-network-interfaces",
    summary: "Filters for network interfaces, for `RestrictNetworkInterfaces=`.",
    since: 250,
  },
  {
    text: "bpf-bind-network-interface",
    summary: "Binds sockets to an interface, for `BindNetworkInterface=`.",
    since: 260,
  },
];

/** The controllers that a version knows. */
export const controllersIn = byVersion((version) => thoseIn(CONTROLLERS, version));

/** Names that the table of controllers has for the old hierarchy. */
export const OLD_CONTROLLERS: readonly string[] = ["cpuacct", "blkio", "devices"];

/** The fields of os-release(5) that one may want to compare. */
export const OS_RELEASE_FIELDS: readonly DescribedWord[] = [
  { text: "ID", summary: "The name of the system in lower case, such as `debian`." },
  { text: "ID_LIKE", summary: "The systems that it derives from." },
  { text: "VERSION_ID", summary: "The version as a number, such as `13`." },
  { text: "VERSION_CODENAME", summary: "The name of the version, such as `trixie`." },
  { text: "VARIANT_ID", summary: "The edition, such as `server`." },
  { text: "IMAGE_ID", summary: "The name of the image that the system came from." },
  { text: "IMAGE_VERSION", summary: "The version of that image." },
  { text: "BUILD_ID", summary: "The build that was installed at first." },
  { text: "PLATFORM_ID", summary: "The platform that packages are built for." },
  { text: "RELEASE_TYPE", summary: "The kind of release, such as `stable`." },
];

/** The fields below /sys/class/dmi/id/ that everyone may read. */
export const SMBIOS_FIELDS: readonly DescribedWord[] = [
  { text: "sys_vendor", summary: "The vendor of the machine." },
  { text: "product_name", summary: "The name of the machine." },
  { text: "product_family", summary: "The family of the machine." },
  { text: "product_version", summary: "The version of the machine." },
  { text: "product_sku", summary: "The order number of the machine." },
  { text: "board_vendor", summary: "The vendor of the board." },
  { text: "board_name", summary: "The name of the board." },
  { text: "bios_vendor", summary: "The vendor of the firmware." },
  { text: "bios_version", summary: "The version of the firmware." },
  { text: "bios_date", summary: "The date of the firmware." },
  { text: "chassis_type", summary: "The kind of the case, as a number." },
  { text: "chassis_vendor", summary: "The vendor of the chassis." },
];

/** Features of x86 processors that programs choose by. Names as in cpu_flags_x86 of has_cpu_with_flag(), systemd 262. */
export const CPU_FEATURES: readonly DescribedWord[] = [
  { text: "aes", summary: "Instructions for AES." },
  { text: "avx", summary: "Vectors of 256 bits." },
  { text: "avx2", summary: "Vectors of 256 bits with integers." },
  { text: "bmi1", summary: "Instructions for bits, first set." },
  { text: "bmi2", summary: "Instructions for bits, second set." },
  { text: "f16c", summary: "Conversion of half precision." },
  { text: "fma3", summary: "Fused multiplication and addition." },
  { text: "lm", summary: "64-bit mode." },
  { text: "movbe", summary: "Moves that swap bytes." },
  { text: "pclmul", summary: "Multiplication without carry." },
  { text: "popcnt", summary: "Counting of bits." },
  { text: "rdrand", summary: "Random numbers." },
  { text: "rdseed", summary: "Seeds for random numbers." },
  { text: "sha_ni", summary: "Instructions for SHA." },
  { text: "sse2", summary: "Vectors of 128 bits." },
  { text: "sse4_1", summary: "More instructions for vectors of 128 bits." },
  { text: "sse4_2", summary: "Instructions for strings and checksums." },
  { text: "ssse3", summary: "More instructions for vectors of 128 bits." },
  { text: "xsave", summary: "Saving of extended state." },
];
