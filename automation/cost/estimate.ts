/** The monthly cost of declared resources, by stated volumes and the price list of one region: docs/cost.md. */
import { workgroupCost } from "./athenaUsage";
import { alarmCost, dashboardCost, logGroupCost, metricFilterCost } from "./cloudwatch";
import { isFree } from "./free";
import { catalogCost, crawlerCost, jobCost, optimizerCost } from "./glue";
import { bucketKeyCost, keyCost } from "./kms";
import { Lake } from "./lake";
import { sum, type CostLine, type Priced } from "./lines";
import { eventRuleCost, queueCost, subscriptionCost, topicCost } from "./messaging";
import { addressCost, endpointCost, natCost } from "./network";
import { budgetCost, trailCost } from "./oversight";
import { pricedRegion, pricesAsOf } from "./priceList";
import type { DeclaredResource } from "./resources";
import { bucketCost } from "./s3";
import type { Volumes } from "./volumes";

export interface NotPriced {
    readonly type: string;
    /** Resources of that type that are left out for that reason. */
    readonly count: number;
    readonly why: string;
}

export interface CostEstimate {
    readonly lines: readonly CostLine[];
    /** What AWS may bill and the estimate leaves out. */
    readonly notPriced: readonly NotPriced[];
    /** Sum of the lines in US dollars a month. */
    readonly monthlyUsd: number;
    /** Region whose list prices were taken, wherever the lake is. */
    readonly region: string;
    /** Day of the prices. */
    readonly asOf: string;
}

type Estimator = (resource: DeclaredResource, lake: Lake) => Priced;

const estimators: Readonly<Partial<Record<string, Estimator>>> = {
    "aws:athena/workgroup:Workgroup": workgroupCost,
    "aws:budgets/budget:Budget": budgetCost,
    "aws:cloudtrail/trail:Trail": trailCost,
    "aws:cloudwatch/dashboard:Dashboard": dashboardCost,
    "aws:cloudwatch/eventRule:EventRule": eventRuleCost,
    "aws:cloudwatch/logGroup:LogGroup": logGroupCost,
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": metricFilterCost,
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarmCost,
    "aws:ec2/eip:Eip": addressCost,
    "aws:ec2/natGateway:NatGateway": natCost,
    "aws:ec2/vpcEndpoint:VpcEndpoint": endpointCost,
    "aws:glue/catalogTableOptimizer:CatalogTableOptimizer": optimizerCost,
    "aws:glue/crawler:Crawler": crawlerCost,
    "aws:glue/job:Job": jobCost,
    "aws:kms/key:Key": keyCost,
    "aws:s3/bucket:Bucket": bucketCost,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketKeyCost,
    "aws:sns/topic:Topic": topicCost,
    "aws:sns/topicSubscription:TopicSubscription": subscriptionCost,
    "aws:sqs/queue:Queue": queueCost,
};

/** Pure: the same resources and volumes give the same estimate, line by line in the order of the resources. */
export function estimate(resources: readonly DeclaredResource[], volumes: Volumes): CostEstimate {
    const lake = new Lake(resources, volumes);
    const priced = resources.map((resource) => ({ type: resource.type, result: costOf(resource, lake) }));
    const lines = [...priced.flatMap(({ result }) => ("notPriced" in result ? [] : result)), ...catalogCost(lake)];
    return {
        lines,
        notPriced: counted(
            priced.flatMap(({ type, result }) => ("notPriced" in result ? [{ type, why: result.notPriced }] : [])),
        ),
        monthlyUsd: sum(lines.map(({ monthlyUsd }) => monthlyUsd)),
        region: pricedRegion,
        asOf: pricesAsOf,
    };
}

function costOf(resource: DeclaredResource, lake: Lake): Priced {
    const estimator = estimators[resource.type];
    if (estimator !== undefined) {
        return estimator(resource, lake);
    }
    // A component of someone else's is told by its children.
    const isComponent = !resource.type.startsWith("aws:") && lake.isParent(resource);
    return isComponent || isFree(resource.type) ? [] : { notPriced: "no price of this type" };
}

function counted(found: readonly { type: string; why: string }[]): NotPriced[] {
    const groups = new Map<string, NotPriced>();
    for (const { type, why } of found) {
        const key = `${type} ${why}`;
        groups.set(key, { type, why, count: (groups.get(key)?.count ?? 0) + 1 });
    }
    return [...groups.values()];
}
