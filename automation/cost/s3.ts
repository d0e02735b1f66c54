/** Amazon S3: storage by class, requests, transitions. https://aws.amazon.com/s3/pricing/ */
import { contentOf, kindOf, type Content } from "./contents";
import type { Lake } from "./lake";
import { staysOf, storageClasses, type Stay, type StorageClass } from "./lifecycle";
import { daysPerMonth, figure, line, sum, usd, type CostLine, type Priced } from "./lines";
import { price } from "./priceList";
import type { DeclaredResource } from "./resources";

const lifecycleType = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

export function bucketCost(bucket: DeclaredResource, lake: Lake): Priced {
    const kind = kindOf(bucket, lake);
    if (kind === undefined) {
        return { notPriced: "nothing is stated about what lies in a bucket that is none of a lake's zones" };
    }
    const content = contentOf(kind, lake);
    const stays = staysOf(lake.settingOf(bucket, lifecycleType), lake.volumes.lake.ageDays);
    return [
        storageLine(bucket, content, stays, lake.volumes.lake.ageDays),
        ...requestLines(bucket, content),
        ...transitionLines(bucket, content, stays),
    ];
}

function storageLine(bucket: DeclaredResource, content: Content, stays: readonly Stay[], age: number): CostLine {
    const held = storageClasses
        .map((storageClass) => ({ storageClass, gib: heldIn(storageClass, content, stays) }))
        .filter(({ gib }) => gib > 0);
    const kept = sum(stays.map(({ days }) => days));
    const until = kept < age ? `expire after ${figure(kept)} days` : `are kept for all the ${figure(age)} days`;
    return line(
        "S3",
        bucket,
        held.map(({ storageClass, gib }) => `${figure(gib)} GiB ${storageClass}`).join(", ") || "empty",
        sum(held.map(({ storageClass, gib }) => storageUsd(storageClass, gib))),
        `${held.map(({ storageClass, gib }) => storageFormula(storageClass, gib)).join(" + ") || "0 GiB"}` +
            (content.dailyGiB > 0 ? `; objects of ${figure(content.dailyGiB)} GiB a day ${until}.` : "; as stated."),
    );
}

function heldIn(storageClass: StorageClass, content: Content, stays: readonly Stay[]): number {
    const days = sum(stays.filter((stay) => stay.storageClass === storageClass).map((stay) => stay.days));
    return content.dailyGiB * days + (storageClass === "STANDARD" ? content.fixedGiB : 0);
}

const tiers = [
    { upTo: 51_200, name: "s3.standardFirst50TB" },
    { upTo: 512_000, name: "s3.standardNext450TB" },
    { upTo: Infinity, name: "s3.standardOver500TB" },
] as const;

/** The tiers are counted anew for each bucket, where AWS counts the account's: that is never less. */
function storageUsd(storageClass: StorageClass, gib: number): number {
    if (storageClass !== "STANDARD") {
        return gib * price(`s3.${storageClass}`);
    }
    return sum(
        tiers.map(({ upTo, name }, index) => {
            const from = tiers[index - 1]?.upTo ?? 0;
            return Math.max(Math.min(gib, upTo) - from, 0) * price(name);
        }),
    );
}

function storageFormula(storageClass: StorageClass, gib: number): string {
    if (storageClass !== "STANDARD") {
        return `${figure(gib)} GiB × ${usd(price(`s3.${storageClass}`))}`;
    }
    const used = tiers.filter((_, index) => index === 0 || gib > (tiers[index - 1]?.upTo ?? 0));
    return `${figure(gib)} GiB × ${used.map(({ name }) => usd(price(name))).join(" to ")}`;
}

function requestLines(bucket: DeclaredResource, { puts, gets }: Content): CostLine[] {
    if (puts + gets === 0) {
        return [];
    }
    const [put, get] = [price("s3.put1000"), price("s3.get1000")];
    return [
        line(
            "S3",
            bucket,
            `${figure(puts)} PUT and ${figure(gets)} GET requests`,
            (puts / 1000) * put + (gets / 1000) * get,
            `${figure(puts)} ÷ 1,000 × ${usd(put)} + ${figure(gets)} ÷ 1,000 × ${usd(get)}; LIST requests are not estimated.`,
        ),
    ];
}

function transitionLines(bucket: DeclaredResource, { dailyObjects }: Content, stays: readonly Stay[]): CostLine[] {
    const objects = dailyObjects * daysPerMonth;
    return stays.flatMap(({ storageClass }) => {
        if (storageClass === "STANDARD" || objects === 0) {
            return [];
        }
        const dollars = price(`s3.to${storageClass}1000`);
        return [
            line(
                "S3",
                bucket,
                `${figure(objects)} transitions to ${storageClass}`,
                (objects / 1000) * dollars,
                `${figure(objects)} ÷ 1,000 × ${usd(dollars)}: every object moves once.`,
            ),
        ];
    });
}
