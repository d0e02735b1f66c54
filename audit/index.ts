/**
 * `npm run audit:cloud [-- dev|prod …]`: deploys the stacks to local AWSs of their own, lets an outside auditor look at what stands there,
 * and prints what it found. Exits with 1 where a failed check is not explained in explanations.yaml, or an explanation
 * is left of a finding that is gone. About 3 minutes once the auditor is set up.
 */
import { explanations } from "./explanations";
import { audit, type Audit } from "./prowler";
import { faultsOf, judge, openFindings, summary } from "./report";
import { onStack, removeAll } from "./stack";

const stacks = ["dev", "prod"];

async function main([prowler = "", ...asked]: readonly string[]): Promise<number> {
    const unknown = asked.filter((stack) => !stacks.includes(stack));
    if (unknown.length > 0) {
        process.stderr.write(
            `There is no stack "${unknown.join('", "')}" to audit; there are ${stacks.join(" and ")}.\n`,
        );
        return 2;
    }
    const all = explanations();
    const chosen = asked.length === 0 ? stacks : stacks.filter((stack) => asked.includes(stack));
    process.stderr.write(`Deploying ${chosen.join(" and ")} to local AWSs of their own …\n`);
    const audits = new Map(
        await Promise.all(
            chosen.map(async (stack): Promise<[string, Audit]> => [
                stack,
                await onStack(stack, (env) => {
                    process.stderr.write(`Auditing ${stack} …\n`);
                    return audit(prowler, env);
                }),
            ]),
        ),
    );
    const judged = new Map([...audits].map(([stack, { findings }]) => [stack, judge(findings, all)]));
    for (const [stack, { refused }] of audits) {
        console.log(`\n${stack}\n${openFindings(judged.get(stack)!)}`);
        console.log("Not looked at, as the local AWS refuses what the checks ask for:");
        console.log(refused.map((each) => `  ${each}`).join("\n"));
    }
    console.log("");
    for (const [stack, findings] of judged) console.log(summary(stack, findings));
    // One stack alone does not have what the other's explanations are about.
    const faults = faultsOf(judged, chosen.length === stacks.length ? all : []);
    for (const fault of faults) console.log(`✗ ${fault}`);
    if (faults.length === 0) console.log("✓ Every finding is explained: audit/explanations.yaml");
    return faults.length === 0 ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => void removeAll().finally(() => process.exit(130)));
}
main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
    },
);
