/** Encryption at rest, one idiom for every component: name a key of yours by `kmsKeyArn`, or let `DataLakeBuckets` create one. */
export const Encryption = {
    /** Keys that Amazon S3 holds: no cost, no key policy. */
    SseS3: "SSE_S3",
    /** A customer managed KMS key, with bucket keys so that KMS is not called for each object. */
    SseKms: "SSE_KMS",
} as const;
export type Encryption = (typeof Encryption)[keyof typeof Encryption];
