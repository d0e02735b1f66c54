/** What starts a Glue job by itself. https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { EtlJobArgs } from "./etlJob";

/**
 * One trigger per way to start, named after the component. A conditional trigger only sees what another trigger has
 * started, so a schedule starts the crawler that the job waits for: the crawler's own schedule would not set it off.
 */
export function createTriggers(
    name: string,
    { schedule, afterCrawler, afterJob }: EtlJobArgs,
    jobName: pulumi.Output<string>,
    parent: pulumi.Resource,
): void {
    const startJob = { jobName };
    const create = (
        way: string,
        args: Omit<aws.glue.TriggerArgs, "name" | "startOnCreation">,
        aliases: pulumi.Alias[] = [],
    ) =>
        new aws.glue.Trigger(
            `${name}-${way}`,
            { name: `${name}-${way}`, ...args, startOnCreation: true },
            { parent, aliases },
        );
    if (schedule !== undefined) {
        const first = afterCrawler === undefined ? startJob : { crawlerName: afterCrawler };
        create("schedule", { type: "SCHEDULED", schedule, actions: [first] }, [
            // Its name here while it was the only one.
            { name: `${name}-trigger` },
        ]);
    }
    if (afterCrawler !== undefined) {
        const conditions = [{ crawlerName: afterCrawler, crawlState: "SUCCEEDED" }];
        create("after-crawler", { type: "CONDITIONAL", predicate: { conditions }, actions: [startJob] });
    }
    if (afterJob !== undefined) {
        const conditions = [{ jobName: afterJob, state: "SUCCEEDED" }];
        create("after-job", { type: "CONDITIONAL", predicate: { conditions }, actions: [startJob] });
    }
}
