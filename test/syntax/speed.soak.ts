import { describe, it } from "mocha";
import { parse } from "../../server/src/syntax/parse.ts";
import { expectLinear } from "../kit/growth.ts";

const SHAPES: Readonly<Record<string, (size: number) => string>> = {
  settings: (size) => `[Service]\n${"Environment=A=1\n".repeat(size)}`,
  "comments and blank lines": (size) => "# comment\n\n".repeat(size / 2),
  "section headers": (size) => "[Service]\n".repeat(size),
  "headers that are not closed": (size) => "[Service\n".repeat(size),
  "lines that are all continued": (size) => "A=1 \\\n".repeat(size),
  "short continued lines": (size) => "A=1 \\\n  2\n".repeat(size / 2),
  "continued lines with comments inside": (size) => "A=1 \\\n# c\n".repeat(size / 2),
  "comments inside of one continued line": (size) => `A=1 \\\n${"# c\n".repeat(size)}2\n`,
  "lines without =": (size) => "junk\n".repeat(size),
  "line ends of all kinds": (size) => "\r\n\n\r\0".repeat(size / 3),
  "lines that are not UTF-8": (size) => "A=\udce9\n".repeat(size),
  "one line of backslashes": (size) => `A=${"\\".repeat(size * 20)}`,
  "lines of backslashes": (size) => "\\\\\\\n".repeat(size),
  "one line of blanks": (size) => `A=x${" ".repeat(size * 10)}y${" ".repeat(size * 10)}`,
  "one long line": (size) => `A=${"x".repeat(size * 20)}`,
};

describe("parse: time", () => {
  for (const [name, make] of Object.entries(SHAPES)) {
    it(`grows with the length of the text: ${name}`, () => expectLinear(20_000, make, parse));
  }
});
