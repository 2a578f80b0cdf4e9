import { waitingClient } from "./waiting.ts";

/** The extension on the desktop: the file with all the rest is not even read before it is needed. */
export const { activate, deactivate } = waitingClient(async () => (await import("./clientEntry.ts")).main());
