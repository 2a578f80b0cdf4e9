import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Box, NO_BOX, startBox } from "./box.ts";

/** Why no server can be reached by ssh in a test; undefined where one can. */
export const NO_SSH_BOX: string | undefined =
  NO_BOX ?? (existsSync("/usr/sbin/sshd") ? undefined : "no sshd on this machine");

/** A running systemd without Node.js, which ssh reaches from a program of this machine. */
export interface SshBox {
  readonly box: Box;
  /** A folder of the client. */
  readonly folder: string;
  /** The words before a program that shares the box's network alone, and has `server` and `admin` in its configuration of ssh. */
  readonly client: readonly string[];
  /** The same for a program that needs the network of this machine: ssh alone goes into that of the box. */
  readonly clientHere: readonly string[];
  readonly stop: () => void;
}

const SERVER_CONFIG = `Port 2222
ListenAddress 127.0.0.1
HostKey /etc/ssh/box_host_key
AuthorizedKeysFile /etc/ssh/box_keys
PermitRootLogin yes
StrictModes no
UsePAM no
PidFile none
`;

/** With a command and a forwarded port, as an administrator may have them for work by hand. */
const clientConfig = (folder: string, proxy = ""): string => `${proxy}Host server admin other typed
  HostName 127.0.0.1
  Port 2222
  IdentityFile ${folder}/key
  UserKnownHostsFile ${folder}/known_hosts
  StrictHostKeyChecking accept-new
  LogLevel ERROR
  RemoteCommand tmux attach
  LocalForward 2222 127.0.0.1:22
  ExitOnForwardFailure yes
Host server
  User root
Host admin
  User admin
Host other
  User other
Host typed
  User typed
`;

/** How ssh reaches the box from the network of this machine. */
const proxyThrough = (inNetwork: readonly string[]): string =>
  `ProxyCommand ${inNetwork.join(" ")} ${process.execPath} -e 'process.stdin.pipe(require("net").connect(2222, "127.0.0.1")).pipe(process.stdout)'\n`;

/** A server of files that makes one of its own when it starts and another one when it is reloaded. */
export const SERVER = `[Service]
ExecStartPre=/bin/mkdir -p /var/lib/served
ExecStart=/usr/bin/python3 -m http.server 8765 --directory /var/lib/served
ExecReload=/bin/touch /var/lib/served/reloaded
`;

/** Fails where it does not answer. */
export const ASK =
  "for i in 1 2 3 4 5 6 7 8 9; do python3 -c 'import urllib.request as u; u.urlopen(\"http://127.0.0.1:8765/\").read()' && exit; sleep 0.3; done; exit 1";

/** What the user `typed` types for sudo. */
export const SUDO_PASSWORD = "quite secret 4711";

/**
 * Boots one, with a user `admin` whom sudo lets do all without a password, one `typed` whom it asks for that, and one `other` whom
 * it lets do nothing.
 */
export function startSshBox(): SshBox {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-ssh-box-"));
  mkdirSync(folder, { recursive: true });
  const box = startBox();
  const made = (...words: readonly string[]): void => {
    const { status, errors } = box.run(...words);
    if (status !== 0) throw new Error(`${words.join(" ")}: ${errors}`);
  };
  spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, "key")]);
  writeFileSync(join(folder, "config"), clientConfig(folder));
  writeFileSync(join(folder, "config-here"), clientConfig(folder, proxyThrough(box.inNetwork)));
  box.put("/etc/ssh/box_keys", readFileSync(join(folder, "key.pub"), "utf8"));
  box.put("/etc/ssh/box_config", SERVER_CONFIG);
  made("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "/etc/ssh/box_host_key");
  for (const user of ["admin", "other", "typed"])
    made("useradd", "--create-home", "--password", "*", "--shell", "/bin/bash", user);
  box.put("/etc/sudoers.d/box", "admin ALL=(ALL) NOPASSWD: ALL\ntyped ALL=(ALL) ALL\n");
  made("sh", "-c", `echo 'typed:${SUDO_PASSWORD}' | chpasswd`);
  made("chmod", "440", "/etc/sudoers.d/box");
  made("sh", "-c", 'rm -f $(which -a node nodejs) "$(readlink -f "$(command -v node)")"');
  made("mkdir", "-p", "/run/sshd");
  made("systemd-run", "--quiet", "--unit=box-sshd", "/usr/sbin/sshd", "-D", "-f", "/etc/ssh/box_config");
  const mounted = 'mount --bind "$1" /etc/ssh/ssh_config && shift && exec "$@"';
  const withConfig = (name: string): readonly string[] => [
    ...["unshare", "--mount", "sh", "-c", mounted, "sh"],
    join(folder, name),
  ];
  return {
    box,
    folder,
    client: [...box.inNetwork, ...withConfig("config")],
    clientHere: withConfig("config-here"),
    stop() {
      box.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
