// Bookmarks, and two runs at once.
import { job, location, table } from "../../kit";

table("sales");
job("etl", {
    defaultArguments: { "--target": location, "--job-bookmark-option": "job-bookmark-enable" },
    executionProperty: { maxConcurrentRuns: 2 },
});
