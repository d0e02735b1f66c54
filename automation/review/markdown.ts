/** The review as a comment of a pull request: read on a phone, edited in place by a workflow. */
import { plural } from "../format";
import type { ResourceChange } from "./changes";
import { costLine, costNote, largest, money, signed } from "./costText";
import type { Finding } from "./findings";
import { block, code, details, escaped, fitted, link, type Part } from "./markdownText";
import { dataAtRisk, type ComponentChanges, type CostOfChange, type Review } from "./review";
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

/** GitHub takes 65,536 characters; by bytes the text is within it however characters are counted. */
const limit = 65_000;
/** Characters of a message that show before it is opened. */
const messageLimit = 240;
/** Properties of one resource, losses, and lines of cost that are listed. */
const listLimit = 12;

/** The first line of the comment, by which a workflow finds it again. */
export function marker(stack: string): string {
    return `<!-- lakeworks-preview:${stack} -->`;
}

export function markdownReport(review: Review): string {
    const mandatory = review.findings.filter(({ level }) => level === "mandatory");
    const advisory = review.findings.filter(({ level, undecided }) => level === "advisory" && !undecided);
    const undecided = undecidedTexts(review).map((each) => `- ${escaped(each)}`);
    const signs = { blocked: "⛔", advice: "⚠️", clean: "✅" } as const;
    const part = (name: string, rank: number, lines: readonly string[]): Part => ({ name, rank, lines });
    return `${fitted(
        [
            part("the verdict", 0, [
                marker(review.stack),
                `### ${signs[review.verdict]} Preview of ${code(review.stack)}`,
                "",
                `**${escaped(headline(review))}**`,
                "",
                ...(review.cost === undefined ? [] : costHead(review.cost)),
                `**Changes:** ${escaped(changesText(review))}`,
            ]),
            ...mandatory.map((finding, index) =>
                part(
                    `the violation of ${finding.rule} at ${code(placeOf(finding))}`,
                    index === 0 ? 0 : 1,
                    open(finding),
                ),
            ),
            ...review.errors.map((error, index) =>
                part("an error", index === 0 ? 0 : 1, ["#### Error", "", ...block(error)]),
            ),
            part("the data that would go", 1, losses(dataAtRisk(review))),
            part(
                "the warnings",
                2,
                review.warnings.map((warning) => `- Warning: ${escaped(warning)}`),
            ),
            part("advice", 4, closed(plural(advisory.length, "piece") + " of advice", advisory.flatMap(listed))),
            part("the checks that are left to the update", 4, closed("Checks left to the update", undecided)),
            part(
                "what the difference of cost is made of",
                3,
                review.cost === undefined ? [] : costDetails(review.cost),
            ),
            part("the changes", 5, closed("Changes by component", review.components.flatMap(componentLines))),
            part("the exceptions", 2, exceptions(review)),
            part("the versions", 1, [
                `<sub>Lakeworks ${escaped(review.versions.program)}, policies ${escaped(review.versions.pack ?? "not run")}, ` +
                    `${review.when.slice(0, 16).replace("T", " ")} UTC</sub>`,
            ]),
        ],
        limit,
    )}\n`;
}

function closed(summary: string, body: readonly string[]): string[] {
    return body.length === 0 ? [] : details(summary, body);
}

/** A finding that stops: what is wrong, where, and the fix, without a click. */
function open(finding: Finding): string[] {
    const whole = finding.message.length > messageLimit;
    return [
        `#### ${escaped(finding.title)}`,
        "",
        `${code(placeOf(finding))}`,
        "",
        escaped(whole ? shortened(finding.message) : finding.message),
        ...(finding.description === "" ? [] : ["", `**Why:** ${escaped(finding.description)}`]),
        ...(finding.fix === undefined ? [] : ["", `**Fix:** ${escaped(finding.fix)}`]),
        "",
        ruleLine(finding),
        ...(whole ? ["", ...details("The whole message", [escaped(finding.message)])] : []),
    ];
}

function listed(finding: Finding): string[] {
    const fix = finding.fix === undefined ? "" : ` **Fix:** ${escaped(finding.fix)}`;
    return [`- ${ruleLine(finding)}, ${code(placeOf(finding))}: ${escaped(finding.message)}${fix}`];
}

function ruleLine({ rule, url, severity }: Finding): string {
    return `Rule ${url === undefined ? code(rule) : link(rule, url)}, ${severity}`;
}

/** To the end of the last sentence that fits, else of the last word. */
function shortened(text: string): string {
    const start = text.slice(0, messageLimit);
    const sentence = start.lastIndexOf(". ");
    return sentence > messageLimit / 2 ? start.slice(0, sentence + 1) : `${start.slice(0, start.lastIndexOf(" "))} …`;
}

function losses(changes: readonly ResourceChange[]): string[] {
    if (changes.length === 0) return [];
    const line = (change: ResourceChange) =>
        `- **${escaped(`${resourceTitle(change)} is ${opText(change)}`)}**, and with it: **${escaped(change.loses!)}**`;
    const [first, rest] = [changes.slice(0, listLimit), changes.slice(listLimit)];
    return [
        "#### Data that would go",
        "",
        ...first.map(line),
        ...(rest.length === 0
            ? []
            : ["", ...details(`${plural(rest.length, "more resource")} with data`, rest.map(line))]),
    ];
}

/** The difference and its largest part. Two spaces at the end of a line break it. */
function costHead(cost: CostOfChange): string[] {
    const most = cost.changes.length > 1 ? cost.changes.slice(0, 1) : [];
    return [
        `**Cost:** ${escaped(costLine(cost))}  `,
        ...most.map(
            ({ delta, service, what }) => `Most of it: ${escaped(`${signed(delta)} for ${service}, ${what}`)}  `,
        ),
    ];
}

function costDetails(cost: CostOfChange): string[] {
    if (cost.changes.length === 0) return [];
    const { shown, others } = largest(cost);
    const row = (delta: number, text: string) => `| ${escaped(signed(delta))} | ${text} |`;
    return details(`Cost: ${costLine(cost)}`, [
        "| a month | for |",
        "| --: | :-- |",
        ...shown.map(({ delta, name, what }) => row(delta, `${escaped(name)}<br>${escaped(what)}`)),
        ...(others.count === 0 ? [] : [row(others.delta, plural(others.count, "other resource"))]),
        row(cost.delta, `**all**: ${escaped(`${money(cost.before)} → ${money(cost.after)}`)}`),
        "",
        ...shown.filter(({ why }) => why !== "").map(({ name, why }) => `- ${escaped(name)}: ${escaped(why)}`),
        "",
        escaped(costNote(cost)),
    ]);
}

function componentLines({ component, changes }: ComponentChanges): string[] {
    const created = changes.filter(({ op }) => op === "create");
    return [
        `**${escaped(componentTitle(component))}**`,
        "",
        ...changes.filter(({ op }) => op !== "create").flatMap(changeLines),
        ...(created.length > 0 ? [`- created: ${escaped(createdText(created))}`] : []),
        "",
    ];
}

function changeLines(change: ResourceChange): string[] {
    const text = `${code(resourceTitle(change))} ${escaped(opText(change))}`;
    const shown = change.changedProperties.slice(0, listLimit);
    const more = change.changedProperties.length - shown.length;
    return [
        `- ${change.loses === undefined ? text : `**${text}**`}`,
        ...shown.map((each) => `  - ${code(each.path)}: ${escaped(propertyText(each))}`),
        ...(more > 0 ? [`  - … and ${more} more`] : []),
    ];
}

function exceptions({ exceptions: all }: Review): string[] {
    const expired = all
        .filter(({ state }) => state === "expired")
        .map((each) => `- **Exception expired:** ${escaped(exceptionText(each))}`);
    const inForce = all.filter(({ state }) => state === "in force").map((each) => `- ${escaped(exceptionText(each))}`);
    return [
        ...expired,
        ...(expired.length > 0 && inForce.length > 0 ? [""] : []),
        ...closed(`${plural(inForce.length, "exception")} in force`, inForce),
    ];
}
