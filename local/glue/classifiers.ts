/** Custom classifiers, of CSV. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-classifiers.html */
import * as path from "node:path";
import type {
    CreateClassifierRequest,
    CsvClassifier,
    GetClassifiersRequest,
    UpdateClassifierRequest,
} from "@aws-sdk/client-glue";
import type { LocalContext } from "../context";
import { AwsError, type Operations } from "../protocol/operations";
import { pageOf } from "../protocol/pages";
import { nowSeconds, type Wire } from "../protocol/wire";
import { Store } from "../store";

export type StoredClassifier = Wire<CsvClassifier> & { Name: string };

type GivenCsv = Partial<Omit<StoredClassifier, "CreationTime" | "LastUpdated" | "Version">>;

const largestPage = 1000;
const kinds = ["GrokClassifier", "XMLClassifier", "JsonClassifier", "CsvClassifier"] as const;
/** Members that an update may change. */
const members = [
    "Delimiter",
    "QuoteSymbol",
    "ContainsHeader",
    "Header",
    "DisableValueTrimming",
    "AllowSingleColumn",
    "CustomDatatypeConfigured",
    "CustomDatatypes",
    "Serde",
] as const;

export class Classifiers {
    private readonly store: Store<{ classifiers: StoredClassifier[] }>;

    constructor(context: LocalContext) {
        this.store = new Store(path.join(context.stateDir, "glue", "classifiers.json"), { classifiers: [] });
    }

    find(name: string | undefined): StoredClassifier | undefined {
        return this.store.state.classifiers.find((classifier) => classifier.Name === name);
    }

    operations(): Operations {
        const shown = (classifier: StoredClassifier) => ({ CsvClassifier: classifier });
        return {
            CreateClassifier: (input: CreateClassifierRequest) => {
                const given = csvOf(input);
                if (this.find(given.Name) !== undefined) {
                    throw new AwsError("AlreadyExistsException", `Classifier with name ${given.Name} already exists`);
                }
                const now = nowSeconds();
                this.put({ ...checked({ Name: "", ...given }), CreationTime: now, LastUpdated: now, Version: 1 });
                return {};
            },
            GetClassifier: (input: { Name?: string }) => ({ Classifier: shown(this.get(input.Name)) }),
            GetClassifiers: (input: GetClassifiersRequest) => {
                const sorted = [...this.store.state.classifiers].sort((a, b) => (a.Name < b.Name ? -1 : 1));
                const page = pageOf(sorted, input.NextToken, Math.min(input.MaxResults ?? largestPage, largestPage));
                return { Classifiers: page.items.map(shown), NextToken: page.nextToken };
            },
            UpdateClassifier: (input: UpdateClassifierRequest) => {
                const given = csvOf(input);
                const before = this.get(given.Name);
                const changed = members.filter((member) => given[member] !== undefined);
                const after = { ...before, ...Object.fromEntries(changed.map((member) => [member, given[member]])) };
                this.put({ ...checked(after), LastUpdated: nowSeconds(), Version: (before.Version ?? 0) + 1 });
                return {};
            },
            DeleteClassifier: (input: { Name?: string }) => {
                const { Name: name } = this.get(input.Name);
                this.store.state.classifiers = this.store.state.classifiers.filter((other) => other.Name !== name);
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

    private put(classifier: StoredClassifier): void {
        const others = this.store.state.classifiers.filter(({ Name }) => Name !== classifier.Name);
        this.store.state.classifiers = [...others, classifier];
        this.store.changed();
    }
}

/** @throws InvalidInputException when it is none of CSV alone */
function csvOf(input: CreateClassifierRequest | UpdateClassifierRequest): GivenCsv {
    const given = kinds.filter((kind) => input[kind] !== undefined && input[kind] !== null);
    const [kind] = given;
    if (given.length !== 1 || kind === undefined) {
        throw invalid(`A request is of exactly one of ${kinds.join(", ")}, not of ${given.length}.`);
    }
    if (kind !== "CsvClassifier") throw invalid(`${kind}: not done by the Lakeworks local AWS yet.`);
    return input.CsvClassifier as GivenCsv;
}

/** @throws InvalidInputException */
function checked(classifier: StoredClassifier): StoredClassifier {
    const { Delimiter: delimiter = ",", QuoteSymbol: quote = '"', Header: header = [] } = classifier;
    if (classifier.CustomDatatypeConfigured || (classifier.CustomDatatypes ?? []).length > 0) {
        throw invalid("CustomDatatypes: not done by the Lakeworks local AWS yet.");
    }
    if (delimiter === quote) throw invalid(`The QuoteSymbol must be different from the Delimiter: both are ${quote}.`);
    const twice = header.find((name, index) => header.findIndex((other) => sameName(other, name)) !== index);
    if (twice !== undefined) throw invalid(`The Header names the column ${twice} twice.`);
    return classifier;
}

function sameName(a: string, b: string): boolean {
    return a.toLowerCase() === b.toLowerCase();
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}
