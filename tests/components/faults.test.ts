/** The laws that names and addresses are held to, and what a fault's message says instead. */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import {
    bucketNamePattern,
    bucketNameReason,
    catalogNamePattern,
    catalogNameReason,
    Faults,
    kmsKeyArnPattern,
    kmsKeyArnReason,
    resourceNamePattern,
    resourceNameReason,
    s3PrefixPattern,
    s3PrefixReason,
    schedulePattern,
    scheduleReason,
} from "../../components/faults";
import { asCatalogName, asS3Prefix, asSchedule, editDistance, nearest } from "../../components/nearMiss";

/** What the faults that `find` adds say. */
function reasons(find: (faults: Faults) => void): string[] {
    const faults = new Faults("Thing");
    find(faults);
    try {
        faults.throwIfAny();
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error));
        return error.errors.map((fault) => `${fault.propertyPath}: ${fault.reason}`);
    }
    return [];
}

const lower = "abcdefghijklmnopqrstuvwxyz";
const textOf = (characters: string, least: number, most: number) =>
    fc.string({ unit: fc.constantFrom(...characters), minLength: least, maxLength: most });

describe("faults", () => {
    it("are thrown all at once, each at its argument", () => {
        const found = reasons((faults) => {
            faults.add("a", "is missing");
            faults.unlessWhole("b", 1.5, 1, 9, "days");
            faults.unlessShort("c", "longer", 3);
        });
        assert.deepEqual(found, [
            "a: is missing",
            "b: 1.5 must be a whole number of days from 1 to 9",
            'c: "longer" has 6 characters; at most 3 leave room for the names made from it',
        ]);
    });

    it("print as lines, without the frames of this library", () => {
        const faults = new Faults('Thing "x"');
        faults.add("a", "is missing");
        faults.add("b[0].name", "is there twice");
        assert.throws(
            () => faults.throwIfAny(),
            (error: Error) => {
                const lines = [
                    'Thing "x" cannot be made from these arguments:',
                    "  a: is missing",
                    "  b[0].name: is there twice",
                ];
                assert.equal(inspect(error, { colors: true }), lines.join("\n"));
                assert.equal(error.stack, lines.join("\n"));
                return true;
            },
        );
    });

    it("leave what is right or not known yet", () => {
        assert.deepEqual(
            reasons((faults) => {
                faults.unlessMatches("a", undefined, catalogNamePattern, catalogNameReason);
                faults.unlessMatches("b", pulumi.output("NOT KNOWN"), catalogNamePattern, catalogNameReason);
                faults.unlessMatches("c", "sales_2", catalogNamePattern, catalogNameReason);
                faults.unlessOneOf("d", undefined, ["x"]);
                faults.unlessWhole("e", undefined, 1, 2, "days");
            }),
            [],
        );
    });

    describe("say what was meant", () => {
        const cases: [RegExp, string, wrong: string, meant: string | undefined][] = [
            [catalogNamePattern, catalogNameReason, "Daily-Sales", "daily_sales"],
            [catalogNamePattern, catalogNameReason, "2024", undefined],
            [resourceNamePattern, resourceNameReason, "sales team", "sales-team"],
            [bucketNamePattern, bucketNameReason, "s3://my-lake/", "my-lake"],
            [bucketNamePattern, bucketNameReason, "arn:aws:s3:::my-lake", "my-lake"],
            [bucketNamePattern, bucketNameReason, "My_Lake", "my-lake"],
            [bucketNamePattern, bucketNameReason, "192.168.5.4", undefined],
            [s3PrefixPattern, s3PrefixReason, "my-lake/sales", "s3://my-lake/sales/"],
            [s3PrefixPattern, s3PrefixReason, "s3a://my-lake/sales", "s3://my-lake/sales/"],
            [schedulePattern, scheduleReason, "0 2 * * *", "cron(0 2 * * ? *)"],
            [schedulePattern, scheduleReason, "cron(15 6 * * 1-5)", "cron(15 6 ? * 2-6 *)"],
            [schedulePattern, scheduleReason, "cron(0 2 * * * *)", "cron(0 2 * * ? *)"],
            [schedulePattern, scheduleReason, "0 2 ? * MON-FRI *", "cron(0 2 ? * MON-FRI *)"],
            [schedulePattern, scheduleReason, "daily", undefined],
            [kmsKeyArnPattern, kmsKeyArnReason, "alias/lake", undefined],
        ];
        for (const [pattern, reason, wrong, meant] of cases) {
            it(`${wrong} → ${meant ?? "nothing"}`, () => {
                const ending = meant === undefined ? "" : `; did you mean "${meant}"?`;
                assert.deepEqual(
                    reasons((faults) => faults.unlessMatches("a", wrong, pattern, reason)),
                    [`a: "${wrong}" ${reason}${ending}`],
                );
            });
        }

        it("for one of a list", () => {
            const of = (value: string) => reasons((faults) => faults.unlessOneOf("a", value, ["G.1X", "G.2X"]));
            assert.deepEqual(of("g1x"), ['a: "g1x" must be one of G.1X, G.2X; did you mean "G.1X"?']);
            // As near to the one as to the other.
            assert.deepEqual(of("G.3X"), ['a: "G.3X" must be one of G.1X, G.2X']);
            assert.deepEqual(of("Standard"), ['a: "Standard" must be one of G.1X, G.2X']);
        });
    });
});

describe("the law of", () => {
    it("catalog names takes what Glue and Athena both do, and every repair keeps it", () => {
        const name = fc
            .tuple(fc.constantFrom(...lower), textOf(`${lower}0123456789_`, 0, 127))
            .map((parts) => parts.join(""));
        fc.assert(fc.property(name, (value) => catalogNamePattern.test(value)));
        for (const wrong of ["", "1a", "_a", "a-b", "A", "a.b", "a".repeat(129)]) {
            assert.ok(!catalogNamePattern.test(wrong), wrong);
        }
        fc.assert(
            fc.property(fc.string({ maxLength: 100 }), (value) => {
                const repaired = asCatalogName(value);
                return repaired === "" || catalogNamePattern.test(repaired);
            }),
        );
    });

    it("bucket names is that of S3", () => {
        const name = fc
            .tuple(textOf(lower, 1, 1), textOf(`${lower}0123456789-`, 1, 61), textOf(`${lower}0123456789`, 1, 1))
            .map((parts) => parts.join(""))
            .filter((value) => !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/.test(value));
        fc.assert(fc.property(name, (value) => bucketNamePattern.test(value)));
        for (const right of ["abc", "a.b.c", "1.2.3", "a".repeat(63), "logs-2024.example"]) {
            assert.ok(bucketNamePattern.test(right), right);
        }
        const wrong = ["ab", "a".repeat(64), "Abc", "a_b", "-abc", "abc-", "a..b", "1.2.3.4", "xn--abc", "sthree-abc"];
        for (const each of [...wrong, "amzn-s3-demo-x", "abc-s3alias", "abc--ol-s3", "abc.mrap", "abc--x-s3", "a/b"]) {
            assert.ok(!bucketNamePattern.test(each), each);
            assert.ok(!s3PrefixPattern.test(`s3://${each}/`) || each === "a/b", each);
        }
    });

    it("prefixes is a bucket and whole folders, and a repaired one names the same folders", () => {
        const folder = textOf(`${lower}0123456789_=-.`, 1, 12);
        fc.assert(
            fc.property(fc.array(folder, { maxLength: 4 }), (folders) => {
                const prefix = `s3://${["my-lake", ...folders].join("/")}/`;
                return s3PrefixPattern.test(prefix) && asS3Prefix(prefix.slice(5, -1)) === prefix;
            }),
        );
        for (const wrong of ["s3://my-lake", "s3://my-lake/a", "s3://my-lake//a/", "s3://My/a/", "my-lake/a/"]) {
            assert.ok(!s3PrefixPattern.test(wrong), wrong);
        }
    });

    it("schedules has one ? and every field within its range", () => {
        const field = (least: number, most: number) =>
            fc.oneof(
                fc.constant("*"),
                fc.integer({ min: least, max: most }).map(String),
                fc.integer({ min: least, max: most }).map((value) => `${least}-${value}`),
                fc.integer({ min: 1, max: most }).map((step) => `*/${step}`),
                fc
                    .array(fc.integer({ min: least, max: most }), { minLength: 2, maxLength: 4 })
                    .map((values) => values.join(",")),
            );
        const time = fc.tuple(field(0, 59), field(0, 23)).map((parts) => parts.join(" "));
        const days = fc.oneof(
            fc.tuple(field(1, 31), field(1, 12)).map(([day, month]) => `${day} ${month} ?`),
            fc.tuple(field(1, 12), field(1, 7)).map(([month, day]) => `? ${month} ${day}`),
        );
        fc.assert(
            fc.property(time, days, field(1970, 2199), (clock, calendar, years) => {
                return schedulePattern.test(`cron(${clock} ${calendar} ${years})`);
            }),
        );
        for (const right of ["0 12 ? * MON-FRI *", "0 8 L * ? *", "0 8 ? * 6L 2026-2030"]) {
            assert.ok(schedulePattern.test(`cron(${right})`), right);
        }
        const wrong = [
            "60 2 * * ? *",
            "0 24 * * ? *",
            "0 2 32 * ? *",
            "0 2 0 * ? *",
            "0 2 * 13 ? *",
            "0 2 ? * 8 *",
            "0 8 ? * 2#1 *",
        ];
        for (const each of [...wrong, "0 2 * * * *", "0 2 ? * ? *", "0 2 * * ?", "0 2 * * ? 1969", "0  2 * * ? *"]) {
            assert.ok(!schedulePattern.test(`cron(${each})`), each);
        }
    });

    it("schedules is kept by every crontab line that is put into AWS's words", () => {
        const one = (least: number, most: number) => fc.integer({ min: least, max: most }).map(String);
        const line = fc.oneof(
            fc.tuple(one(0, 59), one(0, 23), one(1, 31), fc.constant("*"), fc.constant("*")),
            fc.tuple(one(0, 59), one(0, 23), fc.constant("*"), one(1, 12), one(0, 7)),
        );
        fc.assert(fc.property(line, (fields) => schedulePattern.test(asSchedule(fields.join(" ")))));
    });

    it("KMS keys takes ARNs of keys, not of aliases", () => {
        const key = "arn:aws:kms:eu-central-1:123456789012:key";
        assert.ok(kmsKeyArnPattern.test(`${key}/1234abcd-12ab-34cd-56ef-1234567890ab`));
        assert.ok(kmsKeyArnPattern.test("arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-1234abcd"));
        for (const wrong of ["alias/lake", key.replace(":key", ":alias/lake"), `${key}/`, "1234abcd", `${key}/a b`]) {
            assert.ok(!kmsKeyArnPattern.test(wrong), wrong);
        }
    });
});

describe("near misses", () => {
    it("keep the laws of a distance", () => {
        const word = textOf("abc", 0, 8);
        fc.assert(
            fc.property(word, word, word, (a, b, c) => {
                assert.equal(editDistance(a, a), 0);
                assert.equal(editDistance(a, b), editDistance(b, a));
                assert.ok(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c));
                assert.ok(editDistance(a, b) >= Math.abs(a.length - b.length));
            }),
        );
        assert.equal(editDistance("kitten", "sitting"), 3);
    });

    it("find the one value near enough, whatever its case", () => {
        assert.equal(nearest("timestmp", ["string", "timestamp", "int"]), "timestamp");
        assert.equal(nearest("TIMESTAMP", ["string", "timestamp"]), "timestamp");
        assert.equal(nearest("text", ["string", "timestamp", "int"]), undefined);
        assert.equal(nearest("x", []), undefined);
    });
});
