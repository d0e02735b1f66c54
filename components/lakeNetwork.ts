/** The component LakeNetwork: where Glue jobs run when they must not run outside a VPC. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { JobNetwork } from "./etlJob";
import { Faults, resourceNamePattern, resourceNameReason } from "./faults";
import { splitArn } from "./iam";
import { createVpc, hasAwsx } from "./lakeVpc";

export interface LakeNetworkArgs {
    /** Names of the buckets that can be reached from the network: those of the lake. @default none; needed unless the network is yours */
    bucketNames?: pulumi.Input<string>[];
    /** Addresses of the VPC, in CIDR notation. @default "10.0.0.0/16" */
    cidrBlock?: string;
    /** Availability zones with a subnet; jobs run in the first, and each zone costs six interface endpoints, about 44 USD a month. @default 1 */
    availabilityZones?: number;
    /** ID of a VPC of yours, with all that `LakeNetwork` would make; then subnetId, availabilityZone and securityGroupId are yours too. @default a VPC is created */
    vpcId?: pulumi.Input<string>;
    /** ID of the subnet of yours that jobs run in. @default a subnet is created */
    subnetId?: pulumi.Input<string>;
    /** Availability zone of that subnet: Glue wants it named. @default that of the subnet created */
    availabilityZone?: pulumi.Input<string>;
    /** ID of the security group of yours that jobs get; it must let in all TCP from itself. @default a group is created */
    securityGroupId?: pulumi.Input<string>;
}

/**
 * A VPC without a way to the internet, in which Glue jobs reach the lake's buckets and the AWS APIs they need, and the
 * Glue connection that puts them there; or that connection alone, to a network of yours.
 * https://docs.aws.amazon.com/glue/latest/dg/start-connecting.html
 *
 * Enforces the following:
 * - subnets are isolated: no internet gateway serves them, and no NAT gateway is made
 * - Amazon S3 is reached through a gateway endpoint, and through it the lake's buckets alone
 * - Glue, CloudWatch, CloudWatch Logs, KMS, STS and Athena are reached through interface endpoints, by their usual names
 * - endpoints take HTTPS from the jobs' security group alone
 * - the jobs' security group talks TCP with itself, and HTTPS with the endpoints and Amazon S3, and nothing else
 * - the VPC's default security group lets nothing in or out
 * - one Glue connection of type NETWORK names subnet, its zone and the security group
 * - with a network of yours, the connection alone is made
 */
export class LakeNetwork extends pulumi.ComponentResource {
    /** ID of the VPC. */
    public readonly vpcId: pulumi.Output<string>;
    /** IDs of the subnets, one per availability zone; jobs run in the first. */
    public readonly privateSubnetIds: pulumi.Output<string[]>;
    /** ID of the security group that jobs get. */
    public readonly securityGroupId: pulumi.Output<string>;
    /** Name of the Glue connection. */
    public readonly connectionName: pulumi.Output<string>;
    /** ARNs of the subnets. */
    public readonly subnetArns: pulumi.Output<string[]>;
    /** ARN of the security group that jobs get. */
    public readonly securityGroupArn: pulumi.Output<string>;

    constructor(name: string, args: LakeNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("lakeworks:index:LakeNetwork", name, args, opts);
        check(name, args);

        const { vpcId, subnetId, availabilityZone, securityGroupId } = args;
        const network =
            vpcId === undefined || subnetId === undefined || securityGroupId === undefined
                ? createVpc(
                      name,
                      {
                          bucketNames: args.bucketNames ?? [],
                          cidrBlock: args.cidrBlock ?? "10.0.0.0/16",
                          availabilityZones: args.availabilityZones ?? 1,
                      },
                      this,
                  )
                : {
                      vpcId: pulumi.output(vpcId),
                      subnetIds: pulumi.output([subnetId]),
                      availabilityZone: pulumi.output(availabilityZone),
                      securityGroupId: pulumi.output(securityGroupId),
                  };
        const connection = new aws.glue.Connection(
            `${name}-connection`,
            {
                name,
                description: "Network of the lake's jobs",
                connectionType: "NETWORK",
                physicalConnectionRequirements: {
                    availabilityZone: network.availabilityZone,
                    subnetId: network.subnetIds.apply(([first]) => first ?? ""),
                    securityGroupIdLists: [network.securityGroupId],
                },
            },
            { parent: this },
        );
        // Region and account of the connection are those of its network.
        const root = connection.arn.apply((arn) => splitArn(arn)[0].replace(":glue:", ":ec2:"));
        this.vpcId = network.vpcId;
        this.privateSubnetIds = network.subnetIds;
        this.securityGroupId = network.securityGroupId;
        this.connectionName = connection.name;
        this.subnetArns = pulumi
            .all([root, network.subnetIds])
            .apply(([ec2, ids]) => ids.map((id) => `${ec2}:subnet/${id}`));
        this.securityGroupArn = pulumi.interpolate`${root}:security-group/${network.securityGroupId}`;
        this.registerOutputs({
            vpcId: this.vpcId,
            privateSubnetIds: this.privateSubnetIds,
            securityGroupId: this.securityGroupId,
            connectionName: this.connectionName,
            subnetArns: this.subnetArns,
            securityGroupArn: this.securityGroupArn,
        });
    }

    /** What `EtlJob` takes for its `network`. */
    public get jobNetwork(): JobNetwork {
        const { connectionName, subnetArns, securityGroupArn } = this;
        return { connectionName, subnetArns, securityGroupArn };
    }
}

function check(name: string, args: LakeNetworkArgs): void {
    const faults = new Faults(`LakeNetwork "${name}"`);
    faults.unlessMatches("name", name, resourceNamePattern, resourceNameReason);
    const parts = ["vpcId", "subnetId", "availabilityZone", "securityGroupId"] as const;
    const missing = parts.filter((part) => args[part] === undefined);
    if (missing.length > 0 && missing.length < parts.length) {
        for (const part of missing) {
            faults.add(part, `must be given as well: a network of yours is named by ${parts.join(", ")}`);
        }
    }
    if (missing.length === 0) {
        for (const part of ["bucketNames", "cidrBlock", "availabilityZones"] as const) {
            if (args[part] !== undefined) {
                faults.add(part, "is of a network that is created; leave it out where vpcId names one of yours");
            }
        }
    } else if ((args.bucketNames ?? []).length === 0) {
        faults.add("bucketNames", "must name the lake's buckets: jobs in this network reach no other");
    }
    if (missing.length === parts.length && !hasAwsx()) {
        faults.add(
            "vpcId",
            "is missing, and a VPC is made by @pulumi/awsx: npm install @pulumi/awsx, or name a network of yours",
        );
    }
    faults.unlessMatches("cidrBlock", args.cidrBlock, cidrPattern, cidrReason);
    faults.unlessWhole("availabilityZones", args.availabilityZones, 1, 6, "availability zones");
    faults.unlessMatches("vpcId", args.vpcId, /^vpc-[0-9a-f]+$/, "must be the ID of a VPC: vpc-0123abcd");
    faults.unlessMatches(
        "subnetId",
        args.subnetId,
        /^subnet-[0-9a-f]+$/,
        "must be the ID of a subnet: subnet-0123abcd",
    );
    faults.unlessMatches(
        "securityGroupId",
        args.securityGroupId,
        /^sg-[0-9a-f]+$/,
        "must be the ID of a security group: sg-0123abcd",
    );
    faults.throwIfAny();
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const cidrPattern = /^(?:\d{1,3}\.){3}\d{1,3}\/(?:1[6-9]|2[0-8])$/;
const cidrReason = "must be addresses in CIDR notation, from /16 to /28: 10.0.0.0/16";
