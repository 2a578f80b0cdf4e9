import { editorAround } from "./editor.ts";

// All that a page without other scripts needs to be there again when the window was loaded again.
editorAround();
