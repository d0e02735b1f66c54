import assert from "node:assert/strict";
import { ruleFault, rulesetOf } from "../../components/dqdl";
import { ruleTypes } from "../../components/dqdlRules";

const columns = ["id", "amount", "sold_at"];

describe("DQDL rules", () => {
    for (const [name, { example }] of Object.entries(ruleTypes)) {
        it(`${name} is read as its example is written`, () => {
            assert.ok(example.startsWith(name));
            assert.equal(ruleFault(example, undefined), undefined);
        });
    }

    const right = [
        "IsComplete id",
        'ColumnValues "amount" not between 0 and 1001',
        'ColumnValues "amount" in ["a, b", "c \\" d", NULL]',
        'ColumnValues "id" matches "[a-z]+(x)" where "amount > 0" with threshold > 0.9',
        'ColumnValues "sold_at" > (now() - 3 days)',
        "RowCount > avg(last(10)) * 0.6",
        '(IsComplete "id") and ((IsUnique "id") or (RowCount between 1 and 9))',
        'ColumnCorrelation "id" and "amount" != 0.2',
    ];
    for (const rule of right) {
        it(`${rule} is a rule`, () => {
            assert.equal(ruleFault(rule, columns), undefined);
        });
    }

    const wrong: [string, RegExp][] = [
        ['IsComplte "id"', /"IsComplte" is no rule type; did you mean IsComplete\?/],
        ['iscomplete "id"', /did you mean IsComplete\?/],
        ['Looks "id"', /"Looks" is no rule type: it must be one of AggregateMatch, .*Uniqueness/],
        ['AllStatistics "id"', /is an analyzer/],
        ['IsComplete "amuont"', /"amuont" is no column of the table; did you mean "amount"\?/],
        ['IsComplete "id', /a quote is not closed: "id/],
        ['ColumnValues "amount" in ["a"', /"\]" is missing/],
        ['(IsComplete "id"]', /"\]" closes no bracket/],
        ['IsUnique "id"], Rules = [RowCount > 0', /"\]" closes no bracket/],
        ["RowCount", /RowCount needs a condition; write RowCount > 0/],
        ['IsComplete "id" > 2', /IsComplete takes no condition; write IsComplete "a"/],
        ["IsComplete", /IsComplete takes 1 parameter, not 0/],
        ['Mean "id" "amount" > 1', /Mean takes 1 parameter, not 2/],
        ["RowCount between 1", /between needs two values/],
        ["RowCount >", /a value is missing after >/],
        ['ColumnValues "id" in "a"', /in needs a list: in \["x", "y"\]/],
        ['IsUnique "id" with threshold', /with needs a condition/],
        ['RowCount > 0, IsComplete "id"', /holds more than one rule/],
        ['IsUnique "id" )', /"\)" closes no bracket/],
        ['IsUnique "id" [', /"\]" is missing/],
        ["", /must begin with a rule type/],
    ];
    for (const [rule, reason] of wrong) {
        it(`${rule === "" ? "nothing" : rule} is refused, with what to write instead`, () => {
            assert.match(ruleFault(rule, columns) ?? "no fault", reason);
        });
    }

    it("make one ruleset, each on a line of its own", () => {
        assert.equal(
            rulesetOf(["RowCount > 0", 'IsUnique "id"']),
            'Rules = [\n    RowCount > 0,\n    IsUnique "id"\n]',
        );
    });
});
