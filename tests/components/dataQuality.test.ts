import assert from "node:assert/strict";
import { DataQuality, QualityFailure, type DataQualityArgs } from "../../components";
import { rulesetOf } from "../../components/dqdl";
import { assertWellFormed, build, faultsOf, one, valueOf, type Built } from "./mocks";

const base: DataQualityArgs = {
    databaseName: "lake_sales",
    tableName: "sales",
    rules: ["RowCount > 0", 'IsComplete "id"', 'ColumnValues "amount" >= 0'],
    columns: ["id", "amount"],
};

const quality = (args: Partial<DataQualityArgs> = {}) => build(() => new DataQuality("sales", { ...base, ...args }));
const rulesetOfTable = (built: Built<unknown>) =>
    one(built, "aws:glue/dataQualityRuleset:DataQualityRuleset", "sales-ruleset").inputs;
const evaluationOf = async (built: Built<DataQuality>) =>
    JSON.parse(await valueOf(built.value.evaluation)) as Record<string, unknown>;

describe("DataQuality", () => {
    let built: Built<DataQuality>;
    before(async () => {
        built = await quality();
    });

    it("makes a ruleset, well formed", () => {
        assertWellFormed(built, "lakeworks:index:DataQuality", "sales");
        assert.equal(rulesetOfTable(built).name, "sales");
    });

    describe("enforces the following", () => {
        it("each rule is read before anything is made: brackets, quotes, rule type, parameters, condition and, where columns are given, columns", async () => {
            await build(() => {
                const rules = [
                    'IsComplete "id"',
                    'ColumnValues "amount" in ["a"',
                    'IsComplete "id',
                    'IsComplte "id"',
                    'IsUnique "id" "amount"',
                    "RowCount",
                    'IsComplete "di"',
                ];
                assert.deepEqual(
                    faultsOf(() => new DataQuality("a", { ...base, rules })),
                    [1, 2, 3, 4, 5, 6].map((index) => `rules[${index}]`),
                );
                const unchecked = { ...base, rules: ['IsComplete "di"'], columns: undefined };
                assert.deepEqual(
                    faultsOf(() => new DataQuality("b", unchecked)),
                    [],
                );
            });
        });

        it("the ruleset stands on the table and has exactly the rules that the job evaluates", async () => {
            const { ruleset, targetTable } = rulesetOfTable(built);
            assert.deepEqual(targetTable, { databaseName: "lake_sales", tableName: "sales" });
            assert.equal(ruleset, rulesetOf(base.rules));
            assert.deepEqual((await evaluationOf(built)).rules, base.rules);
        });

        it("a failed rule fails the run before it publishes, unless onFailure says to warn", async () => {
            assert.equal((await evaluationOf(built)).onFailure, "fail");
            const warned = await evaluationOf(await quality({ onFailure: QualityFailure.Warn }));
            assert.equal(warned.onFailure, "warn");
        });

        it("rules are counted in CloudWatch unless metrics is false, and outcomes are kept only in the place named", async () => {
            const plain = await evaluationOf(built);
            assert.equal(plain.metrics, true);
            assert.equal("resultsLocation" in plain, false);
            const kept = await evaluationOf(
                await quality({ metrics: false, resultsLocation: "s3://silver/_quality/" }),
            );
            assert.equal(kept.metrics, false);
            assert.equal(kept.resultsLocation, "s3://silver/_quality/");
        });
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: DataQualityArgs = {
                databaseName: "Lake",
                tableName: "sales table",
                rules: ["RowCount > 0", "RowCount > 0"],
                onFailure: "stop" as QualityFailure,
                resultsLocation: "silver/quality",
                description: "x".repeat(2049),
            };
            assert.deepEqual(
                faultsOf(() => new DataQuality("sales rules", wrong)),
                ["databaseName", "description", "name", "onFailure", "resultsLocation", "rules[1]", "tableName"],
            );
            const many = Array.from({ length: 4000 }, (_, index) => `RowCount > ${index}`);
            assert.deepEqual(
                faultsOf(() => new DataQuality("many", { ...base, rules: many })),
                ["rules"],
            );
            assert.deepEqual(
                faultsOf(() => new DataQuality("none", { ...base, rules: [] })),
                ["rules"],
            );
        });
    });
});
