import { unknown } from "../lib/preview";
import { resourceRule } from "../lib/resourceRule";

interface Config {
    readonly maxDpus: number;
}

export const workerCeiling = resourceRule<Config>(
    {
        name: "worker-ceiling",
        displayName: "Jobs have few enough workers",
        description: "A Glue job gets no more DPUs than it may.",
        severity: "medium",
        tags: ["cost"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/worker-types.html",
        remediationSteps:
            "Lower numberOfWorkers, or take a smaller workerType; with auto scaling, numberOfWorkers is the most there may be.",
        config: {
            maxDpus: {
                type: "number",
                exclusiveMinimum: 0,
                default: 100,
                description: "Most DPUs of one run, at 0.44 USD a DPU-hour.",
            },
        },
    },
    {
        "aws:glue/job:Job": ({ props, name, config, look, report }) => {
            const sum = (of: string, dpus: number) =>
                `Job "${name}" has ${of}, ${dpus} DPU, more than ${config.maxDpus}: each is paid for as long as a run lasts.`;
            const workers = look(() => props.numberOfWorkers ?? 0);
            // Without a worker type Glue takes G.1X.
            const type = look(() => props.workerType ?? "G.1X");
            if (workers !== unknown && type !== unknown && workers * dpusOf(type) > config.maxDpus) {
                const most = Math.floor(config.maxDpus / dpusOf(type));
                report(
                    `${sum(`${workers} workers ${type}`, workers * dpusOf(type))} Set numberOfWorkers to ${most} or less.`,
                );
            }
            const capacity = look(() => props.maxCapacity ?? 0);
            if (capacity !== unknown && capacity > config.maxDpus) {
                report(`${sum(`maxCapacity ${capacity}`, capacity)} Set maxCapacity to ${config.maxDpus} or less.`);
            }
        },
    },
);

/** G.2X, R.2X and Z.2X have 2 DPU or as many memory-optimized ones; G.025X has a quarter; Standard has one. */
function dpusOf(workerType: string): number {
    const size = /^[A-Z]\.(\d+)X$/i.exec(workerType)?.[1] ?? "1";
    return size.startsWith("0") ? Number(`0.${size.slice(1)}`) : Number(size);
}
