/** The stack's outputs as a versioned contract: what automation and other stacks may rely on. */

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
}
