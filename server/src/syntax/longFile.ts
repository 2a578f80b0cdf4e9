/**
 * So many characters of a file are checked at most, more than any person writes: the longest unit of a distribution has a tenth
 * of it. What a generator writes beyond that would cost seconds and memory at each key.
 */
export const MOST_CHARACTERS = 1 << 20;

/** Whether a text is longer than what is checked. */
export const isTooLong = ({ length }: string): boolean => length > MOST_CHARACTERS;

/** So much of a longer one is read where it is only one among others. */
const HEAD = 1 << 16;

/** What of a text is read for what it says about other files. */
export const shortText = (text: string): string => (isTooLong(text) ? text.slice(0, HEAD) : text);

/** Why such a file is not read, the end of a sentence. */
export const TOO_LONG = "it is larger than 1 MB, and no unit that a person writes is";
