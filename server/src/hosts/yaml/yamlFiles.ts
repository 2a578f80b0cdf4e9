import type { yamlSign } from "../signs.ts";
import { yamlValue } from "./scalars.ts";
import { textIn, type YamlNode, type YamlText, yamlItems, yamlMember } from "./yamlTree.ts";

/** A file that is written as a whole. */
export interface WrittenFile {
  readonly named: YamlText | undefined;
  /** The folder of a file that is called by its name alone. */
  readonly folder?: string;
  readonly contents: YamlText | undefined;
  /** Why its text is not the one that stands there, the end of a sentence. */
  readonly why?: string | undefined;
}

/** The files that a text writes, in its order, by what reads it. */
export function writtenFiles(
  text: string,
  root: YamlNode | undefined,
  sign: ReturnType<typeof yamlSign>,
): readonly WrittenFile[] {
  if (sign === "cloud-init") return cloudFiles(text, root);
  return sign === "ansible" ? copiedFiles(root) : machineFiles(text, root);
}

/** Files that are written as a whole, and the units of the older form for Container Linux. */
function cloudFiles(text: string, root: YamlNode | undefined): readonly WrittenFile[] {
  const files = yamlItems(yamlMember(root, "write_files")).map((it): WrittenFile => {
    const isPlain = PLAIN.has(yamlValue(text, textIn(it, "encoding")) ?? "");
    const isAdded = yamlValue(text, textIn(it, "append")) === "true";
    const why = !isPlain ? "its text is encoded" : isAdded ? "its text is added to a file" : undefined;
    return { named: textIn(it, "path"), contents: textIn(it, "content"), why };
  });
  return [...files, ...unitsIn(text, yamlMember(yamlMember(root, "coreos"), "units"), "content", "drop-ins")];
}

const PLAIN: ReadonlySet<string> = new Set(["", "text/plain"]);

/** What Butane and Ignition have in common. */
function machineFiles(text: string, root: YamlNode | undefined): readonly WrittenFile[] {
  const files = yamlItems(yamlMember(yamlMember(root, "storage"), "files")).map((it): WrittenFile => {
    const contents = yamlMember(it, "contents");
    const source = textIn(contents, "source");
    const isEncoded = source !== undefined && yamlValue(text, source)?.startsWith("data:");
    const named = textIn(it, "path");
    return isEncoded
      ? { named, contents: source, why: "its text is encoded" }
      : { named, contents: textIn(contents, "inline") };
  });
  return [...unitsIn(text, yamlMember(yamlMember(root, "systemd"), "units"), "contents", "dropins"), ...files];
}

const FOLDER = "/etc/systemd/system";

function unitsIn(text: string, list: YamlNode | undefined, contents: string, dropIns: string): readonly WrittenFile[] {
  return yamlItems(list).flatMap((it): readonly WrittenFile[] => {
    const named = textIn(it, "name");
    const folder = `${FOLDER}/${named && yamlValue(text, named)}.d`;
    const more = yamlItems(yamlMember(it, dropIns)).map(
      (each): WrittenFile => ({
        named: textIn(each, "name"),
        folder,
        contents: textIn(each, contents),
      }),
    );
    return [{ named, folder: FOLDER, contents: textIn(it, contents) }, ...more];
  });
}

/** The modules that write a text into a file. */
const COPY = ["copy", "ansible.builtin.copy", "ansible.legacy.copy"];
/** What holds other tasks. */
const GROUPS = ["pre_tasks", "tasks", "post_tasks", "handlers", "block", "rescue", "always"];
/** Deeper blocks nobody writes. */
const DEEPEST = 20;

/** The files that the tasks of a playbook or role write. */
function copiedFiles(node: YamlNode | undefined, depth = 0): readonly WrittenFile[] {
  if (depth > DEEPEST) return [];
  return yamlItems(node).flatMap((task): readonly WrittenFile[] => [
    ...COPY.flatMap((it): readonly WrittenFile[] => {
      const copy = yamlMember(task, it);
      return copy ? [{ named: textIn(copy, "dest"), contents: textIn(copy, "content") }] : [];
    }),
    ...GROUPS.flatMap((it) => copiedFiles(yamlMember(task, it), depth + 1)),
  ]);
}
