/** The commands of bpf() that BPFDelegateCommands= knows, apart from `any`. Follows systemd 262, as the next three do. */
export const BPF_COMMANDS: readonly string[] = (
  "BPFMapCreate BPFMapLookupElem BPFMapUpdateElem BPFMapDeleteElem BPFMapGetNextKey BPFProgLoad BPFObjPin BPFObjGet " +
  "BPFProgAttach BPFProgDetach BPFProgTestRun BPFProgGetNextId BPFMapGetNextId BPFProgGetFdById BPFMapGetFdById " +
  "BPFObjGetInfoByFd BPFProgQuery BPFRawTracepointOpen BPFBtfLoad BPFBtfGetFdById BPFTaskFdQuery " +
  "BPFMapLookupAndDeleteElem BPFMapFreeze BPFBtfGetNextId BPFMapLookupBatch BPFMapLookupAndDeleteBatch " +
  "BPFMapUpdateBatch BPFMapDeleteBatch BPFLinkCreate BPFLinkUpdate BPFLinkGetFdById BPFLinkGetNextId BPFEnableStats " +
  "BPFIterCreate BPFLinkDetach BPFProgBindMap BPFTokenCreate BPFProgStreamReadByFd BPFProgAssocStructOps"
).split(" ");

/** The kinds of BPF maps. */
export const BPF_MAPS: readonly string[] = (
  "BPFMapTypeUnspec BPFMapTypeHash BPFMapTypeArray BPFMapTypeProgArray BPFMapTypePerfEventArray " +
  "BPFMapTypePercpuHash BPFMapTypePercpuArray BPFMapTypeStackTrace BPFMapTypeCgroupArray BPFMapTypeLruHash " +
  "BPFMapTypeLruPercpuHash BPFMapTypeLpmTrie BPFMapTypeArrayOfMaps BPFMapTypeHashOfMaps BPFMapTypeDevmap " +
  "BPFMapTypeSockmap BPFMapTypeCpumap BPFMapTypeXskmap BPFMapTypeSockhash BPFMapTypeCgroupStorageDeprecated " +
  "BPFMapTypeReuseportSockarray BPFMapTypePercpuCgroupStorageDeprecated BPFMapTypeQueue BPFMapTypeStack " +
  "BPFMapTypeSkStorage BPFMapTypeDevmapHash BPFMapTypeStructOps BPFMapTypeRingbuf BPFMapTypeInodeStorage " +
  "BPFMapTypeTaskStorage BPFMapTypeBloomFilter BPFMapTypeUserRingbuf BPFMapTypeCgrpStorage BPFMapTypeArena " +
  "BPFMapTypeInsnArray BPFMapTypeRhash"
).split(" ");

/** The kinds of BPF programs. */
export const BPF_PROGRAMS: readonly string[] = (
  "BPFProgTypeUnspec BPFProgTypeSocketFilter BPFProgTypeKprobe BPFProgTypeSchedCls BPFProgTypeSchedAct " +
  "BPFProgTypeTracepoint BPFProgTypeXdp BPFProgTypePerfEvent BPFProgTypeCgroupSkb BPFProgTypeCgroupSock " +
  "BPFProgTypeLwtIn BPFProgTypeLwtOut BPFProgTypeLwtXmit BPFProgTypeSockOps BPFProgTypeSkSkb " +
  "BPFProgTypeCgroupDevice BPFProgTypeSkMsg BPFProgTypeRawTracepoint BPFProgTypeCgroupSockAddr " +
  "BPFProgTypeLwtSeg6local BPFProgTypeLircMode2 BPFProgTypeSkReuseport BPFProgTypeFlowDissector " +
  "BPFProgTypeCgroupSysctl BPFProgTypeRawTracepointWritable BPFProgTypeCgroupSockopt BPFProgTypeTracing " +
  "BPFProgTypeStructOps BPFProgTypeExt BPFProgTypeLsm BPFProgTypeSkLookup BPFProgTypeNetfilter"
).split(" ");

/** The places to which BPF programs can be attached. */
export const BPF_ATTACHMENTS: readonly string[] = (
  "BPFCgroupInetIngress BPFCgroupInetEgress BPFCgroupInetSockCreate BPFCgroupSockOps BPFSkSkbStreamParser " +
  "BPFSkSkbStreamVerdict BPFCgroupDevice BPFSkMsgVerdict BPFCgroupInet4Bind BPFCgroupInet6Bind " +
  "BPFCgroupInet4Connect BPFCgroupInet6Connect BPFCgroupInet4PostBind BPFCgroupInet6PostBind BPFCgroupUdp4Sendmsg " +
  "BPFCgroupUdp6Sendmsg BPFLircMode2 BPFFlowDissector BPFCgroupSysctl BPFCgroupUdp4Recvmsg BPFCgroupUdp6Recvmsg " +
  "BPFCgroupGetsockopt BPFCgroupSetsockopt BPFTraceRawTp BPFTraceFentry BPFTraceFexit BPFModifyReturn BPFLsmMac " +
  "BPFTraceIter BPFCgroupInet4Getpeername BPFCgroupInet6Getpeername BPFCgroupInet4Getsockname " +
  "BPFCgroupInet6Getsockname BPFXdpDevmap BPFCgroupInetSockRelease BPFXdpCpumap BPFSkLookup BPFXdp BPFSkSkbVerdict " +
  "BPFSkReuseportSelect BPFSkReuseportSelectOrMigrate BPFPerfEvent BPFTraceKprobeMulti BPFLsmCgroup BPFStructOps " +
  "BPFNetfilter BPFTcxIngress BPFTcxEgress BPFTraceUprobeMulti BPFCgroupUnixConnect BPFCgroupUnixSendmsg " +
  "BPFCgroupUnixRecvmsg BPFCgroupUnixGetpeername BPFCgroupUnixGetsockname BPFNetkitPrimary BPFNetkitPeer " +
  "BPFTraceKprobeSession BPFTraceUprobeSession BPFTraceFsession BPFTraceFentryMulti BPFTraceFexitMulti " +
  "BPFTraceFsessionMulti"
).split(" ");
