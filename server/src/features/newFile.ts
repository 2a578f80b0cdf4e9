import QUADLETS from "../../../snippets/quadlets.json";
import { FILE_SYSTEM_GROUPS } from "../facts/fileSystemGroups.ts";
import type { CheckedPath } from "../families/checkedPath.ts";
import { readUnit } from "../units/readUnit.ts";
import { parseQuadletName } from "../values/quadletName.ts";
import { parseUnitName, stemFromPath } from "../values/unitName.ts";
import { unitNameFrom } from "./newUnit/naming.ts";
import {
  isBroken,
  judgedFiles,
  type RefusedAnswer,
  refusedAnswer,
  refusedBreak,
  sectionsText,
  valueSpan,
} from "./newUnit/newFiles.ts";
import type { NewUnits, WantedDetail, WantedFile, WantedQuadlet } from "./newUnit/wanted.ts";
import { type Snippet, snippetDefaults } from "./snippetBody.ts";

type Mount = Extract<WantedFile, { readonly kind: "mount" }>;
type Target = Extract<WantedFile, { readonly kind: "target" }>;
type Quadlet = Extract<WantedFile, { readonly kind: "quadlet" }>;

/** A file before it is judged, with the directive to look at. */
interface Draft {
  readonly path: CheckedPath;
  readonly text: string;
  readonly look: string;
}

/** The mount unit, target or quadlet that is wanted; nothing is written. */
export function newFileUnits(wanted: WantedFile): NewUnits {
  const broken = brokenAnswer(wanted);
  if (broken) return refusedBreak(broken);
  const draft = draftOf(wanted);
  if ("kind" in draft) return draft;
  const { path, text, look } = draft;
  const options = { profile: wanted.profile, answers: ANSWERS, otherwise: "name" } as const;
  return judgedFiles([readUnit(path, text, wanted.version)], { ...options, look: (it) => valueSpan(it, [look]) });
}

function draftOf(wanted: WantedFile): Draft | RefusedAnswer {
  switch (wanted.kind) {
    case "mount":
      return mount(wanted);
    case "target":
      return target(wanted);
    case "quadlet":
      return quadlet(wanted);
  }
}

/** The answer that would begin another line. */
function brokenAnswer(wanted: WantedFile): WantedDetail | undefined {
  if (wanted.kind === "mount")
    return (["what", "where", "type", "options"] as const).find((it) => isBroken(wanted[it]));
  if (wanted.kind === "target") return wanted.wants.some(isBroken) ? "wants" : undefined;
  return isBroken(wanted.main) ? "main" : undefined;
}

/** Which answer a directive comes from. */
const ANSWERS: Readonly<Record<string, WantedDetail>> = {
  ...{ What: "what", Where: "where", Type: "type", Options: "options", Wants: "wants" },
  ...{ Image: "main", Yaml: "main", Artifact: "main" },
};

/** Whether a file system is mounted over the network. Follows fstype_is_network(), systemd 257 to 262. */
function isOfNetwork(type: string): boolean {
  const name = type.replace(/^fuse\./, "");
  const { members = [] } = FILE_SYSTEM_GROUPS.find((it) => it.text === "@network") ?? {};
  return [...members, "davfs", "glusterfs", "lustre", "sshfs"].includes(name);
}

/** A mount unit has the name of its path, without exception. */
function mount({ what, where, type, options, scope }: Mount): Draft | RefusedAnswer {
  const folder = where.trim();
  if (!folder.startsWith("/")) return refusedAnswer("where", `"${folder}" is not an absolute path, such as /srv/data`);
  if (folder.split("/").includes(".."))
    return refusedAnswer("where", `"${folder}" has "..": systemd mounts on plain paths only`);
  const stem = stemFromPath(folder);
  const name = parseUnitName(`${stem}.mount`);
  if (!name)
    return refusedAnswer("where", "This path is too long for the name of a unit, which has at most 255 characters");
  if (what.trim() === "") return refusedAnswer("what", "What to mount is missing, such as /dev/disk/by-label/data");
  const isFar = isOfNetwork(type.trim()) || /(?:^|,)_netdev(?:,|$)/.test(options);
  const plain = (text: string): string => text.trim().replaceAll("%", "%%");
  const text = sectionsText(
    ["[Unit]", `Description=Mount of ${plain(folder)}`],
    [
      ...["[Mount]", `What=${plain(what)}`, `Where=${plain(folder.replace(/(?<=[^/]|^\/)\/+$/, ""))}`],
      ...(type.trim() === "" ? [] : [`Type=${plain(type)}`]),
      ...(options.trim() === "" ? [] : [`Options=${plain(options)}`]),
    ],
    ["[Install]", `WantedBy=${isFar ? "remote-fs.target" : "local-fs.target"}`],
  );
  return { path: { kind: "mount", role: "unit", name: name.full, scope }, text, look: "What" };
}

function target({ name: written, wants, isAtBoot, scope }: Target): Draft | RefusedAnswer {
  const name = unitNameFrom(written, "target");
  if (!name)
    return refusedAnswer("name", `"${written}" is not a valid target name: it takes letters, digits and :-_.@`);
  const goal = scope === "user" ? "default.target" : "multi-user.target";
  const text = sectionsText(
    ["[Unit]", `Description=${name.stem}`, ...(wants.length > 0 ? [`Wants=${wants.join(" ")}`] : [])],
    isAtBoot ? ["[Install]", `WantedBy=${goal}`] : [],
  );
  return { path: { kind: "target", role: "unit", name: name.full, scope }, text, look: "Description" };
}

/** The snippets of quadlets by what they are for; a container begins with what protects it. */
const OF_QUADLETS: ReadonlyMap<string, Snippet> = new Map(
  Object.values(QUADLETS)
    .filter(({ prefix }) => prefix !== "container" && prefix !== "container-pod")
    .map((it): [string, Snippet] => [it.for, it]),
);

/** What a kind of quadlet cannot do without. */
const MAIN_KEYS: Readonly<Partial<Record<WantedQuadlet, string>>> = {
  ...{ container: "Image", image: "Image", kube: "Yaml", artifact: "Artifact" },
};

function quadlet({ of, name: written, main, scope, version }: Quadlet): Draft | RefusedAnswer {
  const base = written.trim();
  const name = parseQuadletName(base.endsWith(`.${of}`) ? base : `${base}.${of}`);
  const snippet = OF_QUADLETS.get(of);
  if (!name || !snippet || name.kind !== of)
    return refusedAnswer(
      "name",
      `"${written}" is not a valid name of a .${of} file: it takes letters, digits and :-_.@`,
    );
  const key = MAIN_KEYS[of];
  if (key !== undefined && main.trim() === "")
    return refusedAnswer("main", `${key}= is missing: podman refuses the file`);
  const body = snippetDefaults(snippet, version, { name: name.prefix, isTemplate: name.instance !== undefined, scope });
  const described = body.replace(/^Description=.*$/m, () => `Description=${name.stem}`);
  const text =
    key === undefined ? described : described.replace(new RegExp(`^${key}=.*$`, "m"), () => `${key}=${main.trim()}`);
  const path = { kind: of, role: "unit", name: name.full, scope, placed: true } as const;
  return { path, text: `${text}\n`, look: key ?? "Description" };
}
