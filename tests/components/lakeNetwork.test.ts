import assert from "node:assert/strict";
import { EtlJob, LakeNetwork, type LakeNetworkArgs } from "../../components";
import { assertWellFormed, build, faultsOf, ofType, one, rightsOf, valueOf, type Built } from "./mocks";

const ec2 = "arn:aws:ec2:eu-central-1:123456789012";
const created: LakeNetworkArgs = { bucketNames: ["bronze", "silver"] };
const yours: LakeNetworkArgs = {
    vpcId: "vpc-0a",
    subnetId: "subnet-0a",
    availabilityZone: "eu-central-1c",
    securityGroupId: "sg-0a",
};

const lake = (args: LakeNetworkArgs) => build(() => new LakeNetwork("lake", args));
const vpcOf = (built: Built<unknown>) => one(built, "awsx:ec2:Vpc", "lake-vpc").inputs;
const connectionOf = (built: Built<unknown>) => one(built, "aws:glue/connection:Connection").inputs;
const endpointsOf = (built: Built<unknown>) => ofType(built, "aws:ec2/vpcEndpoint:VpcEndpoint");

describe("LakeNetwork", () => {
    let built: Built<LakeNetwork>;
    before(async () => {
        built = await lake(created);
    });

    it("makes a network, well formed", async () => {
        assertWellFormed(built, "lakeworks:index:LakeNetwork", "lake");
        assert.equal(await valueOf(built.value.vpcId), "vpc-1");
        assert.deepEqual(await valueOf(built.value.privateSubnetIds), ["subnet-1", "subnet-2"]);
        assert.equal(await valueOf(built.value.securityGroupId), "lake-jobs-id");
        assert.deepEqual([vpcOf(built).cidrBlock, vpcOf(built).numberOfAvailabilityZones], ["10.0.0.0/16", 1]);
        const other = vpcOf(await lake({ ...created, cidrBlock: "10.9.0.0/20", availabilityZones: 3 }));
        assert.deepEqual([other.cidrBlock, other.numberOfAvailabilityZones], ["10.9.0.0/20", 3]);
    });

    it("gives jobs what they need to run in it", async () => {
        const withJob = await build(() => {
            const network = new LakeNetwork("lake", yours);
            return new EtlJob("sales", { scriptsBucket: "scripts", network: network.jobNetwork });
        });
        assert.deepEqual(one(withJob, "aws:glue/job:Job").inputs.connections, ["lake"]);
        assert.deepEqual(rightsOf(withJob, "sales-role").get("CreateInterface")?.Resource, [
            `${ec2}:network-interface/*`,
            `${ec2}:subnet/subnet-0a`,
            `${ec2}:security-group/sg-0a`,
        ]);
    });

    describe("enforces the following", () => {
        it("subnets are isolated: no internet gateway serves them, and no NAT gateway is made", () => {
            const { subnetSpecs, natGateways } = vpcOf(built);
            assert.deepEqual(subnetSpecs, [{ type: "Isolated", name: "private" }]);
            assert.deepEqual(natGateways, { strategy: "None" });
        });

        it("Amazon S3 is reached through a gateway endpoint, and through it the lake's buckets alone", () => {
            const { inputs } = one(built, "aws:ec2/vpcEndpoint:VpcEndpoint", "lake-endpoint-s3");
            assert.equal(inputs.vpcEndpointType, "Gateway");
            assert.equal(inputs.serviceName, "com.amazonaws.eu-central-1.s3");
            assert.deepEqual(inputs.routeTableIds, ["rtb-1", "rtb-2"]);
            const { Statement } = JSON.parse(inputs.policy) as { Statement: { Effect: string; Resource: string[] }[] };
            assert.deepEqual(
                Statement.map(({ Effect, Resource }) => [Effect, Resource]),
                [["Allow", ["bronze", "silver"].flatMap((name) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`])]],
            );
        });

        it("Glue, CloudWatch, CloudWatch Logs, KMS, STS and Athena are reached through interface endpoints, by their usual names", () => {
            const interfaces = endpointsOf(built).filter(({ inputs }) => inputs.vpcEndpointType === "Interface");
            assert.deepEqual(
                interfaces.map(({ inputs }) => inputs.serviceName),
                ["glue", "monitoring", "logs", "kms", "sts", "athena"].map(
                    (service) => `com.amazonaws.eu-central-1.${service}`,
                ),
            );
            for (const { inputs } of interfaces) {
                assert.equal(inputs.privateDnsEnabled, true);
                assert.deepEqual(inputs.subnetIds, ["subnet-1", "subnet-2"]);
            }
            assert.deepEqual([vpcOf(built).enableDnsSupport, vpcOf(built).enableDnsHostnames], [true, true]);
        });

        it("endpoints take HTTPS from the jobs' security group alone", () => {
            for (const { name, inputs } of endpointsOf(built).filter(({ name }) => name !== "lake-endpoint-s3")) {
                assert.deepEqual(inputs.securityGroupIds, ["lake-endpoints-id"], name);
            }
            assert.deepEqual(rulesOf("Ingress", "lake-endpoints-id"), [
                { ipProtocol: "tcp", fromPort: 443, toPort: 443, referencedSecurityGroupId: "lake-jobs-id" },
            ]);
            assert.deepEqual(rulesOf("Egress", "lake-endpoints-id"), []);
        });

        it("the jobs' security group talks TCP with itself, and HTTPS with the endpoints and Amazon S3, and nothing else", () => {
            const itself = {
                ipProtocol: "tcp",
                fromPort: 0,
                toPort: 65_535,
                referencedSecurityGroupId: "lake-jobs-id",
            };
            const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
            assert.deepEqual(rulesOf("Ingress", "lake-jobs-id"), [itself]);
            assert.deepEqual(rulesOf("Egress", "lake-jobs-id"), [
                itself,
                { ...https, referencedSecurityGroupId: "lake-endpoints-id" },
                { ...https, prefixListId: "pl-lake-endpoint-s3" },
            ]);
            for (const { name, inputs } of ofType(built, "aws:ec2/securityGroup:SecurityGroup")) {
                assert.deepEqual([inputs.ingress, inputs.egress], [undefined, undefined], name);
            }
        });

        it("the VPC's default security group lets nothing in or out", () => {
            const { inputs } = one(built, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
            assert.deepEqual(inputs, { vpcId: "vpc-1" });
        });

        it("one Glue connection of type NETWORK names subnet, its zone and the security group", () => {
            const { connectionType, physicalConnectionRequirements } = connectionOf(built);
            assert.equal(connectionType, "NETWORK");
            assert.deepEqual(physicalConnectionRequirements, {
                subnetId: "subnet-1",
                availabilityZone: "eu-central-11",
                securityGroupIdLists: ["lake-jobs-id"],
            });
        });

        it("with a network of yours, the connection alone is made", async () => {
            const given = await lake(yours);
            assert.deepEqual(
                given.resources.map(({ type }) => type),
                ["lakeworks:index:LakeNetwork", "aws:glue/connection:Connection"],
            );
            assert.deepEqual(connectionOf(given).physicalConnectionRequirements, {
                subnetId: "subnet-0a",
                availabilityZone: "eu-central-1c",
                securityGroupIdLists: ["sg-0a"],
            });
        });
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const faults = (args: LakeNetworkArgs, name = "lake") => faultsOf(() => new LakeNetwork(name, args));
            assert.deepEqual(faults({}), ["bucketNames"]);
            assert.deepEqual(faults({ ...created, cidrBlock: "10.0.0.0", availabilityZones: 0 }, "a lake"), [
                "availabilityZones",
                "cidrBlock",
                "name",
            ]);
            assert.deepEqual(faults({ ...created, vpcId: "vpc-0a", subnetId: "10.0.0.0/20" }), [
                "availabilityZone",
                "securityGroupId",
                "subnetId",
            ]);
            assert.deepEqual(faults({ ...yours, ...created, availabilityZones: 2, securityGroupId: "jobs" }), [
                "availabilityZones",
                "bucketNames",
                "securityGroupId",
            ]);
        });
    });

    function rulesOf(direction: "Ingress" | "Egress", group: string): object[] {
        const type = `SecurityGroup${direction}Rule`;
        return ofType(built, `aws:vpc/${type[0]!.toLowerCase()}${type.slice(1)}:${type}`)
            .filter(({ inputs }) => inputs.securityGroupId === group)
            .map(({ inputs: { securityGroupId: _group, ...rule } }) => rule as object);
    }
});
