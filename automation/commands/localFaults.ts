import { Option, type Command } from "commander";
import { faultKinds, type FaultRule } from "../../local/faults/rules";
import type { FaultState } from "../../local/faults";
import { StepFailure } from "../errors";
import { count, table } from "../format";
import { requiredLocal } from "../target";
import { atLeast, guarded, print } from "./common";

type Options = Partial<FaultRule> & { readonly clear?: boolean };

/** Requests that fail on purpose, to see a client cope. */
export function registerFaults(local: Command): void {
    local
        .command("faults")
        .description("fail requests on purpose: adds a rule, or lists the rules and what they did")
        .addOption(new Option("--kind <kind>", "what happens to a request that the rule fits").choices(faultKinds))
        .option("--service <name>", "of one service only, as its requests are signed, e.g. s3 or glue")
        .option("--operation <name>", "of one operation of a JSON service only, e.g. GetPartitions")
        .option("--method <name>", "of one HTTP method only, e.g. PUT")
        .option("--path <text>", "of paths that contain the text only, e.g. /bucket/sales/")
        .option("--after <n>", "spare the first n", atLeast(0))
        .option("--every <n>", "then each n-th (default: every one)", atLeast(1))
        .option("--times <n>", "n times at most", atLeast(1))
        .option("--delay-ms <n>", "how late a slow answer is (default: 1000)", atLeast(1))
        .option("--clear", "end all faults")
        .action(({ clear, ...rule }: Options) => guarded(() => faults(rule, clear)));
}

async function faults(rule: Partial<FaultRule>, clear = false): Promise<void> {
    const running = await requiredLocal();
    if (rule.kind === undefined && Object.keys(rule).length > 0) {
        throw new StepFailure("A rule needs a --kind: what is to happen.", {
            next: `One of ${faultKinds.join(", ")}.`,
        });
    }
    const kept = clear ? [] : (await running.faults()).map(ruleOf);
    if (!clear && rule.kind === undefined) return print(describe(await running.faults()));
    const rules = rule.kind === undefined ? kept : [...kept, rule as FaultRule];
    try {
        print(describe(await running.setFaults(rules)));
    } catch (error) {
        throw new StepFailure("The local AWS does not take the rule.", { reason: (error as Error).message });
    }
}

function ruleOf({ fitted: _fitted, failed: _failed, ...rule }: FaultState): FaultRule {
    return rule;
}

function describe(rules: readonly FaultState[]): string {
    if (rules.length === 0) return "No request fails on purpose.";
    const columns = ["Fault", "Of", "When", "Fitted", "Failed"];
    return table(
        columns.map((title) => ({ title, numeric: title === "Fitted" || title === "Failed" })),
        rules.map((rule) => [rule.kind, scope(rule), turns(rule), count(rule.fitted), count(rule.failed)]),
    );
}

function scope({ service, operation, method, path }: FaultRule): string {
    return [service, operation, method, path].filter((part) => part !== undefined).join(" ") || "every request";
}

function turns({ after = 0, every = 1, times }: FaultRule): string {
    const which = every === 1 ? "every" : `each ${every}.`;
    return [which, after > 0 && `after ${after}`, times !== undefined && `${times} times`].filter(Boolean).join(", ");
}
