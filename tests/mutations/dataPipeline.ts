import type { Mutation } from "./mutation";

export const mutations: Mutation[] = [
    {
        breaks: "each dataset has a database of its own, and a folder of its own in every bucket",
        file: "dataPipeline.ts",
        replace: 'name.replaceAll("-", "_")',
        by: '"lake"',
    },
    {
        breaks: "each dataset has a database of its own, and a folder of its own in every bucket",
        file: "dataPipeline.ts",
        replace: "s3://${bucket}/${folder}${dataset}/",
        by: "s3://${bucket}/${folder}",
    },
    {
        breaks: "the job reads the dataset's raw files and its contract, and writes its table, quarantine and reports; nothing else",
        file: "dataPipeline.ts",
        replace: "readLocations: [contract, this.rawLocation]",
        by: "readLocations: [pulumi.interpolate`s3://${args.bronzeBucket}/`]",
    },
    {
        breaks: "the job reads the dataset's raw files and its contract, and writes its table, quarantine and reports; nothing else",
        file: "dataPipeline.ts",
        replace: "writeLocations: [table.location,",
        by: "writeLocations: [this.rawLocation, table.location,",
    },
    {
        breaks: "the job's target is the declared table's own location",
        file: "dataPipeline.ts",
        replace: '"--target": table.location',
        by: '"--target": this.rawLocation',
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
        file: "dataPipeline.ts",
        replace: "type: column.type",
        by: 'type: "string"',
    },
    {
        breaks: "the contract lies under the hash of its content; a change of the contract is a change of the job",
        file: "dataPipeline.ts",
        replace: "(hash) => `contracts/${args.dataset}-${hash}.json`",
        by: "() => `contracts/${args.dataset}.json`",
    },
    {
        breaks: "the ruleset on the table has the rules of the contract",
        file: "dataPipeline.ts",
        replace: "rules: args.qualityRules ?? []",
        by: "rules: ['IsComplete \"id\"']",
    },
    {
        breaks: "queries run in the dataset's workgroup, with results in the dataset's folder of a bucket of this account",
        file: "dataPipeline.ts",
        replace: "resultsLocation: prefix(args.resultsBucket)",
        by: "resultsLocation: pulumi.interpolate`s3://${args.resultsBucket}/`",
    },
    {
        breaks: "queries run in the dataset's workgroup, with results in the dataset's folder of a bucket of this account",
        file: "dataPipeline.ts",
        replace: "expectedBucketOwner: aws.getCallerIdentityOutput({}, { parent: this }).accountId,",
        by: "",
    },
    {
        breaks: "with retain database and table are protected, and kept when the stack goes",
        file: "dataPipeline.ts",
        replace: "protect: retain, retainOnDelete: retain",
        by: "protect: retain",
    },
    {
        breaks: "with retain database and table are protected, and kept when the stack goes",
        file: "dataPipeline.ts",
        replace: "                retain,\n",
        by: "",
    },
];
