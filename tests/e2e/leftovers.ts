/** What stands in the account of a local AWS, by the stock AWS CLI. */
import type { TestLake } from "./harness";

/** Service, command, and the list in its answer without what every account has. */
const lists: readonly (readonly [string, string, string])[] = [
    ["s3api", "list-buckets", "Buckets"],
    ["glue", "get-databases", "DatabaseList"],
    ["glue", "get-crawlers", "Crawlers"],
    ["glue", "get-jobs", "Jobs"],
    ["glue", "get-triggers", "Triggers"],
    ["glue", "list-workflows", "Workflows"],
    ["glue", "get-connections", "ConnectionList"],
    ["glue", "get-security-configurations", "SecurityConfigurations"],
    ["glue", "list-data-quality-rulesets", "Rulesets"],
    ["athena", "list-work-groups", "WorkGroups[?Name != 'primary']"],
    ["athena", "list-named-queries", "NamedQueryIds"],
    ["iam", "list-roles", "Roles"],
    ["iam", "list-policies --scope Local", "Policies"],
    ["logs", "describe-log-groups", "logGroups"],
    ["sns", "list-topics", "Topics"],
    ["sqs", "list-queues", "QueueUrls"],
    ["events", "list-rules", "Rules"],
    ["cloudwatch", "describe-alarms", "MetricAlarms"],
    ["cloudwatch", "list-dashboards", "DashboardEntries"],
    ["cloudtrail", "list-trails", "Trails"],
    ["budgets", "describe-budgets --account-id 000000000000", "Budgets"],
    ["lakeformation", "list-resources", "ResourceInfoList"],
    ["lakeformation", "list-permissions", "PrincipalResourcePermissions"],
    ["lakeformation", "list-lf-tags", "LFTags"],
];

/** The lists that are not empty, by command. */
export async function everythingListed(lake: Pick<TestLake, "aws">): Promise<Record<string, unknown>> {
    const found: Record<string, unknown> = {};
    for (const [service, command, query] of lists) {
        const listed = await lake.aws<unknown>(service, ...command.split(" "), "--query", query);
        if (Array.isArray(listed) && listed.length > 0) found[`${service} ${command}`] = listed;
    }
    // A key that is deleted stays for its waiting period.
    for (const id of await lake.aws<string[]>("kms", "list-keys", "--query", "Keys[].KeyId")) {
        const state = ["kms", "describe-key", "--key-id", id, "--query", "KeyMetadata.KeyState"];
        const keyState = await lake.aws<string>(...state);
        if (keyState !== "PendingDeletion") found[`kms key ${id}`] = keyState;
    }
    return found;
}
