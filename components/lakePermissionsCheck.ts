/** Everything that is wrong with the arguments of a LakePermissions. */
import {
    bucketNamePattern,
    bucketNameReason,
    catalogNamePattern,
    catalogNameReason,
    Faults,
    kmsKeyArnPattern,
    kmsKeyArnReason,
    longestRoleName,
} from "./faults";
import type { GovernedDatabase, LakePermissionsArgs, LakePrincipal } from "./lakePermissions";
import { LakeZone } from "./lakePermissionsGrants";

const zones = Object.values(LakeZone);
/** LF-tags are lower case, whatever is asked for: https://docs.aws.amazon.com/lake-formation/latest/dg/lf-tag-considerations.html */
const tagPattern = /^[a-z][a-z0-9_-]*$/;
const tagReason = "must be lower-case letters, digits, '_' or '-', and start with a letter, as LF-tags are lower case";
const principalPattern = /^arn:[a-z-]+:iam::\d{12}:(?:role|user)\/.+$/;
const principalReason = "must be the ARN of an IAM role or user: arn:aws:iam::account:role/name";
/** Most values that an LF-tag has, and that a grant names: https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_LFTag.html */
const mostTagValues = 1000;
const mostValuesInGrant = 50;

export function checkPermissions(name: string, args: LakePermissionsArgs): void {
    const faults = new Faults(`LakePermissions "${name}"`);
    faults.unlessMatches("name", name, tagPattern, tagReason);
    faults.unlessShort("name", name, longestRoleName - "-location-role".length);
    if (args.locations.length < 1) {
        faults.add("locations", "is empty: name the buckets of the tables");
    }
    args.locations.forEach(({ zone, bucket }, index) => {
        faults.unlessOneOf(`locations[${index}].zone`, zone, zones);
        faults.unlessMatches(`locations[${index}].bucket`, bucket, bucketNamePattern, bucketNameReason);
        unlessNew(
            faults,
            `locations[${index}].zone`,
            args.locations.map((each) => each.zone),
            index,
        );
    });
    if (args.databases.length < 1 || args.databases.length > mostTagValues) {
        faults.add("databases", `has ${args.databases.length}; an LF-tag takes 1 to ${mostTagValues} datasets`);
    }
    args.databases.forEach((database, index) => {
        checkDatabase(faults, `databases[${index}]`, database);
        unlessNew(
            faults,
            `databases[${index}].dataset`,
            args.databases.map(({ dataset }) => dataset),
            index,
        );
    });
    const datasets = args.databases.map(({ dataset }) => dataset);
    checkPrincipals(faults, "readers", args.readers ?? [], datasets);
    checkPrincipals(faults, "writers", args.writers ?? [], datasets);
    if (args.admins?.length === 0) {
        faults.add("admins", "is empty: nobody could grant anything; leave it out to keep the list as it is");
    }
    args.admins?.forEach((arn, index) =>
        faults.unlessMatches(`admins[${index}]`, arn, principalPattern, principalReason),
    );
    faults.unlessMatches("kmsKeyArn", args.kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    faults.unlessMatches("roleArn", args.roleArn, principalPattern, principalReason);
    faults.throwIfAny();
}

function checkDatabase(faults: Faults, at: string, { dataset, databaseName, tables = [] }: GovernedDatabase): void {
    faults.unlessMatches(`${at}.dataset`, dataset, tagPattern, tagReason);
    faults.unlessMatches(`${at}.databaseName`, databaseName, catalogNamePattern, catalogNameReason);
    tables.forEach(({ name, zone }, index) => {
        faults.unlessMatches(`${at}.tables[${index}].name`, name, catalogNamePattern, catalogNameReason);
        faults.unlessOneOf(`${at}.tables[${index}].zone`, zone, zones);
        unlessNew(
            faults,
            `${at}.tables[${index}].name`,
            tables.map((table) => table.name),
            index,
        );
    });
}

function checkPrincipals(faults: Faults, field: string, principals: LakePrincipal[], datasets: string[]): void {
    principals.forEach(({ name, arn, datasets: granted }, index) => {
        const at = `${field}[${index}]`;
        faults.unlessMatches(`${at}.name`, name, /^[A-Za-z0-9_-]+$/, "must be letters, digits, '_' or '-'");
        faults.unlessMatches(`${at}.arn`, arn, principalPattern, principalReason);
        unlessNew(
            faults,
            `${at}.name`,
            principals.map((each) => each.name),
            index,
        );
        if (granted !== undefined && (granted.length < 1 || granted.length > mostValuesInGrant)) {
            faults.add(
                `${at}.datasets`,
                `has ${granted.length}; a grant names 1 to ${mostValuesInGrant}, or leave it out`,
            );
        }
        granted?.forEach((dataset, place) => faults.unlessOneOf(`${at}.datasets[${place}]`, dataset, datasets));
    });
}

function unlessNew(faults: Faults, path: string, values: readonly string[], index: number): void {
    if (values.indexOf(values[index]!) < index) {
        faults.add(path, `"${values[index]}" is there twice`);
    }
}
