// Two crawlers that update one declared table.
import { crawler, table } from "../../kit";

table("sales");
for (const name of ["hourly", "nightly"]) {
    crawler(name, {
        catalogTargets: [{ databaseName: "lake", tables: ["sales"] }],
        schemaChangePolicy: { updateBehavior: "LOG", deleteBehavior: "LOG" },
    });
}
