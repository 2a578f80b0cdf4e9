import { joinTables } from "../../text/tables.ts";
import type { Grammar } from "../grammar.ts";
import { DEVICE_PATHS } from "./paths/devicePaths.ts";
import { IMAGE_POLICIES } from "./paths/imagePolicies.ts";
import { IMAGES } from "./paths/images.ts";
import { PATH_LISTS } from "./paths/lists.ts";
import { MOUNTS } from "./paths/mounts.ts";
import { OPEN_FILES } from "./paths/openFile.ts";
import { ROOT_HASHES } from "./paths/rootHash.ts";
import { SERVICE_DIRECTORIES } from "./paths/serviceDirectories.ts";
import { SINGLE_PATHS } from "./paths/single.ts";

/** Paths, directories, mounts, images and devices. */
export const PATH_GRAMMARS = joinTables(
  SINGLE_PATHS,
  PATH_LISTS,
  SERVICE_DIRECTORIES,
  MOUNTS,
  IMAGES,
  IMAGE_POLICIES,
  ROOT_HASHES,
  OPEN_FILES,
  DEVICE_PATHS,
) satisfies Record<string, Grammar>;
