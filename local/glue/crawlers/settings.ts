/** Checks of what CreateCrawler and UpdateCrawler are given, and the form in which it is kept. */
import { isDeepStrictEqual } from "node:util";
import type { CreateCrawlerRequest, UpdateCrawlerRequest } from "@aws-sdk/client-glue";
import { AwsError } from "../../protocol/operations";
import { nowSeconds } from "../../protocol/wire";
import { refuseMembers } from "../catalog/state";
import { checkSchedule } from "../schedule";
import { parseConfiguration } from "./configuration";
import { globPattern } from "./glob";
import { parseLocation } from "./listing";
import type { StoredCrawler, StoredTargets } from "./state";

type Given = CreateCrawlerRequest | UpdateCrawlerRequest;

/** The crawler after the request: members that it leaves out keep their value. @throws InvalidInputException */
export function withSettings(before: StoredCrawler | undefined, given: Given): StoredCrawler {
    refuseMembers(given, "CrawlerSecurityConfiguration");
    const now = nowSeconds();
    const after: StoredCrawler = {
        Name: given.Name ?? "",
        Role: given.Role === undefined ? (before?.Role ?? "") : roleName(given.Role),
        Targets: given.Targets === undefined ? (before?.Targets ?? {}) : checkedTargets(given.Targets),
        DatabaseName: given.DatabaseName ?? before?.DatabaseName,
        Description: given.Description ?? before?.Description,
        Classifiers: given.Classifiers ?? before?.Classifiers ?? [],
        TablePrefix: given.TablePrefix ?? before?.TablePrefix,
        RecrawlPolicy: given.RecrawlPolicy ?? before?.RecrawlPolicy ?? { RecrawlBehavior: "CRAWL_EVERYTHING" },
        SchemaChangePolicy: {
            UpdateBehavior: "UPDATE_IN_DATABASE",
            DeleteBehavior: "DEPRECATE_IN_DATABASE",
            ...before?.SchemaChangePolicy,
            ...given.SchemaChangePolicy,
        },
        LineageConfiguration: given.LineageConfiguration ??
            before?.LineageConfiguration ?? { CrawlerLineageSettings: "DISABLE" },
        LakeFormationConfiguration: given.LakeFormationConfiguration ??
            before?.LakeFormationConfiguration ?? { UseLakeFormationCredentials: false, AccountId: "" },
        Schedule: scheduleOf(before, given),
        Configuration: given.Configuration ?? before?.Configuration,
        CreationTime: before?.CreationTime ?? now,
        LastUpdated: now,
        LastCrawl: before?.LastCrawl,
        Version: (before?.Version ?? 0) + 1,
    };
    check(after);
    if (before !== undefined) checkUnchangeable(before, after);
    return after;
}

function check(crawler: StoredCrawler): void {
    const { S3Targets: s3 = [], CatalogTargets: catalog = [] } = crawler.Targets;
    const { UpdateBehavior: update, DeleteBehavior: remove } = crawler.SchemaChangePolicy ?? {};
    parseConfiguration(crawler.Configuration);
    if (!/^[^\0\r\n]{1,255}$/.test(crawler.Name)) throw invalid("Name must be one line of 1 to 255 characters.");
    if (crawler.Role === "") throw invalid("A crawler needs a Role.");
    if (s3.length + catalog.length === 0) throw invalid("A crawler needs at least one target.");
    if (s3.length > 0 && catalog.length > 0) throw invalid("Catalog targets cannot be mixed with other target types.");
    if (s3.length > 0 && !crawler.DatabaseName) throw invalid("A crawler with S3 targets needs a DatabaseName.");
    if (catalog.length > 0 && remove !== "LOG") {
        throw invalid("The SchemaChangePolicy of a crawler with catalog targets can only have LOG for DeleteBehavior.");
    }
    checkEventMode(crawler);
    if (isNewFoldersOnly(crawler)) {
        if (catalog.length > 0) throw invalid("CRAWL_NEW_FOLDERS_ONLY is for S3 targets only.");
        if (update !== "LOG" || remove !== "LOG") {
            throw invalid(
                'The SchemaChangePolicy for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior value and LOG UpdateBehavior value.',
            );
        }
    }
    if (crawler.LineageConfiguration?.CrawlerLineageSettings === "ENABLE") throw notDone("Data lineage");
    if (crawler.LakeFormationConfiguration?.UseLakeFormationCredentials) throw notDone("Lake Formation credentials");
}

/** https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-event-notifications.html#s3event-crawler-limitations */
function checkEventMode({ RecrawlPolicy, Targets }: StoredCrawler): void {
    const { S3Targets: targets = [], CatalogTargets: catalog = [] } = Targets;
    if (RecrawlPolicy?.RecrawlBehavior !== "CRAWL_EVENT_MODE") {
        const given = targets.some((target) => target.EventQueueArn ?? target.DlqEventQueueArn);
        if (given) throw invalid("EventQueueArn and DlqEventQueueArn are for the recrawl behavior CRAWL_EVENT_MODE.");
        return;
    }
    if (catalog.length > 0) throw notDone("CRAWL_EVENT_MODE of catalog targets");
    if (targets.length > 1) throw invalid("A crawler in CRAWL_EVENT_MODE can have a single target only.");
    const [{ EventQueueArn, DlqEventQueueArn, SampleSize } = {}] = targets;
    if (!EventQueueArn) throw invalid("A target in CRAWL_EVENT_MODE needs an EventQueueArn.");
    for (const arn of [EventQueueArn, DlqEventQueueArn]) {
        if (arn && !/^arn:aws:sqs:[^:]+:\d{12}:[^:]+$/.test(arn))
            throw invalid(`${arn} is not the ARN of an SQS queue.`);
    }
    if (SampleSize !== undefined && SampleSize !== null) throw invalid("CRAWL_EVENT_MODE cannot sample.");
}

/** https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html */
function checkUnchangeable(before: StoredCrawler, after: StoredCrawler): void {
    const stays = isNewFoldersOnly(before) && isNewFoldersOnly(after);
    if (stays && !isDeepStrictEqual(before.Targets.S3Targets, after.Targets.S3Targets)) {
        throw invalid("The S3 targets of a crawler that crawls new folders only cannot be changed.");
    }
}

function isNewFoldersOnly(crawler: StoredCrawler): boolean {
    return crawler.RecrawlPolicy?.RecrawlBehavior === "CRAWL_NEW_FOLDERS_ONLY";
}

/** Empty text takes the schedule away. */
function scheduleOf(before: StoredCrawler | undefined, { Schedule }: Given): StoredCrawler["Schedule"] {
    if (Schedule === undefined || Schedule === before?.Schedule?.ScheduleExpression) return before?.Schedule;
    if (Schedule === "") return undefined;
    checkSchedule(Schedule);
    return { ScheduleExpression: Schedule, State: "SCHEDULED" };
}

function checkedTargets(targets: StoredTargets): StoredTargets {
    const { S3Targets = [], CatalogTargets = [], ...others } = targets;
    for (const [kind, list] of Object.entries(others)) {
        if ((list ?? []).length > 0) throw notDone(kind);
    }
    for (const target of S3Targets) {
        refuseMembers(target, "ConnectionName");
        try {
            parseLocation(target.Path ?? "");
        } catch (error) {
            throw invalid((error as Error).message);
        }
        (target.Exclusions ?? []).forEach(globPattern);
    }
    for (const target of CatalogTargets) {
        refuseMembers(target, "ConnectionName", "EventQueueArn", "DlqEventQueueArn");
        if (!target.DatabaseName || (target.Tables ?? []).length === 0) {
            throw invalid("A catalog target needs a DatabaseName and at least one of Tables.");
        }
    }
    return {
        S3Targets: S3Targets.map((target) => ({ ...target, Exclusions: target.Exclusions ?? [] })),
        JdbcTargets: [],
        MongoDBTargets: [],
        DynamoDBTargets: [],
        CatalogTargets,
        DeltaTargets: [],
        IcebergTargets: [],
        HudiTargets: [],
    };
}

/** GetCrawler answers the role's name with its path, whichever form it was given in. */
function roleName(role: string): string {
    return role.replace(/^arn:aws[\w-]*:iam::\d{12}:role\//, "");
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}

function notDone(what: string): AwsError {
    return invalid(`${what}: not done by the Lakeworks local AWS yet.`);
}
