import { plain } from "./exchange.ts";
import { quoted, shell } from "./shell.ts";
import type { Done, Subject } from "./subject.ts";

/** A file with the age of which the others are compared: it is made before the daemon starts for the first time. */
export const MARK = "/var/lib/unit-warden-mark";

const FIND = `find /var /srv /etc /opt /run -xdev -newer ${MARK} ! -path '/var/log/journal*' ! -path '/run/log*' ! -path '/run/systemd*' \
 ! -path '/run/dbus*' ! -path '/run/credentials*' ! -path '/var/lib/systemd*' ! -path '/var/lib/dpkg*' ! -path '/var/cache/apt*' ! -path '/var/cache/debconf*' ! -path '/var/lib/apt*' ! -path '/var/tmp*' \
 ! -path '/var/lib/private' ! -path '/var/log/private' ! -path '/var/cache/private' ! -path '/etc/systemd*' ! -path ${MARK} \\( -type f -o -type d -o -type s -o -type p -o -type l \\) -printf '%p %y %u:%g %m\\n' 2>/dev/null`;

const COMPLAINT = /denied|not permitted|read-only file|EACCES|EPERM|EROFS|bad system call|not supported|no such file/i;

/**
 * What a daemon made since the mark, a thing for each path, and what its journal complains of: a silent loss shows there. Names are
 * without numbers, as those of processes and days differ, and owners have names, as packages count users anew in each box.
 */
export async function files({ unit }: Subject): Promise<readonly Done[]> {
  // Half of a list would be files that are missing.
  const { output, status } = await shell(FIND, 120);
  if (status < 0 || status > 1) throw new Error(`the files that were made are not listed: status ${status}`);
  const made = output.split("\n").flatMap((line) => {
    const [, path, kind, owner, mode = ""] = /^(.*) (\S) (\S+) (\d+)$/.exec(line) ?? [];
    if (path === undefined) return [];
    return [{ what: `it makes ${plain(path)}`, answer: `${kind} of ${owner}, mode ${mode}` }];
  });
  const journal = await shell(`journalctl -b -u ${quoted(unit)} -o cat --no-pager`);
  const complaints = journal.output.split("\n").filter((it) => COMPLAINT.test(it));
  const said = [...new Set(complaints.map((it) => plain(it).slice(0, 160)))];
  return [
    ...new Map(made.map((it) => [it.what, it])).values(),
    ...said.map((it) => ({ what: "complaint", answer: it })),
  ];
}
