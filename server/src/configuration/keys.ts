import type { Profile } from "../hardening/hardening.ts";
import { nearest, nearestEnding } from "../text/nearest.ts";
import { FAIL_LEVELS } from "./failLevel.ts";
import type { JsonValue } from "./jsonText.ts";
import {
  type Complain,
  globReader,
  limitReader,
  limitsReader,
  listReader,
  meaninglessValue,
  placeholderReader,
  podmanReader,
  severitiesReader,
  targetsReader,
  textReader,
  type ValueReader,
  wordReader,
} from "./valueReaders.ts";

/** A key with what it is for, in one sentence. */
interface Key<T> extends ValueReader<T> {
  readonly about: string;
}

const key = <T>(value: ValueReader<T>, about: string): Key<T> => ({ ...value, about });

/** What the keys of an object mean, of those that are written. */
export type ReadKeys<K> = { readonly [N in keyof K]?: K[N] extends Key<infer T> ? T : never };

type Keys = Readonly<Record<string, Key<unknown>>>;

const PROFILE_NAMES: readonly Profile[] = ["off", "basic", "strict", "isolated"];

const SCOPES = ["auto", "system", "user"] as const;

const TEMPLATE_CHOICES = ["auto", "off"] as const;

/** What may hold for some files alone. */
export const FILE_KEYS = {
  profile: key(wordReader(PROFILE_NAMES), "How much hardening to ask of a service."),
  systemd: key(
    targetsReader,
    "The systemd that the units are for: a version, a distribution such as debian-12, or several.",
  ),
  podman: key(podmanReader, 'The podman that quadlets are for, such as "5.2".'),
  scope: key(wordReader(SCOPES), "Whose manager reads the units; auto tells it by folder and lines."),
  failOn: key(
    wordReader(FAIL_LEVELS),
    "The lowest severity that fails the command check; advice is about what a service lacks.",
  ),
  rules: key(
    severitiesReader,
    "What findings of a code or a family are instead of their own severity; off leaves them out.",
  ),
  templates: key(wordReader(TEMPLATE_CHOICES), "Whether files with placeholders are taken for templates."),
  placeholders: key(listReader(placeholderReader), 'More ways to write a placeholder, with "*" for its name.'),
};

const OVERRIDE_KEYS = {
  files: key(
    listReader(globReader),
    "Patterns for the files that the rest is for, relative to the folder of this file.",
  ),
  ...FILE_KEYS,
};

const SECURITY_KEYS = {
  threshold: key(limitReader, "The highest exposure of a service that passes, such as 5.0."),
  units: key(limitsReader, "The same for services by their names, which may hold * and ?."),
};

/** All keys of a file. */
export const CONFIGURATION_KEYS = {
  $schema: key(textReader, "The schema of this file, for editors."),
  ...FILE_KEYS,
  exclude: key(listReader(globReader), "Patterns for files that are not checked, relative to the folder of this file."),
  overrides: key(
    listReader(objectWith(OVERRIDE_KEYS, ["files"])),
    "What holds for some files; later ones count before earlier ones.",
  ),
  baseline: key(textReader, "The file with the findings that are known, relative to the folder of this file."),
  security: key(objectWith(SECURITY_KEYS), "What the command security lets pass."),
};

/** An object with some keys; any other is complained of. */
export function objectWith<K extends Keys>(
  keys: K,
  needed: readonly (keyof K & string)[] = [],
): ValueReader<ReadKeys<K>> {
  const names = Object.keys(keys);
  const properties = Object.fromEntries(
    names.map((name) => [name, { ...keys[name]?.schema, description: keys[name]?.about }]),
  );
  return {
    schema: {
      type: "object",
      properties,
      additionalProperties: false,
      ...(needed.length > 0 && { required: needed }),
    },
    read(it, complain) {
      if (it.kind !== "object") {
        complain(it, meaninglessValue(it, "an object"));
        return undefined;
      }
      const absent = needed.find((name) => !it.members.some((member) => member.name === name));
      if (absent !== undefined) complain({ start: it.start, end: it.start + 1 }, `Key ${absent} is missing`);
      return absent === undefined ? readMembers(it, keys, complain) : undefined;
    },
  };
}

/** Of a name that stands there twice the last one counts, as for all who read JSON. */
function readMembers<K extends Keys>(it: JsonValue, keys: K, complain: Complain): ReadKeys<K> {
  const names = Object.keys(keys);
  const entries = it.members.flatMap(({ name, at, value }) => {
    const known = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!known)
      complain(at, `Unknown key ${name}${nearestEnding(nearest(name, names)[0], "")}`, "configuration/unknown-key");
    const read = known?.read(value, complain);
    return read === undefined ? [] : [[name, read] as const];
  });
  return Object.fromEntries(entries) as ReadKeys<K>;
}
