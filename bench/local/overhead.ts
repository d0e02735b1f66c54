/** A SELECT by Athena's interface against the same asked of its Trino, in turn: what the interface adds. */
import { Progress } from "../../automation/progress";
import { ratio } from "../../automation/format";
import { quantile } from "../quantile";
import { report } from "../result";
import { askTrino, prepare, query, question, trinoUrl } from "./athena";
import { Bed, milliseconds, timed } from "./bed";

const workgroup = "bench";

export async function overhead({ pairs }: { pairs: number }): Promise<void> {
    const bed = await Bed.start();
    try {
        const progress = new Progress();
        await progress.stage("Start Trino, make a table", () => prepare(bed, [workgroup]));
        const url = await trinoUrl(bed);
        const [athena, trino]: [number[], number[]] = [[], []];
        await progress.stage(`Ask ${pairs} times each, after ${pairs} to warm up`, async () => {
            for (let pair = -pairs; pair < pairs; pair++) {
                const [ours, theirs] = [
                    await timed(() => query(bed, workgroup, question)),
                    await timed(() => askTrino(url, question)),
                ];
                if (pair < 0) continue;
                athena.push(ours);
                trino.push(theirs);
            }
        });
        const differences = athena.map((ours, index) => ours - trino[index]!);
        const [ours, theirs] = [quantile(athena, 0.5), quantile(trino, 0.5)];
        report({
            name: "local-overhead",
            title: "A SELECT by Athena's interface and by Trino's",
            columns: [
                { title: "asked of" },
                { title: "median", format: milliseconds },
                { title: "p90", format: milliseconds },
                { title: "to Trino", format: (times) => ratio(times, 1) },
            ],
            rows: [
                ["Athena: started, waited for", ours, quantile(athena, 0.9), ours / theirs],
                ["Trino", theirs, quantile(trino, 0.9), 1],
                ["difference within a pair", quantile(differences, 0.5), quantile(differences, 0.9), null],
            ],
        });
    } finally {
        await bed.stop();
    }
}
