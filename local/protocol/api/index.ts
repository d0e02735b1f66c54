/** The requests of one AWS service: which operations it has, and what each takes. */
import { AwsError } from "../operations";
import { validationMessage } from "../validation";
import { faultsOf } from "./constraints";
import { loadModel, type ServiceModel } from "./model";
import { read } from "./read";

/** The exception in which each service reports values outside of its model's limits. */
const faultCodes = {
    glue: "ValidationException",
    athena: "InvalidRequestException",
    lakeformation: "InvalidInputException",
} as const;

/** More faults than these are counted, not told. */
const mostTold = 20;

export class ServiceApi {
    private readonly model: ServiceModel;
    private readonly faultCode: string;

    constructor(service: keyof typeof faultCodes) {
        this.model = loadModel(service);
        this.faultCode = faultCodes[service];
    }

    /** What a request may be; the usual one first. The two versions of the protocol differ in answers only. */
    get contentTypes(): readonly string[] {
        const rest = this.model.targetPrefix === null;
        return rest ? ["application/json"] : ["application/x-amz-json-1.1", "application/x-amz-json-1.0"];
    }

    /**
     * The operation that a request names.
     * @param target the header `X-Amz-Target`, if any
     * @throws UnknownOperationException
     */
    operationOf(target: string | undefined, path: string): string {
        const prefix = this.model.targetPrefix;
        const wanted = prefix === null ? path : (target ?? "A request without X-Amz-Target");
        const before = prefix === null ? "/" : `${prefix}.`;
        const name = wanted.startsWith(before) ? wanted.slice(before.length) : "";
        if (Object.hasOwn(this.model.operations, name)) return name;
        throw new AwsError("UnknownOperationException", `${wanted} is no operation of the service.`);
    }

    /**
     * @returns what the operation takes, and nothing else
     * @throws SerializationException, and as the service does for values outside of its limits
     */
    inputOf(operation: string, body: unknown): object {
        const shape = this.model.operations[operation];
        if (!shape) return {};
        const input = read(this.model, shape, body) as object;
        const faults = faultsOf(this.model, shape, input);
        if (faults.length > 0)
            throw new AwsError(this.faultCode, validationMessage(faults.slice(0, mostTold), faults.length));
        return input;
    }
}
