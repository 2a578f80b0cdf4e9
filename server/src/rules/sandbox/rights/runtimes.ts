import { JIT_FILES } from "../../../facts/jitFiles.ts";
import type { Rule } from "../../../findings/rule.ts";
import { hasTrait } from "../../../service/kinds.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { loadedUnit, systemService } from "../../../service/loadedUnit.ts";
import { type Program, programsOf } from "../../../service/program.ts";
import { hasForeignPrograms } from "../../../service/programCommands.ts";
import { firstMatch, setting, words } from "../../../service/settings.ts";
import { baseNameOf } from "../../../service/userCommands.ts";
import { memo } from "../../../units/memo.ts";
import type { Unit } from "../../../units/unit.ts";

/**
 * Seen with 257: node, npm, gjs, pypy and racket end by a signal, luajit and sbcl with an error, java cannot make its virtual
 * machine, with -Xint too; `node --jitless` runs, php and PCRE go on without their compilers.
 */
export const jit: Rule = {
  code: "sandbox/jit",
  needs: ["MemoryDenyWriteExecute"],
  *check(unit) {
    const subject = unit.path.kind === "service" ? loadedUnit(unit) : undefined;
    if (!subject?.settings.memoryDenyWriteExecute) return;
    const runtime = runtimeIn(programsOf(unit)) ?? runtimeBeside(unit);
    const node = setting(unit, "MemoryDenyWriteExecute")?.node;
    if (runtime === undefined || !node || !isOwn(unit, node)) return;
    if (firstMatch(words(unit, "Environment"), /jitless/) !== undefined) return;
    yield {
      ...node.keySpan,
      severity: "warning",
      message: `MemoryDenyWriteExecute= blocks the JIT compiler of ${runtime}, and ${/ in the folder /.test(runtime) ? "the program" : runtime} fails`,
      directive: "MemoryDenyWriteExecute",
      fixes: [
        {
          title: "Change to MemoryDenyWriteExecute=no",
          safe: false,
          edits: () => [{ ...node.valueSpan, newText: "no" }],
        },
      ],
    };
  },
};

const runtimeIn = memo((programs: readonly Program[]): string | undefined => {
  for (const program of programs) {
    const runtime = program.names.map((it) => runtimeOf(it, program)).find((it) => it !== undefined);
    if (runtime !== undefined && !program.args.some((it) => COMPILES_NOTHING.test(it))) return runtime;
  }
  return undefined;
});

/** The runtime that a program brings along in its own folder, where its machine is at hand. */
function runtimeBeside(unit: Unit): string | undefined {
  const files = unit.defaults?.files;
  const programs = files && !hasForeignPrograms(unit) ? programsOf(unit).filter((it) => OWN_FOLDER.test(it.path)) : [];
  for (const { path } of programs) {
    const names = files?.list(path.slice(0, path.lastIndexOf("/"))) ?? [];
    const found = names.map((name) => JIT_FILES.find(([file]) => file.test(name))?.[1]).find((it) => it !== undefined);
    if (found !== undefined) return `${found} in the folder of ${baseNameOf(path)}`;
  }
  return undefined;
}

/** Below the folders of all programs a library says nothing about one of them. */
const OWN_FOLDER = /^\/(?:opt|srv|home|usr\/(?:local\/)?(?:lib|libexec|share))\/[^/]+\//;

/** The runtime that a name shows; nothing but Java runs archives of its own. */
function runtimeOf(name: string, program: Program): string | undefined {
  if (hasTrait(name, "runtime", program)) return name;
  return /\.(?:jar|war)$/.test(name) ? "java" : undefined;
}

/** Options that turn the compiler off, where that is enough. */
const COMPILES_NOTHING = /jitless|^-joff$|^--jit$/;

/** Seen with 257: sysctl, free, uptime and vmstat fail, as /proc/sys, /proc/meminfo and /proc/uptime are missing. */
export const procSubset: Rule = {
  code: "sandbox/proc-subset",
  needs: ["ProcSubset"],
  *check(unit) {
    const subject = systemService(unit);
    if (subject?.settings.procSubset !== "pid") return;
    const programs = programsOf(unit);
    const reader = readerIn(programs);
    const file = reader === undefined ? fileIn(programs) : undefined;
    const node = setting(unit, "ProcSubset")?.node;
    if ((reader ?? file) === undefined || !node || !isOwn(unit, node)) return;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: file
        ? `ProcSubset=pid hides ${file}, which a command of the unit names`
        : `ProcSubset=pid hides the files below /proc that ${reader} reads, such as /proc/meminfo and /proc/sys`,
      directive: "ProcSubset",
      fixes: [
        {
          title: "Change to ProcSubset=all",
          safe: false,
          edits: () => [{ ...node.valueSpan, newText: "all" }],
        },
      ],
    };
  },
};

const readerIn = memo(
  (programs: readonly Program[]): string | undefined =>
    programs.flatMap((it) => it.names.filter((name) => hasTrait(name, "statistics", it)))[0],
);

/** A file below /proc that belongs to no process, in what a command gets. */
const fileIn = memo((programs: readonly Program[]): string | undefined => {
  for (const { path, args } of programs) {
    for (const word of [path, ...args]) {
      const file = OF_NO_PROCESS.exec(word)?.[1];
      if (file !== undefined) return file;
    }
  }
  return undefined;
});

const OF_NO_PROCESS =
  /(?:^|[\s=:'"<>])(\/proc\/(?:(?:sys|bus|fs|irq|driver|tty)\/|(?:cmdline|cpuinfo|meminfo|modules|partitions|stat|swaps|uptime|vmstat|version|loadavg|filesystems|devices|interrupts|mdstat|zoneinfo)(?=$|[\s'";|)]))[\w./-]*)/;
