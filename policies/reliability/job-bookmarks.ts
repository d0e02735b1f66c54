import { unknown } from "../lib/preview";
import { type JudgedStack, known, look, type Member, sources, stackRule } from "../lib/stackRule";

const jobType = "aws:glue/job:Job";
const option = "--job-bookmark-option";

export const jobBookmarks = stackRule(
    {
        name: "job-bookmarks",
        displayName: "Bookmarks are kept by one run at a time",
        description: "A job with bookmarks has one run at a time, and a scheduled job says whether it keeps them.",
        severity: "high",
        tags: ["reliability"],
        url: "https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html",
        remediationSteps:
            "Set executionProperty.maxConcurrentRuns to 1 or leave it out, or turn bookmarks off. Set " +
            `defaultArguments["${option}"] of each scheduled job.`,
    },
    (stack) => {
        if (stack.every(jobType).length === 0) {
            stack.notApplicable("the stack has no Glue jobs");
        }
        for (const job of stack.of(jobType)) {
            const bookmark = look(() => bookmarkOf(job));
            const runs = known(() => job.props.executionProperty?.maxConcurrentRuns) ?? 1;
            if (bookmark === "job-bookmark-enable" && runs > 1) {
                stack.report(
                    job,
                    `Job "${job.name}" keeps bookmarks and may have ${runs} runs at once: two runs start from the same ` +
                        "bookmark and process the same objects twice. Set executionProperty.maxConcurrentRuns to 1, or " +
                        `defaultArguments["${option}"] to "job-bookmark-disable".`,
                );
            }
            if (bookmark === undefined && isScheduled(stack, job)) {
                stack.advise(
                    job,
                    `Job "${job.name}" runs on a schedule and does not say whether it keeps bookmarks; Glue keeps none, ` +
                        `so that each run reads everything again. Set defaultArguments["${option}"] to ` +
                        '"job-bookmark-enable", or to "job-bookmark-disable" if that is what it should do.',
                );
            }
        }
    },
);

function bookmarkOf({ props }: Member<typeof jobType>): string | undefined {
    return props.nonOverridableArguments?.[option] ?? props.defaultArguments?.[option];
}

function isScheduled(stack: JudgedStack, job: Member<typeof jobType>): boolean {
    const name = known(() => job.props.name) ?? "";
    return stack.every("aws:glue/trigger:Trigger").some((trigger) => {
        if (known(() => trigger.props.type)?.toUpperCase() !== "SCHEDULED") {
            return false;
        }
        const started = look(() => trigger.props.actions.map((action) => action.jobName ?? ""));
        return started === unknown || name === ""
            ? sources(trigger, "actions").some(({ urn }) => urn === job.urn)
            : started.includes(name);
    });
}
