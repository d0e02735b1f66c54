/** The kinds of custom classifiers, as they are stored and shown. */
import type { CsvClassifier, GrokClassifier, JsonClassifier, XMLClassifier } from "@aws-sdk/client-glue";
import { AwsError } from "../../protocol/operations";
import type { Wire } from "../../protocol/wire";

export const kinds = ["GrokClassifier", "XMLClassifier", "JsonClassifier", "CsvClassifier"] as const;

export type Kind = (typeof kinds)[number];

export interface Versioned {
    readonly Name: string;
    /** Seconds since 1970. */
    readonly CreationTime: number;
    readonly LastUpdated: number;
    readonly Version: number;
}

export type Csv = Wire<CsvClassifier> & { Name: string };
export type Grok = Wire<GrokClassifier> & { Name: string; Classification: string; GrokPattern: string };
export type Json = Wire<JsonClassifier> & { Name: string; JsonPath: string };
export type Xml = Wire<XMLClassifier> & { Name: string; Classification: string };

/** Exactly one of them. */
export interface StoredClassifier {
    readonly CsvClassifier?: Csv;
    readonly GrokClassifier?: Grok;
    readonly JsonClassifier?: Json;
    readonly XMLClassifier?: Xml;
}

export function nameOf(classifier: StoredClassifier): string {
    const kind = kinds.find((each) => classifier[each] !== undefined);
    return kind === undefined ? "" : (classifier[kind] as { Name: string }).Name;
}

export function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}
