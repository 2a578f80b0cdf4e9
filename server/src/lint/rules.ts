import type { Rule } from "./rule.ts";
import { deprecatedValue } from "./rules/deprecatedValue.ts";
import { encoding } from "./rules/encoding.ts";
import { boolean, enumeration } from "./rules/enumeration.ts";
import { environment } from "./rules/environment.ts";
import { exec } from "./rules/exec.ts";
import { ignored } from "./rules/ignored.ts";
import { lineTooLong } from "./rules/lineTooLong.ts";
import { missingEquals } from "./rules/missingEquals.ts";
import { missingKey } from "./rules/missingKey.ts";
import { oldName } from "./rules/oldName.ts";
import { outsideSection } from "./rules/outsideSection.ts";
import { sectionHeader } from "./rules/sectionHeader.ts";
import { noCommand, severalCommands } from "./rules/serviceCommands.ts";
import { textSpecifier } from "./rules/textSpecifier.ts";
import { tooNew } from "./rules/tooNew.ts";
import { unknownDirective } from "./rules/unknownDirective.ts";
import { unknownSection } from "./rules/unknownSection.ts";
import { wrongSection } from "./rules/wrongSection.ts";

/** The rules about correctness, in the order of their families; hardening/ has its own table. */
export const RULES: readonly Rule[] = [
  encoding,
  lineTooLong,
  sectionHeader,
  outsideSection,
  missingEquals,
  missingKey,
  unknownSection,
  unknownDirective,
  wrongSection,
  tooNew,
  ignored,
  oldName,
  boolean,
  enumeration,
  deprecatedValue,
  exec,
  environment,
  textSpecifier,
  noCommand,
  severalCommands,
];
