/** The lake's outputs as a versioned contract: what automation and other stacks may rely on. */
import * as pulumi from "@pulumi/pulumi";

/** Raised when a field is removed or changes its meaning; adding one does not raise it. */
export const outputsVersion = 1;

export interface LakeOutputs {
    readonly version: typeof outputsVersion;
    readonly region: string;
    readonly buckets: {
        readonly bronze: string;
        readonly silver: string;
        readonly gold: string;
        readonly scripts: string;
        readonly athenaResults: string;
        readonly accessLogs: string;
    };
    /** ARN of the key that the buckets are encrypted by; none with SSE-S3. */
    readonly kmsKeyArn?: string;
    /** By the dataset's name. */
    readonly datasets: Readonly<Record<string, DatasetOutputs>>;
}

export interface DatasetOutputs {
    /** The Glue database that holds every table of the dataset. */
    readonly database: string;
    /** The crawled bronze table, `raw_<dataset>`. */
    readonly rawTable: string;
    /** The declared silver table, `<dataset>`. */
    readonly table: string;
    readonly rawCrawler: string;
    readonly processedCrawler: string;
    readonly job: string;
    readonly workgroup: string;
    /** `s3://…/` prefixes, each with its trailing slash. */
    readonly rawLocation: string;
    readonly silverLocation: string;
    readonly quarantineLocation: string;
    /** One JSON run report per job run, `<run id>.json`. */
    readonly reportsLocation: string;
    /** Named query ids by query name. */
    readonly namedQueries: Readonly<Record<string, string>>;
    /** Names of the prepared statements: the queries with parameters. */
    readonly preparedStatements: readonly string[];
}

/** Output of the lake's stack that holds {@link LakeOutputs}. */
const outputName = "lake";

/**
 * The outputs of a lake that another stack has deployed.
 * @param reference to the lake's stack, for example `new pulumi.StackReference("organization/lakeworks/prod")`
 * @throws pulumi.RunError, once the outputs are read, when the stack has no lake, or one of another version
 */
export function lakeOutputsOf(reference: pulumi.StackReference): pulumi.Output<LakeOutputs> {
    return pulumi
        .all([reference.name, reference.getOutput(outputName)])
        .apply(([stack, found]) => checkedOutputs(stack, found as Partial<LakeOutputs> | undefined));
}

function checkedOutputs(stack: string, found: Partial<LakeOutputs> | undefined): LakeOutputs {
    if (found === undefined) {
        throw new pulumi.RunError(
            `The stack ${stack} has no output "${outputName}": name the stack of a lake, and deploy it before this one.`,
        );
    }
    if (found.version !== outputsVersion) {
        const [older, remedy] =
            (found.version ?? 0) < outputsVersion
                ? ["an older", "deploy the lake anew"]
                : ["a newer", "update the lakeworks package of this program"];
        throw new pulumi.RunError(
            `The stack ${stack} was deployed by ${older} Lakeworks: its outputs have version ` +
                `${found.version ?? "none"}, this program reads version ${outputsVersion}. To go on, ${remedy}.`,
        );
    }
    return found as LakeOutputs;
}
