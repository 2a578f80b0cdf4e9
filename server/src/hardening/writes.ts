import { type Facts, undeclaredWrites } from "../service/facts.ts";
import { firstMatchOf, isOn, paths, textOf, words } from "../service/settings.ts";
import { once } from "../units/once.ts";

/** A path below /usr, /boot or /etc that the service writes, as far as that shows. */
export function systemWrite({ programs, unit, paths: all }: Facts): string | undefined {
  const listed = [paths(unit, "ReadWritePaths"), paths(unit, "ReadWriteDirectories")];
  const writable = firstMatchOf(listed, /^\/(?:usr|boot|efi|etc)(?:\/|$)/);
  if (writable !== undefined) return writable;
  const directory = textOf(unit, "WorkingDirectory")?.replace(/^-/, "") ?? "";
  if (SYSTEM.test(directory)) return directory;
  return writtenBy(programs) ?? writtenAmong(all);
}

/** Whether it declares its directories for data, so that the rest of the system may be read-only. */
export function declaresItsWrites(facts: Facts): boolean {
  if (undeclaredWrites(facts).length > 0 || facts.personal) return false;
  const writable = [paths(facts.unit, "ReadWritePaths"), paths(facts.unit, "ReadWriteDirectories")];
  const listed = firstMatchOf(writable, /^\/(?:var\/lib|srv|opt|mnt)(?:\/|$)|^\/var$/) !== undefined;
  const state = listed || words(facts.unit, "StateDirectory").length > 0;
  return state && (listed || !facts.privileged || isOn(facts.unit, "DynamicUser"));
}

const WRITERS =
  /^(?:htpasswd|htdigest|htdbm|crudini|postmap|postalias|patch|cp|mv|install|tee|touch|mkdir|rm|ln|chown|chmod|sed|rsync|dd|ssh-keygen|openssl|mktemp|truncate|rmdir|chgrp|unlink)$/;
/** Options with a file that is only read. */
const READS = /^--(?:config|conf|exclude-from|include-from|files-from|password-file|reference|cafile|ca-file)=/;
const SYSTEM = /^(?:\/usr(?!\/(?:s?bin|lib\w*|share|libexec|local\/s?bin)(?:\/|$))|\/boot|\/efi|\/etc)(?:\/|$)/;

const writtenBy = once((programs: Facts["programs"]): string | undefined => {
  for (const { names, args } of programs) {
    const line = args.filter((it) => !READS.test(it)).join(" ");
    if (names.includes("ssh-keygen") && args.includes("-A")) return "/etc/ssh";
    if (names.some((it) => WRITERS.test(it))) {
      const target = /(?:^|[\s"'=])(\/(?:usr|boot|efi|etc)\/[^\s"';]*)/.exec(line)?.[1];
      if (target !== undefined) return target;
    }
    const redirected = />{1,2}\s*(\/(?:usr|boot|efi|etc)\/[^\s"';]*)/.exec(line)?.[1];
    if (redirected !== undefined) return redirected;
  }
  return undefined;
});

const writtenAmong = once((all: readonly string[]): string | undefined =>
  all.find(
    (it) =>
      SYSTEM.test(it) &&
      /\.(?:pid|sock|socket|log|db|sqlite3?|lock)$|\/(?:data|logs?|run|var|state|cache|spool)(?:\/|$)/.test(it),
  ),
);
