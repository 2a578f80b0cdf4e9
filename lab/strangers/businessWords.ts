import { unitOf } from "../../test/hardening/kit.ts";
import { exposureAfter, PROFILES, table } from "./outcome.ts";

/** What businesses are about; none of the words says anything about the machine. */
const WORDS = (
  "accounting advertising appraisal auction bakery banking billing booking brokerage budget catering claims coaching complaint consulting " +
  "contract coupon courier customs dealership dentistry depot donation export farming fashion forwarding franchise freight fundraising " +
  "furniture grocery harvest hiring import insurance inventory invoice leasing loyalty mortgage orchard payroll pension pharmacy plumbing " +
  "pricing procurement quotation recruiting refund rental retail sales subscription taxation ticketing tuition vacation warehouse"
).split(" ");

const UNIT = (word: string, user: string): string => `[Unit]
Description=The ${word} service
After=network-online.target

[Service]
${user}ExecStart=/opt/${word}/bin/${word} --listen :8443
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

/** How many units that differ in one word reach which exposure. */
export function wordsReport(): string {
  const rows = [
    ["root", ""],
    ["a user of its own", "User=NAME\n"],
  ].map(([who = "", user = ""]) => {
    const reached = PROFILES.map((profile) => {
      const counts = new Map<string, number>();
      for (const word of WORDS) {
        const path = `/etc/systemd/system/${word}.service`;
        const text = UNIT(word, user.replace("NAME", word));
        const exposure = (exposureAfter(unitOf(text, path), profile, "safe") / 10).toFixed(1);
        counts.set(exposure, (counts.get(exposure) ?? 0) + 1);
      }
      return [...counts]
        .toSorted(([a], [b]) => Number(a) - Number(b))
        .map(([exposure, n]) => `${n} at ${exposure}`)
        .join(", ");
    });
    return [who, ...reached];
  });
  return `## ${WORDS.length} units that differ in one business word\n\n${table(["runs as", ...PROFILES], rows)}\n`;
}
