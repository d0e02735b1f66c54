/** Tags of every Glue resource, by its ARN. */
import type { GetTagsRequest, TagResourceRequest, UntagResourceRequest } from "@aws-sdk/client-glue";
import { AwsError, type Operations } from "../protocol/operations";
import { Store } from "../store";

/** What the resource's owner uses: tags given at creation are set, those of a deleted resource dropped. */
export interface TagStore {
    get(arn: string): Record<string, string>;
    /** To be called for every new resource, with or without tags: what has never been set cannot be tagged. */
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

    has(arn: string): boolean {
        return Object.hasOwn(this.store.state, arn);
    }

    /** Adds to the tags that the resource has. */
    set(arn: string, tags: Record<string, string> | undefined): void {
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
export function tagOperations(tags: StoredTags): Operations {
    const existing = (arn: string | undefined): string => {
        const wanted = arn ?? "";
        if (tags.has(wanted)) return wanted;
        throw new AwsError(
            "EntityNotFoundException",
            `There is no taggable Glue resource ${wanted} in this account and region.`,
        );
    };
    return {
        TagResource: (input: TagResourceRequest) => {
            tags.set(existing(input.ResourceArn), input.TagsToAdd);
            return {};
        },
        UntagResource: (input: UntagResourceRequest) => {
            tags.remove(existing(input.ResourceArn), input.TagsToRemove ?? []);
            return {};
        },
        GetTags: (input: GetTagsRequest) => {
            return { Tags: tags.get(existing(input.ResourceArn)) };
        },
    };
}
