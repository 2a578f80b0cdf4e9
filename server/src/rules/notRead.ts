/** What is said of a text in another file that becomes a unit and that nobody read; hosts/ finds it. */
export const NOT_READ_RULE = {
  code: "syntax/not-read",
  title: "Unit that was not read",
  why: "A script, a playbook or a manifest writes a unit here, in a way that does not show its text or the name of its file before it runs. Nothing in that unit was checked, so that a file without findings says nothing about it. Write the name of the file and the text of the unit out, or keep the unit in a file of its own and copy it.",
  page: "systemd.syntax(7)",
} as const;
