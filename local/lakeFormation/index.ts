/**
 * AWS Lake Formation: settings, locations, LF-tags and grants are kept and shown as AWS shows them.
 * Nothing is enforced, as IAM policies are not: whoever asks Glue, Athena or S3 is answered.
 */
import { clientsOf, type LocalContext } from "../context";
import type { LocalService } from "../protocol/operations";
import { grantOperations } from "./grants";
import { locationOperations, settingsOperations } from "./locations";
import { openState } from "./state";
import { assignmentOperations, tagOperations } from "./tags";

export function createLakeFormation(context: LocalContext): LocalService {
    const store = openState(context);
    const { glue } = clientsOf(context);
    const { account } = context;
    return {
        operations: {
            ...settingsOperations(store),
            ...locationOperations(store, account),
            ...tagOperations(store, account),
            ...assignmentOperations(store, account, glue),
            ...grantOperations(store, account, glue),
        },
        status: () => ({
            locations: Object.keys(store.state.locations).length,
            tags: Object.keys(store.state.tags).length,
            grants: Object.keys(store.state.grants).length,
        }),
        stop: () => {
            glue.destroy();
            store.flush();
            return Promise.resolve();
        },
    };
}
