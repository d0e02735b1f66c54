/** Requests to the gateway itself, and bytes that are hardly HTTP. */
import fc from "fast-check";
import type { Sent } from "./besieged";
import { nastyPaths } from "./s3";

/** The gateway itself: its own pages, other services, signatures that are none, hosts that are not its own. */
export const gatewayRequests: fc.Arbitrary<Sent> = fc
    .record({
        service: fc.constantFrom("glue", "s3", "nothing", "__proto__", "constructor", "iam", ""),
        method: fc.constantFrom("GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS"),
        path: fc.oneof(
            fc.constantFrom(...nastyPaths).map((path) => `/_lakeworks/${path}`),
            fc.constantFrom(
                "/",
                "/_lakeworks/",
                "/_lakeworks/health",
                "/_lakeworks/calls",
                "/_lakeworks/overview?account=__proto__",
                "/_ministack/reset",
                "/_ministack/health",
                "/_localstack/state",
                "//_ministack/reset",
                "/x/../_ministack/reset",
                "/%5fministack/reset",
                "http://169.254.169.254/latest/meta-data",
                "http://evil.example/",
                "http:///",
                "*",
            ),
        ),
        headers: fc.oneof(
            fc.constant({}),
            fc.constantFrom<Record<string, string>>(
                { host: "evil.example" },
                { host: "" },
                { host: "aws.localhost:1" },
                { host: "[::1" },
                { host: "a b" },
                { host: "..localhost" },
                { authorization: "AWS4-HMAC-SHA256" },
                { authorization: "AWS4-HMAC-SHA256 Credential=////" },
                { authorization: "AWS :" },
                { authorization: "Bearer x" },
                { authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/__proto__/aws4_request" },
                { authorization: `AWS4-HMAC-SHA256 Credential=${"a/".repeat(4000)}` },
                { "x-amz-target": "AWSGlue" },
                { "x-amz-target": "..\u00ff" },
                { accept: "text/html" },
                { origin: "null" },
                { cookie: "a=b".repeat(2000) },
                { "content-type": "multipart/form-data" },
            ),
        ),
        body: fc.oneof(fc.constant(""), fc.string({ unit: "binary", maxLength: 200 })),
    })
    // What it is asked to do well is done: this test wants it to live on.
    .filter(({ method, path }) => method !== "POST" || !/shutdown|warm/.test(path))
    .map(({ body, ...rest }) => ({
        ...rest,
        body: rest.method === "POST" || rest.method === "PUT" ? Buffer.from(body) : Buffer.alloc(0),
    }));

const goodBytes = Buffer.from(
    "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/glue/aws4_request, SignedHeaders=host, Signature=0\r\n" +
        "X-Amz-Target: AWSGlue.GetDatabases\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: 2\r\n\r\n{}",
    "latin1",
);

/** Bytes on the wire that are nearly a request: cut off, garbled, with lengths that do not fit. */
export const wireBytes: fc.Arbitrary<Buffer> = fc.oneof(
    fc.nat(goodBytes.length - 1).map((end) => goodBytes.subarray(0, end)),
    fc.tuple(fc.nat(goodBytes.length - 1), fc.integer({ min: 0, max: 255 })).map(([at, byte]) => {
        const changed = Buffer.from(goodBytes);
        changed[at] = byte;
        return changed;
    }),
    fc
        .constantFrom("-1", "0x2", "2, 3", "99999999999999999999", "two", "")
        .map((length) => edited(/Length: 2/, `Length: ${length}`)),
    fc
        .constantFrom(
            "z\r\n",
            "5\r\n{}\r\n",
            "ffffffffffffffffff\r\n",
            "-1\r\n",
            "2;x=\r\n{}\r\n0\r\n",
            "2\r\n{}\r\n0\r\nX: y\r\n\r\n",
        )
        .map((chunks) => edited(/Content-Length: 2\r\n\r\n\{\}/, `Transfer-Encoding: chunked\r\n\r\n${chunks}`)),
    fc
        .constantFrom(
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked",
            "Expect: 200-maybe",
            "Expect: 100-continue",
            "Connection: Upgrade\r\nUpgrade: websocket",
            "Host: a\r\nHost: b",
            " folded",
            "A\u0000: b",
            ": x",
            `X: ${"y".repeat(20_000)}`,
        )
        .map((line) => edited(/Host: 127.0.0.1/, `Host: 127.0.0.1\r\n${line}`)),
    fc
        .constantFrom(
            "GET",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            "CONNECT evil.example:443 HTTP/1.1\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET /\r\n",
            "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
            `GET /${"a".repeat(70_000)} HTTP/1.1\r\n\r\n`,
            "\r\n\r\n\r\n",
        )
        .map((text) => Buffer.from(text, "latin1")),
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);

function edited(part: RegExp, by: string): Buffer {
    return Buffer.from(goodBytes.toString("latin1").replace(part, by), "latin1");
}
