import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ruleFault, rulesetOf } from "./dqdl";
import {
    catalogNamePattern,
    catalogNameReason,
    Faults,
    resourceNamePattern,
    resourceNameReason,
    s3PrefixPattern,
    s3PrefixReason,
} from "./faults";
import { stableJson } from "./json";

/** What a failed rule does to the run that found it. */
export const QualityFailure = {
    /** The run fails before it publishes anything. */
    Fail: "fail",
    /** The run publishes, and reports the rule. */
    Warn: "warn",
} as const;
export type QualityFailure = (typeof QualityFailure)[keyof typeof QualityFailure];

export interface DataQualityArgs {
    /** Glue database of the table. */
    databaseName: pulumi.Input<string>;
    /** Declared table that the rules are about. */
    tableName: pulumi.Input<string>;
    /** DQDL rules, one a text, for example `IsComplete "id"` or `ColumnValues "amount" >= 0`. */
    rules: string[];
    /** Columns of the table, so that a rule over another one is found at once. @default the columns are not checked */
    columns?: string[];
    /** What a failed rule does. @default QualityFailure.Fail */
    onFailure?: QualityFailure;
    /** Count passed and failed rules in CloudWatch, in the namespace `Glue Data Quality`. @default true */
    metrics?: boolean;
    /** Prefix for a JSON document of the outcomes of each evaluation. @default the outcomes are in Glue and the job's report only */
    resultsLocation?: pulumi.Input<string>;
    /** What the rules are for. @default none */
    description?: string;
}

/**
 * The quality rules of one table, said once: checked here, kept as a ruleset on the table, and given to the job that evaluates them.
 *
 * The ruleset in the catalog shows the rules on the table's page, and evaluates the whole table on demand. The job takes
 * `evaluation`, which is the part `quality` of a dataset's contract, and evaluates the rows of its run before it publishes them.
 *
 * Enforces the following:
 * - each rule is read before anything is made: brackets, quotes, rule type, parameters, condition and, where `columns` are given, columns
 * - the ruleset stands on the table and has exactly the rules that the job evaluates
 * - a failed rule fails the run before it publishes, unless `onFailure` says to warn
 * - rules are counted in CloudWatch unless `metrics` is false, and outcomes are kept only in the place named
 */
export class DataQuality extends pulumi.ComponentResource {
    /** Name of the ruleset: the component's. */
    public readonly rulesetName: pulumi.Output<string>;
    /** ARN of the ruleset. */
    public readonly rulesetArn: pulumi.Output<string>;
    /** What the job evaluates, as JSON: `rules`, `onFailure`, `metrics` and, where it is named, `resultsLocation`. */
    public readonly evaluation: pulumi.Output<string>;

    constructor(name: string, args: DataQualityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:DataQuality", name, args, opts);
        checkDataQuality(name, args);

        const ruleset = new aws.glue.DataQualityRuleset(
            `${name}-ruleset`,
            {
                name,
                description: args.description,
                ruleset: rulesetOf(args.rules),
                targetTable: { databaseName: args.databaseName, tableName: args.tableName },
            },
            // One name, one ruleset: the old one must go before another table gets it.
            { parent: this, deleteBeforeReplace: true },
        );
        this.rulesetName = ruleset.name;
        this.rulesetArn = ruleset.arn;
        this.evaluation = pulumi
            .output(args.resultsLocation)
            .apply((resultsLocation) => stableJson({ ...qualityEvaluation(args), resultsLocation }));
        this.registerOutputs({
            rulesetName: this.rulesetName,
            rulesetArn: this.rulesetArn,
            evaluation: this.evaluation,
        });
    }
}

/** The part `quality` of a dataset's contract. */
export function qualityEvaluation(args: Pick<DataQualityArgs, "rules" | "onFailure" | "metrics">) {
    return {
        rules: args.rules,
        onFailure: args.onFailure ?? QualityFailure.Fail,
        metrics: args.metrics ?? true,
    };
}

/** https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDataQualityRuleset.html */
const longestRuleset = 65_536;
const longestDescription = 2048;

/** @throws InputPropertiesError with every fault of the arguments */
export function checkDataQuality(name: string, args: DataQualityArgs): void {
    const faults = new Faults(`DataQuality "${name}"`);
    faults.unlessMatches("name", name, resourceNamePattern, resourceNameReason);
    faults.unlessMatches("databaseName", args.databaseName, catalogNamePattern, catalogNameReason);
    faults.unlessMatches("tableName", args.tableName, catalogNamePattern, catalogNameReason);
    faults.unlessMatches("resultsLocation", args.resultsLocation, s3PrefixPattern, s3PrefixReason);
    faults.unlessOneOf("onFailure", args.onFailure, Object.values(QualityFailure));
    if ((args.description ?? "").length > longestDescription) {
        faults.add("description", `must have at most ${longestDescription} characters, as Glue keeps no more`);
    }
    if (args.rules.length === 0) {
        faults.add("rules", 'is empty: write at least one rule, for example "RowCount > 0"');
    }
    args.rules.forEach((rule, index) => {
        const fault = args.rules.indexOf(rule) < index ? "is there twice" : ruleFault(rule, args.columns);
        if (fault !== undefined) {
            faults.add(`rules[${index}]`, `${rule}: ${fault}`);
        }
    });
    const { length } = rulesetOf(args.rules);
    if (length > longestRuleset) {
        faults.add(
            "rules",
            `have ${length} characters together, and Glue takes ${longestRuleset}: split them by table`,
        );
    }
    faults.throwIfAny();
}
