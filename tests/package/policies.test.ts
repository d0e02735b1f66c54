/** The policy pack as another team gets it: packed, installed beside a program that knows nothing of Lakeworks. */
import { deepEqual, match, notEqual, ok } from "node:assert/strict";
import * as path from "node:path";
import { Project } from "./project";

const minute = 60_000;

const program = `
import * as aws from "@pulumi/aws";

new aws.glue.CatalogTable("orders", {
    name: "orders",
    databaseName: "shop",
    parameters: { classification: "csv" },
    storageDescriptor: {
        location: "s3://shop/orders/",
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.serde2.OpenCSVSerde" },
    },
    partitionKeys: [{ name: "day", type: "date" }],
});
`;

describe("the package of policies", function () {
    this.timeout(10 * minute);
    const project = new Project();
    let files: string[];

    before(async () => {
        const packed = await project.pack("policies");
        files = packed.files;
        await project.install(packed.archive);
        // A provider that asks nothing of AWS in a preview.
        await project.openStack({ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
        await project.pulumi("config", "set", "aws:skipRequestingAccountId", "true");
        project.write("index.ts", program);
    });
    after(() => project.remove());

    it("holds the compiled rules, and no more", () => {
        for (const file of ["LICENSE", "README.md", "PulumiPolicy.yaml", "start.js", "dist/lib/sql/grammars.js"]) {
            ok(files.includes(file), `${file} is missing`);
        }
        ok(files.includes("dist/lake/parquet-output.js"));
        deepEqual(
            files.filter((file) => /\.ts$|package\.mjs|tsconfig|node_modules/.test(file)),
            [],
        );
    });

    it("stops the preview of a program that knows nothing of it, and passes the repaired one", async () => {
        const pack = path.join("node_modules", "@lakeworks", "policies");
        const args = ["preview", "--non-interactive", "--policy-pack", pack];
        const refused = await project.run("pulumi", args);
        notEqual(refused.code, 0, refused.stdout);
        match(
            refused.stdout,
            /\[mandatory\]\s+\[severity: high\]\s+parquet-output[\s\S]*Table "orders" is not Parquet/,
        );
        const hive = "org.apache.hadoop.hive.ql.io.parquet";
        project.write(
            "index.ts",
            program
                .replace('"csv"', '"parquet"')
                .replace(/inputFormat: ".*"/, `inputFormat: "${hive}.MapredParquetInputFormat"`)
                .replace(/outputFormat: ".*"/, `outputFormat: "${hive}.MapredParquetOutputFormat"`)
                .replace(/serializationLibrary: "[^"]*"/, `serializationLibrary: "${hive}.serde.ParquetHiveSerDe"`),
        );
        match(await project.ok("pulumi", args), /✅ lakeworks@v\d/);
    });
});
