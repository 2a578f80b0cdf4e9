/** The directive of a line `Name=value`. */
export const directiveOf = (line: string): string => line.slice(0, line.indexOf("="));

/** The value of a line `Name=value`. */
export const valueOfLine = (line: string): string => line.slice(line.indexOf("=") + 1);
