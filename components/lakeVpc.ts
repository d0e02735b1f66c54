/** The VPC of a LakeNetwork. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "./iam";
import { identityOf } from "./identity";

interface VpcArgs {
    readonly bucketNames: pulumi.Input<string>[];
    readonly cidrBlock: string;
    readonly availabilityZones: number;
}

interface CreatedNetwork {
    readonly vpcId: pulumi.Output<string>;
    readonly subnetIds: pulumi.Output<string[]>;
    /** That of the first subnet. */
    readonly availabilityZone: pulumi.Output<string>;
    readonly securityGroupId: pulumi.Output<string>;
}

/** What a job calls: the catalog and itself, metrics, logs, keys, its role, and queries that it may start. */
const services = ["glue", "monitoring", "logs", "kms", "sts", "athena"] as const;

/** Is the optional package there that makes VPCs? */
export function hasAwsx(): boolean {
    try {
        require.resolve("@pulumi/awsx");
        return true;
    } catch {
        return false;
    }
}

export function createVpc(name: string, args: VpcArgs, parent: pulumi.Resource): CreatedNetwork {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional package, and half a second of every other program's start
    const awsx = require("@pulumi/awsx") as typeof import("@pulumi/awsx");
    const vpc = new awsx.ec2.Vpc(
        `${name}-vpc`,
        {
            cidrBlock: args.cidrBlock,
            numberOfAvailabilityZones: args.availabilityZones,
            subnetStrategy: "Auto",
            subnetSpecs: [{ type: "Isolated", name: "private" }],
            natGateways: { strategy: "None" },
            // Both are needed for endpoints to answer by the services' usual names.
            enableDnsSupport: true,
            enableDnsHostnames: true,
        },
        { parent },
    );
    const subnetIds = vpc.isolatedSubnetIds;
    new aws.ec2.DefaultSecurityGroup(`${name}-default-group`, { vpcId: vpc.vpcId }, { parent });
    const group = (part: string, description: string) =>
        new aws.ec2.SecurityGroup(`${name}-${part}`, { vpcId: vpc.vpcId, description }, { parent });
    const jobs = group("jobs", "Glue jobs of the lake");
    const endpoints = group("endpoints", "Endpoints of the lake's network");
    const endpoint = (service: string, more: Omit<aws.ec2.VpcEndpointArgs, "vpcId" | "serviceName">) => {
        const prefix = aws.getPartitionOutput({}, { parent }).reverseDnsPrefix;
        const serviceName = pulumi.interpolate`${prefix}.${jobs.region}.${service}`;
        return new aws.ec2.VpcEndpoint(
            `${name}-endpoint-${service}`,
            { vpcId: vpc.vpcId, serviceName, ...more },
            { parent },
        );
    };
    const s3 = endpoint("s3", {
        vpcEndpointType: "Gateway",
        routeTableIds: vpc.routeTables.apply((tables) => pulumi.all(tables.map((table) => table.id))),
        policy: bucketPolicy(args.bucketNames, parent),
    });
    for (const service of services) {
        endpoint(service, {
            vpcEndpointType: "Interface",
            privateDnsEnabled: true,
            subnetIds,
            securityGroupIds: [endpoints.id],
        });
    }
    createRules(name, jobs, endpoints, s3, parent);
    return {
        vpcId: vpc.vpcId,
        subnetIds,
        availabilityZone: pulumi
            .all([subnetIds, vpc.subnets.apply((subnets) => pulumi.all(subnets.map(idAndZone)))])
            .apply(([[first], subnets]) => subnets.find(([id]) => id === first)?.[1] ?? ""),
        securityGroupId: jobs.id,
    };
}

function idAndZone(subnet: aws.ec2.Subnet): pulumi.Output<[string, string]> {
    return pulumi.all([subnet.id, subnet.availabilityZone]);
}

/** Glue's workers talk with each other on any port: https://docs.aws.amazon.com/glue/latest/dg/setup-vpc-for-glue-access.html */
function createRules(
    name: string,
    jobs: aws.ec2.SecurityGroup,
    endpoints: aws.ec2.SecurityGroup,
    s3: aws.ec2.VpcEndpoint,
    parent: pulumi.Resource,
): void {
    const allTcp = { ipProtocol: "tcp", fromPort: 0, toPort: 65_535 };
    const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    const toJobs = { referencedSecurityGroupId: jobs.id };
    const ingress = (rule: string, args: aws.vpc.SecurityGroupIngressRuleArgs) =>
        new aws.vpc.SecurityGroupIngressRule(`${name}-${rule}`, args, { parent });
    const egress = (rule: string, args: Omit<aws.vpc.SecurityGroupEgressRuleArgs, "securityGroupId">) =>
        new aws.vpc.SecurityGroupEgressRule(`${name}-${rule}`, { securityGroupId: jobs.id, ...args }, { parent });
    ingress("jobs-from-jobs", { securityGroupId: jobs.id, ...allTcp, ...toJobs });
    egress("jobs-to-jobs", { ...allTcp, ...toJobs });
    egress("jobs-to-endpoints", { ...https, referencedSecurityGroupId: endpoints.id });
    egress("jobs-to-s3", { ...https, prefixListId: s3.prefixListId });
    ingress("endpoints-from-jobs", { securityGroupId: endpoints.id, ...https, ...toJobs });
}

const bucketActions = [
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetBucketLocation",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListMultipartUploadParts",
    "s3:PutObject",
];

/** Whoever calls, only the lake's buckets answer: data cannot leave to a bucket of someone else. */
function bucketPolicy(bucketNames: pulumi.Input<string>[], parent: pulumi.Resource): pulumi.Output<string> {
    const { partition } = identityOf(parent);
    return pulumi.all([partition, pulumi.all(bucketNames)]).apply(([known, names]) =>
        policyDocument([
            {
                Sid: "LakeBuckets",
                Effect: "Allow",
                Principal: "*",
                Action: bucketActions,
                Resource: names.map((bucket) => `arn:${known}:s3:::${bucket}`).flatMap((arn) => [arn, `${arn}/*`]),
            },
        ]),
    );
}
