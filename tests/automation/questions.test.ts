import assert from "node:assert/strict";
import { StepFailure } from "../../automation/errors";
import { chooseQueries } from "../../automation/questions";
import type { LakeDataset } from "../../automation/session";

const lakeOf = (name: string, ...queries: string[]) =>
    ({ dataset: { contract: { name }, queries: queries.map((query) => ({ name: query })) } }) as unknown as LakeDataset;

const lakes = [lakeOf("visits", "busiest", "by-day"), lakeOf("loans", "by-day"), lakeOf("rooms")];
const chosen = (name?: string) =>
    chooseQueries(lakes, name).map(({ lake, queries }) => [
        lake.dataset.contract.name,
        ...queries.map((query) => query.name),
    ]);

describe("the choice of queries", () => {
    it("is all of every dataset that has any", () => {
        assert.deepEqual(chosen(), [
            ["visits", "busiest", "by-day"],
            ["loans", "by-day"],
        ]);
    });

    it("is those of a name, in whatever dataset they are", () => {
        assert.deepEqual(chosen("busiest"), [["visits", "busiest"]]);
        assert.deepEqual(chosen("by-day"), [
            ["visits", "by-day"],
            ["loans", "by-day"],
        ]);
    });

    it("tells the names there are where none has it", () => {
        assert.throws(
            () => chosen("busy"),
            (error: unknown) =>
                error instanceof StepFailure &&
                error.message.includes('"busy"') &&
                error.details.next === "Queries of visits: busiest, by-day; of loans: by-day; of rooms: .",
        );
    });
});
