/** AWS KMS: keys, and the requests of buckets that are encrypted by them. https://aws.amazon.com/kms/pricing/ */
import { contentOf, kindOf } from "./contents";
import type { Lake } from "./lake";
import { figure, line, usd, type Priced } from "./lines";
import { price } from "./priceList";
import { isObject, objectsAt, valueAt, type DeclaredResource } from "./resources";

export function keyCost(key: DeclaredResource): Priced {
    const dollars = price("kms.key");
    const rotates = valueAt(key, "enableKeyRotation") === true;
    return [
        line(
            "KMS",
            key,
            "1 key",
            dollars,
            `1 × ${usd(dollars)}${rotates ? `; the first and the second yearly rotation will each add ${usd(dollars)}` : ""}.`,
        ),
    ];
}

/**
 * Bucket keys spare up to 99 % of the requests; the estimate takes them at that.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
const shareWithBucketKey = 0.01;

/** @param encryption a bucket's encryption, whose rule says which key, and whether by a bucket key. */
export function bucketKeyCost(encryption: DeclaredResource, lake: Lake): Priced {
    const rule = objectsAt(encryption, "rules")?.[0] ?? {};
    const byDefault = isObject(rule.applyServerSideEncryptionByDefault) ? rule.applyServerSideEncryptionByDefault : {};
    const bucket = lake
        .ofType("aws:s3/bucket:Bucket")
        .find((each) => lake.settingOf(each, encryption.type)?.urn === encryption.urn);
    const kind = bucket === undefined ? undefined : kindOf(bucket, lake);
    if (kind === undefined || byDefault.sseAlgorithm !== "aws:kms") {
        return [];
    }
    const { puts, gets } = contentOf(kind, lake);
    if (puts + gets === 0) {
        return [];
    }
    const share = rule.bucketKeyEnabled === true ? shareWithBucketKey : 1;
    const [requests, dollars] = [(puts + gets) * share, price("kms.request10k")];
    return [
        line(
            "KMS",
            encryption,
            `${figure(requests)} requests`,
            (requests / 10_000) * dollars,
            `${figure(puts + gets)} requests to S3 × ${share} ${share === 1 ? "without" : "with"} a bucket key ` +
                `÷ 10,000 × ${usd(dollars)}.`,
        ),
    ];
}
