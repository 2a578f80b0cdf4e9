import type { Lifetime } from "./version.ts";

/** A unit with a meaning of its own, after systemd.special(7), systemd 262. */
interface SpecialUnit extends Lifetime {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
}

const SYSTEM: readonly SpecialUnit[] = [
  { name: "multi-user.target", summary: "The usual default target without a graphical login." },
  {
    name: "graphical.target",
    summary: "The usual default target with a graphical login; includes `multi-user.target`.",
  },
  {
    name: "default.target",
    summary: "The unit started at boot, usually a link to `multi-user.target` or `graphical.target`.",
  },
  {
    name: "network-online.target",
    summary: "Reached once the network is configured; units that need that use Wants= and After= with it.",
  },
  {
    name: "network.target",
    summary:
      "Reached once the network stack runs, not the network; order units after it to stop them before the network.",
  },
  { name: "network-pre.target", summary: "Passed before the network is set up, as firewalls need it." },
  { name: "sysinit.target", summary: "Early start of the system: mounts, swap, entropy, temporary files." },
  {
    name: "basic.target",
    summary: "Basic start of the system; most services are ordered after it by default.",
  },
  { name: "local-fs.target", summary: "All local file systems of fstab are mounted." },
  { name: "local-fs-pre.target", summary: "Passed before local file systems are mounted." },
  { name: "remote-fs.target", summary: "All remote file systems of fstab are mounted." },
  { name: "remote-fs-pre.target", summary: "Passed before remote file systems are mounted." },
  { name: "sockets.target", summary: "Gathers the sockets that are opened at boot." },
  { name: "timers.target", summary: "Gathers the timers that are started at boot." },
  { name: "paths.target", summary: "Gathers the path units that are started at boot." },
  { name: "slices.target", summary: "Gathers the slices that are started at boot." },
  { name: "swap.target", summary: "All swap devices and files are in use." },
  { name: "getty.target", summary: "Gathers the logins on consoles." },
  { name: "getty-pre.target", summary: "Passed before logins on consoles are offered." },
  { name: "nss-lookup.target", summary: "Reached once host names can be looked up." },
  { name: "nss-user-lookup.target", summary: "Reached once users and groups can be looked up." },
  { name: "rpcbind.target", summary: "Reached once the RPC port mapper runs." },
  { name: "time-set.target", summary: "Reached once the clock was set to roughly the right time.", since: 242 },
  { name: "time-sync.target", summary: "Reached once the clock is synchronized with a reliable source." },
  { name: "ssh-access.target", summary: "Reached once SSH access is possible.", since: 256 },
  { name: "shutdown.target", summary: "Pulled in when the system goes down; services conflict with it by default." },
  { name: "final.target", summary: "Late shutdown, after all services are stopped." },
  { name: "umount.target", summary: "Unmounts all file systems at shutdown." },
  { name: "reboot.target", summary: "Shuts the system down and reboots it." },
  { name: "poweroff.target", summary: "Shuts the system down and powers it off." },
  { name: "halt.target", summary: "Shuts the system down and leaves the power on." },
  { name: "kexec.target", summary: "Shuts the system down and starts another kernel directly." },
  { name: "soft-reboot.target", summary: "Restarts user space under the running kernel.", since: 254 },
  { name: "exit.target", summary: "Stops the service manager of a user or a container." },
  { name: "rescue.target", summary: "The base system with a shell for repairs." },
  { name: "emergency.target", summary: "A shell on the console and nothing else." },
  { name: "sleep.target", summary: "Pulled in by every sleep operation, before the system sleeps." },
  { name: "suspend.target", summary: "Suspends the system to memory." },
  { name: "hibernate.target", summary: "Writes memory to disk and switches the system off." },
  { name: "hybrid-sleep.target", summary: "Suspends the system and writes memory to disk as well." },
  {
    name: "suspend-then-hibernate.target",
    summary: "Suspends the system and hibernates it after a while.",
    since: 239,
  },
  { name: "boot-complete.target", summary: "Reached once the boot counts as successful.", since: 240 },
  { name: "first-boot-complete.target", summary: "Reached once the tasks of the first boot are done.", since: 247 },
  { name: "cryptsetup.target", summary: "Local encrypted devices of crypttab are set up." },
  { name: "cryptsetup-pre.target", summary: "Passed before encrypted devices are set up." },
  { name: "remote-cryptsetup.target", summary: "Encrypted devices over the network are set up.", since: 235 },
  { name: "veritysetup.target", summary: "Local verity devices of veritytab are set up.", since: 248 },
  { name: "veritysetup-pre.target", summary: "Passed before verity devices are set up.", since: 248 },
  { name: "remote-veritysetup.target", summary: "Verity devices over the network are set up.", since: 248 },
  { name: "integritysetup.target", summary: "Local integrity devices of integritytab are set up.", since: 250 },
  { name: "integritysetup-pre.target", summary: "Passed before integrity devices are set up.", since: 250 },
  { name: "remote-integritysetup.target", summary: "Integrity devices over the network are set up.", since: 258 },
  {
    name: "blockdev@.target",
    summary: "Orders the mounts on a block device after the services that provide it.",
    since: 245,
  },
  { name: "initrd.target", summary: "The default target of the initrd.", since: 245 },
  { name: "initrd-fs.target", summary: "The mounts of fstab in the initrd." },
  {
    name: "initrd-root-device.target",
    summary: "The device of the root file system is available in the initrd.",
  },
  { name: "initrd-root-fs.target", summary: "The root file system is mounted in the initrd." },
  { name: "initrd-usr-fs.target", summary: "The `/usr/` file system is mounted in the initrd.", since: 249 },
  { name: "imports.target", summary: "Gathers the images that are downloaded at boot.", since: 258 },
  { name: "imports-pre.target", summary: "Passed before images are downloaded.", since: 258 },
  { name: "machines.target", summary: "Gathers the containers and virtual machines that start at boot.", since: 233 },
  { name: "system-update.target", summary: "Installs offline updates in a separate boot." },
  { name: "system-update-pre.target", summary: "Passed before offline updates are installed." },
  { name: "factory-reset.target", summary: "Asks for a reset to factory state at the next boot.", since: 250 },
  { name: "factory-reset-now.target", summary: "Resets to factory state during boot.", since: 258 },
  { name: "storage-target-mode.target", summary: "Offers all local disks over the network as NVMe-TCP.", since: 255 },
  { name: "ctrl-alt-del.target", summary: "Started by Ctrl+Alt+Del on the console." },
  { name: "kbrequest.target", summary: "Started by Alt+ArrowUp on the console." },
  { name: "sigpwr.target", summary: "Started by SIGPWR, as from an uninterruptible power supply." },
  { name: "usb-gadget.target", summary: "Started when the machine can act as a USB device.", since: 242 },
  { name: "tpm2.target", summary: "Started when a TPM2 chip is found.", since: 256 },
  { name: "dbus.service", summary: "The message bus." },
  { name: "dbus.socket", summary: "The socket of the message bus." },
  { name: "display-manager.service", summary: "The graphical login, regardless of its implementation." },
  { name: "syslog.socket", summary: "Where the journal forwards messages for a syslog daemon." },
  { name: "system-update-cleanup.service", summary: "Removes the mark of an offline update that was left." },
  { name: "-.mount", summary: "The root file system." },
  { name: "system.slice", summary: "Where system services run by default." },
  { name: "user.slice", summary: "Where the sessions and services of users run." },
  { name: "machine.slice", summary: "Where registered containers and virtual machines run." },
  { name: "capsule.slice", summary: "Where capsules run.", since: 255 },
];

const USER: readonly SpecialUnit[] = [
  { name: "default.target", summary: "The default target of the user manager; most user services are wanted by it." },
  { name: "graphical-session.target", summary: "Active as long as a graphical session runs.", since: 234 },
  { name: "graphical-session-pre.target", summary: "Passed before a graphical session starts.", since: 234 },
  { name: "xdg-desktop-autostart.target", summary: "Gathers the programs of the XDG autostart folders.", since: 246 },
  { name: "basic.target", summary: "Basic start of the user manager." },
  { name: "sockets.target", summary: "Gathers the sockets that are opened with the user manager." },
  { name: "timers.target", summary: "Gathers the timers that are started with the user manager." },
  { name: "paths.target", summary: "Gathers the path units that are started with the user manager." },
  { name: "shutdown.target", summary: "Pulled in when the user manager exits; services conflict with it by default." },
  { name: "exit.target", summary: "Stops the user manager." },
  { name: "capsule@.target", summary: "The default target of a capsule's manager.", since: 255 },
  { name: "app.slice", summary: "Where applications run by default.", since: 247 },
  { name: "session.slice", summary: "Where the essential parts of a desktop session run.", since: 247 },
  { name: "background.slice", summary: "Where background tasks run.", since: 247 },
];

const BOTH: readonly SpecialUnit[] = [
  { name: "bluetooth.target", summary: "Started when a Bluetooth adapter appears." },
  { name: "printer.target", summary: "Started when a printer appears." },
  { name: "smartcard.target", summary: "Started when a smart card reader appears." },
  { name: "sound.target", summary: "Started when a sound card appears." },
  { name: "-.slice", summary: "The root of all slices." },
  { name: "init.scope", summary: "The service manager itself.", since: 235 },
];

/** The special units of the system's manager and of that of a user, the usual ones first. */
export const SPECIAL_UNITS: Readonly<Record<"system" | "user", readonly SpecialUnit[]>> = {
  system: [...SYSTEM, ...BOTH],
  user: [...USER, ...BOTH],
};
