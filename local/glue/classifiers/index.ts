/** Custom classifiers. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-classifiers.html */
import * as path from "node:path";
import type { CreateClassifierRequest, GetClassifiersRequest, UpdateClassifierRequest } from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError, type Operations } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import { nowSeconds } from "../../protocol/wire";
import { Store } from "../../store";
import { checked } from "./checks";
import { invalid, kinds, nameOf, type Kind, type StoredClassifier, type Versioned } from "./kinds";

export type { StoredClassifier } from "./kinds";

const largestPage = 1000;
/** Members that are not the user's. */
const own = ["Name", "CreationTime", "LastUpdated", "Version"];

type Given = { readonly kind: Kind; readonly members: Readonly<Record<string, unknown>> & { readonly Name: string } };

export class Classifiers {
    private readonly store: Store<{ classifiers: StoredClassifier[] }>;

    constructor(context: LocalContext) {
        this.store = new Store(path.join(context.stateDir, "glue", "customClassifiers.json"), { classifiers: [] });
    }

    find(name: string | undefined): StoredClassifier | undefined {
        return this.store.state.classifiers.find((classifier) => nameOf(classifier) === name);
    }

    operations(): Operations {
        return {
            CreateClassifier: (input: CreateClassifierRequest) => {
                const { kind, members } = givenIn(input);
                if (this.find(members.Name) !== undefined) {
                    throw new AwsError("AlreadyExistsException", `Classifier with name ${members.Name} already exists`);
                }
                const now = nowSeconds();
                this.put(kind, { ...members, CreationTime: now, LastUpdated: now, Version: 1 });
                return {};
            },
            GetClassifier: (input: { Name?: string }) => ({ Classifier: this.get(input.Name) }),
            GetClassifiers: (input: GetClassifiersRequest) => {
                const sorted = [...this.store.state.classifiers].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
                const page = pageOf(sorted, input.NextToken, Math.min(input.MaxResults ?? largestPage, largestPage));
                return { Classifiers: page.items, NextToken: page.nextToken };
            },
            UpdateClassifier: (input: UpdateClassifierRequest) => {
                const { kind, members } = givenIn(input);
                const before = this.get(members.Name)[kind] as Versioned | undefined;
                if (before === undefined) throw invalid(`Classifier ${members.Name} is no ${kind}.`);
                const changed = Object.entries(members).filter(
                    ([member, value]) => !own.includes(member) && value !== undefined && value !== null,
                );
                const after = { ...before, ...Object.fromEntries(changed) };
                this.put(kind, { ...after, LastUpdated: nowSeconds(), Version: before.Version + 1 });
                return {};
            },
            DeleteClassifier: (input: { Name?: string }) => {
                const gone = this.get(input.Name);
                this.store.state.classifiers = this.store.state.classifiers.filter((other) => other !== gone);
                this.store.changed();
                return {};
            },
        };
    }

    flush(): void {
        this.store.flush();
    }

    /** @throws EntityNotFoundException */
    private get(name: string | undefined): StoredClassifier {
        const found = this.find(name);
        if (found !== undefined) return found;
        throw new AwsError("EntityNotFoundException", `Classifier with name ${name} not found`);
    }

    /** @throws InvalidInputException where it is not one that can classify */
    private put(kind: Kind, members: Versioned): void {
        const classifier = checked({ [kind]: members });
        const others = this.store.state.classifiers.filter((other) => nameOf(other) !== members.Name);
        this.store.state.classifiers = [...others, classifier];
        this.store.changed();
    }
}

/** @throws InvalidInputException when it is not of exactly one kind */
function givenIn(input: CreateClassifierRequest | UpdateClassifierRequest): Given {
    const given = kinds.filter((kind) => input[kind] !== undefined && input[kind] !== null);
    const [kind] = given;
    if (given.length !== 1 || kind === undefined) {
        throw invalid(`A request is of exactly one of ${kinds.join(", ")}, not of ${given.length}.`);
    }
    return { kind, members: input[kind] as unknown as Given["members"] };
}
