import { FILE_CALLS } from "./fileCalls.ts";
import { IDENTITY_CALLS } from "./identityCalls.ts";
import { KERNEL_CALLS } from "./kernelCalls.ts";
import { MEMORY_CALLS } from "./memoryCalls.ts";
import { NETWORK_CALLS } from "./networkCalls.ts";
import { OPENING_CALLS } from "./opening.ts";
import { PROCESS_CALLS } from "./processCalls.ts";
import type { CallReader } from "./scene.ts";

/** How a call is read. */
interface CallKind {
  /** `undefined` where its arguments tell nothing. */
  readonly reader: CallReader | undefined;
  /** Whether its lines repeat word for word, so that what they show is looked up instead of read again. */
  readonly repeats: boolean;
  /** Whether it shows something only where it makes something executable. */
  readonly maps: boolean;
}

const REPEATED = /^(?:open(?:at2?)?|l?stat|newfstatat|statx|f?access(?:at2?)?|readlink(?:at)?|execve)$/;
const MAPPING = /^(?:mmap2?|mprotect|pkey_mprotect)$/;

const KINDS: ReadonlyMap<string, CallKind> = new Map(
  Object.entries({
    ...OPENING_CALLS,
    ...FILE_CALLS,
    ...PROCESS_CALLS,
    ...IDENTITY_CALLS,
    ...MEMORY_CALLS,
    ...NETWORK_CALLS,
    ...KERNEL_CALLS,
  }).map(([name, reader]) => [name, { reader, repeats: REPEATED.test(name), maps: MAPPING.test(name) }]),
);

const OTHER: CallKind = { reader: undefined, repeats: false, maps: false };

/** Also of a call that nobody knows. */
export const callKind = (name: string): CallKind => KINDS.get(name) ?? OTHER;
