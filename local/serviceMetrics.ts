/** What the services of one account put to CloudWatch. */
import type { LocalContext } from "./context";
import { jsonCall } from "./protocol/jsonCall";

export interface Metric {
    readonly name: string;
    readonly value: number;
    /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
    readonly unit: "Count" | "Bytes" | "Milliseconds";
}

const cloudWatch = { name: "monitoring", target: "GraniteServiceVersion20100801", title: "CloudWatch" };

export class ServiceMetrics {
    private sending: Promise<void> = Promise.resolve();

    constructor(private readonly context: Pick<LocalContext, "endpoint" | "region" | "credentials" | "log">) {}

    /**
     * Puts the metrics soon, under each of the sets of dimensions. What fails is in the local AWS's own log only.
     */
    put(namespace: string, metrics: readonly Metric[], ...dimensions: Record<string, string>[]): void {
        const MetricData = dimensions.flatMap((set) => {
            const Dimensions = Object.entries(set).map(([Name, Value]) => ({ Name, Value }));
            return metrics.map(({ name, value, unit }) => ({
                MetricName: name,
                Value: value,
                Unit: unit,
                Dimensions,
            }));
        });
        if (MetricData.length === 0) return;
        const input = { Namespace: namespace, MetricData };
        this.sending = this.sending
            .then(() => jsonCall(this.context, this.context.credentials, cloudWatch, "PutMetricData", input))
            .then(() => undefined)
            .catch((error: unknown) => this.context.log(`metrics: not sent: ${String(error)}`));
    }

    /** Settles when all that were put are sent. */
    flush(): Promise<void> {
        return this.sending;
    }
}
