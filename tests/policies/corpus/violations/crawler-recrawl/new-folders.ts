// New folders only, and updates: AWS refuses that.
import { crawler } from "../../kit";

crawler("new-folders", {
    tablePrefix: "raw_",
    s3Targets: [{ path: "s3://acme-bronze/sales/" }],
    recrawlPolicy: { recrawlBehavior: "CRAWL_NEW_FOLDERS_ONLY" },
    schemaChangePolicy: { updateBehavior: "UPDATE_IN_DATABASE", deleteBehavior: "LOG" },
});
