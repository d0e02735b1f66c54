/** Why a query failed, as Athena reports it: https://docs.aws.amazon.com/athena/latest/ug/error-reference.html */
import type { AthenaError } from "@aws-sdk/client-athena";
import type { TrinoError } from "../trino/client";

const system = 1;
const user = 2;

/** Types of Athena's error catalog. */
const errorTypes = { exhausted: 0, engine: 200, user: 1000, data: 1001, ddl: 1003, syntax: 1006, notSupported: 1200 };

export class QueryFault extends Error {
    private constructor(
        reason: string,
        private readonly category: number,
        private readonly type: number,
        private readonly retryable: boolean,
        /** Cancelled rather than failed. */
        readonly cancelled = false,
    ) {
        super(reason);
    }

    static ofTrino(error: TrinoError): QueryFault {
        const { errorName, errorType, message } = error;
        if (errorName === "EXCEEDED_SCAN_LIMIT") return QueryFault.overCutoff();
        const cause = errorType === "EXTERNAL" ? error.failureInfo?.cause?.message : undefined;
        const reason = `${errorName}: ${message}${cause === undefined ? "" : `: ${cause}`}`;
        if (errorType === "USER_ERROR") return new QueryFault(reason, user, userErrorType(errorName), false);
        if (errorType === "INSUFFICIENT_RESOURCES") return new QueryFault(reason, system, errorTypes.exhausted, true);
        if (errorName.startsWith("HIVE_")) return new QueryFault(reason, user, errorTypes.data, false);
        return new QueryFault(reason, system, errorTypes.engine, true);
    }

    static overCutoff(): QueryFault {
        return new QueryFault(
            "Query cancelled! : Bytes scanned limit was exceeded",
            user,
            errorTypes.exhausted,
            false,
            true,
        );
    }

    static engineEnded(how: string): QueryFault {
        const reason = `GENERIC_INTERNAL_ERROR: The query engine ended while the query ran (${how}).`;
        return new QueryFault(reason, system, errorTypes.engine, true);
    }

    static internal(error: unknown): QueryFault {
        const reason = `GENERIC_INTERNAL_ERROR: ${error instanceof Error ? error.message : String(error)}`;
        return new QueryFault(reason, system, errorTypes.engine, true);
    }

    static notSupported(what: string): QueryFault {
        return new QueryFault(
            `NOT_SUPPORTED: The local Athena does not do ${what} yet.`,
            user,
            errorTypes.notSupported,
            false,
        );
    }

    /** A statement on the catalog that Hive would fail. */
    static ddl(message: string): QueryFault {
        const reason = `FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ${message}`;
        return new QueryFault(reason, user, errorTypes.ddl, false);
    }

    /** @param reason with the error's name */
    static ofUser(reason: string): QueryFault {
        return new QueryFault(reason, user, userErrorType(reason.split(":")[0] ?? ""), false);
    }

    /** Data that are not as they have to be. @param reason with the error's name */
    static ofData(reason: string): QueryFault {
        return new QueryFault(reason, user, errorTypes.data, false);
    }

    /** The same for a statement in which what Trino ran begins so many lines later. */
    linesEarlier(lines: number): QueryFault {
        const reason = this.message.replace(/\bline (\d+):/, (_, line) => `line ${Math.max(1, Number(line) - lines)}:`);
        return new QueryFault(reason, this.category, this.type, this.retryable, this.cancelled);
    }

    describe(): AthenaError {
        return {
            ErrorCategory: this.category,
            ErrorType: this.type,
            Retryable: this.retryable,
            ErrorMessage: this.message,
        };
    }
}

function userErrorType(name: string): number {
    if (name === "SYNTAX_ERROR") return errorTypes.syntax;
    return name === "NOT_SUPPORTED" ? errorTypes.notSupported : errorTypes.user;
}
