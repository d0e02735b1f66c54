import assert from "node:assert/strict";
import { allows, type PolicyStatement } from "./policy";

const read: PolicyStatement = {
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject"],
    Resource: ["arn:aws:s3:::lake/sales", "arn:aws:s3:::lake/sales/*"],
};
const list: PolicyStatement = {
    Effect: "Allow",
    Action: "s3:ListBucket",
    Resource: "arn:aws:s3:::lake",
    Condition: { StringLike: { "s3:prefix": ["sales", "sales/*"] } },
};
const call = (action: string, resources: string | string[], context = {}) => ({
    action,
    resources: [resources].flat(),
    context,
});

describe("the evaluation of a policy", () => {
    it("allows an action on the resources named, and nothing else", () => {
        const allowed = (action: string, ...resources: string[]) => allows([read, list], call(action, resources));
        assert.ok(allowed("s3:GetObject", "arn:aws:s3:::lake/sales/a/b.parquet"));
        assert.ok(allowed("s3:PutObject", "arn:aws:s3:::lake/sales"));
        assert.ok(!allowed("s3:GetObject", "arn:aws:s3:::lake/salesmen/a"));
        assert.ok(!allowed("s3:GetObject", "arn:aws:s3:::other/sales/a"));
        assert.ok(!allowed("s3:DeleteObject", "arn:aws:s3:::lake/sales/a"));
        assert.ok(!allowed("s3:GetObject", "arn:aws:s3:::lake/sales/a", "arn:aws:s3:::lake/other"), "each resource");
    });

    it("heeds conditions, also where the request has no such key", () => {
        const allowed = (context: object) => allows([list], call("s3:ListBucket", "arn:aws:s3:::lake", context));
        assert.ok(allowed({ "s3:prefix": "sales/year=2024/" }));
        assert.ok(allowed({ "s3:prefix": "sales" }));
        assert.ok(!allowed({ "s3:prefix": "" }));
        assert.ok(!allowed({}));
    });

    it("joins statements for a call on several resources", () => {
        const one = { Effect: "Allow", Action: "glue:GetTable", Resource: "arn:a" };
        assert.ok(allows([one, { ...one, Resource: "arn:b" }], call("glue:GetTable", ["arn:a", "arn:b"])));
    });

    it("refuses to guess", () => {
        const strange = { ...list, Condition: { NumericEquals: { "s3:max-keys": "1" } } };
        assert.throws(() => allows([strange], call("s3:ListBucket", "arn:aws:s3:::lake")), /NumericEquals/);
        assert.throws(() => allows([{ ...read, Effect: "Deny" }], call("s3:GetObject", "x")), /Deny/);
    });
});
