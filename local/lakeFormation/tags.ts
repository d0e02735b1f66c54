/** LF-tags, and which of them databases and tables have: https://docs.aws.amazon.com/lake-formation/latest/dg/tag-based-access-control.html */
import type { GlueClient } from "@aws-sdk/client-glue";
import type { Operations } from "../protocol/operations";
import { pageOf } from "../protocol/pages";
import type { Store } from "../store";
import { canonical, canonicalTag, requireExisting, requireTag } from "./resources";
import { invalid, notFound, required, type LakeFormationState } from "./state";
import type { LfTagPair, Resource } from "./types";

/** https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_LFTag.html */
const mostValuesAtOnce = 50;
const mostValues = 1000;

interface TagUpdate {
    TagKey?: string;
    TagValuesToAdd?: string[];
    TagValuesToDelete?: string[];
}

interface TaggedRequest {
    Resource?: Resource;
    LFTags?: LfTagPair[];
    ShowAssignedLFTags?: boolean;
}

export function tagOperations(store: Store<LakeFormationState>, account: string): Operations {
    const { tags, assigned } = store.state;
    const found = (key: string | undefined): string => {
        const wanted = required(key, "TagKey").toLowerCase();
        requireTag(tags, wanted, []);
        return wanted;
    };
    const described = (key: string) => ({ CatalogId: account, TagKey: key, TagValues: tags[key] });
    return {
        CreateLFTag: (input: LfTagPair) => {
            const { TagKey, TagValues } = canonicalTag(input);
            if (Object.hasOwn(tags, TagKey)) throw invalid(`Tag key already exists: ${TagKey}`);
            if (TagValues.length < 1) throw invalid("TagValues is empty.");
            tags[TagKey] = limited(TagValues, mostValuesAtOnce);
            store.changed();
            return {};
        },
        GetLFTag: (input: LfTagPair) => described(found(input.TagKey)),
        ListLFTags: (input: { NextToken?: string; MaxResults?: number }) => {
            const keys = Object.keys(tags).sort();
            const { items, nextToken } = pageOf(keys.map(described), input.NextToken, input.MaxResults ?? 1000);
            return { LFTags: items, NextToken: nextToken };
        },
        UpdateLFTag: (input: TagUpdate) => {
            const key = found(input.TagKey);
            const gone = canonicalTag({ TagKey: key, TagValues: input.TagValuesToDelete ?? [] }).TagValues;
            const more = canonicalTag({ TagKey: key, TagValues: input.TagValuesToAdd ?? [] }).TagValues;
            requireTag(tags, key, gone);
            const left = tags[key]!.filter((value) => !gone.includes(value));
            tags[key] = limited([...new Set([...left, ...limited(more, mostValuesAtOnce)])].sort(), mostValues);
            for (const values of Object.values(assigned)) if (gone.includes(values[key] ?? "")) delete values[key];
            store.changed();
            return {};
        },
        DeleteLFTag: (input: LfTagPair) => {
            const key = found(input.TagKey);
            delete tags[key];
            for (const values of Object.values(assigned)) delete values[key];
            store.changed();
            return {};
        },
    };
}

export function assignmentOperations(store: Store<LakeFormationState>, account: string, glue: GlueClient): Operations {
    const { tags, assigned } = store.state;
    const placeOf = async (given: Resource | undefined): Promise<string> => {
        const resource = canonical(required(given, "Resource"), account);
        if (resource.Database === undefined && resource.Table === undefined) {
            throw invalid("The local Lake Formation tags databases and tables.");
        }
        await requireExisting(resource, store.state, glue);
        return placeName(resource);
    };
    const pairs = (values: Record<string, string>): LfTagPair[] =>
        Object.entries(values).map(([TagKey, value]) => ({ CatalogId: account, TagKey, TagValues: [value] }));
    return {
        AddLFTagsToResource: async (input: TaggedRequest) => {
            const place = await placeOf(input.Resource);
            for (const tag of required(input.LFTags, "LFTags").map(canonicalTag)) {
                requireTag(tags, tag.TagKey, tag.TagValues);
                if (tag.TagValues.length !== 1) throw invalid("A resource has one value of each LF-tag.");
                assigned[place] = { ...assigned[place], [tag.TagKey]: tag.TagValues[0]! };
            }
            store.changed();
            return { Failures: [] };
        },
        RemoveLFTagsFromResource: async (input: TaggedRequest) => {
            const place = await placeOf(input.Resource);
            for (const { TagKey, TagValues } of required(input.LFTags, "LFTags").map(canonicalTag)) {
                if (!TagValues.includes(assigned[place]?.[TagKey] ?? ""))
                    throw notFound(`Tag is not assigned: ${TagKey}`);
                delete assigned[place]![TagKey];
            }
            if (Object.keys(assigned[place] ?? {}).length === 0) delete assigned[place];
            store.changed();
            return { Failures: [] };
        },
        GetResourceLFTags: async (input: TaggedRequest) => {
            const place = await placeOf(input.Resource);
            const [database = "", table] = place.split("/");
            const onDatabase = assigned[database] ?? {};
            const own = assigned[place] ?? {};
            const onTable = input.ShowAssignedLFTags === true ? own : { ...onDatabase, ...own };
            return {
                LFTagOnDatabase: pairs(onDatabase),
                ...(table === undefined ? {} : { LFTagsOnTable: pairs(onTable) }),
            };
        },
    };
}

/** `database` or `database/table`. */
function placeName({ Database, Table }: Resource): string {
    return Table === undefined ? `${Database?.Name}` : `${Table.DatabaseName}/${Table.Name}`;
}

function limited(values: string[], most: number): string[] {
    if (values.length > most) throw invalid(`At most ${most} values are taken; ${values.length} are given.`);
    return values;
}
