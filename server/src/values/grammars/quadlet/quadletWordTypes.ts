import { SIGNALS } from "../../../facts/signals.ts";
import type { Grammar } from "../../grammar.ts";
import { wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";
import { option, type WordSummaries, withoutQuotes, wordAmong } from "./terms.ts";

/** Follows LookupBoolean() of podman's parser: four words are true, and whatever else stands there is false. */
const BOOLEAN: Grammar = {
  kind: "grammar",
  routine: "podman",
  form: "`true` or `false`",
  empty: "unset",
  read(value, into) {
    const piece = withoutQuotes(value);
    const { from, to, text } = piece;
    into.slot(from, to, () => [
      { text: "true", role: "word" },
      { text: "false", role: "word" },
    ]);
    const isTrue = /^(?:1|yes|true|on)$/i.test(text);
    if (isTrue || /^(?:0|no|false|off)$/i.test(text)) {
      into.token(from, to, "word", wordTopic(text, isTrue ? "The same as `true`." : "The same as `false`."));
      return;
    }
    if (value.text === "") return;
    const fixes = ["true", "false"].map((it) => ({ title: `Change to ${it}`, from, to, text: it }));
    const wording = { ...noValue(text, ["true", "false"]), consequence: "the generator reads it as false" };
    into.problem({ from, to, code: "quadlet/boolean", ...wording, fixes }, "silent");
  },
};

const words = (members: WordSummaries, what: string): Grammar =>
  option(
    `${Object.keys(members)
      .map((it) => `\`${it}\``)
      .join(", ")
      .replace(/, (?=[^,]*$)/, " or ")}`,
    wordAmong(members, what),
  );

/** WordSummaries that may have more after a colon, such as `auto:size=1000`. */
const withMore = (members: WordSummaries, what: string, form: string): Grammar =>
  option(
    form,
    wordAmong(members, what, {
      others: (text) => Object.keys(members).some((it) => text.startsWith(`${it.replace(/:$/, "")}:`)),
    }),
  );

const PULL: WordSummaries = {
  always: "Pulls the image at each start, and fails where that is not possible.",
  missing: "Pulls the image only where it is not there yet.",
  never: "Never pulls the image.",
  newer: "Pulls the image where the registry has a newer one.",
};

/** Values that are one word. */
export const QUADLET_WORDS = {
  quadletBoolean: BOOLEAN,
  quadletNotify: {
    ...BOOLEAN,
    form: "`true`, `false` or `healthy`",
    read(value, into) {
      into.slot(value.from, value.to, () => [
        { text: "healthy", summary: "The service is started once the health check succeeds.", role: "word" },
      ]);
      if (withoutQuotes(value).text !== "healthy") return BOOLEAN.read(value, into);
      into.token(
        value.from,
        value.to,
        "word",
        wordTopic("healthy", "The service is started once the health check succeeds."),
      );
    },
  } satisfies Grammar,
  quadletPull: option(
    "`always`, `missing`, `never` or `newer`",
    // Spellings of Kubernetes and of builds are taken, too.
    wordAmong(PULL, "pull policy", {
      others: (text) => /^(?:always|missing|ifnotpresent|never|newer|ifnewer|true|false)$/i.test(text),
    }),
  ),
  quadletAutoUpdate: option(
    "`registry` or `local`",
    wordAmong(
      {
        registry: "`podman auto-update` looks for a newer image in the registry.",
        local: "`podman auto-update` looks for a newer image on this machine.",
        disabled: "The container is never updated by `podman auto-update`.",
      },
      "policy",
      {
        others: (text) => text === "image" || text.includes("/"),
        consequence: "podman auto-update ends with an error and leaves the container as it is",
      },
    ),
  ),
  quadletLogDriver: words(
    {
      journald: "Writes to the journal.",
      "k8s-file": "Writes to a file of the container.",
      "json-file": "The same as `k8s-file`.",
      none: "Writes no log.",
      passthrough: "Hands standard output and error to the service.",
      "passthrough-tty": "Hands the terminal of the service on.",
    },
    "log driver",
  ),
  quadletCgroups: words(
    {
      split: "Puts conmon and the payload into two cgroups of the service.",
      enabled: "Puts the container into a cgroup of podman's own.",
      "no-conmon": "Leaves conmon in the cgroup of the service.",
      disabled: "Makes no cgroup.",
    },
    "cgroup mode",
  ),
  quadletOnFailure: words(
    {
      none: "Does nothing.",
      kill: "Kills the container, so that `Restart=` of the service decides.",
      restart: "Restarts the container; do not combine it with `Restart=` of the service.",
      stop: "Stops the container.",
    },
    "action",
  ),
  quadletExitCodes: words(
    {
      all: "The service fails where all containers fail.",
      any: "The service fails where any container fails.",
      none: "The service never fails because of a container.",
    },
    "policy",
  ),
  quadletExitPolicy: words(
    { stop: "The pod ends with its last container.", continue: "The pod goes on without containers." },
    "policy",
  ),
  quadletRemapUsers: option(
    "`manual`, `auto` or `keep-id`",
    // The generator refuses all others, which a rule of its own reports.
    wordAmong(
      {
        manual: "Maps as `RemapUid=` and `RemapGid=` say.",
        auto: "Lets podman choose a range of IDs.",
        "keep-id": "Maps the user of the manager to the same ID inside.",
      },
      "mode",
      { others: () => true },
    ),
  ),
  quadletUserNs: withMore(
    {
      auto: "Gives the container a range of IDs of its own.",
      host: "Shares the user namespace of the caller.",
      "keep-id": "Maps the user who runs podman to the same ID inside.",
      nomap: "Maps the user who runs podman to nothing inside.",
      private: "Makes a namespace with the given maps.",
      "container:": "Joins the user namespace of a container.",
      "ns:": "Joins the namespace of a path.",
    },
    "user namespace",
    "`auto`, `keep-id`, `nomap` or `host`, of which the first two take options after a colon",
  ),
  quadletNetworkDriver: option(
    "`bridge`, `macvlan`, `ipvlan` or the name of a plugin",
    wordAmong(
      {
        bridge: "A bridge of the machine.",
        macvlan: "Interfaces with MAC addresses of their own on one of the machine.",
        ipvlan: "Interfaces with the MAC address of one of the machine.",
      },
      "driver",
      { others: () => true },
    ),
  ),
  quadletIpam: words(
    {
      "host-local": "Podman gives out the addresses.",
      dhcp: "A DHCP server of the network gives out the addresses.",
      none: "No addresses are given out.",
    },
    "IPAM driver",
  ),
  quadletVolumeDriver: option(
    "`local`, `image` or the name of a plugin",
    wordAmong({ local: "A folder of the machine.", image: "The content of an image; `Image=` names it." }, "driver", {
      others: () => true,
    }),
  ),
  quadletSignal: option("the name or number of a signal", (piece, into) =>
    wordAmong(signalWords(), "signal", {
      others: (text) => /^(?:\d+|(?:SIG)?(?:RT(?:MIN|MAX)(?:[+-]\d+)?))$/i.test(text) || isSignal(text),
    })(piece, into),
  ),
  quadletKubeDirectory: option(
    "`yaml`, `unit` or a folder",
    wordAmong({ yaml: "The folder of the YAML file.", unit: "The folder of the quadlet file." }, "folder", {
      others: () => true,
    }),
  ),
  quadletBuildContext: option(
    "`file`, `unit`, a folder or an address",
    wordAmong(
      { file: "The folder of the file that `File=` names.", unit: "The folder of the quadlet file." },
      "context",
      { others: () => true, lookup: { kind: "paths" } },
    ),
  ),
} as const satisfies Record<string, Grammar>;

const signalWords = (): WordSummaries => Object.fromEntries(SIGNALS.map((it) => [it.name, it.summary]));
const isSignal = (text: string): boolean => {
  const name = text.toUpperCase();
  return Object.hasOwn(signalWords(), name.startsWith("SIG") ? name : `SIG${name}`);
};
