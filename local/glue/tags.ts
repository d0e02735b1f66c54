/** Tags of every Glue resource, by its ARN. */
import type { GetTagsRequest, TagResourceRequest, UntagResourceRequest } from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../protocol/operations";
import { requireMembers } from "../protocol/validation";
import { Store } from "../store";

/** What the resource's owner uses: tags given at creation are set, those of a deleted resource dropped. */
export interface TagStore {
    get(arn: string): Record<string, string>;
    set(arn: string, tags: Record<string, string> | undefined): void;
    remove(arn: string, keys: readonly string[]): void;
    drop(arn: string): void;
}

/** @see https://docs.aws.amazon.com/glue/latest/dg/monitor-tags.html */
const mostTags = 50;

type TagState = Record<string, Record<string, string>>;

export class StoredTags implements TagStore {
    constructor(private readonly store: Store<TagState>) {}

    static open(file: string): StoredTags {
        return new StoredTags(new Store<TagState>(file, {}));
    }

    get(arn: string): Record<string, string> {
        return { ...this.store.state[arn] };
    }

    /** Adds to the tags that the resource has. */
    set(arn: string, tags: Record<string, string> | undefined): void {
        if (tags === undefined || Object.keys(tags).length === 0) return;
        const merged = { ...this.store.state[arn], ...tags };
        if (Object.keys(merged).length > mostTags) {
            throw new AwsError("InvalidInputException", `A resource has at most ${mostTags} tags: ${arn}`);
        }
        this.store.state[arn] = merged;
        this.store.changed();
    }

    remove(arn: string, keys: readonly string[]): void {
        const tags = this.store.state[arn];
        if (tags === undefined) return;
        for (const key of keys) delete tags[key];
        this.store.changed();
    }

    drop(arn: string): void {
        if (this.store.state[arn] === undefined) return;
        delete this.store.state[arn];
        this.store.changed();
    }

    flush(): void {
        this.store.flush();
    }
}

/** TagResource, UntagResource, GetTags. */
export function tagOperations(tags: TagStore): Operations {
    return {
        TagResource: (input: TagResourceRequest) => {
            requireMembers(input, "ResourceArn", "TagsToAdd");
            tags.set(glueArn(input.ResourceArn), input.TagsToAdd);
            return {};
        },
        UntagResource: (input: UntagResourceRequest) => {
            requireMembers(input, "ResourceArn", "TagsToRemove");
            tags.remove(glueArn(input.ResourceArn), input.TagsToRemove ?? []);
            return {};
        },
        GetTags: (input: GetTagsRequest) => {
            requireMembers(input, "ResourceArn");
            return { Tags: tags.get(glueArn(input.ResourceArn)) };
        },
    };
}

function glueArn(arn: string | undefined): string {
    if (arn === undefined || !/^arn:aws[\w-]*:glue:[^:]+:\d{12}:.+$/.test(arn)) {
        throw new AwsError("InvalidInputException", `Not the ARN of a Glue resource: ${arn}`);
    }
    return arn;
}
