/** Where the jobs of a lake run: outside a VPC, in one that the lake makes, or in one that is there. */
import * as pulumi from "@pulumi/pulumi";
import { LakeNetwork, type DataLakeBuckets, type JobNetwork } from "../components";
import type { Settings } from "./settings";

/** @returns undefined where the jobs run outside a VPC */
export function networkOf(
    lakeName: string,
    settings: Settings,
    buckets: DataLakeBuckets,
    opts: pulumi.ComponentResourceOptions,
): JobNetwork | undefined {
    const { vpcId, subnetId, availabilityZone, securityGroupId } = settings;
    switch (settings.network) {
        case "none":
            return undefined;
        case "existing":
            return new LakeNetwork(`${lakeName}-network`, { vpcId, subnetId, availabilityZone, securityGroupId }, opts)
                .jobNetwork;
        case "create":
            if (process.env.AWS_ENDPOINT_URL !== undefined) {
                void pulumi.log.warn(
                    "LakeNetwork is left out: its VPC is made by the awsx plugin, which cannot work at the endpoint " +
                        `${process.env.AWS_ENDPOINT_URL}. Jobs run outside a VPC here; on AWS they will not.`,
                    buckets,
                );
                return undefined;
            }
            return new LakeNetwork(
                `${lakeName}-network`,
                {
                    cidrBlock: settings.vpcCidr,
                    bucketNames: [buckets.bronze, buckets.silver, buckets.gold, buckets.scripts, buckets.athenaResults],
                },
                opts,
            ).jobNetwork;
    }
}
