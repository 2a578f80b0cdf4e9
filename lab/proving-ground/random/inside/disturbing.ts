import { quoted, shell } from "./shell.ts";
import type { Done, Subject } from "./subject.ts";
import { property, trouble } from "./working.ts";

/** After so many seconds nothing more is begun, as each thing may take minutes with a daemon that hangs. */
const TIME = 300;

/** Does to a daemon what administrators, updates and crashes do; it is started again where that ended it. */
export async function disturbing(subject: Subject): Promise<readonly Done[]> {
  const { unit, package: name } = subject;
  const done: Done[] = [];
  const begun = Date.now();
  const attempt = async (what: string, line: string): Promise<void> => {
    if (Date.now() - begun > TIME * 1000) {
      done.push({ what, answer: "! no time was left for it" });
      return;
    }
    const { status } = await shell(line, 60);
    const wrong = await trouble(subject);
    done.push({
      what,
      answer: [...(wrong === "" ? [] : ["!"]), `status ${status}`, ...(wrong === "" ? [] : [wrong])].join(" "),
    });
    // A program that has just been started has no handlers of signals yet.
    if (wrong !== "")
      await shell(`systemctl reset-failed ${quoted(unit)}; systemctl restart ${quoted(unit)}; sleep 1`, 60);
  };
  const one = quoted(unit);
  if ((await property(unit, "CanReload")) === "yes")
    await attempt("two reloads in a row", `systemctl reload ${one} && systemctl reload ${one}`);
  for (const signal of ["HUP", "USR1", "USR2"]) {
    if (await catches(unit, signal))
      await attempt(`the signal ${signal}`, `systemctl kill --kill-whom=main -s ${signal} ${one} && sleep ${ENDING}`);
  }
  for (const { what, line } of await jobs(name)) await attempt(what, line);
  await attempt("its settings saved and its package configured again", UPDATE(name, unit));
  await attempt(
    "a start after SIGKILL",
    `systemctl kill -s KILL ${one}; sleep 1; systemctl reset-failed ${one}; systemctl start ${one}`,
  );
  done.push(...(await calls(subject)));
  return done;
}

/** How long a daemon may take to end by a signal, in seconds: a virtual machine has hooks for that, and is still active meanwhile. */
const ENDING = 4;

const NUMBERS = { HUP: 1, USR1: 10, USR2: 12 } as const;

/** Whether the main process, if there is one, has a handler for a signal. */
async function catches(unit: string, signal: string): Promise<boolean> {
  const pid = await property(unit, "MainPID");
  const { output } = await shell(`sed -n 's/^SigCgt:\\s*//p' /proc/${pid}/status`);
  const caught = /^[0-9a-f]+$/.exec(output.trim())?.[0] ?? "0";
  const number = NUMBERS[signal as keyof typeof NUMBERS];
  return ((BigInt(`0x${caught}`) >> BigInt(number - 1)) & 1n) === 1n;
}

/** The jobs of cron, of logrotate and of timers that a package brings. */
async function jobs(name: string): Promise<readonly { readonly what: string; readonly line: string }[]> {
  const { output } = await shell(`dpkg -L ${quoted(name)}`);
  return output.split("\n").flatMap((path) => {
    if (/^\/etc\/cron\.(?:hourly|daily|weekly|monthly)\/[^.]/.test(path))
      return [{ what: `its job ${path}`, line: quoted(path) }];
    if (path.startsWith("/etc/logrotate.d/"))
      return [{ what: `its rotation ${path}`, line: `logrotate -f ${quoted(path)}` }];
    const timer = /systemd\/system\/([^/@]+)\.timer$/.exec(path)?.[1];
    return timer === undefined
      ? []
      : [{ what: `the job of ${timer}.timer`, line: `systemctl start ${quoted(`${timer}.service`)}` }];
  });
}

/** What an update does: every configuration file is a new one in the place of the old one, and the package's script runs. */
const UPDATE = (name: string, unit: string): string => `
for it in $(dpkg-query -W -f '\${Conffiles}\\n' ${quoted(name)} | sed -n 's/^ \\(\\/etc\\/[^ ]*\\) [0-9a-f]*$/\\1/p' | grep -vE 'init\\.d|cron|logrotate|systemd|apparmor' | head -20); do
  [ -f "$it" ] && cp -p "$it" "$it.new" && mv "$it.new" "$it"
done
dpkg-reconfigure -f noninteractive ${quoted(name)} && systemctl restart ${quoted(unit)}`;

const NAMES = /(?:ctl|cli|adm|admin|client|stats?|status|info|query|show|ping|check|console|cmd|tool)$/;
const WORDS = ["", "status", "ping", "info", "version", "list", "stats", "show", "--status", "-s"];

/**
 * Calls of programs of the package that talk to the daemon: they succeed while it runs and fail while it is stopped, which is how
 * they are found. Afterwards the daemon runs again.
 */
async function calls({ unit, package: name, calls: known }: Subject): Promise<readonly Done[]> {
  const answer = async (call: string): Promise<boolean> => (await shell(call, 4)).status === 0;
  const what = (call: string): string => `the command ${call}`;
  if (known) {
    const done: Done[] = [];
    for (const call of known) done.push({ what: what(call), answer: (await answer(call)) ? "succeeds" : "! fails" });
    return done;
  }
  const { output } = await shell(`dpkg -L ${quoted(name)} | grep -E '^/usr/s?bin/[^/]+$'`);
  const programs = output
    .split("\n")
    .filter((it) => NAMES.test(it))
    .slice(0, 4);
  const worked: string[] = [];
  for (const program of programs) {
    for (const word of WORDS) {
      const call = `${program} ${word}`.trim();
      if (await answer(call)) worked.push(call);
    }
  }
  if (worked.length === 0) return [];
  await shell(`systemctl stop ${quoted(unit)}`, 100);
  const talking: string[] = [];
  for (const call of worked) if (!(await answer(call))) talking.push(call);
  await shell(`systemctl start ${quoted(unit)}`, 100);
  return talking.map((call) => ({ what: what(call), answer: "succeeds" }));
}
