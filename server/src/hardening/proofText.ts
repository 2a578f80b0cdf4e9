/** The end of a message about a setting under which a run of the service showed that it works. */
export const proofText = (reason: string): string => `measured to be safe here, as ${reason}`;
