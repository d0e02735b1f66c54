/** What a service of ours is to the gateway: a table of operations, and the error every one of them may throw. */
import type { ServiceApi } from "./api";

/** One API operation: the request's members in, the response's out. `Date`s go out as AWS's epoch seconds. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the table holds operations of unlike inputs
export type Operation = (input: any) => Promise<object> | object;

export type Operations = Record<string, Operation>;

export interface LocalService {
    readonly operations: Operations;
    /** The operations for one who signs with this key, where not all are answered alike. */
    operationsFor?(accessKeyId: string | undefined): Operations;
    /** Starts the engine behind the service ahead of its first use. */
    warm?(): Promise<void>;
    /** Takes an event that EventBridge delivers to a resource of the service. @param target the resource's ARN */
    takeEvent?(target: string, eventId: string): void;
    /** What the health page says of the service. */
    status(): object;
    /** Ends everything that the service started. */
    stop(): Promise<void>;
}

/** A service as the gateway serves it: the operations take what AWS's model lets through. */
export interface AwsService extends LocalService {
    readonly api: ServiceApi;
}

/** An error as AWS shapes it: `code` is the exception's name, e.g. `EntityNotFoundException`. */
export class AwsError extends Error {
    constructor(
        readonly code: string,
        message: string,
        readonly status = 400,
    ) {
        super(message);
    }
}
