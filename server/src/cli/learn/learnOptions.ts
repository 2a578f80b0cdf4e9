import { parseTimeSpan } from "../../values/timeSpan.ts";
import { anyText, flag, repeated, UsageError, valued, wordList } from "../option.ts";
import { sshDestination } from "../ssh/destination.ts";

const PARTS = ["user", "root"] as const;

/** The options of `learn`. */
export const LEARN_OPTIONS = {
  ssh: valued(
    "HOST",
    "observe the service of another machine, which ssh reaches and which needs no unit-warden; --write writes there, --save here",
    (written) => (written === undefined ? undefined : sshDestination(written)),
  ),
  for: valued("TIME", "leave the service to its users for this time, such as 10m", seconds),
  "until-enter": flag("leave it to its users until the Enter key is pressed"),
  exercise: repeated(
    "CMD",
    "run a command of the shell that uses the service, after the start and after a reload",
    (it) => it,
  ),
  user: flag("learn a service of your user manager: run it as that user, without sudo"),
  verify: flag("run the service once more under what was learnt, and take back what makes calls fail"),
  with: wordList(
    "PART,…",
    "prove and write a proposal too: user runs it as its own user, root gives it an empty root",
    () => PARTS,
  ),
  write: flag("write the settings into a drop-in below /etc/systemd/system"),
  script: flag("print a shell script that observes the service on a machine without unit-warden, and makes a bundle"),
  bundle: repeated(
    "FILE",
    "derive from a bundle, or from a file that was learnt before, on any machine and without root",
    (it) => it,
    "files",
  ),
  journal: anyText(
    "FILE",
    "with --bundle: allow also what lines of the journal of the service show was denied",
    "files",
  ),
  save: anyText("FILE", "keep what was observed in a bundle, from which settings can be derived anywhere", "files"),
  fresh: flag("prove it also as on a new machine: with its state, logs and caches moved aside, and put back"),
  "no-fresh": flag(
    "leave that out where the machine is thrown away, as the image of a container, and it is done by itself",
  ),
  instance: anyText("NAME", "prove it also as this other instance of its template"),
  "no-reload": flag("leave out the reload, and do not learn what it needs"),
  "dry-run": flag("print the plan, and change nothing"),
  "trust-run": flag("let the run count over what is known of such services, such as what a file server may share"),
  yes: flag("do not ask before the service is restarted"),
};

function seconds(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const read = parseTimeSpan(written, "s");
  if ("error" in read || read.nanoseconds === "infinity")
    throw new UsageError(`--for takes a time such as 10m, not ${written}`);
  return Number(read.nanoseconds / 1_000_000n) / 1000;
}
