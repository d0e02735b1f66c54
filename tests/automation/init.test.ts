/** What `lakeworks init` makes of files that are no good samples, or hardly so; good ones run in tests/glue-scripts/test_init.py. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import * as prettier from "prettier";
import { StepFailure } from "../../automation/errors";
import { planDataset, writeDataset, type InitRequest } from "../../automation/init";
import { projectRoot } from "../../tools/toolchain";

const good = "id,at,amount\n1,2024-01-01T00:00:00Z,1.50\n2,2024-01-02T00:00:00Z,2.25\n";

describe("lakeworks init", () => {
    let folder: string;

    before(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-test-"));
    });
    after(() => fs.rmSync(folder, { recursive: true, force: true }));

    function request(content: string | Buffer, more: Partial<InitRequest> = {}): InitRequest {
        const from = path.join(folder, "given");
        fs.writeFileSync(from, content);
        return { name: "things", from, into: fs.mkdtempSync(path.join(folder, "into-")), ...more };
    }

    async function refuses(given: InitRequest, expected: RegExp): Promise<void> {
        await assert.rejects(planDataset(given), (error) => {
            assert.ok(error instanceof StepFailure, String(error));
            assert.match(error.describe(), expected);
            return true;
        });
        assert.deepEqual(fs.readdirSync(given.into!), given.name === "taken" ? ["taken"] : []);
    }

    it("refuses names that no dataset can have", async () => {
        await refuses(request(good, { name: "Things" }), /lower snake case.*"things"/s);
        await refuses(request(good, { name: "order" }), /reserved word/);
        await refuses(request(good, { name: "raw_things" }), /must not start with raw_/);
        await refuses(request(good, { name: "a".repeat(31) }), /at most 30/);
        const taken = request(good, { name: "taken" });
        fs.mkdirSync(path.join(taken.into!, "taken"));
        await refuses(taken, /There is a dataset taken already/);
    });

    it("refuses what is no file of records", async () => {
        await refuses(request(good, { from: path.join(folder, "missing") }), /There is no file .*missing/);
        await refuses(request(good, { from: folder }), /is no file/);
        await refuses(request(""), /The file is empty/);
        await refuses(request("\n \n"), /blank lines alone/);
        await refuses(request(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])), /PNG image/);
        await refuses(request(gzipSync(good).subarray(0, 40)), /compressed file is damaged/);
        await refuses(request("PAR1 and no more"), /malformed_parquet|no parquet|Parquet/i);
    });

    it("refuses formats that the job does not read, and says how to make one of them", async () => {
        await refuses(request('[{"id":1},{"id":2}]'), /one JSON array.*jq -c/s);
        await refuses(request('{\n  "id": 1\n}\n'), /damaged, or of more than one format.*jq -c/s);
        await refuses(request('{"id":1}\nid,at\n1,2\n'), /more than one format/);
        await refuses(request("just\nsome\nwords\n"), /one column alone/);
        await refuses(request("1,2024-01-01,2\n2,2024-01-02,3\n3,2024-01-03,4\n"), /first line is no header/);
        await refuses(request(good.replace("amount", "id")), /names 'id' twice/);
        await refuses(request("<a><b>1</b></a>"), /No element comes more than once.*--row-tag/s);
        await refuses(request("<a><b>1</b><b>2</a>"), /not well-formed/);
        await refuses(request('<!DOCTYPE a [<!ENTITY x "y">]><a><b>1</b><b>2</b></a>'), /document type/);
    });

    it("refuses samples without a time, and takes the one that is named", async () => {
        await refuses(request("id,name\n1,Ada\n2,Bo\n3,Cy\n"), /none holds days or moments/);
        await refuses(
            request(good.replace(/2024-(\d\d)-(\d\d)T00:00:00Z/g, "$2.$1.2024")),
            /at looks like one.*does not read/s,
        );
        await refuses(request(good.replace("2024-01-02T00:00:00Z", "")), /not every record has it/);
        await refuses(request(good, { time: "amount" }), /of type decimal.*ISO 8601/s);
        await refuses(request(good, { time: "amout" }), /no column "amout".*Did you mean amount\?/s);
        const two = "id,updated_at,sold_on\n1,2024-01-01T00:00:00Z,2024-01-01\n2,2024-01-02T00:00:00Z,2023-12-31\n";
        assert.equal((await planDataset(request(two))).contract.eventTime, "sold_on");
        assert.equal((await planDataset(request(two, { time: "updated_at" }))).contract.eventTime, "updated_at");
    });

    it("refuses samples without a key, and takes the one that is named", async () => {
        const none = "who,at,amount\nAda,2024-01-01,1\nAda,2024-01-01,2\nBo,2024-01-01,2\nBo,2024-01-01,1\n";
        await refuses(
            request(`${none}Cy,2024-01-02,1\nCy,2024-01-02,3\n`),
            /No column tells the records apart.*--key/s,
        );
        const named = await planDataset(request(none, { key: "who, amount" }));
        assert.deepEqual(named.contract.businessKey, ["who", "amount"]);
        assert.ok(named.contract.quality.rules.includes('IsPrimaryKey "who" "amount"'));
        await refuses(request(`${none}Ada,2024-01-01,4\n`, { key: "at" }), /the job would publish 1/);
    });

    it("makes names legal and distinct, and keeps those of the fields", async () => {
        const header = "ID,Größe (cm),grosse-cm,select,1st,date";
        const lines = ["a,1,2,x,00,2024-01-01", "b,2,3,y,01,2024-01-02"];
        const { contract } = await planDataset(request([header, ...lines, ""].join("\n")));
        assert.deepEqual(
            contract.columns.map(({ name, source }) => [name, source]),
            [
                ["id", "ID"],
                ["grosse_cm", "Größe (cm)"],
                ["grosse_cm_2", "grosse-cm"],
                ["select_value", "select"],
                ["st", "1st"],
                ["event_date", "date"],
            ],
        );
    });

    it("counts what it cannot use, with the reason of the job", async () => {
        const lines = Array.from({ length: 40 }, (_, at) => `{"id":${at},"at":"2024-01-01","n":${at % 7}}`);
        const plan = await planDataset(request([...lines, '{"id":', lines[0]!, ""].join("\n")));
        assert.deepEqual(plan.trial.reasons, { malformed_json: 1 });
        assert.deepEqual([plan.trial.records, plan.trial.clean, plan.trial.duplicates], [42, 40, 1]);
        assert.match(plan.files["generator.ts"]!, /lines: 42,\s+clean: 40,\s+bad: 1,\s+duplicates: 1,/);
    });

    it("writes all files at once, as Prettier lays them out, with the reasons beside what they explain", async () => {
        const hostile = good.replace("amount", '"a*/ \'""b"" ${x} `"');
        const plan = await planDataset(request(gzipSync(hostile)));
        writeDataset(plan);
        assert.deepEqual(fs.readdirSync(path.dirname(plan.folder)), ["things"]);
        assert.deepEqual(fs.readdirSync(plan.folder).sort(), [
            "contract.ts",
            "generator.ts",
            "queries",
            "sample.csv.gz",
        ]);
        const options = await prettier.resolveConfig(path.join(projectRoot, "datasets/contract.ts"));
        for (const file of ["contract.ts", "generator.ts"]) {
            const text = fs.readFileSync(path.join(plan.folder, file), "utf8");
            assert.equal(text, await prettier.format(text, { ...options, parser: "typescript" }));
        }
        assert.match(plan.files["contract.ts"]!, /\/\/ Unique in 2 records\.\n {4}businessKey: \["id"\]/);
        assert.throws(() => writeDataset({ ...plan, contract: { ...plan.contract, businessKey: [] } }));
        assert.deepEqual(fs.readdirSync(path.dirname(plan.folder)), ["things"]);
    });
});
