/** What an audit says, for people: one line for each check that did not pass, with its resources and its explanation. */
import { plural, table } from "../automation/format";
import { explains, type Explanation } from "./explanations";
import type { Finding } from "./prowler";

const severities = ["critical", "high", "medium", "low", "informational"];

/** A finding with what is made of it: failed ones are explained or not. */
export interface Judged extends Omit<Finding, "status"> {
    readonly status: Finding["status"] | "EXPLAINED";
    readonly explanation?: Explanation;
}

export function judge(findings: readonly Finding[], all: readonly Explanation[]): Judged[] {
    return findings.map((finding) => {
        const explanation =
            finding.status === "PASS" ? undefined : all.find((candidate) => explains(candidate, finding));
        return explanation === undefined ? finding : { ...finding, status: "EXPLAINED", explanation };
    });
}

/** What makes the audit of the stacks fail, a line each; none for a good one. @param all explanations that must be of use */
export function faultsOf(found: ReadonlyMap<string, readonly Judged[]>, all: readonly Explanation[]): string[] {
    const used = new Set([...found.values()].flat().map(({ explanation }) => explanation));
    return [
        ...[...found].flatMap(([stack, findings]) =>
            findings
                .filter(({ status }) => status === "FAIL")
                .map(
                    ({ severity, check, resource }) =>
                        `${stack}: ${severity} ${check} on ${resource}: fix it or explain it`,
                ),
        ),
        ...all
            .filter((explanation) => !used.has(explanation))
            .map(({ check }) => `audit/explanations.yaml explains ${check}, which is not found any more: drop it`),
        // An audit of nothing would be a good one.
        ...[...found]
            .filter(([, findings]) => !findings.some(({ status }) => status === "PASS"))
            .map(([stack]) => `${stack}: no check has passed: the auditor has not seen the stack`),
    ];
}

/** The checks that did not pass, each with its resources; the failed ones first, by severity. */
export function openFindings(findings: readonly Judged[]): string {
    const groups = new Map<string, Judged[]>();
    for (const finding of findings.filter(({ status }) => status !== "PASS")) {
        const key = `${finding.check} ${finding.status}`;
        groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
    const rows = [...groups.values()]
        .sort(([one], [other]) => rank(one!) - rank(other!) || (one!.check < other!.check ? -1 : 1))
        .map((group) => {
            const { check, severity, status } = group[0]!;
            const [first, second, ...more] = group.map(({ resource }) => shortened(resource));
            const resources = second === undefined ? first! : `${first} and ${group.length - 1} more`;
            return [
                check,
                severity,
                more.length === 0 && second !== undefined ? `${first}, ${second}` : resources,
                status,
            ];
        });
    const columns = ["check", "severity", "resource", "status"].map((title) => ({ title, numeric: false }));
    return table(columns, rows, rows.length);
}

export function summary(stack: string, findings: readonly Judged[]): string {
    const count = (status: Judged["status"], which = findings) => which.filter((each) => each.status === status).length;
    const severe = findings.filter(({ severity }) => severity === "critical" || severity === "high");
    const checks = new Set(findings.map(({ check }) => check)).size;
    return (
        `${stack}: ${plural(checks, "check")}, ${plural(findings.length, "finding")}: ${count("PASS")} passed, ` +
        `${count("EXPLAINED")} explained, ${count("FAIL")} failed, ${count("MANUAL")} to be looked at by hand; ` +
        `of critical or high severity ${count("PASS", severe)} passed, ${count("EXPLAINED", severe)} explained, ` +
        `${count("FAIL", severe)} failed`
    );
}

function rank({ severity, status }: Pick<Judged, "severity" | "status">): number {
    return (status === "FAIL" ? 0 : 10) + severities.indexOf(severity);
}

/** Without partition, region and account: `s3 name`, `iam role/name`. */
function shortened(arn: string): string {
    const [, , service, , , ...rest] = arn.split(":");
    return service === undefined ? arn : `${service} ${rest.join(":")}`;
}
