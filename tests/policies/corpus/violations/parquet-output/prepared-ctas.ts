// A prepared statement that creates a table of JSON.
import * as aws from "@pulumi/aws";

new aws.athena.PreparedStatement("prepared-ctas", {
    name: "summary",
    workgroup: "analysts",
    queryStatement:
        "CREATE TABLE summary WITH (format = 'JSON', partitioned_by = ARRAY['year']) AS SELECT * FROM sales WHERE year = ?",
});
