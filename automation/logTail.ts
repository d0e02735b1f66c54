/** The end of a run's log in CloudWatch Logs. */
import {
    GetLogEventsCommand,
    ResourceNotFoundException,
    type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";

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
