/**
 * What tests start is not covered: the built bundles have no sources for c8, and a megabyte of JSON at the end of each process
 * would cost a fifth of its time. Node.js has read the variable for this process already. Processes that run test files at a
 * time get it from the one that starts them, and come here themselves.
 */
if (!process.argv.includes("--parallel")) delete process.env.NODE_V8_COVERAGE;
