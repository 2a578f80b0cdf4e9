/*
 * The one bundle of the package: the core is in it once. Whatever is imported for its value is loaded wherever it runs, in
 * web workers, too, so nothing in main/ may use Node.js before it is called.
 */

/** Runs the command line on the arguments of this process, with `lsp` the server. */
export const runCommandLine = async (): Promise<void> => (await import("./cli.ts")).runCommands();

/** Runs the server on the transport that the arguments of this process name. */
export const runServer = async (): Promise<void> => (await import("./node.ts")).serveOnNode();

/** Runs a thread of the command line. */
export const runThread = async (): Promise<void> => (await import("./thread.ts")).serveShares();

/** Runs the thread of a server that reads programs. */
export const runProgramThread = async (): Promise<void> => (await import("./programThread.ts")).serveReadings();

/** Runs the server in this web worker. */
export const runWorker = async (): Promise<void> => (await import("./worker.ts")).serveInWorker();
