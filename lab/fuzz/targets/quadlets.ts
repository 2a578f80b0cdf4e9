import { differentFromMachine, noPodmanGenerator } from "../../../test/kit/podmanGenerator.ts";
import { quadletFolders } from "../../../test/kit/quadletInputs.ts";
import { fuzzTarget } from "../target.ts";

/** Of any folder of quadlets, we make the services that the machine's podman makes, and refuse what it refuses. */
export const quadlets = fuzzTarget({
  name: "quadlets",
  input: quadletFolders,
  missing: noPodmanGenerator,
  run: (input) => {
    const different = differentFromMachine(input);
    if (different !== undefined) throw new Error(`The machine's podman makes other services: ${different}`);
  },
});
