import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { LineRule, Rule } from "../../findings/rule.ts";
import { lostRoot, reopened, stillExecutable } from "./paths/dropped.ts";
import { staticUser, strayFiles } from "./paths/dynamic.ts";
import { execPathsAlone } from "./paths/execPaths.ts";
import { hiddenDirectory, hiddenPidFile, hiddenProgram, hiddenWrite } from "./paths/hidden.ts";
import { readWriteLost, unreachable } from "./paths/idle.ts";
import { laterMount } from "./paths/laterMount.ts";
import { linkedHome } from "./paths/linkedHome.ts";
import { coveredPath, missingPath } from "./paths/missing.ts";
import { hostRoot, lostMount, propagation, systemOnly } from "./paths/namespaces.ts";
import { noExec } from "./paths/noExec.ts";
import { otherDirectory } from "./paths/otherDirectory.ts";
import { programWrites } from "./paths/programWrites.ts";
import { runFolder } from "./paths/runFolder.ts";
import { unreadable } from "./paths/unreadable.ts";
import { userMakes } from "./paths/userMakes.ts";
import { outputDirectory, privateSocket, readOnlyPath } from "./paths/writes.ts";

/** What the sandbox of a unit does to the paths, users and mounts that the unit itself needs. */
export const PATH_SANDBOX_RULES: readonly (Rule | LineRule)[] = [
  ...alsoInDropIns([
    hiddenProgram,
    hiddenDirectory,
    linkedHome,
    hiddenPidFile,
    hiddenWrite,
    noExec,
    execPathsAlone,
    stillExecutable,
    reopened,
    lostRoot,
    unreachable,
    coveredPath,
    missingPath,
    readWriteLost,
    laterMount,
    readOnlyPath,
    programWrites,
    userMakes,
    runFolder,
    otherDirectory,
    unreadable,
    outputDirectory,
    privateSocket,
    staticUser,
    strayFiles,
    propagation,
    lostMount,
    hostRoot,
  ]),
  // About single lines, wherever they stand.
  systemOnly,
];
