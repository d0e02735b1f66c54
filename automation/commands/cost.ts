import type { Command } from "commander";
import { bold } from "picocolors";
import { datasets } from "../../datasets";
import { estimate, type CostEstimate } from "../cost/estimate";
import { sum } from "../cost/lines";
import { loadVolumes } from "../cost/volumes";
import { StepFailure } from "../errors";
import { bytes, dollars, plural, table } from "../format";
import { money } from "../review/costText";
import { typeName } from "../review/words";
import type { CommonOptions } from "../session";
import { spendingOf, type Spending } from "../spending";
import { inSession, print, printJson, withDataset, withJson, withStack } from "./common";

interface CostOptions extends CommonOptions {
    readonly volumes?: string;
}

/** Looked back on; a month, as the estimate is of one. */
const days = 30;

export function registerCost(program: Command): void {
    const command = program
        .command("cost")
        .description(
            "what a month of the deployed lake costs by list prices, and what runs and queries have cost lately",
        );
    withJson(withDataset(withStack(command)))
        .option("--volumes <file>", "volumes for the month (default: volumes.json)")
        .action(
            inSession(async (session, options: CostOptions) => {
                const { stackName } = session;
                const names = datasets.map(({ contract }) => contract.name);
                const volumes = loadVolumes(stackName, names, options.volumes);
                const stack = await session.existingStack();
                if (stack === undefined) {
                    throw new StepFailure(`The stack ${stackName} is not deployed.`, {
                        next: `What it would cost: "lakeworks preview ${session.options}".`,
                    });
                }
                const month = estimate(await stack.deployed(), volumes);
                const since = new Date(Date.now() - 24 * 3_600_000 * days);
                const spent: Spending[] = [];
                for (const lake of await session.lakeDatasets()) spent.push(await spendingOf(lake, since));
                if (options.json) printJson({ stack: stackName, month, spent });
                else print(describeCost(stackName, month, spent, session.target.local !== undefined));
            }),
        );
}

/** @param isLocal nothing was billed: it is what AWS would have charged */
export function describeCost(
    stack: string,
    { lines, monthlyUsd, notPriced, region, asOf }: CostEstimate,
    spent: readonly Spending[],
    isLocal: boolean,
): string {
    const services = [...new Set(lines.map(({ service }) => service))]
        .map((service) => {
            const own = lines.filter((line) => line.service === service);
            const [most] = [...own].sort((one, other) => other.monthlyUsd - one.monthlyUsd);
            return { service, usd: sum(own.map((line) => line.monthlyUsd)), most: most! };
        })
        .sort((one, other) => other.usd - one.usd);
    const left = notPriced.map(({ type, count, why }) => `${count} × ${typeName(type)} (${why})`);
    return [
        bold(`A month of ${stack}: ${money(monthlyUsd)}`),
        table(
            ["Service", "A month", "Most of it"].map((title) => ({ title, numeric: title === "A month" })),
            services.map(({ service, usd, most }) => [service, money(usd), `${most.name}: ${most.what}`]),
            services.length,
        ),
        `List prices of ${region} as of ${asOf}, for the volumes in volumes.json; line by line with --json.`,
        ...(left.length === 0 ? [] : [`Not priced: ${left.join(", ")}.`]),
        "",
        bold(`The last ${days} days${isLocal ? ", as AWS would have charged them" : ""}`),
        ...spent.map(describeSpending),
    ].join("\n");
}

function describeSpending({ dataset, runs, queries }: Spending): string {
    const hours = `${runs.dpuHours.toFixed(2)} DPU hours`;
    const least = queries.more ? " and more" : "";
    return [
        `  ${dataset}: ${plural(runs.count, "run")} of the job, ${hours}, ${dollars(runs.cost)}`,
        `${plural(queries.count, "query", "queries")}${least}, ${bytes(queries.bytesCharged)} charged, ${dollars(queries.cost)}`,
    ].join("; ");
}
