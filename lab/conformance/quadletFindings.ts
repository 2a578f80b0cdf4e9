import { existsSync } from "node:fs";
import { join } from "node:path";
import { quadletDropInFolders } from "../../server/src/dialects/quadlets/generator/dropIns.ts";
import { quadletTypeOf } from "../../server/src/dialects/quadlets/generator/names.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { check } from "../../server/src/rules/check.ts";
import { readUnit, withKnowledge } from "../../server/src/units/readUnit.ts";
import { indexOf } from "../../test/kit/among.ts";
import { refusalMessages } from "../../test/kit/quadlets.ts";
import { isDifferent } from "./different.ts";
import { ANSWERS, type Answer, quadletSets } from "./quadlets.ts";
import { NOTHING, type Suite } from "./suite.ts";

/** Where the files of a set lie in the index. */
const PLACE = "etc/containers/systemd/";

/** A reader is told of every file that the generator refuses, at its line, and podman's rules find no error in one that it takes. */
export const quadletFindings: Suite = {
  name: "quadlet findings",
  versions: [4.9, 5.4, 5.8, 6],
  run(corpus, version) {
    const file = join(corpus, "..", "quadlet", "open", "corpus-licensed.jsonl");
    if (!existsSync(file)) return NOTHING;
    let total = 0;
    const differences: string[] = [];
    for (const set of quadletSets(file)) {
      const name = ANSWERS.find(([, of, scope]) => of === version && scope === "system")?.[0] ?? "";
      const given = set.answers[name];
      const answer = given === "as HEAD" ? (set.answers.HEAD as Answer) : given;
      if (!answer || answer.rc === 2 || answer.rc === "hangs") continue;
      const refused = refusalMessages(answer.messages);
      const files = Object.fromEntries(Object.entries(set.files).map(([path, text]) => [PLACE + path, text]));
      const index = indexOf(files);
      for (const [path, text] of Object.entries(set.files)) {
        const base = path.slice(path.lastIndexOf("/") + 1);
        if (!quadletTypeOf(base, version)) continue;
        // What others fill in first is not judged as it stands.
        if (/\{\{|\$\{PORT\}/.test(text)) continue;
        total++;
        const errors = errorsOf(set.files, path, version, index);
        const message = refused.find((it) => it.file === base)?.text;
        // Older ones silently leave out what they cannot read.
        const silent = version < 5 && errors.some(({ code }) => code === "quadlet/unreadable");
        const wrong =
          message === undefined
            ? errors
                .filter(({ code }) => !silent && code.startsWith("quadlet/") && !TRAPS.includes(code))
                .map(({ code, message: it }) => `${code}: ${it}`)
            : told(message, errors, text)
              ? []
              : [`nothing about: ${message}`];
        if (wrong.length > 0) differences.push(`${set.id} ${name} ${path}\n      ${wrong.join("\n      ")}`);
      }
    }
    const unexpected = differences.filter((it) => !isDifferent(it));
    return { agree: total - unexpected.length, total, differences: unexpected };
  },
};

/** What is an error although the generator takes the file. */
const TRAPS: readonly string[] = ["quadlet/boolean", "quadlet/value"];

function errorsOf(
  files: Readonly<Record<string, string>>,
  path: string,
  podman: number,
  index: ReturnType<typeof indexOf>,
): Finding[] {
  const place = checkedPath(`/tree/${PLACE}${path}`);
  if (!place) return [];
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const dropIns = quadletDropInFolders(path.slice(folder.length), podman).flatMap((it) =>
    Object.keys(files).filter((file) => file.startsWith(`${folder}${it}/`)),
  );
  const unit = readUnit(place, files[path] ?? "", NEWEST_VERSION, { dropIns: dropIns.map((it) => files[it] ?? "") });
  const context = { index, path: `/tree/${PLACE}${path}`, complete: true };
  return check(withKnowledge(unit, { podman }), { profile: "off" }, context).filter(
    ({ severity }) => severity === "error",
  );
}

/** Whether one of some findings stands where a message says that something is wrong. */
function told(message: string, errors: readonly Finding[], text: string): boolean {
  const line = Number(/^file contains line (\d+)/.exec(message)?.[1] ?? "0");
  const key = /^unsupported key '(.*?)' in group/.exec(message)?.[1];
  return errors.some(({ start }) => {
    const before = text.slice(0, start);
    if (line > 0) return before.split("\n").length === line;
    return key === undefined || text.slice(start).startsWith(key);
  });
}
