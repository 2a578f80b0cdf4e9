/** Text out of an address; what is no escape of UTF-8 stays as it is written. */
export function unescaped(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** Text as a part of an address; half a character, which no address can hold, becomes U+FFFD. */
export const escapedPart = (text: string): string => encodeURIComponent(wellFormed(text));

/** The same text where each character is a whole one. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");
