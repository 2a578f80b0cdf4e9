import { type DirectiveRows, sharing } from "../../row.ts";

/** Old names of everything that runs programs. */
export const EXEC_LEGACY_ROWS = {
  Capabilities: {
    summary: "Has no effect any more; use CapabilityBoundingSet= or AmbientCapabilities= to control privileges.",
    type: "warnCompat",
    until: 0,
    undocumented: true,
  },
  ...sharing({ type: "namespacePathStrv", many: true, undocumented: true })({
    ReadWriteDirectories: {
      summary: "Old name of ReadWritePaths=, still accepted.",
      successor: { section: "Service", name: "ReadWritePaths" },
    },
    ReadOnlyDirectories: {
      summary: "Old name of ReadOnlyPaths=, still accepted.",
      successor: { section: "Service", name: "ReadOnlyPaths" },
    },
    InaccessibleDirectories: {
      summary: "Old name of InaccessiblePaths=, still accepted.",
      successor: { section: "Service", name: "InaccessiblePaths" },
    },
  }),
} as const satisfies DirectiveRows;
