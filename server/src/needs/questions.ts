import { type NeedName, needNamed } from "./vocabulary.ts";

/** A question about a service that its owner can answer without knowing systemd. */
export interface OwnerQuestion {
  readonly id: string;
  /** Short enough for the line of a picker. */
  readonly text: string;
  /** What a yes would mean, after the question. */
  readonly examples: string;
  /** The needs that a no answers; a yes is asked about further. */
  readonly needs: readonly NeedName[];
}

/** All questions, in the order in which they are asked: no more than somebody answers. */
export const OWNER_QUESTIONS: readonly OwnerQuestion[] = [
  {
    id: "hardware",
    text: "Does it talk to hardware, capture packets or need realtime priority?",
    examples: "serial ports, GPUs, sound, disks, USB, Bluetooth, packets below TCP and UDP",
    needs: ["hardware", "address-families", "raw-sockets", "realtime"],
  },
  {
    id: "rights",
    text: "Does it run programs that gain rights, or make set-user-ID files?",
    examples: "sudo, mail, ping, programs with file capabilities",
    needs: ["privileged-programs", "set-uid-files"],
  },
  {
    id: "sharing",
    text: "Does it share files with people or other services?",
    examples: "in home directories, in /tmp, or files that other users open",
    needs: ["homes", "shared-tmp", "shared-files"],
  },
  {
    id: "processes",
    text: "Does it look at processes of others?",
    examples: "as monitors and debuggers do",
    needs: ["processes"],
  },
  {
    id: "containers",
    text: "Does it make containers, sandboxes or mounts?",
    examples: "as engines of containers and browsers do",
    needs: ["namespaces", "mounts", "control-groups"],
  },
  {
    id: "kernel",
    text: "Does it change settings of the machine, load modules or read the kernel's log?",
    examples: "settings of the kernel or the network, the clock, the host name",
    needs: ["kernel-settings", "network-settings", "clock", "host-name", "kernel-modules", "kernel-log"],
  },
  {
    id: "code",
    text: "Does it compile code while it runs, or run programs for 32 bits?",
    examples: "as Java, Node.js and .NET do",
    needs: ["compiled-code", "foreign-programs"],
  },
  {
    id: "writes",
    text: "Does it write outside of its own directories?",
    examples: "elsewhere than in those below /var and /run, and in /tmp",
    needs: ["writes"],
  },
];

/** An answer to a question, as it is stated then. */
export interface StatedAnswer {
  readonly need: NeedName;
  readonly says: "needs" | "no";
  readonly details?: readonly string[];
}

/** What details of a need are asked for once it is there; undefined where it has none that a person knows. */
export function detailQuestion(need: NeedName): string | undefined {
  switch (needNamed(need)?.detail) {
    case "device":
      return "Which devices, such as /dev/ttyUSB0? Enter if any";
    case "path":
      return "Which paths, such as /srv/shop? Enter if any";
    case "family":
      return "Which address families, such as AF_BLUETOOTH? Enter if any";
    default:
      return undefined;
  }
}

/** So long a comment gets at most. */
const MOST_CHARACTERS = 100;

/** The words of answers after the mark of a comment, as few lines as have room for them. */
export function statementTexts(answers: readonly StatedAnswer[]): readonly string[] {
  return (["needs", "no"] as const).flatMap((verb) => {
    const words = answers
      .filter((it) => it.says === verb)
      .map(({ need, details }) => (details && details.length > 0 ? `${need}=${details.join(",")}` : need));
    const lines: string[] = [];
    for (const word of words) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + word.length < MOST_CHARACTERS)
        lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(`${verb} ${word}`);
    }
    return lines;
  });
}
