import { command } from "../command.ts";
import { namedFile } from "../namedFile.ts";
import { nameOfInstalled } from "../names.ts";
import { anyText, choice, flag, repeated, UsageError, valued } from "../option.ts";
import { PROFILES } from "../options.ts";
import { asUser } from "../places.ts";
import { lineWidth } from "../terminal.ts";
import { tryErrand } from "../try/errand.ts";
import { linesOfDropIn, linesOfProfile } from "../try/wanted.ts";

/** As many sets of settings are tried where nobody says otherwise. */
const TRIES = 40;

export const tryCommand = command(
  {
    name: "try",
    synopsis: ["try UNIT [option…]"],
    summary: "tries settings on a running service, loosened until it works, and puts them back or keeps them",
    details:
      "It restarts the service again and again, with the settings in a drop-in below /run. What is not exercised is not tried: give --exercise a command that fails where the service does not do its work. It needs root, and asks first.",
    options: {
      profile: choice(PROFILES, "basic", "what to try: the settings that harden would add"),
      likely: flag("try also what harden leaves out because the file alone cannot show that it is safe"),
      "drop-in": anyText("FILE", "try the settings of this drop-in instead", "files"),
      exercise: repeated(
        "COMMAND",
        "a shell command that asks the service for something, and fails where it does not answer",
        (it) => it,
      ),
      tries: valued("N", `how many sets of settings are tried at most (default: ${TRIES})`, triesOf),
      user: flag("try them on a service of your user manager: run it as that user, without sudo"),
      write: flag("keep what works, in UNIT.d/50-unit-warden.conf below /etc/systemd/system"),
      "no-reload": flag("leave out the reload, and do not try what it needs"),
      "dry-run": flag("print the plan, and change nothing"),
      yes: flag("do not ask before the service is restarted"),
    },
    operands: "units",
  },
  ({ options, operands, given }, { host, terminal }) => {
    const [unit] = operands;
    if (unit === undefined || operands.length > 1) throw new UsageError("name one service");
    const file = options["drop-in"];
    if (file !== undefined && (given.includes("profile") || options.likely))
      throw new UsageError("--drop-in excludes --profile and --likely");
    const { exercise, tries, write, yes, profile, likely } = options;
    const lines = file === undefined ? undefined : linesOfDropIn(namedFile(host, file));
    const errand = tryErrand({
      unit: nameOfInstalled(host, unit),
      lines: (it) => lines ?? linesOfProfile(it, profile, likely),
      exercise,
      tries,
      write,
      yes,
      dryRun: options["dry-run"],
      noReload: options["no-reload"],
      width: lineWidth(terminal),
    });
    return options.user ? asUser(errand) : errand;
  },
);

function triesOf(written: string | undefined): number {
  const count = written === undefined ? TRIES : Number(written);
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`--tries takes a number from 1 on, not ${written}`);
  return count;
}
