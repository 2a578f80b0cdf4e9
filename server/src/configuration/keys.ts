import type { Profile } from "../hardening/hardening.ts";
import { limitsReader, severitiesReader } from "./exceptionReaders.ts";
import { FAIL_LEVELS } from "./failLevel.ts";
import { key, objectWith } from "./objectReader.ts";
import { namedReader, statedNeedsReader } from "./statementReaders.ts";
import {
  globReader,
  limitReader,
  listReader,
  placeholderReader,
  podmanReader,
  targetsReader,
  textReader,
  wordReader,
} from "./valueReaders.ts";

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
  scope: key(wordReader(SCOPES), "Whose manager reads the units; auto decides by folder and lines."),
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

/** What is stated of the services of a name or pattern. */
const STATEMENT_KEYS = {
  needs: key(statedNeedsReader("needs"), "What it needs, such as hardware=/dev/ttyUSB0 or writes=/srv/shop."),
  no: key(statedNeedsReader("no"), "What it does not need, such as homes or compiled-code."),
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
  statements: key(
    namedReader(objectWith(STATEMENT_KEYS)),
    "What services need, by their names, which may hold * and ?; what a unit states itself counts before it.",
  ),
  security: key(objectWith(SECURITY_KEYS), "What the command security lets pass."),
};
