import type { Rule } from "../../../findings/rule.ts";
import { unitWords } from "../../../service/facts.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { COMMAND_SETTINGS, MAX_COMMANDS } from "../../../service/program.ts";
import { inForce, listLines } from "../../../service/settings.ts";
import { commandsIn } from "../../../service/shellLine.ts";
import { baseNameOf } from "../../../service/userCommands.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { AssignedLine } from "../../../syntax/tree.ts";
import { firstLines, onLines } from "../../../units/lineLists.ts";
import { memo } from "../../../units/memo.ts";
import { commandLineOf } from "../../../units/unitCommands.ts";
import { isSandboxed, SANDBOXING } from "./outside.ts";

/**
 * Programs that ask a daemon to start a command, which is then a child of that; `unless` are the words with which they do not,
 * or with which the command gets settings of its own.
 */
interface Asker {
  readonly programs: RegExp;
  /** A unit that this one has to name, where another program may stand under the same name that has no daemon. */
  readonly daemon?: RegExp;
  /** The commands of the program, and those of them that start something; every call does where missing. */
  readonly verbs?: { readonly all: RegExp; readonly start: RegExp };
  readonly unless?: RegExp;
  /** What the program does, the end of a sentence. */
  readonly does: string;
}

const ASKERS: readonly Asker[] = [
  {
    programs: /(?:^|\/)systemd-run$/,
    unless: /^--(?:scope|property|user|host|machine)(?:=|$)|^-[a-oq-zA-GI-LN-Z]*[pHM]/,
    does: "starts its command outside of this sandbox, in a unit of its own",
  },
  {
    programs: /^(?:(?:\/usr)?\/bin\/)?(?:at|batch)$/,
    unless: /^-[a-zA-Z]*[lrdcV]/,
    does: "has atd start the commands outside of this sandbox",
  },
  {
    programs: /(?:^|\/)(?:docker|docker-compose|nerdctl)$/,
    daemon: /^(?:docker|containerd)\.(?:service|socket)$/,
    verbs: {
      all: /^(?:attach|build|buildx|cp|create|diff|down|events|exec|export|images?|import|info|inspect|kill|load|login|logs|manifest|network|pause|plugin|port|prune|ps|pull|push|rename|restart|rm|run|secret|service|stack|start|stats|stop|swarm|system|tag|top|unpause|up|update|volume|wait)$/,
      start: /^(?:exec|restart|run|start|up)$/,
    },
    does: "has its daemon run the container's commands outside of this sandbox",
  },
];

/**
 * Seen with 257: with ProtectSystem=strict and NoNewPrivileges=yes a command of systemd-run writes to /usr, and with --scope it
 * does not. The daemons of the others are units of their own.
 */
export const ownUnit: Rule = {
  code: "sandbox/own-unit",
  needs: SANDBOXING,
  *check(unit) {
    const subject = systemService(unit);
    if (!subject || !isSandboxed(subject.settings)) return;
    for (const directive of COMMAND_SETTINGS) {
      const places = placesIn(firstLines(listLines(unit, directive), MAX_COMMANDS));
      if (places.length === 0) continue;
      const lines = inForce(unit, directive);
      for (const { at, found } of places) {
        const { from, to, name, asker } = found;
        const line = lines[at];
        const { daemon } = asker;
        if (!line || !isOwn(unit, line) || (daemon && !unitWords(unit).some((it) => daemon.test(it)))) continue;
        const message = `${directive}= runs ${name}, which ${asker.does}`;
        yield { ...sourceSpan(line.value, from, to), severity: "info", message, directive };
      }
    }
  },
};

interface AskingPlace {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly asker: Asker;
}

const placesOn = memo((line: AssignedLine): readonly AskingPlace[] =>
  MAY_ASK.test(line.value.text)
    ? commandLineOf(line)
        .commands.filter(({ prefixes }) => !prefixes.includes("+"))
        .flatMap((command) => commandsIn(command))
        .slice(0, MAX_COMMANDS)
        .flatMap(([program, ...args]) => {
          const name = baseNameOf(program?.value ?? "");
          const asker = program && ASKERS.find((it) => it.programs.test(program.value));
          const words = args.map((it) => it.value);
          return program && asker && asks(asker, words) ? [{ from: program.from, to: program.to, name, asker }] : [];
        })
    : [],
);
const placesIn = onLines(placesOn);

const asks = ({ verbs, unless }: Asker, words: readonly string[]): boolean =>
  !(unless && words.some((it) => unless.test(it))) &&
  (!verbs || verbs.start.test(words.find((it) => verbs.all.test(it)) ?? ""));

/** What a line has that runs one of them. */
const MAY_ASK = /systemd-run|docker|nerdctl|\b(?:at|batch)\b/;
