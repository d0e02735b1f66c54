/** What each classifier found in a text, in one form. */
import type { StoredClassifier } from "../classifiers";
import type { Classified, Text } from "./classify";
import type { CsvSample } from "./csv";
import { sampleCustomCsv } from "./csvCustom";
import { sampleGrok } from "./grok";
import { sampleCustomJson, type JsonSample } from "./json";
import { sampleXml, type XmlSample } from "./xml";

export type Found = Omit<Classified, "object" | "objects" | "compression"> & {
    /** Are the records those of the whole object, and not of the sample? @default false */
    readonly counted?: boolean;
};

/** @returns undefined when the classifier does not recognize it */
export async function sampleCustom(sample: Text, classifier: StoredClassifier): Promise<Found | undefined> {
    const { CsvClassifier: csv, GrokClassifier: grok, JsonClassifier: json, XMLClassifier: xml } = classifier;
    const { text, complete } = sample;
    if (csv !== undefined) {
        const found = sampleCustomCsv(text, complete, csv);
        return found && csvFound(found);
    }
    if (grok !== undefined) {
        const found = sampleGrok(text, complete, grok);
        const parameters: Record<string, string> = { grokPattern: grok.GrokPattern };
        if (grok.CustomPatterns !== undefined) parameters["grokCustomPatterns"] = grok.CustomPatterns;
        return found && { format: "grok", classification: grok.Classification, paths: [], parameters, ...found };
    }
    if (json !== undefined) {
        // One document may be cut anywhere.
        const found = sampleCustomJson((await sample.whole()) ?? "", json);
        return found && { ...jsonFound(found), parameters: { jsonPath: json.JsonPath }, counted: true };
    }
    const found = sampleXml(text, xml?.RowTag);
    return found && { ...xmlFound(found), classification: xml?.Classification };
}

export function csvFound({ layout, ...found }: CsvSample): Found {
    return { format: "csv", csv: layout, paths: [], ...found };
}

export function jsonFound(found: JsonSample): Found {
    return { format: "json", ...found };
}

export function xmlFound({ rowTag, ...found }: XmlSample): Found {
    return { format: "xml", paths: [], malformed: 0, parameters: { rowTag }, ...found };
}
