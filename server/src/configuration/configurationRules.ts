/** The codes of what is found in a configuration itself. */
export type ConfigurationCode = (typeof CONFIGURATION_RULES)[number]["code"];

/** What is found in a configuration itself. */
export const CONFIGURATION_RULES = [
  {
    code: "configuration/syntax",
    title: "Configuration that is no JSON",
    why: "Nothing of the file counts: files are checked as if it were not there, and commands end with status 2. Comments and a comma after the last element are allowed.",
  },
  {
    code: "configuration/unknown-key",
    title: "Key or code that does not exist",
    why: "The key has no effect, and commands end with status 2. It may be mistyped, or belong to a newer version of Unit Warden.",
  },
  {
    code: "configuration/duplicate-key",
    title: "Key that is set twice",
    why: "Only the last one counts, as for all programs that read JSON.",
  },
  {
    code: "configuration/expired",
    title: "Exception whose last day has passed",
    why: "It does not count any more: what it let pass is found again. Put it right, or set a later day in until.",
  },
  {
    code: "configuration/value",
    title: "Value that a key does not take",
    why: "The value has no effect, as if the key were not there, and commands end with status 2. The other keys count.",
  },
] as const;
