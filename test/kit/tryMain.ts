import { runCommands } from "../../server/src/main/cli.ts";

/** The command line as it is, for tests that start it in a systemd of their own. */
void runCommands();
