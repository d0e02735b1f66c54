/** A lake with any number of datasets: copies of the first one under other names. */
import * as pulumi from "@pulumi/pulumi";
import { datasets, type LoadedDataset } from "../../datasets";
import { deployLake } from "../../stacks/lake";
import { readSettings } from "../../stacks/settings";

export function lakeOf(count: number): pulumi.Output<unknown> {
    pulumi.runtime.setAllConfig({ "lakeworks:environment": "dev" });
    const sample = datasets.find((each) => each.contract.name === "sales")!;
    const copies = Array.from({ length: count }, (_, index): LoadedDataset => {
        const name = `dataset_${String(index + 1).padStart(3, "0")}`;
        return { ...sample, contract: { ...sample.contract, name } };
    });
    return deployLake({ settings: readSettings("bench"), forceDestroy: true, retain: false }, copies);
}
