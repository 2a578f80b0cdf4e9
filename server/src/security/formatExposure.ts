/** An exposure in tenths as systemd writes it: 94 is "9.4". */
export const formatExposure = (exposure: number): string => `${Math.floor(exposure / 10)}.${exposure % 10}`;
