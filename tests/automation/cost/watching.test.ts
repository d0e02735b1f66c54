/** What watches and surrounds a lake: logs, alarms, network, messages, audit trail. */
import assert from "node:assert/strict";
import { estimate } from "../../../automation/cost/estimate";
import type { DeclaredResource } from "../../../automation/cost/resources";
import { job, resource, table, unknown, volumes } from "./resources";

const days = 365 / 12;
const hours = days * 24;
const near = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} should be ${expected}`);

function priced(type: string, inputs: DeclaredResource["inputs"] = {}, stated = volumes()): number {
    const { monthlyUsd, lines } = estimate([resource(type, "one", inputs)], stated);
    assert.equal(lines.length, 1);
    return monthlyUsd;
}

function left(type: string, inputs: DeclaredResource["inputs"] = {}): string[] {
    const { lines, notPriced } = estimate([resource(type, "one", inputs)], volumes());
    assert.deepEqual(lines, []);
    return notPriced.map((each) => each.type);
}

describe("the cost of CloudWatch", () => {
    const groups = (retentionInDays: unknown) =>
        ["output", "error"].map((kind) => resource("aws:cloudwatch/logGroup:LogGroup", kind, { retentionInDays }));
    const logs = (retention: unknown, ageDays = 365) => {
        const stated = volumes({ jobRunsPerDay: 1, logMiBPerRun: 1024 }, { ageDays });
        const { lines } = estimate([job(), ...groups(retention)], stated);
        return lines.filter(({ service }) => service === "CloudWatch").map(({ monthlyUsd }) => monthlyUsd);
    };

    it("is what jobs log, and what is kept of it", () => {
        // A GiB a day, in two groups.
        const [output, error] = logs(14);
        near(output!, (days * 0.5 + 14 * 0.03) / 2);
        near(error!, output!);
    });

    it("keeps logs for ever without a retention, as far as the lake is old", () => {
        for (const none of [undefined, 0, unknown]) {
            near(logs(none)[0]!, (days * 0.5 + 365 * 0.03) / 2);
        }
        near(logs(365, 30)[0]!, (days * 0.5 + 30 * 0.03) / 2);
    });

    it("knows no volume of other groups", () => {
        assert.deepEqual(left("aws:cloudwatch/logGroup:LogGroup"), ["aws:cloudwatch/logGroup:LogGroup"]);
    });

    it("counts each metric of an alarm, three times as dear below a minute", () => {
        const metric = { metric: { metricName: "ProcessedBytes" } };
        near(priced("aws:cloudwatch/metricAlarm:MetricAlarm", { metricName: "m", period: 3600 }), 0.1);
        near(priced("aws:cloudwatch/metricAlarm:MetricAlarm", { metricName: "m", period: 10 }), 0.3);
        const metricQueries = [metric, metric, metric, { expression: "SUM(METRICS())" }];
        near(priced("aws:cloudwatch/metricAlarm:MetricAlarm", { metricQueries }), 0.3);
    });

    it("has dashboards and metrics of filters", () => {
        near(priced("aws:cloudwatch/dashboard:Dashboard"), 3);
        near(priced("aws:cloudwatch/logMetricFilter:LogMetricFilter"), 0.3);
    });
});

describe("the cost of a network", () => {
    const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

    it("is by zone and hour for interface endpoints, and nothing for gateways", () => {
        const stated = volumes({}, { endpointGiBPerMonth: 5 });
        const twoZones = { vpcEndpointType: "Interface", subnetIds: ["a", "b"] };
        near(priced(endpoint, twoZones, stated), 2 * hours * 0.01 + 5 * 0.01);
        near(priced(endpoint, { vpcEndpointType: "Gateway" }), 0);
        near(priced(endpoint), 0);
        assert.deepEqual(left(endpoint, { vpcEndpointType: "GatewayLoadBalancer" }), [endpoint]);
    });

    it("takes the zones of a network that is not there yet", () => {
        const network = resource("lakeworks:index:LakeNetwork", "network", { availabilityZones: 3 });
        const inputs = { vpcEndpointType: "Interface", subnetIds: unknown };
        const early = { ...resource(endpoint, "early", inputs), parent: network.urn };
        const none = volumes({}, { endpointGiBPerMonth: 0 });
        near(estimate([network, early], none).monthlyUsd, 3 * hours * 0.01);
        near(priced(endpoint, inputs, none), hours * 0.01);
    });

    it("is by hour and GiB for NAT gateways, and by hour for addresses", () => {
        near(priced("aws:ec2/natGateway:NatGateway", {}, volumes({}, { natGiBPerMonth: 100 })), hours * 0.045 + 4.5);
        near(priced("aws:ec2/eip:Eip"), hours * 0.005);
    });
});

describe("the cost of messages and events", () => {
    it("is by the stated messages", () => {
        const stated = volumes({ rawFilesPerDay: 1000 }, { messagesPerMonth: 1e6 });
        near(priced("aws:sns/topic:Topic", {}, stated), 0.5);
        near(priced("aws:sns/topicSubscription:TopicSubscription", { protocol: "email" }, stated), 20);
        const redrive = { redrivePolicy: unknown };
        near(priced("aws:sqs/queue:Queue", redrive, stated), ((3 * 1000 * days) / 1e6) * 0.4);
        near(priced("aws:sqs/queue:Queue", {}, stated), 0);
    });

    it("is nothing for events of AWS's services and for a budget that only tells", () => {
        near(priced("aws:cloudwatch/eventRule:EventRule"), 0);
        near(priced("aws:budgets/budget:Budget"), 0);
    });

    it("is not known of FIFO, of other protocols, of a bus of one's own", () => {
        assert.equal(left("aws:sns/topic:Topic", { fifoTopic: true }).length, 1);
        assert.equal(left("aws:sqs/queue:Queue", { fifoQueue: true }).length, 1);
        assert.equal(left("aws:sns/topicSubscription:TopicSubscription", { protocol: "sms" }).length, 1);
        assert.equal(left("aws:cloudwatch/eventRule:EventRule", { eventBusName: "mine" }).length, 1);
    });
});

describe("the cost of an audit trail", () => {
    const trail = (inputs: DeclaredResource["inputs"]) => resource("aws:cloudtrail/trail:Trail", "trail", inputs);
    const selecting = (...fields: object[]) => ({
        advancedEventSelectors: [{ fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }, ...fields] }],
    });
    const cost = (inputs: DeclaredResource["inputs"]) =>
        estimate(
            [trail(inputs), table()],
            volumes({ rawFilesPerDay: 1e5, queriesPerDay: 0, tableFilesPerDay: 0 }),
        ).lines.find(({ service }) => service === "CloudTrail")!.monthlyUsd;

    it("is by the requests to the data, or the writes among them", () => {
        near(cost(selecting()), 2 * days * 0.1);
        near(cost(selecting({ field: "readOnly", equals: ["false"] })), days * 0.1);
    });

    it("is nothing for the first copy of management events", () => {
        near(cost({}), 0);
    });

    it("is not known of other selectors", () => {
        assert.equal(left("aws:cloudtrail/trail:Trail", { eventSelectors: [{}] }).length, 1);
        assert.equal(left("aws:cloudtrail/trail:Trail", { advancedEventSelectors: unknown }).length, 1);
    });
});
