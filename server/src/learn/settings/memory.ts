import { JIT_FILES } from "../../facts/jitFiles.ts";
import type { Sight } from "../needs.ts";
import { type LearnRule, offered, refused, usedAs } from "./learnContext.ts";
import { shownOf } from "./needSigns.ts";

/** No memory that is writable and executable; refused where a compiler is at hand that may start later. */
export const executableMemory: LearnRule = (context) => {
  const { needs, facts, paths } = context;
  const refuse = (reason: string, sights: Parameters<typeof refused>[3] = []) => [
    refused("MemoryDenyWriteExecute", "yes", reason, sights),
  ];
  const [shown] = shownOf(context, "compiled-code");
  if (shown)
    return refuse(
      PROTECTS.test(shown.sights[0]?.sample ?? "") ? "mprotect(PROT_EXEC) was seen" : shown.reason,
      shown.sights,
    );
  // What can compile need not have done so.
  const guarded = (path: string, compiler: string, seen: readonly Sight[]) =>
    refuse(`${path} is ${compiler}`, seen).map(({ isShown: _, ...it }) => it);
  for (const [path, need] of paths) {
    const used = usedAs(need, ["map", "execute"]);
    const compiler = used.length > 0 ? compilerIn(path) : undefined;
    if (compiler !== undefined) return guarded(path, compiler, used);
  }
  for (const [path, { sight }] of Object.entries(needs.programs)) {
    const compiler = compilerIn(path);
    if (compiler !== undefined) return guarded(path, compiler, [sight]);
  }
  if (facts.kinds.has("jit")) return refuse("the program has a compiler that may start on some requests only");
  return [offered("MemoryDenyWriteExecute", "yes", "no memory was made writable and executable")];
};

const PROTECTS = /^(?:pkey_)?mprotect\b/;

/** The compiler that a file is, by its name. */
function compilerIn(path: string): string | undefined {
  const file = path.slice(path.lastIndexOf("/") + 1);
  return JIT_FILES.find(([pattern]) => pattern.test(file))?.[1];
}
