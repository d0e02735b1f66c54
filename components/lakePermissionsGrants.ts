/** What readers and writers of a lake are granted, by LF-tags: plain planning, apart from the resources. */
import type * as pulumi from "@pulumi/pulumi";

/** How far data has come: a value of the LF-tag of zones. */
export const LakeZone = {
    /** Raw data, as it arrived. */
    Bronze: "bronze",
    /** Clean tables. */
    Silver: "silver",
    /** Tables made for consumers. */
    Gold: "gold",
} as const;
export type LakeZone = (typeof LakeZone)[keyof typeof LakeZone];

/** Keys of the LF-tags. */
export interface LakeTags {
    readonly zone: pulumi.Input<string>;
    readonly dataset: pulumi.Input<string>;
}

interface Expression {
    readonly key: pulumi.Input<string>;
    readonly values: string[];
}

/** Permissions on every database or table whose tags have one of the values for each key. */
export interface TagGrant {
    readonly resourceType: "DATABASE" | "TABLE";
    readonly permissions: string[];
    readonly expressions: Expression[];
}

/** https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html */
export function readerGrants(tags: LakeTags, datasets: string[] | undefined): TagGrant[] {
    return [
        {
            resourceType: "DATABASE",
            permissions: ["DESCRIBE"],
            expressions: expressions(tags, Object.values(LakeZone), datasets),
        },
        {
            resourceType: "TABLE",
            permissions: ["DESCRIBE", "SELECT"],
            expressions: expressions(tags, [LakeZone.Silver, LakeZone.Gold], datasets),
        },
    ];
}

/** Jobs and crawlers: partitions are added by ALTER and INSERT, raw tables are made by CREATE_TABLE. */
export function writerGrants(tags: LakeTags, datasets: string[] | undefined): TagGrant[] {
    const everywhere = expressions(tags, Object.values(LakeZone), datasets);
    return [
        { resourceType: "DATABASE", permissions: ["CREATE_TABLE", "DESCRIBE"], expressions: everywhere },
        {
            resourceType: "TABLE",
            permissions: ["ALTER", "DELETE", "DESCRIBE", "INSERT", "SELECT"],
            expressions: everywhere,
        },
    ];
}

function expressions(tags: LakeTags, zones: LakeZone[], datasets: string[] | undefined): Expression[] {
    const byZone = { key: tags.zone, values: zones };
    return datasets === undefined ? [byZone] : [byZone, { key: tags.dataset, values: datasets }];
}
