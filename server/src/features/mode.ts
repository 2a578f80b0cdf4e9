import { code, join, type Prose, plainProse, proseParagraphs, sentence } from "../reports/markup.ts";

const CLASSES = [
  { who: "owner", shift: 6 },
  { who: "group", shift: 3 },
  { who: "others", shift: 0 },
] as const;

const SPECIAL = [
  { bit: 0o4000, name: "set-user-ID", what: "a program runs as the owner of its file" },
  {
    bit: 0o2000,
    name: "set-group-ID",
    what: "a program runs in the group of its file, and new files in a directory get its group",
  },
  { bit: 0o1000, name: "sticky", what: "in a directory only the owner of a file can remove it" },
] as const;

/** An access mode in letters and words; of a mask, what it leaves of the usual modes. */
export function describeMode(mode: number, isMask: boolean): Prose {
  return isMask ? describeMask(mode) : proseParagraphs(headOf(mode), rights(mode), ...specials(mode));
}

function describeMask(mask: number): Prose {
  return proseParagraphs(
    sentence(code(octal(mask)), plainProse("removes"), code(letters(mask))),
    sentence(
      plainProse("New files get at most"),
      code(octal(0o666 & ~mask)),
      join([plainProse("("), code(letters(0o666 & ~mask)), plainProse("), new directories")], ""),
      code(octal(0o777 & ~mask)),
      join([plainProse("("), code(letters(0o777 & ~mask)), plainProse(").")], ""),
    ),
  );
}

const octal = (mode: number): string => mode.toString(8).padStart(4, "0");

const headOf = (mode: number): Prose => sentence(code(octal(mode)), plainProse("is"), code(letters(mode)));

/** As `ls -l` shows it, without the letter of the file type. */
function letters(mode: number): string {
  return CLASSES.map(({ shift }, i) => {
    const bits = (mode >> shift) & 7;
    const special = (mode & (0o4000 >> i)) !== 0;
    const [both, alone] = i === 2 ? ["t", "T"] : ["s", "S"];
    const last = special ? (bits & 1 ? both : alone) : bits & 1 ? "x" : "-";
    return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${last}`;
  }).join("");
}

function rights(mode: number): Prose {
  const all = CLASSES.map(({ who, shift }) => {
    const bits = (mode >> shift) & 7;
    const names = ["read", "write", "execute"].filter((_, i) => bits & (4 >> i));
    return `${who}: ${names.join(", ") || "nothing"}`;
  });
  return plainProse(`${all.join("; ")}.`.replace(/^o/, "O"));
}

function specials(mode: number): Prose[] {
  return SPECIAL.filter(({ bit }) => mode & bit).map(({ name, what }) =>
    plainProse(`${name}: ${what}.`.replace(/^s/, "S")),
  );
}
