/** A crawler's Configuration document. @see https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html */
import { AwsError } from "../../protocol/operations";

export interface CrawlerConfiguration {
    /** Grouping.TableGroupingPolicy = CombineCompatibleSchemas */
    readonly combine: boolean;
    /** Grouping.TableLevelConfiguration; the bucket is level 1. */
    readonly tableLevel?: number;
    /** CrawlerOutput.Partitions.AddOrUpdateBehavior = InheritFromTable */
    readonly inheritFromTable: boolean;
    /** CrawlerOutput.Tables.AddOrUpdateBehavior = MergeNewColumns */
    readonly mergeNewColumns: boolean;
}

interface Document {
    Version?: unknown;
    Grouping?: { TableGroupingPolicy?: unknown; TableLevelConfiguration?: unknown };
    CrawlerOutput?: { Partitions?: { AddOrUpdateBehavior?: unknown }; Tables?: { AddOrUpdateBehavior?: unknown } };
}

/** Members that are done here, by their path. */
const known = [
    "Version",
    "Grouping.TableGroupingPolicy",
    "Grouping.TableLevelConfiguration",
    "CrawlerOutput.Partitions.AddOrUpdateBehavior",
    "CrawlerOutput.Tables.AddOrUpdateBehavior",
];

/** @throws InvalidInputException for text that is not such a document, and for members that are not done here. */
export function parseConfiguration(text: string | undefined): CrawlerConfiguration {
    const document = text === undefined || text === "" ? { Version: 1 } : parse(text);
    if (document.Version !== 1) throw invalid(`Version must be 1.0, not ${JSON.stringify(document.Version)}`);
    for (const path of pathsOf(document)) {
        if (!known.includes(path)) throw invalid(`${path} is not done by the Lakeworks local AWS yet`);
    }
    const level = document.Grouping?.TableLevelConfiguration;
    if (level !== undefined && (!Number.isInteger(level) || (level as number) < 1)) {
        throw invalid("Grouping.TableLevelConfiguration must be a whole number from 1");
    }
    return {
        combine: isSet(
            "Grouping.TableGroupingPolicy",
            document.Grouping?.TableGroupingPolicy,
            "CombineCompatibleSchemas",
        ),
        tableLevel: level as number | undefined,
        inheritFromTable: isSet(
            "CrawlerOutput.Partitions.AddOrUpdateBehavior",
            document.CrawlerOutput?.Partitions?.AddOrUpdateBehavior,
            "InheritFromTable",
        ),
        mergeNewColumns: isSet(
            "CrawlerOutput.Tables.AddOrUpdateBehavior",
            document.CrawlerOutput?.Tables?.AddOrUpdateBehavior,
            "MergeNewColumns",
        ),
    };
}

function isSet(path: string, value: unknown, only: string): boolean {
    if (value === undefined) return false;
    if (value !== only) throw invalid(`${path} must be ${only}, not ${JSON.stringify(value)}`);
    return true;
}

function parse(text: string): Document {
    try {
        const document: unknown = JSON.parse(text);
        if (typeof document === "object" && document !== null) return document;
    } catch {
        // Reported below, like JSON that is no object.
    }
    throw invalid("it is not a JSON object");
}

function pathsOf(value: object, prefix = ""): string[] {
    return Object.entries(value).flatMap(([name, member]) => {
        const path = prefix === "" ? name : `${prefix}.${name}`;
        return typeof member === "object" && member !== null ? pathsOf(member as object, path) : [path];
    });
}

function invalid(why: string): AwsError {
    return new AwsError("InvalidInputException", `The crawler's Configuration: ${why}.`);
}
