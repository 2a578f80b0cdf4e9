import { type InputBoxValidationMessage, InputBoxValidationSeverity, l10n, type QuickPickItem, Uri } from "vscode";
import type { ListedUnit, PathCondition, Start, WantedQuadlet, WantedRunAs } from "../../server/src/server/protocol.ts";
import { answered, askOne, type Question } from "./questions.ts";

/** One of the answers that a question lists. */
export type ListedAnswer<T> = QuickPickItem & { readonly value: T };

/** Whom a service may run as. */
export const USERS: readonly ListedAnswer<WantedRunAs["kind"] | "login">[] = [
  {
    label: l10n.t("What suits the command"),
    detail: l10n.t("With the fewest privileges that it can run with"),
    value: "suited",
  },
  {
    label: l10n.t("Its own user"),
    description: "DynamicUser=",
    detail: l10n.t("It exists only while the service runs"),
    value: "dynamic",
  },
  {
    label: l10n.t("An existing system user"),
    description: "User=",
    detail: l10n.t("Asks for the name"),
    value: "user",
  },
  { label: "root", detail: l10n.t("For services that need full privileges"), value: "root" },
  {
    label: l10n.t("You"),
    description: l10n.t("user manager"),
    detail: l10n.t("Runs while you are logged in"),
    value: "login",
  },
];

/** When it may start. */
export const STARTS: readonly ListedAnswer<Start["kind"]>[] = [
  { label: l10n.t("At boot"), value: "boot" },
  { label: l10n.t("On a timer"), detail: l10n.t("With a .timer file"), value: "timer" },
  {
    label: l10n.t("On the first connection"),
    detail: l10n.t("With a .socket file; the program gets its socket from systemd"),
    value: "socket",
  },
  { label: l10n.t("When a file changes"), detail: l10n.t("With a .path file"), value: "path" },
  { label: l10n.t("Manually"), value: "manual" },
];

/** What a path unit waits for. */
export const CONDITIONS: readonly ListedAnswer<PathCondition>[] = [
  { label: l10n.t("It was changed and closed"), description: "PathChanged=", value: "PathChanged" },
  { label: l10n.t("It is written to"), description: "PathModified=", value: "PathModified" },
  { label: l10n.t("It exists"), description: "PathExists=", value: "PathExists" },
  { label: l10n.t("The directory is not empty"), description: "DirectoryNotEmpty=", value: "DirectoryNotEmpty" },
];

/** Whose manager reads a file. */
export const SCOPES: readonly ListedAnswer<"system" | "user">[] = [
  { label: l10n.t("The system's"), detail: l10n.t("Started with the machine"), value: "system" },
  {
    label: l10n.t("Yours"),
    description: l10n.t("user manager"),
    detail: l10n.t("Runs while you are logged in"),
    value: "user",
  },
];

/** What starts a target. */
export const TARGET_STARTS: readonly ListedAnswer<boolean>[] = [
  { label: l10n.t("At boot"), value: true },
  { label: l10n.t("When a unit or a person asks for it"), value: false },
];

const DISK = "/dev/disk/by-label/data";
/** The file systems of most mounts, with what is mounted. */
export const MOUNT_TYPES: readonly (ListedAnswer<string> & { readonly sample: string })[] = [
  ...[
    { value: "ext4", sample: DISK, detail: l10n.t("A disk or a partition") },
    { value: "xfs", sample: DISK },
    { value: "btrfs", sample: DISK },
    { value: "vfat", sample: DISK },
    { value: "nfs", sample: "files.example.com:/export/data", detail: l10n.t("A share of the network") },
    { value: "cifs", sample: "//files.example.com/data", detail: l10n.t("A share of the network") },
    { value: "tmpfs", sample: "tmpfs", detail: l10n.t("In memory, gone after a reboot") },
  ].map((it) => ({ label: it.value, ...it })),
  { label: l10n.t("As the kernel finds it"), value: "", sample: DISK, detail: l10n.t("Without Type=") },
];

const quadlet = (value: WantedQuadlet, detail: string) => ({ label: `.${value}`, detail, value });

/** What podman makes of quadlets, the usual ones first. */
export const QUADLET_KINDS: readonly ListedAnswer<WantedQuadlet>[] = [
  quadlet("container", l10n.t("A container as a service, without privileges")),
  quadlet("pod", l10n.t("Containers that share their ports")),
  quadlet("volume", l10n.t("A volume for containers")),
  quadlet("network", l10n.t("A network for containers")),
  quadlet("kube", l10n.t("What a Kubernetes file asks for")),
  quadlet("build", l10n.t("An image from a Containerfile")),
  quadlet("image", l10n.t("An image that is pulled first")),
  quadlet("artifact", l10n.t("An OCI artifact that is pulled first")),
];

/** What a kind of quadlet cannot do without. */
export const NEEDED: Readonly<Partial<Record<WantedQuadlet, { readonly prompt: string; readonly sample: string }>>> = {
  container: { prompt: l10n.t("The image of the container"), sample: "docker.io/library/caddy:2" },
  image: { prompt: l10n.t("The image to pull"), sample: "docker.io/library/caddy:2" },
  kube: { prompt: l10n.t("The Kubernetes file, next to the quadlet or by its path"), sample: "web.yaml" },
  artifact: { prompt: l10n.t("The artifact to pull"), sample: "quay.io/example/model:latest" },
};

/** The question which of some answers holds, among which the one that was given before is marked. */
export const listQuestion = <S, T>(
  answers: readonly ListedAnswer<T>[],
  text: string,
  now: (known: S) => T | undefined,
  put: (known: S, value: T) => S,
): Question<S> => ({
  ask: async (known, step) => {
    const recommended = answers.find((it) => it.value === now(known));
    return answered(await askOne(step, answers, text, recommended), ({ value }) => put(known, value));
  },
});

/** What to think of before a unit gets a name that another one has. */
export function takenName(units: readonly ListedUnit[], name: string): InputBoxValidationMessage | undefined {
  const other = units.find((it) => it.name === name);
  if (!other) return undefined;
  const message = l10n.t("{0} already exists: {1}", name, Uri.parse(other.uri).path);
  return { message, severity: InputBoxValidationSeverity.Warning };
}
