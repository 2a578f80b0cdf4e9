import { BPF_ATTACHMENTS, BPF_COMMANDS, BPF_MAPS, BPF_PROGRAMS } from "../../../facts/bpfDelegates.ts";
import { list, splitAtCommas } from "../../combine.ts";
import type { Grammar } from "../../grammar.ts";
import { oneOf } from "../../oneOf.ts";

const CODE = "value/bpf-delegate";

/** `any`, or words with commas between them. Follows bpf_delegate_from_string(), systemd 262, which says of unknown ones only their names. */
function delegation(routine: string, names: readonly string[], what: string, forms: string): Grammar {
  const form = `\`any\`, or ${forms} separated by commas`;
  return list(
    `bpf_delegate_${routine}`,
    oneOf(
      names.map((text) => ({ text })),
      { code: CODE, what, form, consequence: "systemd silently ignores it" },
    ),
    {
      form,
      splitting: splitAtCommas,
      empty: "reset",
      effect: "silent",
      alone: oneOf([{ text: "any", summary: "All there are." }], { code: CODE, what, form }),
    },
  );
}

/** What a service may do with BPF by a token. */
export const BPF_LISTS = {
  bpfDelegateCommands: delegation("commands", BPF_COMMANDS, "BPF command", "BPF commands"),
  bpfDelegateMaps: delegation("maps", BPF_MAPS, "BPF map type", "BPF map types"),
  bpfDelegatePrograms: delegation("programs", BPF_PROGRAMS, "BPF program type", "BPF program types"),
  bpfDelegateAttachments: delegation("attachments", BPF_ATTACHMENTS, "BPF attachment type", "BPF attachment types"),
} as const satisfies Record<string, Grammar>;
