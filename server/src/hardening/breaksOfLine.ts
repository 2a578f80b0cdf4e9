import type { HardeningDirective } from "./profiles.ts";
import { GENTLER_BREAKS } from "./tables/gentlerBreaks.ts";

/** What may stop working by a line whose value is another one than its row speaks of; undefined where that holds for it as well. */
export const breaksOfLine = (line: string, directive: HardeningDirective): string | undefined =>
  GENTLER_BREAKS[line] ??
  OF_LISTS.find(([pattern]) => pattern.test(line))?.[1] ??
  ALONG[`${directive} ${line.slice(0, line.indexOf("="))}`];

/** Lists of what is denied, and those that keep what others take. */
const OF_LISTS: readonly (readonly [RegExp, string])[] = [
  [
    /^CapabilityBoundingSet=(?!~).*\bCAP_SETUID\b/,
    "Rights of root that are not listed are missing, such as those over the network, mounts and modules.",
  ],
  [/^CapabilityBoundingSet=~/, "These rights of root are missing, for programs that it starts as well."],
  [/^SystemCallFilter=~/, "These calls fail, in programs that it starts as well."],
  [/^SystemCallFilter=(?!@system-service\b)/, "Nothing: these calls stay allowed."],
  [/^RestrictAddressFamilies=~/, "Sockets of these families cannot be opened."],
];

/** What lines change that come along with a setting, by the names of both. */
const ALONG: Readonly<Record<string, string>> = {
  "NoExecPaths ExecPaths": "Programs and libraries in these paths run as before, others do not.",
  "NoExecPaths BindReadOnlyPaths": "Nothing: it keeps these paths read-only, which ExecPaths= would make writable.",
  "TemporaryFileSystem InaccessiblePaths": "Nothing: it hides the new root directory inside of itself.",
  "TemporaryFileSystem RuntimeDirectory": "Nothing: it creates the empty directory for the root.",
  "ProtectSystem ReadWritePaths": "Nothing: the service can write there as before.",
  "DevicePolicy DeviceAllow": "Nothing: it opens these devices, which DevicePolicy= would close.",
  "IPAddressDeny IPAddressAllow": "Only these peers are reachable.",
  "SocketBindDeny SocketBindAllow": "Nothing: it leaves this port open, which SocketBindDeny= would close.",
};
