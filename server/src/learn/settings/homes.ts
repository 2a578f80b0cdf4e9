import { HOMES } from "../../needs/homeFolders.ts";
import { readHomes } from "../../needs/readHomes.ts";
import { isWithin } from "../../values/path.ts";
import type { PathUse } from "../needs.ts";
import {
  type LearnContext,
  type LearnRule,
  markSights,
  offered,
  refused,
  usedAs,
  usedBelow,
  WRITING,
} from "./learnContext.ts";
import { listedWord } from "./listedPaths.ts";
import { workPlaces } from "./ownedPlaces.ts";
import { listed } from "./sentences.ts";
import { stableName, stableNames } from "./stableNames.ts";

/** Asking for these themselves, as a shell does for its home, works with empty ones too. */
const OWN_USES: readonly PathUse[] = ["look", "list"];
const READING: readonly PathUse[] = ["read", "execute", "map", "list", "look", "connect"];

/** Empty home directories, closed ones where nothing can ask for them, or read-only ones where files in them were read. */
export const homes: LearnRule = (context) => {
  const written = usedBelow(context, HOMES, WRITING);
  if (written[0]) return [refused("ProtectHome", "tmpfs", `writes ${namesOf(context, written)}`, written[0].sights)];
  const read = usedBelow(context, HOMES, READING).filter(
    ({ path, sights }) => !HOMES.includes(path) || !sights.every((it) => ownSights(context, path).includes(it)),
  );
  if (read.length > 0) {
    const evidence = `below home directories only ${namesOf(context, read)} was read, nothing written`;
    return [
      offered(
        "ProtectHome",
        "read-only",
        evidence,
        read.flatMap((it) => it.sights),
      ),
      ...workPlaces(context)
        .filter(({ place }) => HOMES.some((it) => isWithin(place, it)))
        .map(({ place, sights }) => offered("ReadWritePaths", listedWord(place), OWN_HOME, sights)),
    ];
  }
  const wanted = context.paths.filter(([path]) => HOMES.some((it) => isWithin(path, it))).map(([path]) => path);
  if (wanted.length > 0) {
    const evidence = `nothing below home directories was there for it, only asked for: ${listed(stableNames(context, wanted))}`;
    return [offered("ProtectHome", "tmpfs", evidence, [], MAY_BREAK)];
  }
  const silence = readHomes(context.facts);
  return [
    silence === undefined
      ? offered("ProtectHome", "tmpfs", UNUSED, [], MAY_BREAK)
      : offered("ProtectHome", "yes", `${UNUSED}, and ${silence}`),
  ];
};

const UNUSED = "no path below /home, /root or /run/user was used";

const namesOf = (context: LearnContext, found: readonly { readonly path: string }[]): string =>
  listed(
    stableNames(
      context,
      found.map((it) => it.path),
    ),
  );

const OWN_HOME = "a directory of its user, in which it works and may write at other times";

const MAY_BREAK = "Files of users that only some requests ask for, such as their pages or keys, are missing.";

const ownSights = ({ needs }: LearnContext, path: string) => {
  const need = needs.paths[path];
  return need ? usedAs(need, OWN_USES) : [];
};

/** Where temporary files are. */
export const TEMPORARY = ["/tmp", "/var/tmp"];
const SHARING: readonly PathUse[] = ["bind", "connect"];
const CONTENT: readonly PathUse[] = ["read", "write", "change", "remove", "execute", "map"];

/** Temporary directories of its own, where it used no file or socket there that another program made or may use. */
export const temporary: LearnRule = (context) => {
  const sockets = usedBelow(context, TEMPORARY, SHARING);
  if (sockets[0])
    return [refused("PrivateTmp", "yes", `uses the socket ${stableName(context, sockets[0].path)}`, sockets[0].sights)];
  const fifos = markSights(context, "fifo");
  if (fifos.length > 0)
    return [refused("PrivateTmp", "yes", "makes a FIFO, whose clients may wait for answers in /tmp", fifos)];
  const made = new Set(usedBelow(context, TEMPORARY, ["make"]).map((it) => it.path));
  const used = usedBelow(context, TEMPORARY, CONTENT).filter((it) => !TEMPORARY.includes(it.path));
  const foreign = used.find((it) => ![...made].some((own) => isWithin(it.path, own)));
  if (foreign)
    return [
      refused("PrivateTmp", "yes", `uses ${stableName(context, foreign.path)}, which it did not make`, foreign.sights),
    ];
  const evidence = made.size > 0 ? OWN_TEMPORARY : "nothing was used in /tmp or /var/tmp";
  const sights = usedBelow(context, TEMPORARY, ["make"]).flatMap((it) => it.sights);
  return [offered("PrivateTmp", "yes", evidence, sights, made.size > 0 ? LEFT_FOR_OTHERS : undefined)];
};

/** What was seen of a service that made files in /tmp or /var/tmp, which needs them writable one way or the other. */
export const OWN_TEMPORARY = "only its own files were used in /tmp and /var/tmp";

const LEFT_FOR_OTHERS = "Other programs do not see the files that it makes in /tmp and /var/tmp.";
