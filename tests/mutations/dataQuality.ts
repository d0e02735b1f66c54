import type { Mutation } from "./mutation";

const read =
    "each rule is read before anything is made: brackets, quotes, rule type, parameters, condition and, where columns are given, columns";
const same = "the ruleset stands on the table and has exactly the rules that the job evaluates";
const counted =
    "rules are counted in CloudWatch unless metrics is false, and outcomes are kept only in the place named";

export const mutations: Mutation[] = [
    { breaks: read, file: "dqdl.ts", replace: "    checkBrackets(tokens);\n", by: "" },
    {
        breaks: read,
        file: "dqdl.ts",
        replace: "if (groups === undefined) {",
        by: "if (groups === undefined) break;\n{",
    },
    {
        breaks: read,
        file: "dqdl.ts",
        replace: "if (type === undefined) throw new Error(unknownType(token.text));",
        by: "if (type === undefined) return void (this.position = this.tokens.length);",
    },
    { breaks: read, file: "dqdl.ts", replace: "found.length < least || found.length > most", by: "false" },
    { breaks: read, file: "dqdl.ts", replace: '!conditioned && type.condition === "needed"', by: "false" },
    { breaks: read, file: "dqdl.ts", replace: "!this.columns.includes(parameter)", by: "false" },
    { breaks: read, file: "dataQuality.ts", replace: "ruleFault(rule, args.columns)", by: "undefined" },
    { breaks: same, file: "dataQuality.ts", replace: "tableName: args.tableName }", by: "tableName: name + 1 }" },
    { breaks: same, file: "dataQuality.ts", replace: "rulesetOf(args.rules)", by: "rulesetOf(args.rules.slice(1))" },
    { breaks: same, file: "dataQuality.ts", replace: "rules: args.rules,", by: "rules: args.rules.slice(1)," },
    {
        breaks: "a failed rule fails the run before it publishes, unless onFailure says to warn",
        file: "dataQuality.ts",
        replace: "args.onFailure ?? QualityFailure.Fail",
        by: "args.onFailure ?? QualityFailure.Warn",
    },
    {
        breaks: "a failed rule fails the run before it publishes, unless onFailure says to warn",
        file: "dataQuality.ts",
        replace: "args.onFailure ?? QualityFailure.Fail",
        by: "QualityFailure.Fail",
    },
    { breaks: counted, file: "dataQuality.ts", replace: "args.metrics ?? true", by: "args.metrics ?? false" },
    { breaks: counted, file: "dataQuality.ts", replace: "args.metrics ?? true", by: "true" },
    {
        breaks: counted,
        file: "dataQuality.ts",
        replace: "{ ...qualityEvaluation(args), resultsLocation }",
        by: '{ ...qualityEvaluation(args), resultsLocation: resultsLocation ?? "s3://results/" }',
    },
];
