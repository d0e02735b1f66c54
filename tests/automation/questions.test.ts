import assert from "node:assert/strict";
import { StepFailure } from "../../automation/errors";
import { chooseQueries, pose } from "../../automation/questions";
import type { LoadedDataset, Query, QueryParameter } from "../../datasets";

const room: QueryParameter = { name: "room", type: "string", description: "The room" };
const day: QueryParameter = { name: "day", type: "date", description: "The day", default: "2024-02-29" };
const query = (name: string, ...parameters: QueryParameter[]) =>
    ({ name, parameters, placeholders: parameters.map((one) => one.name) }) as unknown as Query;
const datasetOf = (name: string, ...queries: Query[]) => ({ contract: { name }, queries }) as unknown as LoadedDataset;

const all = [
    datasetOf("visits", query("busiest", day), query("by-day"), query("of-room", room, day)),
    datasetOf("loans", query("by-day")),
    datasetOf("rooms", query("one-room", room)),
];
const chosen = (name?: string) =>
    chooseQueries(all, name).map(({ dataset, queries }) => [
        dataset.contract.name,
        ...queries.map((query) => query.name),
    ]);

describe("the choice of queries", () => {
    it("is all of every dataset that need no value from outside", () => {
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
                error.details.next ===
                    "Queries of visits: busiest, by-day, of-room; of loans: by-day; of rooms: one-room.",
        );
    });
});

describe("a question", () => {
    const ofRoom = query("of-room", room, day);

    it("has the values given and the defaults of the others, as SQL", () => {
        assert.deepEqual(pose(ofRoom, { room: "Law" }).parameters, ["'Law'", "DATE '2024-02-29'"]);
    });

    it("tells every unknown, missing and wrong value at once, and how to ask", () => {
        assert.throws(
            () => pose(ofRoom, { day: "29 February", rooms: "Law" }),
            (error: unknown) =>
                error instanceof StepFailure &&
                /rooms: there is no such parameter; there are room, day\./.test(error.details.reason!) &&
                /room: is missing \(string: The room\)/.test(error.details.reason!) &&
                /day: "29 February" is no date; write a day, such as 2024-02-29\./.test(error.details.reason!) &&
                error.details.next === "lakeworks query of-room --param room=<string> --param day=<date>",
        );
        assert.throws(() => pose(query("by-day"), { day: "2024-01-01" }), /parameters of by-day/);
    });
});
