/** What a classifier may not be. */
import { GrokError, grok } from "../../grok";
import { JsonPathError, parseJsonPath } from "../crawlers/jsonPath";
import { csvDatatypes } from "./csvDatatypes";
import { invalid, type Csv, type StoredClassifier } from "./kinds";

/** @throws InvalidInputException */
export function checked(classifier: StoredClassifier): StoredClassifier {
    const { CsvClassifier: csv, GrokClassifier: pattern, JsonClassifier: json, XMLClassifier: xml } = classifier;
    if (csv !== undefined) checkCsv(csv);
    try {
        if (pattern !== undefined) grok(pattern.GrokPattern, pattern.CustomPatterns);
        if (json !== undefined) parseJsonPath(json.JsonPath);
    } catch (error) {
        if (error instanceof GrokError || error instanceof JsonPathError) throw invalid(error.message);
        throw error;
    }
    if (xml?.RowTag !== undefined && !/^[\p{L}_:][\p{L}\p{N}_:.-]*$/u.test(xml.RowTag)) {
        throw invalid(`The RowTag ${JSON.stringify(xml.RowTag)} is not a name of an XML element.`);
    }
    return classifier;
}

function checkCsv(classifier: Csv): void {
    const { Delimiter: delimiter = ",", QuoteSymbol: quote = '"', Header: header = [] } = classifier;
    const { CustomDatatypes: types = [], CustomDatatypeConfigured: configured = false } = classifier;
    if (delimiter === quote) throw invalid(`The QuoteSymbol must be different from the Delimiter: both are ${quote}.`);
    const twice = header.find((name, index) => header.findIndex((other) => sameName(other, name)) !== index);
    if (twice !== undefined) throw invalid(`The Header names the column ${twice} twice.`);
    const unknown = types.find((type) => csvDatatypes[type.toUpperCase()] === undefined);
    if (unknown !== undefined) {
        throw invalid(`${unknown} is not a custom datatype. They are ${Object.keys(csvDatatypes).join(", ")}.`);
    }
    if (configured && types.length === 0)
        throw invalid("CustomDatatypeConfigured is true and CustomDatatypes is empty.");
    if (configured && header.length > 0 && header.length !== types.length) {
        throw invalid(`The Header names ${header.length} columns, and there are ${types.length} CustomDatatypes.`);
    }
}

function sameName(a: string, b: string): boolean {
    return a.toLowerCase() === b.toLowerCase();
}
