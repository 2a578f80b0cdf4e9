import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import { bashWord } from "./commands/bashWord.ts";
import { bracedOptions } from "./commands/bracedOptions.ts";
import { credentialFile, unknownCredential } from "./commands/credentialUse.ts";
import { environmentFile } from "./commands/environmentFile.ts";
import { literalValue, settingVariable } from "./commands/literalValue.ts";
import { ownProcess } from "./commands/ownProcess.ts";
import { permissionsStartOnly } from "./commands/permissionsStartOnly.ts";
import { relativeScript } from "./commands/relativeScript.ts";
import { unsetVariable } from "./commands/unsetVariable.ts";

/** Commands and variables that systemd accepts and that then do something else than was meant. */
export const COMMAND_RULES: readonly Rule[] = alsoInDropIns([
  ownProcess,
  relativeScript,
  bashWord,
  bracedOptions,
  unsetVariable,
  literalValue,
  settingVariable,
  environmentFile,
  unknownCredential,
  credentialFile,
  permissionsStartOnly,
]);
