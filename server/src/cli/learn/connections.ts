import type { Machine } from "../machine.ts";
import { placesOf } from "../places.ts";
import { showUnit } from "../systemctl.ts";

/** Whether a service is a template, of which each connection to its socket makes an instance. */
export const isTemplateName = (unit: string): boolean => unit.endsWith("@.service");

/** The socket that makes instances of a template. */
export const socketOf = (template: string): string => template.replace(/@\.service$/, ".socket");

/** An instance of a template that no connection makes, with which systemd answers for all. */
export const sampleInstance = (template: string): string => template.replace(/@\.service$/, "@unit-warden.service");

/** Throws with the name of the template where a name is one of its instances, or lacks the @, and connections make those. */
export async function needNoConnections(machine: Machine, unit: string): Promise<void> {
  const [prefix = ""] = unit.replace(/\.service$/, "").split("@");
  const template = `${prefix}@.service`;
  const socket = socketOf(template);
  const { Accept } = await showUnit(machine, socket, ["Accept"]);
  if (Accept === "yes")
    throw new Error(`each connection to ${socket} starts an instance of its own: name the template ${template}`);
}

/** Throws with a sentence where the connections to a socket do not make instances of a template now. */
export async function needListeningSocket(machine: Machine, template: string): Promise<void> {
  const socket = socketOf(template);
  const { LoadState, ActiveState, Accept } = await showUnit(machine, socket, ["LoadState", "ActiveState", "Accept"]);
  if (LoadState !== "loaded" || Accept !== "yes")
    throw new Error(
      `${template} is a template: name an instance, such as ${template.replace(/@\.service$/, "@a.service")}`,
    );
  if (ActiveState !== "active") throw new Error(`${socket} does not listen: run systemctl start ${socket} first`);
}

/** Throws where nobody would connect while it is observed. */
export function needConnections(
  template: string,
  {
    commands,
    seconds,
    untilEnter,
  }: { readonly commands: readonly string[]; readonly seconds: number; readonly untilEnter: boolean },
): void {
  if (commands.length > 0 || seconds > 0 || untilEnter) return;
  const socket = socketOf(template);
  throw new Error(
    `${template} runs for connections to ${socket}: --exercise makes some, and --for waits for those of others`,
  );
}

/** What is asked before it is observed; nothing restarts. */
export const questionFor = (unit: string): string | undefined =>
  isTemplateName(unit) ? `Observe the connections to ${socketOf(unit)}?` : undefined;

/** The instances of a template in some state, as `failed`. */
async function instancesIn(machine: Machine, template: string, state: string): Promise<readonly string[]> {
  const words = ["list-units", "--plain", "--no-legend", `--state=${state}`, template.replace("@.", "@*.")];
  const { stdout } = await machine.run(["systemctl", ...words]);
  return stdout.split("\n").flatMap((it) => it.split(" ")[0] || []);
}

/** So long it is waited for the end of connections, in seconds. */
const PATIENCE = 10;

/** Connections to a socket since a moment. */
export interface Connections {
  /** Waits for their end; gives what went wrong, the same for each of them. */
  ended(): Promise<readonly string[]>;
}

/** Begins to look at the connections of a template. */
export async function connectionsFrom(machine: Machine, template: string): Promise<Connections> {
  const openBefore = await instancesIn(machine, template, "active,activating,deactivating");
  const failedBefore = await instancesIn(machine, template, "failed");
  return {
    async ended() {
      for (const end = machine.now() + PATIENCE; ; await machine.sleep(0.25)) {
        const open = await instancesIn(machine, template, "active,activating,deactivating");
        const failures = open.filter((it) => !openBefore.includes(it));
        if (failures.length === 0) break;
        if (machine.now() < end) continue;
        machine.say(`${failures.length} of its connections are still open: what they do later is not seen`);
        break;
      }
      const failed = (await instancesIn(machine, template, "failed")).filter((it) => !failedBefore.includes(it));
      const results = new Set<string>();
      for (const it of failed) results.add((await showUnit(machine, it, ["Result"])).Result);
      if (failed.length > 0) await machine.run(["systemctl", "reset-failed", "--", ...failed]);
      return [...results].map((it) => `a connection failed with result ${it}`);
    },
  };
}

/** A line of a shell script that forgets failed instances of a template, but for those that had failed before. */
export async function forgetFailed(machine: Machine, template: string): Promise<string> {
  const before = ["", ...(await instancesIn(machine, template, "failed")), ""].join(" ");
  const pattern = template.replace("@.", "@*.");
  const { systemctl } = placesOf(machine);
  return `${systemctl} list-units --plain --no-legend --state=failed '${pattern}' | while read -r it rest; do case '${before}' in *" $it "*) ;; *) ${systemctl} reset-failed "$it" ;; esac; done`;
}
