/** A technology that systemd detects, as it names it. */
interface Virtualization {
  readonly text: string;
  readonly summary: string;
}

/** The technologies that run virtual machines. Follows virtualization_table, systemd 257 to 262. */
const VIRTUAL_MACHINES: readonly Virtualization[] = [
  { text: "kvm", summary: "A virtual machine on the kernel's KVM." },
  { text: "qemu", summary: "A virtual machine that QEMU emulates." },
  { text: "vmware", summary: "A virtual machine on a product of VMware." },
  { text: "microsoft", summary: "A virtual machine on Hyper-V." },
  { text: "oracle", summary: "A virtual machine on VirtualBox." },
  { text: "xen", summary: "A guest on Xen, but not its first domain." },
  { text: "amazon", summary: "A virtual machine on Amazon EC2 Nitro." },
  { text: "google", summary: "A virtual machine on Google Compute Engine." },
  { text: "apple", summary: "A virtual machine on Apple's framework." },
  { text: "parallels", summary: "A virtual machine on Parallels Desktop." },
  { text: "bhyve", summary: "A virtual machine on FreeBSD's bhyve." },
  { text: "bochs", summary: "A virtual machine that Bochs emulates." },
  { text: "uml", summary: "User-mode Linux." },
  { text: "zvm", summary: "A guest on z/VM." },
  { text: "powervm", summary: "A partition on PowerVM." },
  { text: "qnx", summary: "A virtual machine on QNX." },
  { text: "acrn", summary: "A virtual machine on ACRN." },
  { text: "sre", summary: "A guest on LMHS SRE." },
  { text: "vm-other", summary: "A virtual machine of an unknown kind." },
];

/** The technologies that run containers. */
const CONTAINERS: readonly Virtualization[] = [
  { text: "docker", summary: "A container of Docker." },
  { text: "podman", summary: "A container of Podman." },
  { text: "systemd-nspawn", summary: "A container of systemd-nspawn." },
  { text: "lxc", summary: "A container of LXC." },
  { text: "lxc-libvirt", summary: "A container of LXC that libvirt runs." },
  { text: "openvz", summary: "A container of OpenVZ or Virtuozzo." },
  { text: "wsl", summary: "The Windows Subsystem for Linux." },
  { text: "rkt", summary: "A container of rkt." },
  { text: "proot", summary: "A program under PRoot." },
  { text: "pouch", summary: "A container of Pouch." },
  { text: "container-other", summary: "A container of an unknown kind." },
];

/** What ConditionVirtualization= compares with, besides a boolean. */
export const VIRTUALIZATIONS: readonly Virtualization[] = [
  { text: "vm", summary: "Any virtual machine." },
  { text: "container", summary: "Any container." },
  { text: "private-users", summary: "A user namespace." },
  ...VIRTUAL_MACHINES,
  ...CONTAINERS,
];
