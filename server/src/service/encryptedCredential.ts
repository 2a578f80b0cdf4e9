/** Where the encrypted credentials of the administrator lie. */
export const encryptedPath = (name: string): string => `/etc/credstore.encrypted/${name}`;

/** The command that makes one; its name is kept in it, and has to be that of the unit (seen with 257: 243/CREDENTIALS). */
export const encryptCommand = (name: string, plain: string, path = encryptedPath(name), user = ""): string =>
  `systemd-creds encrypt ${user}--name=${name} ${plain} ${path}`;
