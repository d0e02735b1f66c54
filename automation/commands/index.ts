/** Every command, in the order of the help. */
export { registerRun } from "./run";
export { registerUp } from "./up";
export { registerInit } from "./init";
export { registerSeed } from "./seed";
export { registerCrawl } from "./crawl";
export { registerEtl } from "./etl";
export { registerBookmark } from "./bookmark";
export { registerQuarantine } from "./quarantine";
export { registerQuery } from "./query";
export { registerDoctor } from "./doctor";
export { registerStatus } from "./status";
export { registerLogs } from "./logs";
export { registerPreview } from "./preview";
export { registerRefresh } from "./refresh";
export { registerDestroy } from "./destroy";
export { registerLocal } from "./local";
