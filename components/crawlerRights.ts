/** What the role of a crawler may do. */
import { catalogStatements, keyStatements, readStatements, splitArn, type Statement } from "./iam";

export interface CrawlerRights {
    readonly partition: string;
    /** Name of the crawler, and of its log stream. */
    readonly crawler: string;
    /** `s3://bucket/folder/` of the files that it reads. */
    readonly location: string;
    readonly databaseArn: string;
    /** The one table that it changes. */
    readonly table: string;
    readonly createsTable: boolean;
    /** @default the files are encrypted by SSE-S3 */
    readonly kmsKeyArn?: string;
    /** Queue of events and the queue of those that failed. @default the crawler reads no events */
    readonly queueArns?: readonly [events: string, deadLetters: string];
}

const tableActions = [
    "glue:BatchCreatePartition",
    "glue:BatchGetPartition",
    "glue:CreatePartition",
    "glue:GetDatabase",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:GetTable",
    "glue:GetTables",
    "glue:UpdatePartition",
    "glue:UpdateTable",
];

export function crawlerStatements(rights: CrawlerRights): Statement[] {
    const [root, database] = splitArn(rights.databaseArn);
    const tableArn = `${root}:table/${database.split("/")[1]}/${rights.table}`;
    const logGroup = `${root.replace(":glue:", ":logs:")}:log-group:/aws-glue/crawlers`;
    return [
        ...readStatements(rights.partition, [rights.location]),
        ...keyStatements(rights.kmsKeyArn),
        ...catalogStatements(
            "Catalog",
            [tableArn],
            rights.createsTable ? [...tableActions, "glue:CreateTable"] : tableActions,
        ),
        ...queueStatements(rights.queueArns),
        // All crawlers of an account share this group; the first one makes it.
        { Sid: "LogGroup", Effect: "Allow", Action: "logs:CreateLogGroup", Resource: `${logGroup}:*` },
        {
            Sid: "Logs",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `${logGroup}:log-stream:${rights.crawler}`,
        },
    ];
}

const queueReadActions = [
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ListDeadLetterSourceQueues",
    "sqs:ListQueueTags",
];

/**
 * The actions that Glue asks for, on the queue of events; of dead letters only those that read the queue's own
 * properties: messages get there by SQS itself and are taken by people.
 * https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-event-notifications.html#crawler-s3-event-notifications-setup
 */
function queueStatements(queueArns: CrawlerRights["queueArns"]): Statement[] {
    if (queueArns === undefined) {
        return [];
    }
    const [events, deadLetters] = queueArns;
    return [
        {
            Sid: "Events",
            Effect: "Allow",
            Action: [
                "sqs:DeleteMessage",
                ...queueReadActions,
                "sqs:PurgeQueue",
                "sqs:ReceiveMessage",
                "sqs:SetQueueAttributes",
            ],
            Resource: events,
        },
        { Sid: "DeadLetters", Effect: "Allow", Action: queueReadActions, Resource: deadLetters },
    ];
}
