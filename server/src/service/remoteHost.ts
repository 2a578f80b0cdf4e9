import type { Unit } from "../units/unit.ts";
import { mainCommands } from "./mainCommand.ts";

/** The host of another machine that the main command of a service names as what it connects to; undefined where none shows. */
export function remoteHost(unit: Unit): string | undefined {
  for (const { start } of mainCommands(unit)) {
    const found = start.args.slice(0, MAX_ARGS).flatMap((it, i, all) => hostIn(it, all[i - 1] ?? "") ?? [])[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

const MAX_ARGS = 50;

function hostIn(word: string, before: string): string | undefined {
  if (word.length > MAX_WORD) return undefined;
  const url = /^(?:--?[\w.-]{1,40}=)?[a-z][a-z0-9+]{1,15}:\/\/(?:[^/@]*@)?([^/:?]+)/.exec(word)?.[1];
  const [, option = before, value = word] = /^(--?[\w.-]{1,40})=(.*)$/s.exec(word) ?? [];
  const host = url ?? (PEER.test(option) ? value.replace(/:\d{1,5}$/, "") : undefined);
  return host !== undefined && isRemote(host) ? host : undefined;
}

const MAX_WORD = 300;
/** Options that name what a client connects to. */
const PEER =
  /^--?(?:[\w.-]{1,30}[-_.])?(?:db|db-?host|database|host|server|servers|peer|upstream|remote|connect|broker|brokers|master|primary|endpoint|target|api|redis|postgres|mysql|mongo|amqp|mqtt|kafka|nats|ldap)(?:[-_.](?:host|server|url|uri|addr|address))?$/i;

/** Whether a name surely means another machine: of a domain, and none that stands for this one. */
const isRemote = (host: string): boolean =>
  /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/.test(host) &&
  /[a-z]$/i.test(host) &&
  !/(?:^|\.)(?:localhost|local|localdomain|internal|sock|socket|json|ya?ml|conf|toml|db|sqlite3?|py|js)$/i.test(host);
