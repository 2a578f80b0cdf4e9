const DESTINATION = /^(?:ssh:\/\/)?(?:[\w.][\w.+\\-]*@)?(?:[\w.][\w.-]*|\[?[\da-fA-F:]+(?:%[\w.-]+)?\]?)(?::\d{1,5})?$/;

/**
 * Whether a text is a host as ssh takes it, `[user@]host` or `ssh://[user@]host[:port]`, which may be a name of ~/.ssh/config. What ssh
 * or a shell could read as an option or as something else is none.
 */
export const isSshDestination = (text: string): boolean => text.length <= 255 && DESTINATION.test(text);
