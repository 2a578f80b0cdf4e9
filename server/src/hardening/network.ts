import { type Facts, unitWords } from "../service/facts.ts";
import { hasTrait } from "../service/kinds.ts";
import { firstMatch, inForce, isDenyList, words } from "../service/settings.ts";

/** Whether a service shows that it talks to other machines, where the unit itself does not limit it to local sockets. */
export function usesNetwork({ unit, programs }: Facts): boolean {
  const families = words(unit, "RestrictAddressFamilies");
  if (families.length > 0 && !/^~|AF_INET/.test(families.join(" "))) return false;
  return (
    firstMatch(unitWords(unit), /^network(?:-online)?\.target$|^nss-lookup\.target$/) !== undefined ||
    programs.some(({ args }) => firstMatch(args, NETWORK) !== undefined) ||
    firstMatch(words(unit, "Environment"), NETWORK_VARIABLE) !== undefined
  );
}

const NETWORK =
  /^--?[\w.-]*(?:port|host|listen|bind|addr(?:ess)?|server|url)(?:[=:]|$)|^:\d+$|\b(?:https?|wss?|tcp|udp|rediss?|amqps?|mysql|postgres(?:ql)?|mongodb|s3|sftp|ftp|ldaps?|smtps?):\/\//i;
const NETWORK_VARIABLE = /^\w*(?:PORT|HOST|URLS?|ADDR(?:ESS)?|LISTEN|PROXY|ENDPOINT|SERVER)=./i;

/** Whether a service needs no IP: by the families that the unit allows, or as its programs talk to no other machine. */
export const needsNoIp = ({ unit, programs }: Facts): boolean =>
  isLocal(unit, NO_IP) || (programs.length > 0 && programs.every(isOffline));

/** Whether the unit allows sockets in the file system alone. */
export const allowsOnlyUnix = ({ unit }: Facts): boolean => isLocal(unit, ONLY_UNIX);

const isOffline = (program: Facts["programs"][number]): boolean =>
  program.names.length > 0 && program.names.every((it) => hasTrait(it, "offline", program));

const ONLY_UNIX = /^(?:AF_UNIX|AF_LOCAL|none)$/;
const NO_IP = /^(?:AF_(?!INET6?$|PACKET$)\w+|none)$/;

/** Whether the unit itself allows no other families of sockets than these. */
function isLocal(unit: Facts["unit"], families: RegExp): boolean {
  const lines = inForce(unit, "RestrictAddressFamilies");
  return (
    lines.length > 0 && !isDenyList(lines) && words(unit, "RestrictAddressFamilies").every((it) => families.test(it))
  );
}
