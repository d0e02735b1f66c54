/** Checks of what CreateCrawler and UpdateCrawler are given, and the form in which it is kept. */
import type { CreateCrawlerRequest, UpdateCrawlerRequest } from "@aws-sdk/client-glue";
import { AwsError } from "../../protocol/operations";
import { nowSeconds } from "../../protocol/wire";
import { refuseMembers } from "../catalog/state";
import { parseConfiguration } from "./configuration";
import { globPattern } from "./glob";
import { parseLocation } from "./listing";
import type { StoredCrawler, StoredTargets } from "./state";

type Given = CreateCrawlerRequest | UpdateCrawlerRequest;

/** The crawler after the request: members that it leaves out keep their value. @throws InvalidInputException */
export function withSettings(before: StoredCrawler | undefined, given: Given): StoredCrawler {
    refuseMembers(given, "Schedule", "CrawlerSecurityConfiguration");
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
        Configuration: given.Configuration ?? before?.Configuration,
        CreationTime: before?.CreationTime ?? now,
        LastUpdated: now,
        LastCrawl: before?.LastCrawl,
        Version: (before?.Version ?? 0) + 1,
    };
    check(after);
    return after;
}

function check(crawler: StoredCrawler): void {
    const { S3Targets: s3 = [], CatalogTargets: catalog = [] } = crawler.Targets;
    const recrawl = crawler.RecrawlPolicy?.RecrawlBehavior;
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
    if (recrawl === "CRAWL_EVENT_MODE") throw notDone("CRAWL_EVENT_MODE");
    if (recrawl === "CRAWL_NEW_FOLDERS_ONLY") {
        if (catalog.length > 0) throw invalid("CRAWL_NEW_FOLDERS_ONLY is for S3 targets only.");
        if (update !== "LOG" || remove !== "LOG") {
            throw invalid(
                "The SchemaChangePolicy for recrawl behavior CRAWL_NEW_FOLDERS_ONLY can only have LOG for UpdateBehavior and DeleteBehavior.",
            );
        }
    }
    if ((crawler.Classifiers ?? []).length > 0) throw notDone("Custom classifiers");
    if (crawler.LineageConfiguration?.CrawlerLineageSettings === "ENABLE") throw notDone("Data lineage");
    if (crawler.LakeFormationConfiguration?.UseLakeFormationCredentials) throw notDone("Lake Formation credentials");
}

function checkedTargets(targets: StoredTargets): StoredTargets {
    const { S3Targets = [], CatalogTargets = [], ...others } = targets;
    for (const [kind, list] of Object.entries(others)) {
        if ((list ?? []).length > 0) throw notDone(kind);
    }
    for (const target of S3Targets) {
        refuseMembers(target, "ConnectionName", "EventQueueArn", "DlqEventQueueArn");
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
