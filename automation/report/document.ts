/** A report before it is HTML or Markdown: sections of a few kinds of blocks, all text plain. */
import type { TopLevelSpec } from "vega-lite/build/index";
import type { Column } from "../format";

export interface Document {
    readonly title: string;
    readonly summary: string;
    /** Which run it is of, one line. */
    readonly about: string;
    readonly sections: readonly Section[];
}

export interface Section {
    readonly title: string;
    readonly blocks: readonly Block[];
}

export type Block = Figures | Paragraph | Table | Chart | Flow;

/** Numbers that are read first. */
export interface Figures {
    readonly kind: "figures";
    readonly figures: readonly { readonly value: string; readonly name: string }[];
}

export interface Paragraph {
    readonly kind: "text";
    readonly text: string;
    /** A remark, less loud than the rest. */
    readonly quiet?: boolean;
}

export interface Table {
    readonly kind: "table";
    /** What the rows are, for readers who do not see the section around it. */
    readonly caption: string;
    readonly columns: readonly Column[];
    readonly rows: readonly (readonly (string | null)[])[];
    /** A row's mark by its index: good or bad news. */
    readonly marks?: readonly ("good" | "bad" | undefined)[];
    /** A share of 0 to 1 by row, drawn as a bar behind the last column. */
    readonly bars?: readonly number[];
}

/** The picture of a table, which follows it. */
export interface Chart {
    readonly kind: "chart";
    /** What is to be seen, in words. */
    readonly about: string;
    readonly spec: TopLevelSpec;
}

/** Stations that data passes, in order. */
export interface Flow {
    readonly kind: "flow";
    readonly stations: readonly {
        readonly name: string;
        /** Where it is: a location, a table, a run. */
        readonly place: string;
        readonly facts: readonly string[];
    }[];
}

/** Plain columns for a table: those that are numbers start with `#`. */
export function columnsOf(...titles: readonly string[]): Column[] {
    return titles.map((title) => ({ title: title.replace(/^#/, ""), numeric: title.startsWith("#") }));
}
