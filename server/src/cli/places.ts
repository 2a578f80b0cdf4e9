import type { Errand } from "./errand.ts";
import type { Machine, Places } from "./machine.ts";

/** Where all of that is for services of the system. */
export const SYSTEM_PLACES: Places = {
  scope: "system",
  systemctl: "systemctl",
  temporary: "/run/systemd/system",
  strongest: "/run/systemd/system.control",
  kept: "/etc/systemd/system",
  state: "/run/unit-warden",
  learnt: "/var/lib/unit-warden/learn",
};

/** The places of the manager that a machine speaks to. */
export const placesOf = ({ places = SYSTEM_PLACES }: Machine): Places => places;

/** The same machine, on which programs of systemd speak to the manager of the user who runs this. Throws where there is none. */
export async function machineOfUser(machine: Machine): Promise<Machine> {
  if (machine.platform !== "linux") throw new Error("services are observed on Linux, where systemd runs");
  const variables = [
    "XDG_RUNTIME_DIR:-/run/user/$(id -u)",
    "XDG_CONFIG_HOME:-$HOME/.config",
    "XDG_STATE_HOME:-$HOME/.local/state",
  ];
  const references = variables.map((it) => `"\${${it}}"`).join(" ");
  const { stdout } = await machine.run(["/bin/sh", "-c", `printf '%s\\n' ${references}`]);
  const [runtime = "", config = "", state = ""] = stdout.split("\n");
  if (!(await machine.stat(`${runtime}/systemd`)))
    throw new Error(
      `there is no user manager of this user: ${runtime}/systemd is missing; log in as the user of the service, without sudo`,
    );
  const places: Places = {
    scope: "user",
    systemctl: "systemctl --user",
    temporary: `${runtime}/systemd/user`,
    strongest: `${runtime}/systemd/user.control`,
    kept: `${config}/systemd/user`,
    state: `${runtime}/unit-warden`,
    learnt: `${state}/unit-warden/learn`,
  };
  return { ...machine, places, run: (argv, options) => machine.run(forUser(argv), options) };
}

/** An errand about a service of the user who runs this, which is also put back there. */
export const asUser = ({ act }: Errand): Errand => ({
  act: async (machine, takeBack) =>
    act(await machineOfUser(machine), (what, undo) => takeBack(what, async (it) => undo(await machineOfUser(it)))),
});

/** A command as the user manager gets it. */
function forUser([program = "", ...words]: readonly string[]): readonly string[] {
  if (program === "systemctl" || program === "systemd-run") return [program, "--user", ...words];
  if (program !== "journalctl") return [program, ...words];
  return [program, ...words.map((it) => (it === "--unit" ? "--user-unit" : it))];
}
