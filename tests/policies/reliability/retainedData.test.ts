import { deepEqual, equal } from "node:assert/strict";
import { retainedData } from "../../../policies/reliability/retained-data";
import { ended, expired } from "../expired";
import { clean, excepted, judge, type Subject, unknownString, violation } from "../harness";
import { bucket } from "./fixtures";

const judged = (subject: Subject, config?: object, stack = "prod") => judge(retainedData, subject, config, stack);
const database = (protect: boolean): Subject => ({
    type: "aws:glue/catalogDatabase:CatalogDatabase",
    props: { name: "sales" },
    protect,
});
const key = (props: object, protect = false): Subject => ({ type: "aws:kms/key:Key", props, protect });

const onPurpose = ' To delete the stack on purpose, name it in the rule\'s configuration: "letGo": ["prod"].';
const unprotected = (title: string) =>
    violation(
        `${title} of stack "prod" is not protected: whoever takes it out of the program deletes it. Set the resource ` +
            `option protect to true.${onPurpose}`,
    );

describe("policy retained-data", () => {
    it("passes what is protected", async () => {
        equal(retainedData.enforcementLevel, "mandatory");
        equal(retainedData.severity, "critical");
        deepEqual(await judged(bucket({ forceDestroy: false })), clean);
        deepEqual(await judged(database(true)), clean);
    });

    it("refuses what is not", async () => {
        deepEqual(await judged(bucket({}, false)), unprotected('s3.Bucket "sales"'));
        deepEqual(await judged(database(false)), unprotected('glue.CatalogDatabase "sales"'));
        const table: Subject = { type: "aws:glue/catalogTable:CatalogTable", props: { name: "sales" } };
        deepEqual(await judged(table), unprotected('glue.CatalogTable "sales"'));
        const view = { ...table, props: { name: "daily", tableType: "VIRTUAL_VIEW" } };
        equal((await judged(view)).notApplicable, '"daily" is a view: it stores no data');
    });

    it("refuses a bucket that goes with its objects", async () => {
        deepEqual(
            await judged(bucket({ forceDestroy: true })),
            violation(
                's3.Bucket "sales" of stack "prod" is deleted with all its objects when its resource is. Set forceDestroy ' +
                    `to false.${onPurpose}`,
            ),
        );
    });

    it("lets a key wait for its deletion in place of protection", async () => {
        deepEqual(await judged(key({})), clean);
        deepEqual(await judged(key({ deletionWindowInDays: 7 }, true)), clean);
        deepEqual(
            await judged(key({ deletionWindowInDays: 7 })),
            violation(
                'Key "resource-name" of stack "prod" is not protected, and its deletion can be cancelled for 7 days only: ' +
                    "what is encrypted by it is lost with it. Set the resource option protect to true, or " +
                    `deletionWindowInDays to 30.${onPurpose}`,
            ),
        );
    });

    it("is for production stacks, which the configuration names", async () => {
        const open = bucket({ forceDestroy: true }, false);
        equal(
            (await judged(open, {}, "dev")).notApplicable,
            'stack "dev" holds no production data: it matches none of ^prod',
        );
        equal((await judged(open, {}, "production-eu")).violations.length, 2);
        equal((await judged(open, { stacks: ["^live$"] }, "live")).violations.length, 2);
        equal((await judged(open, { stacks: ["^live$"] })).notApplicable !== undefined, true);
    });

    it("lets a stack go that is named, letter for letter", async () => {
        const open = bucket({ forceDestroy: true }, false);
        equal(
            (await judged(open, { letGo: ["prod"] })).notApplicable,
            'stack "prod" is to be deleted: the rule\'s configuration lets it go',
        );
        equal((await judged(open, { letGo: ["prod"] }, "prod-eu")).violations.length, 2);
    });

    it("leaves an exception alone, until it is over, and other resources", async () => {
        equal(
            (await judged(bucket({}, false), excepted("sales", "a copy"))).notApplicable,
            '"sales" is an exception until 9999-12-31: a copy',
        );
        equal((await judged(bucket({}, false), expired("sales"))).violations[0]?.endsWith(ended), true);
        const { notApplicable } = await judged({ type: "aws:glue/job:Job", props: {} });
        equal(
            notApplicable,
            "the rule is for s3.Bucket, s3.BucketV2, glue.CatalogDatabase, glue.CatalogTable, kms.Key",
        );
    });

    it("waits for what is not known yet, and refuses on what is", async () => {
        const { notKnownYet } = await judged(bucket({ forceDestroy: unknownString }));
        equal(notKnownYet, "string value at .forceDestroy can't be known during preview");
        equal((await judged(bucket({ forceDestroy: unknownString }, false))).violations.length, 1);
    });
});
