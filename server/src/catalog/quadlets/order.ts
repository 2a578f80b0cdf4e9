import type { QuadletSectionName } from "../../facts/quadletKinds.ts";

/**
 * The keys of each section that people set, the most common first, as counted in 364 quadlets of public repositories; keys
 * that are hardly seen follow in the order of the alphabet.
 */
export const KEYS_BY_USE: Readonly<Partial<Record<QuadletSectionName, string>>> = {
  Container:
    "Image ContainerName Volume Network PublishPort Environment EnvironmentFile AutoUpdate Label Secret Exec Pod User UserNS HealthCmd HealthInterval HealthRetries HealthTimeout HealthStartPeriod Notify DropCapability NoNewPrivileges ReadOnly Tmpfs AddCapability PidsLimit LogDriver Pull PodmanArgs Timezone HostName NetworkAlias AddDevice Group Entrypoint ShmSize AddHost RunInit StopSignal StopTimeout WorkingDir Mount Memory ReloadCmd ReloadSignal Sysctl Ulimit SecurityLabelDisable DNS UIDMap GIDMap GroupAdd",
  Pod: "PodName Network PublishPort Volume UserNS ServiceName AddHost ShmSize DNS ExitPolicy StopTimeout",
  Kube: "Yaml PublishPort ConfigMap Network AutoUpdate UserNS ExitCodePropagation LogDriver KubeDownForce SetWorkingDirectory",
  Volume: "VolumeName Driver Device Type Options Label User Group Image Copy",
  Network:
    "NetworkName Subnet Gateway Driver Internal IPv6 DNS DisableDNS IPRange Options NetworkDeleteOnStop Label InterfaceName",
  Image: "Image Policy Arch AuthFile TLSVerify ImageTag Retry RetryDelay",
  Build: "ImageTag SetWorkingDirectory File BuildArg Target Pull Network Volume Secret ForceRM Label Arch TLSVerify",
  Artifact: "Artifact AuthFile TLSVerify Retry RetryDelay",
};
