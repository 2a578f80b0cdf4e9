import type { Rows } from "../../row.ts";

/** Old names of everything that runs programs. */
export const EXEC_LEGACY = {
  Capabilities: {
    summary: "Has no effect any more; use CapabilityBoundingSet= or AmbientCapabilities= to control privileges.",
    type: "warnCompat",
    until: 0,
    undocumented: true,
  },
  ReadWriteDirectories: {
    summary: "Old name of ReadWritePaths=, still accepted.",
    type: "namespacePathStrv",
    many: true,
    successor: { section: "Service", name: "ReadWritePaths" },
    undocumented: true,
  },
  ReadOnlyDirectories: {
    summary: "Old name of ReadOnlyPaths=, still accepted.",
    type: "namespacePathStrv",
    many: true,
    successor: { section: "Service", name: "ReadOnlyPaths" },
    undocumented: true,
  },
  InaccessibleDirectories: {
    summary: "Old name of InaccessiblePaths=, still accepted.",
    type: "namespacePathStrv",
    many: true,
    successor: { section: "Service", name: "InaccessiblePaths" },
    undocumented: true,
  },
} as const satisfies Rows;
