/** AWS Glue: catalog, crawlers, jobs and tags as one service. */
import * as path from "node:path";
import type { LocalContext } from "../context";
import type { LocalService } from "../protocol/operations";
import { catalogOperations } from "./catalog";
import { catalogEvents, telling } from "./catalog/notices";
import { Catalog } from "./catalog/state";
import { Classifiers } from "./classifiers";
import { Connections } from "./connections";
import { createCrawlers } from "./crawlers";
import { Endings } from "./endings";
import { createJobs } from "./jobs";
import { createQuality } from "./quality";
import { SecurityConfigurations } from "./securityConfigurations";
import { StoredTags, tagOperations } from "./tags";
import { createTriggers } from "./triggers";
import { TriggerState } from "./triggers/state";
import { uncreatable } from "./uncreatable";
import { createWorkflows } from "./workflows";

export function createGlue(context: LocalContext): LocalService {
    const tags = StoredTags.open(path.join(context.stateDir, "glue", "tags.json"));
    const catalog = new Catalog(context, tags);
    const securityConfigurations = new SecurityConfigurations(context);
    const connections = new Connections(context, tags);
    const endings = new Endings();
    const classifiers = new Classifiers(context);
    const crawlers = createCrawlers(context, catalog, tags, classifiers, endings);
    const jobs = createJobs(context, tags, { securityConfigurations, connections }, endings);
    const starters = { startJob: jobs.startByTrigger, startCrawler: crawlers.startByTrigger };
    const triggerState = new TriggerState(context);
    const workflows = createWorkflows(
        context,
        tags,
        triggerState,
        starters,
        jobs.operations,
        crawlers.operations,
        endings,
    );
    const triggers = createTriggers(context, tags, triggerState, starters, workflows, endings);
    const quality = createQuality(context, catalog, tags);
    return {
        operations: {
            ...telling(catalogOperations(catalog), (change) => {
                for (const event of catalogEvents(change, (resource) => catalog.arn(resource)))
                    context.events.put(event);
            }),
            ...tagOperations(tags),
            ...crawlers.operations,
            ...jobs.operations,
            ...triggers.operations,
            ...workflows.operations,
            ...securityConfigurations.operations(),
            ...connections.operations(),
            ...classifiers.operations(),
            ...quality.operations,
            ...uncreatable,
        },
        warm: async () => jobs.warm?.(),
        status: () => ({
            catalog: catalog.counts(),
            crawlers: crawlers.status(),
            jobs: jobs.status(),
            ...triggers.status(),
            ...workflows.status(),
        }),
        takeEvent: (target, eventId) => workflows.takeEvent?.(target, eventId),
        stop: async () => {
            await Promise.all([triggers.stop(), workflows.stop()]);
            await Promise.all([jobs.stop(), crawlers.stop()]);
            securityConfigurations.flush();
            connections.flush();
            classifiers.flush();
            catalog.flush();
            quality.flush();
            tags.flush();
        },
    };
}
