import * as assert from "node:assert/strict";
import * as glue from "@aws-sdk/client-glue";
import { rulesOf } from "../../local/glue/quality/ruleset";
import { errorName, TestLocal } from "./support";

const ruleset = 'Rules = [\n    RowCount > 0,\n    ColumnValues "kind" in ["a, b", "c]"] # one of two\n]';

describe("local Glue: data quality rulesets", function () {
    this.timeout(300_000);
    let lake: TestLocal;
    const target = { DatabaseName: "shop", TableName: "orders" };

    before(async () => {
        lake = await TestLocal.start();
        await lake.glue.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: "shop" } }));
        const TableInput = { Name: "orders", StorageDescriptor: { Columns: [{ Name: "kind", Type: "string" }] } };
        await lake.glue.send(new glue.CreateTableCommand({ DatabaseName: "shop", TableInput }));
    });
    after(async () => lake.stop());

    const create = (name: string, more: Partial<glue.CreateDataQualityRulesetRequest> = {}) =>
        lake.glue.send(
            new glue.CreateDataQualityRulesetCommand({ Name: name, Ruleset: ruleset, TargetTable: target, ...more }),
        );
    const get = (name: string) => lake.glue.send(new glue.GetDataQualityRulesetCommand({ Name: name }));
    const names = async (input: glue.ListDataQualityRulesetsRequest) =>
        (await lake.glue.send(new glue.ListDataQualityRulesetsCommand(input))).Rulesets?.map(({ Name }) => Name);

    it("are kept with their table and tags, over a restart", async () => {
        await create("orders", { Description: "Before publishing.", Tags: { team: "sales" } });
        await lake.restart();
        const found = await get("orders");
        assert.equal(found.Ruleset, ruleset);
        assert.equal(found.Description, "Before publishing.");
        assert.deepEqual(found.TargetTable, target);
        assert.ok(found.CreatedOn instanceof Date);
        const arn = "arn:aws:glue:us-east-1:000000000000:dataQualityRuleset/orders";
        const { Tags } = await lake.glue.send(new glue.GetTagsCommand({ ResourceArn: arn }));
        assert.deepEqual(Tags, { team: "sales" });
    });

    it("are changed in their rules and description", async () => {
        const changed = "Rules = [ RowCount > 5 ]";
        await lake.glue.send(new glue.UpdateDataQualityRulesetCommand({ Name: "orders", Ruleset: changed }));
        const found = await get("orders");
        assert.deepEqual([found.Ruleset, found.Description], [changed, "Before publishing."]);
        assert.ok(Number(found.LastModifiedOn) > Number(found.CreatedOn));
    });

    it("are listed by table and tag, with the number of their rules, in pages", async () => {
        await create("other", { TargetTable: undefined });
        const { Rulesets } = await lake.glue.send(new glue.ListDataQualityRulesetsCommand({}));
        assert.deepEqual(
            Rulesets?.map(({ Name, RuleCount }) => [Name, RuleCount]),
            [
                ["orders", 1],
                ["other", 2],
            ],
        );
        assert.deepEqual(await names({ Filter: { TargetTable: target } }), ["orders"]);
        assert.deepEqual(await names({ Tags: { team: "sales" } }), ["orders"]);
        assert.deepEqual(await names({ Filter: { CreatedAfter: new Date(Date.now() + 60_000) } }), []);
        assert.deepEqual(await names({ MaxResults: 1 }), ["orders"]);
    });

    it("are refused in AWS's words where a table or a bracket is missing", async () => {
        assert.equal(await errorName(create("orders")), "AlreadyExistsException");
        assert.equal(await errorName(get("nothing")), "EntityNotFoundException");
        const nowhere = create("new", { TargetTable: { DatabaseName: "shop", TableName: "nothing" } });
        assert.equal(await errorName(nowhere), "InvalidInputException");
        assert.equal(await errorName(create("new", { Ruleset: "Rules = [ RowCount > 0" })), "InvalidInputException");
        const evaluation = new glue.StartDataQualityRulesetEvaluationRunCommand({
            DataSource: { GlueTable: target },
            Role: "arn:aws:iam::000000000000:role/quality",
            RulesetNames: ["orders"],
        });
        assert.equal(await errorName(lake.glue.send(evaluation)), "UnknownOperationException");
    });

    it("go with their tags", async () => {
        await lake.glue.send(new glue.DeleteDataQualityRulesetCommand({ Name: "orders" }));
        assert.equal(await errorName(get("orders")), "EntityNotFoundException");
        await create("orders");
        assert.deepEqual(await names({ Tags: { team: "sales" } }), []);
    });

    it("are counted by their outline", () => {
        assert.equal(rulesOf(ruleset), 2);
        assert.equal(rulesOf("Rules = [ ]"), 0);
        assert.equal(rulesOf('DataSources = { "a": "b" }\nRules = [ (IsComplete "a") and (RowCount > 1) ]'), 1);
        assert.equal(rulesOf('Analyzers = [ RowCount, Completeness "a" ]'), 0);
        assert.equal(rulesOf('Rules = [ RowCount > 1 ]\nAnalyzers = [ RowCount, Completeness "a" ]'), 1);
        for (const wrong of [
            "",
            "RowCount > 0",
            "Rules = [ a, ]",
            "Rules = [ a, , b ]",
            "Rules = [ (a ]",
            'Rules = [ "a ]',
        ]) {
            assert.throws(() => rulesOf(wrong), /is no DQDL document/, wrong);
        }
    });
});
