import assert from "node:assert/strict";
import { sarifReport } from "../../../automation/review/sarif";
import { encrypted, parquet, review, stackUrn, urnOf, violation } from "./support";

interface Log {
    readonly $schema: string;
    readonly version: string;
    readonly runs: readonly {
        readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
        readonly automationDetails: { readonly id: string };
        readonly invocations: readonly { readonly executionSuccessful: boolean }[];
        readonly results: readonly Result[];
    }[];
}

interface Rule {
    readonly id: string;
    readonly name: string;
    readonly shortDescription: { readonly text: string };
    readonly fullDescription: { readonly text: string };
    readonly help: { readonly text: string };
    readonly helpUri: string;
    readonly defaultConfiguration: { readonly level: string };
    readonly properties: Readonly<Record<string, unknown>>;
}

interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly message: { readonly text: string };
    readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
        readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
    }[];
    readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

const bucket = urnOf("aws:s3/bucket:Bucket", "raw");
const undecided = `can't run policy "parquet-output" from policy pack "lakeworks" during preview: string value at .name can't be known during preview`;

function sarif(...events: Parameters<typeof review>[0]) {
    const log = sarifReport(review(events)) as Log;
    return { log, ...log.runs[0]!, rules: log.runs[0]!.tool.driver.rules };
}

describe("the SARIF of a review", () => {
    it("has one result for each finding, by the level of its finding", () => {
        const { results, rules } = sarif(
            violation(parquet, "Table is CSV."),
            violation(encrypted, "Not encrypted.", bucket, "advisory"),
            violation(parquet, undecided, bucket, "advisory"),
        );
        assert.deepEqual(
            results.map(({ ruleId, level }) => [ruleId, level]),
            [
                ["parquet-output", "error"],
                ["encrypted-buckets", "warning"],
                ["parquet-output", "note"],
            ],
        );
        for (const { ruleId, ruleIndex } of results) assert.equal(rules[ruleIndex]!.id, ruleId);
    });

    it("places a result at the program and names the resource", () => {
        const [result] = sarif(violation(encrypted, "Not encrypted.", bucket)).results;
        const [location] = result!.locations;
        assert.equal(location!.physicalLocation.artifactLocation.uri, "stacks/index.ts");
        assert.equal(location!.logicalLocations[0]!.fullyQualifiedName, bucket);
        assert.equal(result!.message.text, "Bucket raw: Not encrypted.");
        const [ofStack] = sarif(violation(encrypted, "No trail.", stackUrn)).results;
        assert.equal(ofStack!.message.text, "Stack prod: No trail.");
    });

    it("gives security rules a severity that code scanning reads, and no others", () => {
        const { rules } = sarif(violation(encrypted, "Not encrypted.", bucket), violation(parquet, "Table is CSV."));
        const [security, other] = rules;
        assert.equal(security!.properties["security-severity"], "9.5");
        assert.deepEqual(security!.properties["tags"], ["security", "data-lake", "CIS 3.0 2.1.1"]);
        assert.equal(security!.helpUri, "https://docs.example.com/encryption");
        assert.match(security!.help.text, /Fix: Set serverSideEncryptionConfiguration\./);
        assert.equal("security-severity" in other!.properties, false);
    });

    it("keeps fingerprints when messages and other findings change, and tells two findings at one resource apart", () => {
        const of = (...events: Parameters<typeof review>[0]) =>
            sarif(...events).results.map((result) => result.partialFingerprints.primaryLocationLineHash);
        const [alone] = of(violation(encrypted, "Not encrypted.", bucket));
        assert.ok(of(violation(parquet, "Table is CSV."), violation(encrypted, "Still not.", bucket)).includes(alone!));
        const two = of(violation(encrypted, "One.", bucket), violation(encrypted, "Two.", bucket));
        assert.equal(new Set(two).size, 2);
    });

    /** What the schema of SARIF 2.1.0 and GitHub's upload require; no npm package small enough carries the schema itself. */
    it("has what the standard and the upload require", () => {
        const { log, rules, results, automationDetails, invocations } = sarif(violation(parquet, "Table is CSV."));
        assert.equal(log.version, "2.1.0");
        assert.match(log.$schema, /^https:\/\/.*sarif-schema-2\.1\.0\.json$/);
        assert.equal(automationDetails.id, "lakeworks-preview/prod/");
        assert.equal(invocations[0]!.executionSuccessful, true);
        for (const rule of rules) {
            assert.match(rule.name, /^[A-Z][A-Za-z]+$/);
            for (const { text } of [rule.shortDescription, rule.fullDescription, rule.help]) assert.notEqual(text, "");
            assert.ok(["error", "warning", "note"].includes(rule.defaultConfiguration.level));
        }
        for (const result of results) assert.notEqual(result.message.text, "");
        assert.deepEqual(sarif().results, []);
    });
});
