/*
 * The one bundle of the package: the core is in it once. Whatever is imported for its value is loaded wherever it runs, in
 * web workers, too, so nothing in main/ may use Node.js before it is called.
 */
export { runCommandLine } from "./cli.ts";
export { runServer } from "./node.ts";
export { runThread } from "./thread.ts";
export { runWorker } from "./worker.ts";
