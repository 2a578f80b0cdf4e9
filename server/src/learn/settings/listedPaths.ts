import { wordText } from "../../syntax/words.ts";

/** Whether systemd can be told a path in a list: it reads neither line breaks and their like nor what is no UTF-8, whatever escapes them. */
export const canBeListed = (path: string): boolean => !/[\p{Cc}\p{Cs}\ufffd]/u.test(path.replaceAll("\t", ""));

/**
 * The same of lists whose words may have a colon, as `BindPaths=`: systemd hands them to the process that becomes the service, and
 * a quote or a tab gets lost on that way (seen with 257).
 */
export const canBeBound = (path: string): boolean => canBeListed(path) && !/["'\t]/.test(path);

/** A path as units write it where specifiers count. */
export const literalPath = (path: string): string => path.replaceAll("%", "%%");

/** A path as a word of a list of paths, without which systemd goes on. */
export const listedWord = (path: string): string => wordText(`-${literalPath(path)}`);
