/** What a crawler's targets make. */
import { lastFolder, overlap, placeOf } from "./location";
import { unknown } from "./preview";
import { known, look, sources, type Member } from "./stackRule";
import type { DeclaredTable } from "./tables";

export type Crawler = Member<"aws:glue/crawler:Crawler">;

/** The places of a crawler's S3 targets; those that are not known yet are left out. */
export function placesOf(crawler: Crawler): readonly string[] {
    const targets = look(() => Array.from((crawler.props.s3Targets ?? []).keys()));
    return (targets === unknown ? [] : targets).flatMap((index) => {
        const path = known(() => crawler.props.s3Targets?.[index]?.path);
        return path === undefined ? [] : (placeOf(path) ?? []);
    });
}

/** The tables that a crawler is told to update, `database.table` in lower case. */
export function catalogTargetsOf(crawler: Crawler): readonly string[] {
    const targets = look(() =>
        (crawler.props.catalogTargets ?? []).map(({ databaseName, tables }) => ({ databaseName, tables: [...tables] })),
    );
    return (targets === unknown ? [] : targets).flatMap(({ databaseName, tables }) =>
        tables.map((table) => `${databaseName}.${table}`.toLowerCase()),
    );
}

/**
 * The tables that a crawler makes of its S3 targets, `database.table` in lower case, as Glue names them: prefix and last folder,
 * with `_` for what no name has. https://docs.aws.amazon.com/glue/latest/dg/crawler-running.html
 */
export function madeBy(crawler: Crawler): readonly string[] {
    const database = known(() => crawler.props.databaseName);
    const prefix = known(() => crawler.props.tablePrefix) ?? "";
    return database === undefined
        ? []
        : placesOf(crawler).map((place) => {
              const name = lastFolder(place).replace(/^[^=]*=/, "");
              return `${database}.${prefix}${name}`.toLowerCase().replaceAll(/[^\p{L}\p{N}_.]/gu, "_");
          });
}

/** All that links a crawler to the tables it keeps, read once. */
export interface CrawlerTargets {
    readonly names: ReadonlySet<string>;
    readonly places: readonly string[];
    /** URNs of the resources that the targets are made from. */
    readonly sources: ReadonlySet<string>;
}

export function targetsOf(crawler: Crawler): CrawlerTargets {
    const made = ["s3Targets", "catalogTargets"].flatMap((property) => sources(crawler, property));
    return {
        names: new Set(catalogTargetsOf(crawler)),
        places: placesOf(crawler),
        sources: new Set(made.map(({ urn }) => urn)),
    };
}

/** Does a crawler look at a table, or at its files? */
export function keeps(crawler: CrawlerTargets, table: DeclaredTable): boolean {
    return (
        crawler.sources.has(table.member.urn) ||
        crawler.names.has(`${table.database ?? ""}.${table.name}`.toLowerCase()) ||
        crawler.places.some((place) => overlap(place, table.place))
    );
}
