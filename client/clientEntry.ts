import { waitingClient } from "./waiting.ts";

/** All that is large. */
export const main = (): Promise<typeof import("./main.ts")> => import("./main.ts");

/** The extension in the browser, where it is one file: what is not needed yet is only read over. */
export const { activate, deactivate } = waitingClient(main);
