/** What a destroyed local lake may leave behind: things that services made themselves, and whatever should have gone. */
import { ListWorkGroupsCommand } from "@aws-sdk/client-athena";
import {
    DeleteLogGroupCommand,
    paginateDescribeLogGroups,
    type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetCrawlersCommand, GetDatabasesCommand, GetJobsCommand } from "@aws-sdk/client-glue";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { createClients } from "./clients";

/** Log groups that Glue makes by itself, in the whole account: https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging-view.html */
const serviceLogs = "/aws-glue/";

/** Clients of the environment's region, which the local AWS has set. */
const clients = () => createClients(process.env.AWS_REGION!);

/** Deletes the log groups that Glue's jobs and crawlers wrote to. For the local AWS alone: on AWS others may share them. */
export async function removeServiceLogs(): Promise<void> {
    const { logs } = clients();
    for (const name of await logGroups(logs, serviceLogs))
        await logs.send(new DeleteLogGroupCommand({ logGroupName: name }));
}

/**
 * Everything that the four services of the pipeline still hold, each as "kind name".
 * @param stack only what bears this stack's name, as others stand beside it. @default everything
 */
export async function findLeftovers(stack?: string): Promise<string[]> {
    const { s3, glue, athena, logs } = clients();
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    const { DatabaseList = [] } = await glue.send(new GetDatabasesCommand({}));
    const { Crawlers = [] } = await glue.send(new GetCrawlersCommand({}));
    const { Jobs = [] } = await glue.send(new GetJobsCommand({}));
    const { WorkGroups = [] } = await athena.send(new ListWorkGroupsCommand({}));
    const names = [
        ...Buckets.map((bucket) => `bucket ${bucket.Name}`),
        ...DatabaseList.map((database) => `database ${database.Name}`),
        ...Crawlers.map((crawler) => `crawler ${crawler.Name}`),
        ...Jobs.map((job) => `job ${job.Name}`),
        // Every account has "primary"; it cannot be deleted.
        ...WorkGroups.filter((group) => group.Name !== "primary").map((group) => `workgroup ${group.Name}`),
        ...(await logGroups(logs)).map((name) => `log group ${name}`),
    ];
    const own = stack === undefined ? /./ : new RegExp(` lakeworks[-_]${stack}[-_]`);
    return names.filter((name) => own.test(name));
}

async function logGroups(logs: CloudWatchLogsClient, prefix?: string): Promise<string[]> {
    const names: string[] = [];
    for await (const page of paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix: prefix })) {
        for (const group of page.logGroups ?? []) names.push(group.logGroupName!);
    }
    return names;
}
