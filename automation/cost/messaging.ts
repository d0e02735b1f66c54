/** Amazon SNS, SQS and EventBridge. https://aws.amazon.com/sns/pricing/, https://aws.amazon.com/sqs/pricing/ */
import type { Lake } from "./lake";
import { daysPerMonth, figure, line, usd, type Priced } from "./lines";
import { price } from "./priceList";
import { isUnknownAt, textAt, valueAt, type DeclaredResource } from "./resources";

export function topicCost(topic: DeclaredResource, lake: Lake): Priced {
    if (valueAt(topic, "fifoTopic") === true) {
        return { notPriced: "no price of a FIFO topic" };
    }
    const messages = lake.volumes.lake.messagesPerMonth;
    const dollars = price("sns.requests1M");
    const why = `${figure(messages)} as stated ÷ 1,000,000 × ${usd(dollars)}.`;
    return [line("SNS", topic, `${figure(messages)} messages`, (messages / 1e6) * dollars, why)];
}

export function subscriptionCost(subscription: DeclaredResource, lake: Lake): Priced {
    const protocol = textAt(subscription, "protocol");
    if (protocol !== "email" && protocol !== "email-json") {
        return { notPriced: `no price of a delivery by ${protocol ?? "a protocol that is not known yet"}` };
    }
    const mails = lake.volumes.lake.messagesPerMonth;
    const dollars = price("sns.email100k");
    const why = `${figure(mails)} as stated ÷ 100,000 × ${usd(dollars)}.`;
    return [line("SNS", subscription, `${figure(mails)} mails`, (mails / 1e5) * dollars, why)];
}

/** A message is sent, received and deleted, each by a request of its own; a crawler may take several at once, so that this is the most. */
const requestsPerMessage = 3;

export function queueCost(queue: DeclaredResource, lake: Lake): Priced {
    if (valueAt(queue, "fifoQueue") === true) {
        return { notPriced: "no price of a FIFO queue" };
    }
    // Only a queue of dead letters redrives to no other.
    const redrives = textAt(queue, "redrivePolicy") !== undefined || isUnknownAt(queue, "redrivePolicy");
    const messages = redrives ? lake.volumesOf(queue).rawFilesPerDay * daysPerMonth : 0;
    const requests = messages * requestsPerMessage;
    const dollars = price("sqs.requests1M");
    const why = redrives
        ? `${figure(messages)} raw files × ${requestsPerMessage} requests ÷ 1,000,000 × ${usd(dollars)}.`
        : "A queue without a redrive policy is taken for one of dead letters, of which there should be none.";
    return [line("SQS", queue, `${figure(requests)} requests`, (requests / 1e6) * dollars, why)];
}

export function eventRuleCost(rule: DeclaredResource): Priced {
    const bus = textAt(rule, "eventBusName") ?? "default";
    if (bus !== "default") {
        return { notPriced: "no price of events on a bus of one's own" };
    }
    const why = "Events of AWS services on the default bus are free.";
    return [line("EventBridge", rule, "rule for events of AWS services", price("events.serviceEvents"), why)];
}
