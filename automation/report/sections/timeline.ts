import { seconds } from "../../format";
import { columnsOf, type Section } from "../document";
import type { RunRecord } from "../record";

/** How long each step took, and each stage within the job. */
export function timeline({ stages, etl }: RunRecord): Section {
    return {
        title: "Timeline",
        blocks: [
            steps(
                "Steps of the run",
                "step",
                stages.map(({ title, seconds: took }) => [title, took]),
            ),
            ...(etl.stages.length === 0
                ? []
                : [
                      steps(
                          "Stages within the Glue job",
                          "stage of the job",
                          etl.stages.map(({ name, seconds: took }) => [name, took]),
                      ),
                  ]),
        ],
    };
}

function steps(caption: string, title: string, times: readonly (readonly [string, number])[]) {
    const longest = Math.max(...times.map(([, took]) => took));
    return {
        kind: "table",
        caption,
        columns: columnsOf(title, "#time"),
        rows: times.map(([name, took]) => [name, seconds(took)]),
        bars: times.map(([, took]) => (longest > 0 ? took / longest : 0)),
    } as const;
}
