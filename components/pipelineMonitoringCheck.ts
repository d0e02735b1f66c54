/** Everything that is wrong with the arguments of a PipelineMonitoring. */
import { Faults, kmsKeyArnPattern, kmsKeyArnReason, resourceNamePattern, resourceNameReason } from "./faults";
import type { PipelineMonitoringArgs } from "./pipelineMonitoring";
import { mostFreshnessHours } from "./pipelineMonitoringAlarms";
import { mostPipelines } from "./pipelineMonitoringDashboard";

/** A rule's name has 64 characters, of which the kind, the number and Pulumi's suffix take up to 27. */
const longestName = 37;

export function checkMonitoring(name: string, args: PipelineMonitoringArgs): void {
    const faults = new Faults(`PipelineMonitoring "${name}"`);
    faults.unlessMatches(
        "name",
        name,
        /^[A-Za-z0-9_-]+$/,
        "must be letters, digits, '_' or '-', as dashboards are named",
    );
    faults.unlessShort("name", name, longestName);
    checkPipelines(args, faults);
    checkTopic(args, faults);
    faults.unlessWhole("monthlyBudgetUsd", args.monthlyBudgetUsd, 1, 1_000_000_000, "USD");
    if (args.budgetTag !== undefined && args.monthlyBudgetUsd === undefined) {
        faults.add("budgetTag", "needs monthlyBudgetUsd, or leave the tag out");
    }
    faults.throwIfAny();
}

function checkPipelines({ pipelines }: PipelineMonitoringArgs, faults: Faults): void {
    if (pipelines.length < 1 || pipelines.length > mostPipelines) {
        faults.add(
            "pipelines",
            `has ${pipelines.length}; one dashboard takes 1 to ${mostPipelines}: make another PipelineMonitoring for the rest`,
        );
    }
    pipelines.forEach((pipeline, index) => {
        const at = (field: string) => `pipelines[${index}].${field}`;
        for (const field of ["dataset", "jobName", "rawCrawler", "processedCrawler", "workgroupName"] as const) {
            faults.unlessMatches(at(field), pipeline[field], resourceNamePattern, resourceNameReason);
        }
        if (pipelines.findIndex((other) => other.dataset === pipeline.dataset) < index) {
            faults.add(at("dataset"), `"${pipeline.dataset}" is there twice`);
        }
        faults.unlessWhole(at("scannedGiBPerDay"), pipeline.scannedGiBPerDay, 1, 1_000_000_000, "GiB");
        faults.unlessWhole(at("jobMinutesPerDay"), pipeline.jobMinutesPerDay, 1, 1_000_000_000, "minutes");
        // CloudWatch's limit, so the message says whose it is.
        faults.unlessWhole(
            at("freshnessHours"),
            pipeline.freshnessHours,
            1,
            mostFreshnessHours,
            "hours, as CloudWatch looks back seven days,",
        );
    });
}

function checkTopic({ emails = [], topicArn, kmsKeyArn }: PipelineMonitoringArgs, faults: Faults): void {
    emails.forEach((email, index) => {
        faults.unlessMatches(`emails[${index}]`, email, /^[^@\s]+@[^@\s]+\.[^@\s]+$/, "must be an e-mail address");
        if (emails.indexOf(email) < index) {
            faults.add(`emails[${index}]`, `"${email}" is there twice`);
        }
    });
    faults.unlessMatches(
        "topicArn",
        topicArn,
        /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+$/,
        "must be the ARN of a standard SNS topic: arn:aws:sns:region:account:name",
    );
    faults.unlessMatches("kmsKeyArn", kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    if (topicArn !== undefined && kmsKeyArn !== undefined) {
        faults.add("kmsKeyArn", "is for a created topic: encrypt the topic of topicArn where it is made");
    }
}
