import { unknown } from "../lib/preview";
import { resourceRule } from "../lib/resourceRule";

interface Config {
    readonly maxBytes: number;
}

export const queryCutoff = resourceRule<Config>(
    {
        name: "query-cutoff",
        displayName: "Queries are cut off",
        description: "A workgroup limits the bytes that one query may scan.",
        severity: "high",
        tags: ["cost"],
        url: "https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html",
        remediationSteps: "Set configuration.bytesScannedCutoffPerQuery to what the largest sensible query scans.",
        config: {
            maxBytes: {
                type: "integer",
                minimum: 10_485_760,
                default: 1024 ** 4,
                description: "Most bytes that a workgroup may let one query scan: 1 TiB, 5 USD a query, unless set.",
            },
        },
    },
    {
        "aws:athena/workgroup:Workgroup": ({ props, name, config, look, report, notApplicable }) => {
            const engine = look(() => props.configuration?.engineVersion?.selectedEngineVersion ?? "");
            if (typeof engine === "string" && /^PySpark/i.test(engine)) {
                notApplicable(`"${name}" runs Spark, which is paid for by the DPU-hour and scans no bytes`);
            }
            const cutoff = look(() => props.configuration?.bytesScannedCutoffPerQuery ?? 0);
            const fix = `Set configuration.bytesScannedCutoffPerQuery to ${config.maxBytes} or less.`;
            if (cutoff === 0) {
                report(
                    `Workgroup "${name}" has no limit on the bytes that a query scans, which are what Athena charges ` +
                        `for: one query without a filter may read the whole lake. ${fix}`,
                );
            } else if (cutoff !== unknown && cutoff > config.maxBytes) {
                report(
                    `Workgroup "${name}" lets a query scan ${bytes(cutoff)}, more than ${bytes(config.maxBytes)}. ${fix}`,
                );
            }
        },
    },
);

/** 1024 → "1 KiB", to two digits after the point. */
function bytes(count: number): string {
    const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    const power = Math.min(Math.floor(Math.log2(count) / 10), units.length - 1);
    return `${Math.round((count / 1024 ** power) * 100) / 100} ${units[power]}`;
}
