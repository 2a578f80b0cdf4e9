import { plain } from "./exchange.ts";
import { MARK } from "./files.ts";
import { pause, quoted, shell } from "./shell.ts";
import type { Done, Subject } from "./subject.ts";
import { trouble } from "./working.ts";

const LOGS = `find /var/log -xdev -type f -newer ${MARK} ! -path '*/journal/*' ! -name '*.1' 2>/dev/null`;

/** What a night does to logs: the rotation of the package, then every log that is left gets another name, and the daemon is restarted. */
export async function rotating(subject: Subject): Promise<readonly Done[]> {
  const { unit, package: name } = subject;
  const logs = (await shell(LOGS)).output.split("\n").filter((it) => it !== "");
  const rotation = await shell(
    `for it in $(dpkg -L ${quoted(name)} | grep '^/etc/logrotate.d/.'); do logrotate -f "$it" || exit; done`,
  );
  for (const it of logs) await shell(`[ -e ${quoted(it)} ] && mv ${quoted(it)} ${quoted(`${it}.1`)}`);
  const restarted = await shell(`systemctl restart ${quoted(unit)}`, 100);
  await pause(1);
  const wrong =
    rotation.status !== 0 ? rotation.output : restarted.status !== 0 ? restarted.output : await trouble(subject);
  const back = await Promise.all(
    logs.map(async (it) => ({
      what: `${plain(it)} after its rotation`,
      answer: (await shell(`[ -e ${quoted(it)} ]`)).status === 0 ? "is there again" : "! is missing",
    })),
  );
  return [
    { what: "a restart after the rotation", answer: wrong === "" ? "works" : `! ${plain(wrong).slice(0, 100)}` },
    ...back,
  ];
}
