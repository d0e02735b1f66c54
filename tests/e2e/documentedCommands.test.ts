/** Every command that the documents show, one after the other on one lake, as a reader would type it. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../tools/toolchain";
import { commandLines, documents } from "../documents";
import { editedProgram } from "./editedProgram";
import { TestLake } from "./harness";

const onAws = "asks AWS itself, of which there is none here";
const inStacks = "tests/e2e/stacks.test.ts does it";

/** What is not run here, and why. */
const left: Readonly<Record<string, string>> = {
    "destroy --stack dev --yes --stack-name-again dev": onAws,
    "destroy --stack prod --local --yes --stack-name-again prod": inStacks,
    "doctor --stack dev": onAws,
    "etl --stack dev --dataset sales": onAws,
    "etl --stack prod": onAws,
    "logs --stack prod": onAws,
    "preview --stack dev": onAws,
    "preview --stack prod": onAws,
    "preview --stack prod --markdown reports/preview.md --sarif reports/policies.sarif --json-file reports/review.json":
        onAws,
    "preview --stack prod --refresh --expect-no-changes": onAws,
    "query --stack dev --dataset sales": onAws,
    "run --stack dev": onAws,
    "status --stack dev": onAws,
    "status --stack prod": onAws,
    "up --stack prod --local": inStacks,
};

/** In an order in which each has what it needs, and what its output says of what matters. */
const runs: readonly (readonly [line: string, says?: RegExp])[] = [
    ["local start --seed sales", /http:\/\/127\.0\.0\.1:\d+/],
    ["local start", /http:\/\/127\.0\.0\.1:\d+/],
    ["local status", /running/i],
    ["local env", /AWS_ENDPOINT_URL=/],
    ["local env --account 111122223333", /111122223333/],
    ["doctor"],
    ["status", /sales/],
    ["logs", /LAKEWORKS_REPORT/],
    ["cost", /\$/],
    ["query --list", /top-products/],
    ["query --check"],
    ["query", /top|Top/],
    ["query top-products", /scanned|Scanned/],
    ["query regional-share", /north/],
    ["query one-month --param month=3", /card/],
    ["query one-month --reuse 30", /card/],
    ["explain top-products", /partition/],
    ["explain one-month --param month=3", /partition/],
    ["seed --more-days 1"],
    ["crawl"],
    ["etl --dataset sales", /succeeded|SUCCEEDED|rows/],
    ["crawl silver --dataset sales"],
    ["quarantine"],
    ["quarantine --dataset sales --reason quantity_invalid --limit 20"],
    ["bookmark show", /sales/],
    ["bookmark show --dataset sales"],
    ["etl --dataset sales --backfill --from 2024-01-02 --to 2024-01-03"],
    ["etl --backfill --from 2024-01-01 --to 2024-01-31"],
    ["etl --compact --from 2024-01-01 --to 2024-12-31"],
    ["bookmark rewind --from 2024-01-15"],
    ["bookmark rewind --dataset sales --from 2024-01-04"],
    ["bookmark reset"],
    ["etl"],
    ["local faults --kind throttled --service glue --every 3", /throttled/],
    ["local faults --kind truncated --service s3 --method GET --times 2", /truncated/],
    ["local faults", /throttled/],
    ["local faults --clear"],
    ["local snapshot before", /before/],
    ["local restore before", /before/],
    ["init visits --from visits.csv --dry-run", /contract/],
    ["init visits --from visits.csv", /visits/],
    ["run --dataset visits", /visits/],
    ["run --dataset clickstream", /clickstream/],
    ["destroy"],
    ["local reset --yes"],
    ["local stop"],
];

describe("the commands of the documents", function () {
    this.timeout(600_000);
    const lake = new TestLake();
    let program: string;
    before(() => {
        program = editedProgram(path.join(lake.home, "program"), {});
        const rows = Array.from(
            { length: 50 },
            (_, n) => `${n},2024-05-${10 + (n % 9)}T10:00:00Z,"Ulm, ${n}",${n / 4}`,
        );
        fs.writeFileSync(path.join(program, "visits.csv"), `id,at,city,minutes\n${rows.join("\n")}\n`);
    });
    after(() => lake.remove());

    it("are these and no others", () => {
        const shown = documents.flatMap((file) => commandLines(fs.readFileSync(path.join(projectRoot, file), "utf8")));
        const known = [...runs.map(([line]) => line), ...Object.keys(left)];
        assert.deepEqual([...new Set(shown)].sort(), known.sort());
    });

    for (const [line, says] of runs) {
        it(`lakeworks ${line}`, async () => {
            const { code, stdout, stderr } = await lake.start(line.split(" "), program).done;
            assert.equal(code, 0, `${stdout}\n${stderr}`);
            if (says !== undefined) assert.match(`${stdout}${stderr}`, says);
        });
    }
});
