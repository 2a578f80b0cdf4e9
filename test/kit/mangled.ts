import fc from "fast-check";

/** What unit files are made of, and what breaks them. */
const FRAGMENTS: readonly string[] = [
  ...["[Unit]", "[Service]", "[Install]", "[X-Own]", "[Nowhere]", "[", "]", "[Ser\\\nvice]"],
  ...["Description=", "ExecStart=", "Environment=", "Type=", "Restart=", "NoNewPrivileges=", "WantedBy=", "X-Key="],
  ...["ProtectHoem=", "MemoryMax", "=", "/bin/true", "-/bin/false", "@!+:|", "yes", "on-failure", "A=1", "$HOME"],
  ...[" ", "\t", "  ", "\n", "\n\n", "\r\n", "\r", "\n\r", "\0", "\n\0", "\r\n\0"],
  ...["\\", "\\\\", "\\\n", "\\\r\n", " \\\n", "\\ \n", "\\\0", "\\x41", "\\q", "\\101", "\\u00e9", "\\;", ";", " ; "],
  ...["# comment\n", "  ; comment \\\n", "#", "'", '"', "%", "%%", "%i", "%9", "%Q"],
  ...["\ufeff", "é", "\u00a0", "😀", "\ud83d", "\udce9", "\uffff", "\u0001", "\u000b", "[Service", "Service]"],
];

/** A text out of pieces of unit files in any order, now and then with arbitrary characters. */
export const mangledUnit: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...FRAGMENTS) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));
