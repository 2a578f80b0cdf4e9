import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "../server/connection.ts";
import { nodeFiles } from "./nodeFiles.ts";
import { nodeManual } from "./nodeManual.ts";

serve(createConnection(ProposedFeatures.all), nodeFiles, nodeManual);
