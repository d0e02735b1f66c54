/** Tags of workgroups: https://docs.aws.amazon.com/athena/latest/ug/tags.html */
import type * as athena from "@aws-sdk/client-athena";
import type { LocalContext } from "../context";
import { AwsError, type Operations } from "../protocol/operations";
import { invalid, pageOf, pageSize, required } from "./errors";
import { workGroupArn, type AthenaStore } from "./state";

/** https://docs.aws.amazon.com/athena/latest/ug/tags-restrictions.html */
const mostTags = 50;

/** @throws where AWS refuses a tag */
export function tagsOf(tags: readonly athena.Tag[]): Record<string, string> {
    for (const { Key: key, Value: value } of tags) {
        if (key === undefined || key.length < 1 || key.length > 128)
            throw invalid(`The tag key '${key}' must have 1 to 128 characters.`);
        if (key.toLowerCase().startsWith("aws:"))
            throw invalid(`The tag key '${key}' begins with aws:, which is reserved.`);
        if ((value ?? "").length > 256) throw invalid(`The value of the tag '${key}' has more than 256 characters.`);
    }
    if (tags.length > mostTags) throw invalid(`A resource has at most ${mostTags} tags.`);
    return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

export function tagOperations(context: LocalContext, store: AthenaStore): Operations {
    const { state } = store;
    const found = (arn: string | undefined): string => {
        const wanted = required(arn, "resourceARN");
        const exists = Object.keys(state.workGroups).some((name) => workGroupArn(context, name) === wanted);
        if (!exists) throw new AwsError("ResourceNotFoundException", `Resource ${wanted} is not found.`);
        return wanted;
    };
    return {
        TagResource: (input: athena.TagResourceInput) => {
            const arn = found(input.ResourceARN);
            const tags = { ...state.tags[arn], ...tagsOf(required(input.Tags, "tags")) };
            if (Object.keys(tags).length > mostTags) throw invalid(`A resource has at most ${mostTags} tags.`);
            state.tags[arn] = tags;
            store.changed();
            return {};
        },
        UntagResource: (input: athena.UntagResourceInput) => {
            const arn = found(input.ResourceARN);
            const gone = new Set(required(input.TagKeys, "tagKeys"));
            state.tags[arn] = Object.fromEntries(
                Object.entries(state.tags[arn] ?? {}).filter(([key]) => !gone.has(key)),
            );
            store.changed();
            return {};
        },
        ListTagsForResource: (input: athena.ListTagsForResourceInput) => {
            const tags = Object.entries(state.tags[found(input.ResourceARN)] ?? {});
            const { page, next } = pageOf(tags, input.NextToken, pageSize(input.MaxResults, 1000, 75));
            return { Tags: page.map(([Key, Value]) => ({ Key, Value })), NextToken: next };
        },
    };
}
