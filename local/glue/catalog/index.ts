/** The Glue Data Catalog's operations. */
import type { GetUserDefinedFunctionsRequest } from "@aws-sdk/client-glue";
import type { Operations } from "../../protocol/operations";
import { databaseOperations } from "./databases";
import { indexOperations } from "./indexes";
import { optimizerOperations } from "./optimizers";
import { partitionBatchOperations } from "./partitionBatches";
import { partitionOperations } from "./partitions";
import { searchOperations } from "./search";
import type { Catalog } from "./state";
import { statisticsOperations } from "./statistics";
import { tableOperations } from "./tables";
import { versionOperations } from "./versions";

export function catalogOperations(catalog: Catalog): Operations {
    return {
        ...databaseOperations(catalog),
        ...tableOperations(catalog),
        ...searchOperations(catalog),
        ...versionOperations(catalog),
        ...partitionOperations(catalog),
        ...partitionBatchOperations(catalog),
        ...indexOperations(catalog),
        ...optimizerOperations(catalog),
        ...statisticsOperations(catalog),
        // Trino asks when it resolves a function's name. No operation here creates one, so there are none.
        GetUserDefinedFunctions: (input: GetUserDefinedFunctionsRequest) => {
            if (input.DatabaseName !== undefined) catalog.database(input, input.DatabaseName);
            return { UserDefinedFunctions: [] };
        },
    };
}
