/** What is wrong with the arguments of an AthenaWorkgroup. */
import type { AthenaWorkgroupArgs } from "./athenaWorkgroup";
import {
    catalogNamePattern,
    catalogNameReason,
    Faults,
    kmsKeyArnPattern,
    kmsKeyArnReason,
    resourceNamePattern,
    resourceNameReason,
    s3PrefixPattern,
    s3PrefixReason,
} from "./faults";

/** The provider's minimum, above the API's own of 10,000,000. */
const leastCutoff = 10 * 1024 ** 2;
/** https://docs.aws.amazon.com/athena/latest/APIReference/API_ResultReuseByAgeConfiguration.html */
const mostReuseMinutes = 7 * 24 * 60;
/** Longest query string Athena takes: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const longestQuery = 262_144;
/** https://docs.aws.amazon.com/athena/latest/APIReference/API_CreatePreparedStatement.html */
const statementNamePattern = /^[a-zA-Z_][a-zA-Z0-9_@:]{1,255}$/;
const statementNameReason = "must have 2 to 256 letters, digits, '_', '@' or ':', the first a letter or '_'";

/** @throws pulumi.InputPropertiesError with every fault */
export function checkAthenaWorkgroup(name: string, args: AthenaWorkgroupArgs): void {
    const faults = new Faults(`AthenaWorkgroup "${name}"`);
    faults.unlessMatches("name", name, resourceNamePattern, resourceNameReason);
    checkResults(faults, args);
    faults.unlessMatches("kmsKeyArn", args.kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    faults.unlessMatches("databaseName", args.databaseName, catalogNamePattern, catalogNameReason);
    faults.unlessWhole("bytesScannedCutoff", args.bytesScannedCutoff, leastCutoff, Number.MAX_SAFE_INTEGER, "bytes");
    const queries = args.namedQueries ?? [];
    if (queries.length > 0 && args.databaseName === undefined) {
        faults.add("databaseName", "is missing: named queries need the database of their tables");
    }
    checkTexts(faults, "namedQueries", queries, resourceNamePattern, resourceNameReason);
    checkTexts(faults, "preparedStatements", args.preparedStatements ?? [], statementNamePattern, statementNameReason);
    faults.throwIfAny();
}

function checkResults(faults: Faults, args: AthenaWorkgroupArgs): void {
    const reuse = args.resultReuseMinutes;
    faults.unlessWhole("resultReuseMinutes", reuse, 0, mostReuseMinutes, "minutes");
    if (!(args.managedResults ?? false)) {
        if (args.resultsLocation === undefined) {
            faults.add("resultsLocation", "is missing: write s3://bucket/folder/, or managedResults: true");
        }
        faults.unlessMatches("resultsLocation", args.resultsLocation, s3PrefixPattern, s3PrefixReason);
        faults.unlessMatches(
            "expectedBucketOwner",
            args.expectedBucketOwner,
            /^\d{12}$/,
            "must be an account id of 12 digits",
        );
        return;
    }
    if (args.resultsLocation !== undefined) {
        faults.add("resultsLocation", "must be left out: with managedResults Athena keeps the results itself");
    }
    if (args.expectedBucketOwner !== undefined) {
        faults.add("expectedBucketOwner", "must be left out: with managedResults there is no bucket");
    }
    if (reuse !== undefined && reuse > 0) {
        faults.add(
            "resultReuseMinutes",
            "must be left out: Athena cannot reuse managed results; to reuse results, give resultsLocation instead of managedResults",
        );
    }
}

function checkTexts(
    faults: Faults,
    property: string,
    texts: readonly { name: string; sql: string }[],
    pattern: RegExp,
    reason: string,
): void {
    texts.forEach(({ name, sql }, index) => {
        faults.unlessMatches(`${property}[${index}].name`, name, pattern, reason);
        if (texts.findIndex((other) => other.name === name) < index) {
            faults.add(`${property}[${index}].name`, `"${name}" is there twice`);
        }
        if (sql.trim() === "" || Buffer.byteLength(sql) > longestQuery) {
            faults.add(`${property}[${index}].sql`, `must be a statement of at most ${longestQuery} bytes`);
        }
    });
}
