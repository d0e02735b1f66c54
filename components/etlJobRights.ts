/** What the role of a Glue job may do. */
import type * as pulumi from "@pulumi/pulumi";
import type { JobNetwork } from "./etlJob";
import { catalogStatements, keyStatements, logStatements, readWriteStatements, splitArn, type Statement } from "./iam";

export interface JobAccess {
    readonly partition: string;
    readonly reads: string[];
    readonly writes: string[];
    readonly tableArns: string[];
    readonly icebergTableArns: string[];
    readonly logGroupArns: string[];
    readonly kmsKeyArn: string | undefined;
    readonly bookmarks: boolean;
    readonly dataQuality: boolean;
    readonly metricNamespace: string | undefined;
    readonly network: pulumi.Unwrap<JobNetwork> | undefined;
}

const tableActions = [
    "glue:BatchCreatePartition",
    "glue:BatchDeletePartition",
    "glue:BatchUpdatePartition",
    "glue:GetDatabase",
    "glue:GetPartitions",
    "glue:GetTable",
];
/** A commit is an update of the table: https://iceberg.apache.org/docs/latest/aws/#glue-catalog */
const commitActions = ["glue:UpdateTable"];

export function jobStatements(access: JobAccess): Statement[] {
    return [
        ...readWriteStatements(access.partition, access.reads, access.writes),
        ...catalogStatements("Catalog", access.tableArns, tableActions),
        ...catalogStatements("Commit", access.icebergTableArns, commitActions),
        ...logStatements(access.logGroupArns),
        ...serviceStatements(access),
        ...(access.dataQuality ? [qualityStatement(access.logGroupArns)] : []),
        ...(access.kmsKeyArn === undefined ? [] : encryptionStatements(access.kmsKeyArn, access)),
        ...(access.network === undefined ? [] : networkStatements(access.network)),
    ];
}

/** Rights of Glue's own library inside the job, and of a script that looks at its bookmark and puts metrics. */
function serviceStatements({ dataQuality, metricNamespace }: JobAccess): Statement[] {
    const namespaces = [
        "Glue",
        ...(dataQuality ? ["Glue Data Quality"] : []),
        ...(metricNamespace === undefined ? [] : [metricNamespace]),
    ];
    return [
        // These two actions know no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html
        { Sid: "Bookmark", Effect: "Allow", Action: "glue:GetJobBookmark", Resource: "*" },
        {
            Sid: "Metrics",
            Effect: "Allow",
            Action: "cloudwatch:PutMetricData",
            Resource: "*",
            Condition: {
                StringEquals: { "cloudwatch:namespace": namespaces.length === 1 ? "Glue" : namespaces },
            },
        },
    ];
}

/** Rules that a job evaluates by itself have no ruleset to name: https://docs.aws.amazon.com/glue/latest/dg/data-quality-authorization.html */
function qualityStatement([logGroupArn]: readonly string[]): Statement {
    const glueRoot = splitArn(logGroupArn ?? "")[0].replace(":logs:", ":glue:");
    return {
        Sid: "DataQuality",
        Effect: "Allow",
        Action: "glue:PublishDataQuality",
        Resource: `${glueRoot}:dataQualityRuleset/*`,
    };
}

/** https://docs.aws.amazon.com/glue/latest/dg/set-up-encryption.html */
function encryptionStatements(kmsKeyArn: string, { bookmarks, logGroupArns }: JobAccess): Statement[] {
    // Bookmarks are encrypted by the job itself, before they reach S3: no service is in between to narrow this to.
    const bookmarkKey: Statement = {
        Sid: "Key",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
        Resource: kmsKeyArn,
    };
    return [
        ...(bookmarks ? [bookmarkKey] : keyStatements(kmsKeyArn)),
        // Without it Glue writes no logs: https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html
        {
            Sid: "LogsKey",
            Effect: "Allow",
            Action: "logs:AssociateKmsKey",
            Resource: logGroupArns.map((arn) => arn.replace(/:\*$/, "")).flatMap((arn) => [arn, `${arn}:*`]),
        },
    ];
}

/** Glue makes a network interface per worker in the connection's subnet, and tags it as its own. */
function networkStatements(network: pulumi.Unwrap<JobNetwork>): Statement[] {
    const [ec2Root] = splitArn(network.securityGroupArn);
    const glueRoot = ec2Root.replace(":ec2:", ":glue:");
    const interfaces = `${ec2Root}:network-interface/*`;
    return [
        {
            Sid: "Connection",
            Effect: "Allow",
            Action: "glue:GetConnection",
            Resource: [`${glueRoot}:catalog`, `${glueRoot}:connection/${network.connectionName}`],
        },
        {
            Sid: "CreateInterface",
            Effect: "Allow",
            Action: "ec2:CreateNetworkInterface",
            Resource: [interfaces, ...network.subnetArns, network.securityGroupArn],
        },
        {
            Sid: "DeleteInterface",
            Effect: "Allow",
            Action: "ec2:DeleteNetworkInterface",
            Resource: interfaces,
            Condition: { ArnEquals: { "ec2:Subnet": network.subnetArns } },
        },
        {
            Sid: "TagInterface",
            Effect: "Allow",
            Action: ["ec2:CreateTags", "ec2:DeleteTags"],
            Resource: interfaces,
            Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["aws-glue-service-resource"] } },
        },
        // EC2's describe actions know no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
        {
            Sid: "DescribeNetwork",
            Effect: "Allow",
            Action: [
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeRouteTables",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "ec2:DescribeVpcAttribute",
                "ec2:DescribeVpcEndpoints",
            ],
            Resource: "*",
        },
    ];
}
