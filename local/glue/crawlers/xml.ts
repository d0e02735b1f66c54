/**
 * XML classifiers: rows are the elements of one name, their columns the elements in them.
 * @see https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#custom-classifier-xml
 */
import { parser as saxParser, type SAXParser, type Tag } from "sax";
import { typeOfText } from "./csv";
import { groupBy } from "./grouping";
import { mergeSchemas, mergeTypes, nullType, type InferredType } from "./types";

export interface XmlSample {
    readonly rowTag: string;
    readonly schema: Map<string, InferredType>;
    readonly records: number;
}

interface Element {
    readonly name: string;
    /** `<row/>`, which is no row. */
    readonly selfClosing: boolean;
    readonly attributes: Readonly<Record<string, string>>;
    readonly children: Element[];
    text: string;
}

/** As Glue's reader of XML names attributes, and the text of an element that has some. */
const [attributePrefix, textField] = ["_", "_value"];
/** Elements within elements; more are no rows of a table. */
const deepest = 100;

/**
 * @param text the beginning of an object: of the rows in it those count that end in it
 * @param rowTag @default the name that most children of the root have
 * @returns undefined when it is no XML, or has no such element with anything in it
 */
export function sampleXml(text: string, rowTag?: string): XmlSample | undefined {
    if (!/^\uFEFF?\s*</.test(text)) return undefined;
    const row = rowTag ?? mostFrequentChild(text);
    if (row === undefined) return undefined;
    const rows = elementsOf(text, (name) => name === row).filter(({ selfClosing }) => !selfClosing);
    const schema = rows.map(fieldsOf).reduce(mergeSchemas, new Map<string, InferredType>());
    return schema.size === 0 ? undefined : { rowTag: row, schema, records: rows.length };
}

function mostFrequentChild(text: string): string | undefined {
    const counts = new Map<string, number>();
    for (const { name } of elementsOf(text, (_, depth) => depth === 1)) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The outermost elements that are wanted, each whole. Entities of the document's own are not replaced. */
function elementsOf(text: string, wanted: (name: string, depth: number) => boolean): Element[] {
    const found: Element[] = [];
    const open: Element[] = [];
    let depth = 0;
    const parser = saxParser(true, { position: false });
    parser.onopentag = (tag) => {
        const { name, attributes, isSelfClosing: selfClosing } = tag as Tag;
        if (open.length > 0 || wanted(name, depth))
            open.push({ name, selfClosing, attributes, children: [], text: "" });
        depth += 1;
        if (depth > deepest) throw new Error(`more than ${deepest} elements in one another`);
    };
    parser.onclosetag = () => {
        depth -= 1;
        const closed = open.pop();
        if (closed !== undefined) (open.at(-1)?.children ?? found).push(closed);
    };
    const add = (more: string) => {
        const inside = open.at(-1);
        if (inside !== undefined) inside.text += more;
    };
    parser.ontext = add;
    parser.oncdata = add;
    parseUntilFault(parser, text);
    return found;
}

/** What comes after a fault is not looked at. */
function parseUntilFault(parser: SAXParser, text: string): void {
    parser.onerror = (error) => {
        throw error;
    };
    try {
        parser.write(text);
    } catch {
        // What was whole before it is found.
    }
}

function fieldsOf({ attributes, children, text }: Element): Map<string, InferredType> {
    const fields = new Map<string, InferredType>();
    for (const [name, value] of Object.entries(attributes)) {
        fields.set(`${attributePrefix}${name}`.toLowerCase(), typeOfText(value.trim()));
    }
    for (const [name, same] of groupBy(children, (child) => child.name.toLowerCase())) {
        const type = same.map(typeOf).reduce(mergeTypes, nullType);
        fields.set(name, same.length > 1 ? { kind: "array", item: type } : type);
    }
    if (text.trim() !== "" && children.length === 0) fields.set(textField, typeOfText(text.trim()));
    return fields;
}

function typeOf(element: Element): InferredType {
    const { attributes, children, text } = element;
    if (children.length === 0 && Object.keys(attributes).length === 0) return typeOfText(text.trim());
    return { kind: "struct", fields: fieldsOf(element) };
}
