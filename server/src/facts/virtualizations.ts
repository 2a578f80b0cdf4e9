import type { DescribedWord } from "./word.ts";

/** The technologies that run virtual machines. Follows virtualization_table, systemd 257 to 262. */
const VIRTUAL_MACHINES: readonly DescribedWord[] = [
  { text: "kvm", summary: "A virtual machine on the kernel's KVM." },
  { text: "qemu", summary: "A virtual machine that QEMU emulates." },
  { text: "vmware", summary: "A virtual machine on a product of VMware." },
  { text: "microsoft", summary: "A virtual machine on Hyper-V." },
  { text: "oracle", summary: "A virtual machine on VirtualBox." },
  { text: "xen", summary: "A guest on Xen, but not its first domain." },
  { text: "amazon", summary: "A virtual machine on Amazon EC2 Nitro.", since: 249 },
  { text: "google", summary: "A virtual machine on Google Compute Engine.", since: 256, except: [252, 254, 255] },
  { text: "apple", summary: "A virtual machine on Apple's framework.", since: 252, except: [250] },
  { text: "parallels", summary: "A virtual machine on Parallels Desktop." },
  { text: "bhyve", summary: "A virtual machine on FreeBSD's bhyve." },
  { text: "bochs", summary: "A virtual machine that Bochs emulates." },
  { text: "uml", summary: "User-mode Linux." },
  { text: "zvm", summary: "A guest on z/VM." },
  { text: "powervm", summary: "A partition on PowerVM.", since: 247 },
  { text: "qnx", summary: "A virtual machine on QNX." },
  { text: "acrn", summary: "A virtual machine on ACRN.", since: 242 },
  { text: "sre", summary: "A guest on LMHS SRE.", since: 253, except: [252] },
  { text: "vm-other", summary: "A virtual machine of an unknown kind." },
];

/** The technologies that run containers. */
const CONTAINERS: readonly DescribedWord[] = [
  { text: "docker", summary: "A container of Docker." },
  { text: "podman", summary: "A container of Podman.", since: 243 },
  { text: "systemd-nspawn", summary: "A container of systemd-nspawn." },
  { text: "lxc", summary: "A container of LXC." },
  { text: "lxc-libvirt", summary: "A container of LXC that libvirt runs." },
  { text: "openvz", summary: "A container of OpenVZ or Virtuozzo." },
  { text: "wsl", summary: "The Windows Subsystem for Linux.", since: 242 },
  { text: "rkt", summary: "A container of rkt." },
  { text: "proot", summary: "A program under PRoot.", since: 246 },
  { text: "pouch", summary: "A container of Pouch.", since: 247 },
  { text: "container-other", summary: "A container of an unknown kind." },
];

/** What ConditionVirtualization= compares with, besides a boolean. */
export const VIRTUALIZATIONS: readonly DescribedWord[] = [
  { text: "vm", summary: "Any virtual machine." },
  { text: "container", summary: "Any container." },
  { text: "private-users", summary: "A user namespace." },
  ...VIRTUAL_MACHINES,
  ...CONTAINERS,
];
