/** AWS Glue: catalog, crawlers, jobs and tags as one service. */
import * as path from "node:path";
import type { LocalContext } from "../context";
import type { LocalService } from "../protocol/operations";
import { catalogOperations } from "./catalog";
import { Catalog } from "./catalog/state";
import { createCrawlers } from "./crawlers";
import { createJobs } from "./jobs";
import { StoredTags, tagOperations } from "./tags";
import { uncreatable } from "./uncreatable";

export function createGlue(context: LocalContext): LocalService {
    const tags = StoredTags.open(path.join(context.stateDir, "glue", "tags.json"));
    const catalog = new Catalog(context, tags);
    const crawlers = createCrawlers(context, catalog, tags);
    const jobs = createJobs(context, tags);
    return {
        operations: {
            ...catalogOperations(catalog),
            ...tagOperations(tags),
            ...crawlers.operations,
            ...jobs.operations,
            ...uncreatable,
        },
        warm: async () => jobs.warm?.(),
        status: () => ({ catalog: catalog.counts(), crawlers: crawlers.status(), jobs: jobs.status() }),
        stop: async () => {
            await Promise.all([jobs.stop(), crawlers.stop()]);
            catalog.flush();
            tags.flush();
        },
    };
}
