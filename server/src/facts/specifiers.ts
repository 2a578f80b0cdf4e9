/** The specifiers that resolve everywhere (unit_name_printf, systemd 257 to 262), and those of the full table. */
const NAME_TABLE = "%aAbBHlqmMovwWgGuUijnNp";
const FULL_TABLE = `${NAME_TABLE}IJPfyYCELStDdhsTVcrR`;

/** Whether a letter or `%` after a `%` means something in the table that a directive uses. */
export function isKnownSpecifier(letter: string, table: "name" | "full"): boolean {
  return (table === "name" ? NAME_TABLE : FULL_TABLE).includes(letter);
}
