import { unknown } from "../lib/preview";
import { remediation } from "../lib/remediation";
import { resourceRule } from "../lib/resourceRule";
import type { RuleText } from "../lib/ruleText";

interface Config {
    readonly days: number;
}

const logGroup = "aws:cloudwatch/logGroup:LogGroup";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const allowedDays = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const text: RuleText = {
    name: "log-retention",
    displayName: "Logs expire",
    description: "A log group keeps its events for a stated time.",
    severity: "low",
    tags: ["cost"],
    url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    remediationSteps: "Set retentionInDays. As a remediating rule it sets the configured number of days by itself.",
    enforcementLevel: "remediate",
    config: {
        days: {
            type: "integer",
            enum: allowedDays,
            default: 30,
            description: "Days for which events are kept where the program does not say.",
        },
    },
};

export const logRetention = resourceRule<Config>(
    text,
    {
        [logGroup]: ({ props, name, config, look, report, notApplicable }) => {
            if (look(() => props.logGroupClass) === "DELIVERY") {
                notApplicable(`"${name}" is of class DELIVERY, which keeps events for two days`);
            }
            // 0 is how the provider writes "for ever".
            const days = look(() => props.retentionInDays ?? 0);
            if (days !== unknown && days === 0) {
                report(
                    `Log group "${name}" keeps its events for ever, and each month costs more than the one before. ` +
                        `Set retentionInDays, for example to ${config.days}.`,
                );
            }
        },
    },
    remediation<Config>(text, [logGroup], ({ props }, { days }) => {
        if (props["logGroupClass"] === "DELIVERY" || (props["retentionInDays"] ?? 0) !== 0) {
            return false;
        }
        props["retentionInDays"] = days;
        return true;
    }),
);
