import * as assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import { Queries } from "./athenaSupport";
import { bucket, CrawlerLake, rawConfiguration, s3Target } from "./crawlersSupport";

const clicks = (rows: string[]) => ["event_id,at,user_id,duration,page", ...rows, ""].join("\n");

describe("Athena on a table of CSV that a crawler made", function () {
    this.timeout(300_000);
    let lake: CrawlerLake;
    let queries: Queries;
    before(async () => {
        lake = await CrawlerLake.start();
        await lake.aws.local.warm();
        queries = new Queries(lake.aws.local, "csv", "crawled");
        const ResultConfiguration = { OutputLocation: `s3://${bucket}/results/` };
        await queries.client.send(new CreateWorkGroupCommand({ Name: "csv", Configuration: { ResultConfiguration } }));
        await lake.put(
            "clicks/day=2024-01-01/a.csv",
            clicks(["a,2024-01-01T10:00:00Z,7,1.5,/home", "b,2024-01-01T11:00:00Z,,2,/cart"]),
        );
        const zipped = gzipSync(clicks(["c,2024-01-02T10:00:00Z,5000000000,0.25,/home", "d,,8,,/pay"]));
        await lake.put("zipped/day=2024-01-02/a.csv.gz", zipped);
        for (const folder of ["clicks", "zipped"]) {
            await lake.create(folder, { ...s3Target(`${folder}/`), Configuration: rawConfiguration });
            await lake.succeeds(folder);
        }
    });
    after(async () => lake.stop());

    const rows = async (sql: string) => (await queries.rows(await queries.succeed(sql))).slice(1);

    it("counts rows without the header, plain and gzip", async () => {
        assert.deepEqual(await rows("SELECT count(*) FROM clicks"), [["2"]]);
        assert.deepEqual(await rows("SELECT count(*), sum(user_id) FROM zipped"), [["2", "5000000008"]]);
    });

    it("reads each column as its type, and nothing as NULL", async () => {
        assert.deepEqual(await rows("SELECT * FROM clicks WHERE day = '2024-01-01' ORDER BY event_id"), [
            ["a", "2024-01-01T10:00:00Z", "7", "1.5", "/home", "2024-01-01"],
            ["b", "2024-01-01T11:00:00Z", undefined, "2.0", "/cart", "2024-01-01"],
        ]);
        assert.deepEqual(await rows("SELECT max(duration), count(user_id) FROM clicks"), [["2.0", "1"]]);
    });
});
