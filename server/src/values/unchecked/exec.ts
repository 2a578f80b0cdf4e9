import { unchecked } from "./unchecked.ts";

/** What the processes of a unit are started with and what they may see and do. */
export const UNCHECKED_EXEC = {
  exec: unchecked("exec", "a command line, perhaps with `-`, `@`, `:`, `+` or `!` in front"),
  serviceSockets: unchecked("service_sockets", "a list of socket units"),
  serviceRefreshOnReload: unchecked(
    "service_refresh_on_reload",
    "a boolean, or a list of `extensions` and `credentials`, with `~` in front to leave them out",
  ),
  openFile: unchecked("open_file", "an absolute path, perhaps with `:` and a descriptor name, and `:` and options"),

  environ: unchecked("environ", 'a list of assignments, such as `"NAME=two words"`'),
  passEnviron: unchecked("pass_environ", "a list of variable names"),
  unsetEnviron: unchecked("unset_environ", "a list of variable names or assignments"),
  unitEnvFile: unchecked("unit_env_file", "one absolute path, which may contain blanks; after `-` it may be missing"),
  setCredential: unchecked("set_credential", "a name, `:` and text with C escapes"),
  setCredentialEncrypted: unchecked("set_credential", "a name, `:` and encrypted data in Base64"),
  loadCredential: unchecked("load_credential", "a name, perhaps with `:` and an absolute path or another credential"),
  importCredential: unchecked("import_credential", "a name with perhaps one `*` at its end, and `:` with a new name"),

  execInputData: unchecked("exec_input_data", "data in Base64"),
  execInputText: unchecked("exec_input_text", "text with C escapes, which is given a line end"),
  logExtraFields: unchecked("log_extra_fields", "a list of assignments to journal fields, such as `TEAM=web`"),
  logFilterPatterns: unchecked("log_filter_patterns", "a regular expression, with `~` in front to drop what matches"),
  logNamespace: unchecked("log_namespace", "the name of a journal namespace"),

  execNice: unchecked("exec_nice", "a number from -20, the most favourable, to 19"),
  execOomScoreAdjust: unchecked("exec_oom_score_adjust", "a number from -1000, which is never killed, to 1000"),
  execCpuAffinity: unchecked("exec_cpu_affinity", "a list of processors and ranges such as `0-3`, or `numa`"),
  execCpuSchedPrio: unchecked("exec_cpu_sched_prio", "a number from 0 to 99"),
  execIoPriority: unchecked("exec_io_priority", "a number from 0, the highest, to 7"),
  numaMask: unchecked("numa_mask", "a list of nodes and ranges such as `0-3`, or `all`"),
  execCoredumpFilter: unchecked(
    "exec_coredump_filter",
    "a list of kinds of memory, `default`, `all`, or a hexadecimal mask",
  ),
  rlimitSize: unchecked(
    "rlimit",
    "a size to the base of 1024, `infinity`, or a soft and a hard one with `:` in between",
  ),
  rlimitSeconds: unchecked(
    "rlimit",
    "a time span in seconds or with units, `infinity`, or a soft and a hard one with `:`",
  ),
  rlimitMicroseconds: unchecked(
    "rlimit",
    "a time span in microseconds or with units, `infinity`, or a soft and a hard one with `:` in between",
  ),
  rlimitNice: unchecked(
    "rlimit",
    "a nice level with its sign, a number from 1 to 40, `infinity`, or two of them with `:`",
  ),
  rlimitCount: unchecked("rlimit", "a number, `infinity`, or a soft and a hard one with `:` in between"),

  execDirectories: unchecked(
    "exec_directories",
    "a list of relative paths, each perhaps with `:` and a symlink, and `:ro`",
  ),
  execConfigurationDirectories: unchecked("exec_directories", "a list of relative paths, each perhaps with `::ro`"),
  execQuota: unchecked("exec_quota", "a size to the base of 1024, a percentage, or `off`"),
  bindPaths: unchecked("bind_paths", "a list of absolute paths, each perhaps with `:` and a target, and `:norbind`"),
  namespacePathStrv: unchecked("namespace_path_strv", "a list of absolute paths, each perhaps after `-` and `+`"),
  temporaryFilesystems: unchecked(
    "temporary_filesystems",
    "a list of absolute paths, each perhaps with `:` and options",
  ),
  mountImages: unchecked("mount_images", "a list of images, each with `:` and a target, and perhaps options"),
  extensionImages: unchecked("extension_images", "a list of images, each perhaps with `:` and options"),
  rootImageOptions: unchecked("root_image_options", "a list of mount options, each perhaps after a partition and `:`"),
  imagePolicy: unchecked("image_policy", "partitions with what is asked of them, such as `root=verity+signed`"),
  execRootHash: unchecked("exec_root_hash", "a hash in hexadecimal digits, or an absolute path"),
  execRootHashSig: unchecked("exec_root_hash_sig", "an absolute path, or `base64:` with a signature"),

  capabilitySet: unchecked("capability_set", "a list of capability names, or `~` and a list to leave out"),
  execSecureBits: unchecked("exec_secure_bits", "a list of flags such as `noroot` or `noroot-locked`"),
  execSelinuxContext: unchecked("exec_selinux_context", "an SELinux context; after `-` it may be unknown"),
  execApparmorProfile: unchecked("exec_apparmor_profile", "an AppArmor profile; after `-` it may be unknown"),
  execSmackProcessLabel: unchecked("exec_smack_process_label", "a SMACK label; after `-` it may be unknown"),
  syscallFilter: unchecked(
    "syscall_filter",
    "a list of system calls and groups such as `@system-service`, or `~` and a list to leave out",
  ),
  syscallLog: unchecked("syscall_log", "a list of system calls and groups, or `~` and a list to leave out"),
  syscallArchs: unchecked("syscall_archs", "a list of architectures such as `native`"),
  syscallErrno: unchecked("syscall_errno", "an error such as `EPERM`, its number, or `kill`"),
  addressFamilies: unchecked(
    "address_families",
    "a list of address families such as `AF_UNIX`, `none`, or `~` and a list to leave out",
  ),
  namespaceFlags: unchecked(
    "namespace_flags",
    "a boolean, a list of namespaces such as `user`, or `~` and a list to leave out",
  ),
  delegateNamespaces: unchecked(
    "namespace_flags",
    "a boolean, a list of namespaces without `user`, or `~` and a list to leave out",
  ),
  restrictFilesystems: unchecked("restrict_filesystems", "a list of file system types, or `~` and a list to leave out"),
  bpfDelegateAttachments: unchecked(
    "bpf_delegate_attachments",
    "`any`, or kinds of attachments with commas in between",
  ),
  bpfDelegateCommands: unchecked("bpf_delegate_commands", "`any`, or BPF commands with commas in between"),
  bpfDelegateMaps: unchecked("bpf_delegate_maps", "`any`, or kinds of maps with commas in between"),
  bpfDelegatePrograms: unchecked("bpf_delegate_programs", "`any`, or kinds of programs with commas in between"),
  luoSessions: unchecked("luo_sessions", "a list of sessions that outlive a live update of the kernel"),
};
