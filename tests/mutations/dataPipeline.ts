import type { Mutation } from "./mutation";

export const mutations: Mutation[] = [
    {
        breaks: "each dataset has a database of its own, and a folder of its own in every bucket",
        file: "dataPipelineParts.ts",
        replace: 'name.replaceAll("-", "_")',
        by: '"lake"',
    },
    {
        breaks: "each dataset has a database of its own, and a folder of its own in every bucket",
        file: "dataPipelineParts.ts",
        replace: "${folder}${args.dataset}/",
        by: "${folder}",
    },
    {
        breaks: "the job reads the dataset's raw files and its contract, and writes its tables, reports and what it remembers; nothing else",
        file: "dataPipelineParts.ts",
        replace: "readLocations: [contract, places.raw]",
        by: "readLocations: [contract, places.raw, places.results]",
    },
    {
        breaks: "the job reads the dataset's raw files and its contract, and writes its tables, reports and what it remembers; nothing else",
        file: "dataPipelineParts.ts",
        replace: "writeLocations: [",
        by: "writeLocations: [places.raw, ",
    },
    {
        breaks: "the job's target is the declared table's own location",
        file: "dataPipelineParts.ts",
        replace: '"--target": places.silver',
        by: '"--target": places.raw',
    },
    {
        breaks: "the contract says what the table, the raw files and the rules are, in the words of the arguments",
        file: "jobContract.ts",
        replace: "args.rawFormat ?? RawFormat.Json",
        by: "RawFormat.Json",
    },
    {
        breaks: "the contract says what the table, the raw files and the rules are, in the words of the arguments",
        file: "jobContract.ts",
        replace: "onFailure: args.onQualityFailure",
        by: "onFailure: undefined",
    },
    {
        breaks: "the contract says what the table, the raw files and the rules are, in the words of the arguments",
        file: "dataPipelineParts.ts",
        replace: "({ name, type, comment }) => ({ name, type, comment })",
        by: '({ name, comment }) => ({ name, type: "string", comment })',
    },
    {
        breaks: "the contract lies under the hash of its content; a change of the contract is a change of the job",
        file: "dataPipeline.ts",
        replace: "(hash) => `contracts/${args.dataset}-${hash}.json`",
        by: "() => `contracts/${args.dataset}.json`",
    },
    {
        breaks: "the ruleset on the table has the rules of the contract",
        file: "dataPipelineParts.ts",
        replace: "rules: args.qualityRules ?? []",
        by: 'rules: ["RowCount > 1"]',
    },
    {
        breaks: "queries run in the dataset's workgroup, with results in the dataset's folder of a bucket of this account",
        file: "dataPipelineParts.ts",
        replace: "results: prefix(args.resultsBucket)",
        by: "results: pulumi.interpolate`s3://${args.resultsBucket}/`",
    },
    {
        breaks: "queries run in the dataset's workgroup, with results in the dataset's folder of a bucket of this account",
        file: "dataPipeline.ts",
        replace: "places, database.name), expectedBucketOwner }",
        by: "places, database.name) }",
    },
    {
        breaks: "with retain database and table are protected, and kept when the stack goes",
        file: "dataPipeline.ts",
        replace: "protect: retain, retainOnDelete: retain",
        by: "protect: retain",
    },
    {
        breaks: "with retain database and table are protected, and kept when the stack goes",
        file: "dataPipelineParts.ts",
        replace: "retain: args.retain,",
        by: "",
    },
];
