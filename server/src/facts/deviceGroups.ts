/**
 * The groups that udev gives devices by their paths, as its 50-udev-default.rules of systemd 257 say; some distributions have
 * others for serial lines.
 */
const GROUPS: readonly (readonly [group: string, path: RegExp])[] = [
  ["dialout", /^(?:tty[A-Z]\w*\d|ttymxc\d|rfcomm\d|serial\/)/],
  ["video", /^(?:video\d|v4l\/|media\d|cec\d|fb\d|dvb\/|dri\/card)/],
  ["render", /^(?:dri\/renderD|kfd$|accel\/)/],
  ["audio", /^snd\//],
  ["input", /^input\//],
  ["lp", /^(?:lp\d|usb\/lp\d|parport\d)/],
  ["kvm", /^(?:kvm|vhost-net|vhost-vsock)$/],
  ["cdrom", /^(?:sr\d|cdrom$)/],
  ["tape", /^n?st\d/],
  ["disk", /^(?:[shv]d[a-z]|nvme\d+n|mmcblk\d|dm-\d|md\d|loop|disk\/|mapper\/)/],
];

/** Devices that every user may open. */
const OPEN = /^(?:net\/tun|fuse|vsock|vfio\/vfio)$/;

/** Who may open a device besides root: the members of a group, everybody, or nobody. */
export function deviceAccess(path: string): { readonly group: string } | "everybody" | "nobody" {
  const name = path.replace(/^\/dev\//, "");
  const group = GROUPS.find(([, pattern]) => pattern.test(name))?.[0];
  if (group !== undefined) return { group };
  return OPEN.test(name) ? "everybody" : "nobody";
}
