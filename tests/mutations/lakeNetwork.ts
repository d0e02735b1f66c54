import type { Mutation } from "./mutation";

const file = "lakeNetwork.ts";
const vpc = "lakeVpc.ts";

const isolated = "subnets are isolated: no internet gateway serves them, and no NAT gateway is made";
const s3 = "Amazon S3 is reached through a gateway endpoint, and through it the lake's buckets alone";
const services =
    "Glue, CloudWatch, CloudWatch Logs, KMS, STS and Athena are reached through interface endpoints, by their usual names";
const endpoints = "endpoints take HTTPS from the jobs' security group alone";
const jobs =
    "the jobs' security group talks TCP with itself, and HTTPS with the endpoints and Amazon S3, and nothing else";
const defaultGroup = "the VPC's default security group lets nothing in or out";
const connection = "one Glue connection of type NETWORK names subnet, its zone and the security group";
const yours = "with a network of yours, the connection alone is made";

export const mutations: Mutation[] = [
    { breaks: isolated, file: vpc, replace: 'type: "Isolated"', by: 'type: "Public"' },
    { breaks: isolated, file: vpc, replace: 'strategy: "None"', by: 'strategy: "Single"' },
    { breaks: s3, file: vpc, replace: 'vpcEndpointType: "Gateway"', by: 'vpcEndpointType: "Interface"' },
    { breaks: s3, file: vpc, replace: "policy: bucketPolicy(args.bucketNames, parent),", by: "" },
    { breaks: s3, file: vpc, replace: "arn:${known}:s3:::${bucket}", by: "arn:${known}:s3:::*" },
    { breaks: services, file: vpc, replace: '"sts", "athena"]', by: '"sts"]' },
    { breaks: services, file: vpc, replace: "privateDnsEnabled: true", by: "privateDnsEnabled: false" },
    { breaks: services, file: vpc, replace: "enableDnsHostnames: true,", by: "" },
    { breaks: endpoints, file: vpc, replace: "securityGroupIds: [endpoints.id],", by: "" },
    {
        breaks: endpoints,
        file: vpc,
        replace: "{ securityGroupId: endpoints.id, ...https, ...toJobs }",
        by: '{ securityGroupId: endpoints.id, ...https, cidrIpv4: "0.0.0.0/0" }',
    },
    { breaks: jobs, file: vpc, replace: "toPort: 65_535", by: "toPort: 1024" },
    {
        breaks: jobs,
        file: vpc,
        replace: "{ ...https, prefixListId: s3.prefixListId }",
        by: '{ ...https, cidrIpv4: "0.0.0.0/0" }',
    },
    { breaks: jobs, file: vpc, replace: 'egress("jobs-to-endpoints"', by: 'void ("jobs-to-endpoints"' },
    {
        breaks: defaultGroup,
        file: vpc,
        replace: "{ vpcId: vpc.vpcId }, { parent });",
        by: '{ vpcId: vpc.vpcId, egress: [{ protocol: "-1", fromPort: 0, toPort: 0 }] }, { parent });',
    },
    { breaks: connection, file, replace: 'connectionType: "NETWORK"', by: 'connectionType: "JDBC"' },
    { breaks: connection, file: vpc, replace: "id === first", by: "id !== first" },
    { breaks: connection, file, replace: "securityGroupIdLists: [network.securityGroupId],", by: "" },
    {
        breaks: yours,
        file,
        replace: "vpcId === undefined || subnetId === undefined || securityGroupId === undefined",
        by: "true",
    },
];
