/** What is typed into an empty `shop.service`. */
export const SEVEN_LINES = `[Unit]
Description=My app

[Service]
ExecStart=/usr/bin/node
User=shop
Restart=on-failure

[Install]
WantedBy=multi-user.target`;

/** Keys from an empty file to a service of seven lines. */
export const KEYSTROKES = {
  /** By somebody who knows the lists; `npm run test:editor -- --only completion` types and compares them. */
  practised: 27,
  /** By somebody who accepts whatever saves keys: `npm run bench:keystrokes`. */
  looking: 30,
  /** The same with the package of commit bc1156e, before values were ranked: `npm run bench:keystrokes -- --vsix FILE`. */
  before: 48,
} as const;
