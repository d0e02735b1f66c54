/** The review on a terminal, and in a CI log. */
import { createColors } from "picocolors";
import { costText } from "./costText";
import { dataAtRisk, type ComponentChanges, type Review } from "./review";
import {
    changesText,
    componentTitle,
    createdText,
    exceptionText,
    headline,
    opText,
    placeOf,
    propertyText,
    resourceTitle,
    undecidedTexts,
} from "./words";
import { wrapped } from "./wrap";

export interface TerminalOptions {
    /** Columns. */
    readonly width: number;
    readonly colour: boolean;
}

/** Properties shown of one resource; the others are in the JSON. */
const propertyLimit = 8;

/** Verdict, policy findings, data at risk, changes, cost, exceptions: what stops comes before what is good to know. */
export function terminalReport(review: Review, { width, colour }: TerminalOptions): string {
    const { bold, dim, green, red, yellow } = createColors(colour);
    const verdictColour = { blocked: red, advice: yellow, clean: green }[review.verdict];
    const text = (indent: number, words: string) => wrapped(words, width, indent);
    const section = (title: string, lines: readonly string[]) => (lines.length > 0 ? ["", bold(title), ...lines] : []);

    const decided = review.findings.filter(({ undecided }) => !undecided);
    const findings = decided.flatMap((finding) => {
        const mandatory = finding.level === "mandatory";
        const head = text(2, `${mandatory ? "✖" : "!"} ${finding.rule} (${finding.level}, ${finding.severity})`);
        const fix = finding.fix === undefined ? "" : `Fix: ${finding.fix}`;
        return [
            (mandatory ? red : yellow)(head),
            text(4, `${placeOf(finding)}: ${finding.message}`),
            ...(fix === "" ? [] : [text(4, fix)]),
            ...(finding.url === undefined ? [] : [dim(text(4, finding.url))]),
        ];
    });
    const risks = dataAtRisk(review).map((change) =>
        red(text(2, `${resourceTitle(change)} is ${opText(change)}, and with it: ${change.loses!}.`)),
    );
    const component = ({ component: of, changes }: ComponentChanges) => {
        const created = changes.filter(({ op }) => op === "create");
        return [
            text(2, componentTitle(of)),
            ...changes
                .filter(({ op }) => op !== "create")
                .flatMap((change) => {
                    const shown = change.changedProperties.slice(0, propertyLimit);
                    const more = change.changedProperties.length - shown.length;
                    return [
                        text(4, `${resourceTitle(change)}: ${opText(change)}`),
                        ...shown.map((property) => dim(text(6, `${property.path}: ${propertyText(property)}`))),
                        ...(more > 0 ? [dim(text(6, `… and ${more} more`))] : []),
                    ];
                }),
            ...(created.length > 0 ? [text(4, `created: ${createdText(created)}`)] : []),
        ];
    };
    return [
        verdictColour(bold(text(0, `${review.stack}: ${headline(review)}`))),
        text(0, changesText(review)),
        ...section(
            "Errors",
            review.errors.map((error) => red(text(2, error))),
        ),
        ...section("Policies", findings),
        ...section(
            "Left to the update",
            undecidedTexts(review).map((each) => dim(text(2, each))),
        ),
        ...section(
            "Warnings",
            review.warnings.map((warning) => yellow(text(2, warning))),
        ),
        ...section("Data that would go", risks),
        ...section("Changes", review.components.flatMap(component)),
        ...section("Cost", review.cost === undefined ? [] : costText(review.cost, width)),
        ...section(
            "Exceptions",
            review.exceptions.map((each) => (each.state === "expired" ? yellow : dim)(text(2, exceptionText(each)))),
        ),
    ].join("\n");
}
