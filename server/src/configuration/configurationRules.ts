/** The codes of what is found in a configuration itself. */
export type ConfigurationCode = (typeof CONFIGURATION_RULES)[number]["code"];

/** What is found in a configuration itself. */
export const CONFIGURATION_RULES = [
  {
    code: "configuration/syntax",
    title: "Configuration that is no JSON",
    why: "Nothing of the file counts, so that files are checked as if it were not there, and check ends with status 2. Comments and a comma after the last element are allowed.",
  },
  {
    code: "configuration/unknown-key",
    title: "Key or code that does not exist",
    why: "The key has no effect. It may be mistyped, or belong to a newer version of Unit Warden.",
  },
  {
    code: "configuration/duplicate-key",
    title: "Key that is set twice",
    why: "Only the last one counts, as for all programs that read JSON.",
  },
  {
    code: "configuration/value",
    title: "Value that a key does not take",
    why: "The value has no effect; what holds without the key holds instead. The other keys count.",
  },
] as const;
