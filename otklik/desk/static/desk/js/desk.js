// Entry of the desk's own script: keys, toasts, drafts, live arrivals, choosing rows, maps. No build, no eval.
import { startKeys } from "./keys.js";
import { startToasts } from "./toasts.js";
import { startDrafts } from "./draft.js";
import { startRows } from "./rows.js";
import { startDialogs } from "./dialogs.js";
import { startMaps } from "./map.js";
import { startParts } from "./parts.js";
import { startWaves } from "./waves.js";
import { startTalk } from "./talk.js";

startKeys();
startToasts();
startDrafts();
startRows();
startDialogs();
startMaps();
startParts();
startWaves();
startTalk();
