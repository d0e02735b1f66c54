/** The end of a run's log in CloudWatch Logs. */
import type { JobRun } from "@aws-sdk/client-glue";
import {
    GetLogEventsCommand,
    ResourceNotFoundException,
    type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";

/** The last lines of both streams that Glue keeps of a run. */
export async function runLogs(
    logs: CloudWatchLogsClient,
    { Id, LogGroupName = "/aws-glue/jobs" }: Pick<JobRun, "Id" | "LogGroupName">,
    lines?: number,
): Promise<Record<"output" | "error", string[]>> {
    const [output, error] = await Promise.all(
        ["output", "error"].map((stream) => logTail(logs, `${LogGroupName}/${stream}`, Id!, lines)),
    );
    return { output: output!, error: error! };
}

/** The last lines of a stream; none where the group or the stream does not exist. */
export async function logTail(
    logs: CloudWatchLogsClient,
    group: string,
    stream: string,
    lines = 20,
): Promise<string[]> {
    try {
        const page = await logs.send(
            new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: lines, startFromHead: false }),
        );
        return (page.events ?? []).map((event) => (event.message ?? "").trimEnd()).slice(-lines);
    } catch (error) {
        if (error instanceof ResourceNotFoundException) return [];
        throw error;
    }
}
