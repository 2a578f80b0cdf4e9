import type { Box } from "../proving-ground/box.ts";

/** What is shown of a command. */
export interface Step {
  /** The name of the listing; without one nothing is shown. */
  readonly name?: string;
  /** The command as a person types it, without sudo. */
  readonly command: string;
  /** The lines of the output that are shown: from the first that matches, so many; all by default. */
  readonly from?: RegExp;
  readonly most?: number;
  /** Of these the ones that match. */
  readonly only?: RegExp;
  /** Whether its report is drawn as well, as a terminal shows it. */
  readonly isPicture?: boolean;
  /** Shown in place of the command, which does more than matters. */
  readonly as?: string;
}

/** The service of the story. */
export const UNIT = "nginx.service";

const FOLDER = `/etc/systemd/system/${UNIT}.d`;
const LEARNT = `${UNIT}.learnt.json`;
const NEEDS = `${UNIT}.needs.json`;
const DROP_IN = "50-unit-warden-learnt.conf";
const ASK = "'curl -fsS -o /dev/null http://localhost/'";
const SHOP = "server { listen 8080; access_log /srv/shop/access.log; }";
const LEARN = `unit-warden learn ${UNIT} --verify --write --yes --exercise ${ASK}`;
/** As on a machine that is kept: the box is one whose image is thrown away. */
const LEARN_HERE = `${LEARN} --no-fresh`;

/** The story, each step in the state that the one before left. */
export const STEPS: readonly Step[] = [
  { command: `systemctl start ${UNIT}` },
  { name: "learn", command: LEARN_HERE, as: LEARN, most: 21, isPicture: true },
  { name: "drop-in", command: `head -n 7 ${FOLDER}/${DROP_IN}`, as: `head -n 7 ${DROP_IN}` },
  { name: "learnt-file", command: `head -n 16 ${FOLDER}/${LEARNT}`, as: `head -n 16 ${LEARNT}` },
  { command: `systemctl restart ${UNIT}` },
  {
    name: "exposure",
    command: `systemd-analyze security --no-pager ${UNIT}`,
    from: /Overall exposure/,
    as: `systemd-analyze security ${UNIT} | tail -n 1`,
  },
  {
    name: "journal",
    command: [
      "mkdir -p /srv/shop",
      `echo '${SHOP}' >/etc/nginx/conf.d/shop.conf`,
      `systemctl restart ${UNIT} 2>/dev/null`,
      `journalctl -u ${UNIT} -o short --no-pager | unit-warden learn --bundle ${FOLDER}/${LEARNT} --journal - $(systemctl show -P FragmentPath ${UNIT})`,
    ].join("; "),
    as: [
      `echo '${SHOP}' >/etc/nginx/conf.d/shop.conf`,
      `systemctl restart ${UNIT} || journalctl -u ${UNIT} | unit-warden learn --bundle ${LEARNT} --journal - ${UNIT}`,
    ].join("\n"),
    from: /^# seen in the journal/,
    most: 8,
  },
  { name: "again", command: LEARN_HERE, as: LEARN, only: /stays where|showed before|^# exposure|srv.shop/ },
  {
    name: "check",
    command: [
      `mkdir -p repo && cp $(systemctl show -P FragmentPath ${UNIT}) ${FOLDER}/${LEARNT} ${FOLDER}/${NEEDS} repo`,
      `sed -i 's|^\\[Service\\]|&\\nReadOnlyPaths=/var|' repo/${UNIT}`,
      "unit-warden check --profile off repo",
    ].join("; "),
    as: `sed -i 's|^\\[Service\\]|&\\nReadOnlyPaths=/var|' ${UNIT}\nunit-warden check --profile off .`,
  },
  {
    name: "check-command",
    command: [
      `cp $(systemctl show -P FragmentPath ${UNIT}) repo`,
      `sed -i 's|^ExecStart=.*|& -e /srv/shop/error.log|' repo/${UNIT}`,
      "unit-warden check --profile off --fail-on warning repo",
    ].join("; "),
    as: `sed -i 's|^ExecStart=.*|& -e /srv/shop/error.log|' ${UNIT}\nunit-warden check --profile off --fail-on warning .`,
  },
  {
    name: "days-start",
    command: `systemctl restart ${UNIT}; unit-warden learn start ${UNIT} --yes`,
    as: `unit-warden learn start ${UNIT} --yes`,
  },
  { command: "sleep 70" },
  { name: "days-status", command: `unit-warden learn status ${UNIT}` },
  { command: `unit-warden learn stop ${UNIT}` },
  { command: `rm -r ${FOLDER}; systemctl daemon-reload; systemctl restart ${UNIT}` },
  {
    name: "script",
    command: `unit-warden learn --script ${UNIT} --exercise ${ASK} >observe.sh && sh observe.sh --yes && tar -tzf ${UNIT}.learn.tar.gz`,
    as: `unit-warden learn --script ${UNIT} --exercise ${ASK} >observe.sh   # anywhere\nsh observe.sh && tar -tzf ${UNIT}.learn.tar.gz   # on the server, as root`,
    from: /^the bundle is in/,
  },
  { name: "bundle", command: `unit-warden learn --bundle ${UNIT}.learn.tar.gz`, most: 4 },
  { name: "try", command: `unit-warden try ${UNIT} --profile strict --yes --exercise ${ASK}`, most: 7 },
];

/** Longer lines are cut. */
const WIDTH = 150;

/** The characters in a line of the terminal that is drawn. */
export const TERMINAL_WIDTH = 134;

/** What a command prints, in the folder of root; on a terminal in colours. */
export async function outputOf(box: Box, { command, isPicture }: Step): Promise<string> {
  const script = `cd /root; export LC_ALL=C.UTF-8; ${command}`;
  const sized = `stty cols ${TERMINAL_WIDTH}; export TERM=xterm; ${script}`;
  const words = isPicture ? ["script", "-qec", sized, "/dev/null"] : ["sh", "-c", script];
  const { output } = await box.run(words, { seconds: 900 });
  return output.replaceAll("\r", "").replaceAll("unit-warden: ", "").trimEnd();
}

/** What is shown of a step that printed this. */
export function shownOf({ command, from, most = 120, only = /^/, as = command }: Step, output: string): string {
  const lines = output.replace(COLOUR, "").split("\n");
  const start = from ? lines.findIndex((it) => from.test(it)) : 0;
  if (start < 0) throw new Error(`${command} prints nothing to show: ${output}`);
  const part = lines
    .slice(start, start + most)
    .filter((it) => only.test(it))
    .map((it) => (it.length > WIDTH ? `${it.slice(0, WIDTH - 1)}…` : it));
  const more = lines.length > start + most ? ["…"] : [];
  return [`$ ${as.replaceAll("\n", "\n$ ")}`, ...part, ...more].join("\n");
}

const COLOUR = /\u001b\[\d*m/g;
