import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { ContractError, validateContract, type DatasetContract } from "../../datasets";
import { athenaReservedWords } from "../../datasets/reservedWords";

/** Mutable copies, of types that a contract in TypeScript could not hold: contracts also come from elsewhere. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;

const good = (): Loose => ({
    name: "visits",
    description: "Page visits.",
    raw: { format: "json", arrivalKey: "ingest_date" },
    columns: [
        { name: "visit_id", type: "string", description: "Id." },
        { name: "event_time", source: "timestamp", type: "timestamp", description: "When." },
        { name: "seconds", type: "int", description: "How long.", nullable: true },
        { name: "minutes", type: "decimal(10,2)", description: "How long.", expression: "seconds / 60" },
    ],
    businessKey: ["visit_id"],
    eventTime: "event_time",
    partitions: [{ name: "year", type: "int", expression: "year(event_time)" }],
    rowRules: [{ name: "seconds_negative", condition: "seconds >= 0" }],
    quality: { rules: ["RowCount > 0"], onFailure: "fail" },
    targetFileMiB: 128,
    freshnessHours: 24,
});

const column = (name: string, type = "bigint") => ({ name, type, description: "Number of visits." });
const gold = (name = "daily_visits") => ({
    name,
    description: "Visits.",
    columns: [column("visits")],
    partitionKeys: ["year"],
});

/** A view that gold may not be named like. */
const view =
    "/*\ntitle: By year\nquestion: When?\ncolumns: { year: integer }\n*/\nCREATE OR REPLACE VIEW visits_by_year AS SELECT year FROM visits\n";

describe("a dataset's contract", () => {
    let folder: string;

    beforeEach(() => {
        folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-")), "visits");
        fs.mkdirSync(path.join(folder, "queries"), { recursive: true });
        fs.writeFileSync(path.join(folder, "generator.ts"), "");
        fs.writeFileSync(path.join(folder, "queries", "by-year.sql"), view);
        fs.mkdirSync(path.join(folder, "gold"));
    });

    afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));

    /** Paths of the faults after a change to a good contract. */
    const faultsOf = (change: (contract: Loose) => void): string[] => {
        const contract = good();
        change(contract);
        try {
            validateContract(contract as DatasetContract, folder);
            return [];
        } catch (error) {
            assert.ok(error instanceof ContractError, String(error));
            error.faults.forEach((one) => assert.ok(error.message.includes(`${one.path}: ${one.message}`)));
            return error.faults.map((one) => one.path);
        }
    };

    it("may be good", () => {
        assert.deepEqual(
            faultsOf(() => undefined),
            [],
        );
    });

    /** What the job is told. */
    const jobCases: readonly [what: string, change: (contract: Loose) => void, ...paths: string[]][] = [
        ["an unknown format", (c) => (c.raw.format = "avro"), "raw.format"],
        ["a separator of JSON", (c) => (c.raw.separator = ";"), "raw.separator"],
        [
            "a separator of two characters",
            (c) => (c.raw = { ...c.raw, format: "csv", separator: "||" }),
            "raw.separator",
        ],
        ["XML without a record's element", (c) => (c.raw.format = "xml"), "raw.rowTag"],
        ["an element of JSON", (c) => (c.raw.rowTag = "visit"), "raw.rowTag"],
        ["no source", (c) => (c.columns[1].source = []), "columns[1].source"],
        ["an empty source", (c) => (c.columns[1].source = ["at", " "]), "columns[1].source"],
        ["a source twice", (c) => (c.columns[1].source = ["at", "at"]), "columns[1].source"],
        ["one source that is the arrival key", (c) => (c.columns[1].source = ["at", "ingest_date"]), "raw.arrivalKey"],
        ["an unknown policy of changes", (c) => (c.schemaChange = "drop"), "schemaChange"],
        ["half a day", (c) => (c.duplicates = { withinDays: 0.5 }), "duplicates.withinDays"],
        ["a percentage", (c) => (c.quarantine = { maxShare: 5 }), "quarantine.maxShare"],
        ["an order by no column", (c) => (c.sortBy = ["visit_id", "year"]), "sortBy[1]"],
        ["an unknown table format", (c) => (c.tableFormat = "delta"), "tableFormat"],
        ["a column of the job's", (c) => (c.columns[2].name = "source_object"), "columns[2].name"],
        ["gold without its file", (c) => (c.gold = [gold()]), "gold/daily_visits.sql"],
        [
            "gold without keys",
            (c) => (c.gold = [{ ...gold("g"), partitionKeys: [] }]),
            "gold[0].partitionKeys",
            "gold/g.sql",
        ],
        [
            "gold by a column",
            (c) => (c.gold = [{ ...gold("g"), partitionKeys: ["seconds"] }]),
            "gold[0].partitionKeys[0]",
            "gold/g.sql",
        ],
        ["gold named like silver", (c) => (c.gold = [gold("visits")]), "gold[0].name", "gold/visits.sql"],
        ["gold named like raw", (c) => (c.gold = [gold("raw_visits")]), "gold[0].name", "gold/raw_visits.sql"],
        [
            "gold named like a view",
            (c) => (c.gold = [gold("visits_by_year")]),
            "gold[0].name",
            "gold/visits_by_year.sql",
        ],
        [
            "gold with a key as a column",
            (c) => (c.gold = [{ ...gold("g"), columns: [column("year")] }]),
            "gold[0].columns[0].name",
            "gold/g.sql",
        ],
        [
            "gold with no such type",
            (c) => (c.gold = [{ ...gold("g"), columns: [column("n", "long")] }]),
            "gold[0].columns[0].type",
            "gold/g.sql",
        ],
    ];

    const cases: readonly [what: string, change: (contract: Loose) => void, ...paths: string[]][] = [
        ["a name that is not the folder's", (c) => (c.name = "visit"), "name"],
        ["a name with capitals", (c) => (c.name = "Visits"), "name", "name"],
        ["a name like a crawled table's", (c) => (c.name = "raw_visits"), "name", "name"],
        ["a long name", (c) => (c.name = "v".repeat(31)), "name", "name"],
        ["no description", (c) => (c.description = " "), "description"],
        ["a description longer than a workgroup's", (c) => (c.description = "d".repeat(1025)), "description"],
        [
            "a comment longer than a column's",
            (c) => (c.columns[0].description = "é".repeat(256)),
            "columns[0].description",
        ],
        [
            "a key's comment too long",
            (c) => (c.partitions[0].expression = "1+".repeat(128)),
            "partitions[0].expression",
        ],
        ["a ruleset longer than Glue's", (c) => (c.quality.rules = Array(7000).fill("RowCount > 0")), "quality.rules"],
        [
            "a row rule named as a reason of the job",
            (c) => (c.rowRules[0].name = "seconds_invalid"),
            "rowRules[0].name",
        ],
        ["a row rule named as a broken line", (c) => (c.rowRules[0].name = "malformed_csv"), "rowRules[0].name"],
        ["a raw format that is not done", (c) => (c.raw.format = "orc"), "raw.format"],
        [
            "an arrival key that records have",
            (c) => (c.raw.arrivalKey = "timestamp"),
            "raw.arrivalKey",
            "raw.arrivalKey",
        ],
        ["a reserved column name", (c) => (c.columns[2].name = "timestamp"), "columns[2].name"],
        ["a column name with a dash", (c) => (c.columns[2].name = "how-long"), "columns[2].name"],
        ["a column name that Spark adds", (c) => (c.columns[2].name = "_line"), "columns[2].name"],
        ["a column twice", (c) => (c.columns[2].name = "visit_id"), "columns[2].name"],
        ["an unknown type", (c) => (c.columns[2].type = "varchar"), "columns[2].type"],
        ["a precision of 39", (c) => (c.columns[3].type = "decimal(39,2)"), "columns[3].type"],
        ["a scale above the precision", (c) => (c.columns[3].type = "decimal(2,3)"), "columns[3].type"],
        ["a computed column with a source", (c) => (c.columns[3].source = "m"), "columns[3].source"],
        ["an empty expression", (c) => (c.columns[3].expression = ""), "columns[3].expression"],
        ["no key", (c) => (c.businessKey = []), "businessKey"],
        ["a key that is no column", (c) => (c.businessKey = ["id"]), "businessKey[0]"],
        ["a nullable key", (c) => (c.businessKey = ["visit_id", "seconds"]), "businessKey[1]"],
        ["a key column twice", (c) => (c.businessKey = ["visit_id", "visit_id"]), "businessKey[1]"],
        ["an event time that is no column", (c) => (c.eventTime = "timestamp"), "eventTime"],
        ["an event time that is no time", (c) => (c.eventTime = "visit_id"), "eventTime"],
        ["no partition", (c) => (c.partitions = []), "partitions"],
        ["a partition named as a column", (c) => (c.partitions[0].name = "seconds"), "partitions[0].name"],
        ["a string partition", (c) => (c.partitions[0].type = "string"), "partitions[0].type"],
        ["a partition twice", (c) => c.partitions.push(c.partitions[0]), "partitions[1].name"],
        ["a row rule in kebab case", (c) => (c.rowRules[0].name = "too-long"), "rowRules[0].name"],
        ["an empty rule", (c) => (c.quality.rules = [""]), "quality.rules[0]"],
        ["an unknown consequence", (c) => (c.quality.onFailure = "ignore"), "quality.onFailure"],
        ["no file size", (c) => (c.targetFileMiB = 0), "targetFileMiB"],
        ["half a MiB", (c) => (c.targetFileMiB = 0.5), "targetFileMiB"],
        ["files larger than S3 takes", (c) => (c.targetFileMiB = 5121), "targetFileMiB"],
        ["a freshness that is no number", (c) => (c.freshnessHours = NaN), "freshnessHours"],
    ];
    for (const [what, change, ...paths] of [...cases, ...jobCases]) {
        it(`may not have ${what}`, () => assert.deepEqual(faultsOf(change), paths));
    }

    const advice: readonly [what: string, change: (contract: Loose) => void, message: RegExp][] = [
        [
            "for a name",
            (c) => (c.columns[2].name = "Dwell Time (s)"),
            /columns\[2\]\.name: .*write for example "dwell_time_s"/,
        ],
        ["for camel case", (c) => (c.columns[2].name = "dwellTime"), /write for example "dwell_time"/],
        ["for a reserved word", (c) => (c.columns[2].name = "end"), /write for example "end_value"/],
        ["for a crawled table's name", (c) => (c.name = "raw_visits"), /write "visits"/],
        ["for a type of SQL", (c) => (c.columns[2].type = "varchar(20)"), /columns\[2\]\.type: .*write string/],
        ["for a type of Java", (c) => (c.columns[2].type = "Long"), /write bigint/],
        ["for any type", (c) => (c.columns[2].type = "blob"), /write string, int, bigint/],
        ["for a format", (c) => (c.raw.format = "orc"), /raw\.format: "orc" must be one of json, csv, xml, parquet/],
        ["for a key", (c) => (c.businessKey = ["id"]), /columns: visit_id, event_time, seconds, minutes/],
    ];
    for (const [what, change, message] of advice) {
        it(`says what to write instead ${what}`, () => {
            const contract = good();
            change(contract);
            assert.throws(() => validateContract(contract as DatasetContract, folder), message);
        });
    }

    it("may be of CSV", () =>
        assert.deepEqual(
            faultsOf((c) => (c.raw.format = "csv")),
            [],
        ));

    it("tells all faults at once", () => {
        fc.assert(
            fc.property(fc.uniqueArray(fc.constantFrom(...independent)), (chosen) => {
                const paths = faultsOf((contract) => chosen.forEach(([, change]) => change(contract)));
                assert.deepEqual(paths.sort(), chosen.flatMap(([, , ...expected]) => expected).sort());
            }),
        );
    });

    /** Cases that change different parts and so do not meet. */
    const independent = cases.filter(([what]) =>
        ["no description", "a raw format that is not done", "a precision of 39", "no key", "no file size"].includes(
            what,
        ),
    );

    it("has columns of any name that is an identifier and of no other", () => {
        const name = fc.oneof(
            fc.string(),
            fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/),
            fc.constantFrom("select", "day", "end"),
        );
        fc.assert(
            fc.property(name, (text) => {
                fc.pre(!["visit_id", "event_time", "minutes", "year"].includes(text));
                const valid = /^[a-z][a-z0-9_]*$/.test(text) && !athenaReservedWords.has(text);
                const paths = faultsOf((contract) => (contract.columns[2].name = text));
                assert.deepEqual(paths.includes("columns[2].name"), !valid);
            }),
        );
    });
});
