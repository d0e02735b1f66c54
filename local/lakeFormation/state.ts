/** What the local Lake Formation keeps, in one document. */
import * as path from "node:path";
import type { LocalContext } from "../context";
import { AwsError } from "../protocol/operations";
import { Store } from "../store";
import type { Grant, Location, Settings } from "./types";

export interface LakeFormationState {
    settings: Settings;
    /** By ARN. */
    locations: Record<string, Location>;
    /** Values of each LF-tag, by its key. */
    tags: Record<string, string[]>;
    /** Value of each assigned tag by its key, by the database or table. */
    assigned: Record<string, Record<string, string>>;
    /** By principal and resource. */
    grants: Record<string, Required<Grant>>;
}

/** Settings of an account that has never used Lake Formation: https://docs.aws.amazon.com/lake-formation/latest/dg/change-settings.html */
function freshSettings(): Settings {
    const byIam = [
        { Principal: { DataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" }, Permissions: ["ALL"] },
    ] satisfies Grant[];
    return {
        DataLakeAdmins: [],
        ReadOnlyAdmins: [],
        CreateDatabaseDefaultPermissions: byIam,
        CreateTableDefaultPermissions: byIam,
        Parameters: { ...defaultParameters },
        TrustedResourceOwners: [],
    };
}

export const defaultParameters = { CROSS_ACCOUNT_VERSION: "1", SET_CONTEXT: "TRUE" };

export function openState(context: LocalContext): Store<LakeFormationState> {
    const initial = { settings: freshSettings(), locations: {}, tags: {}, assigned: {}, grants: {} };
    return new Store<LakeFormationState>(path.join(context.stateDir, "lakeFormation", "state.json"), initial);
}

export function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}

export function notFound(message: string): AwsError {
    return new AwsError("EntityNotFoundException", message);
}

/** @throws InvalidInputException where the member is not given */
export function required<T>(value: T | undefined, member: string): T {
    if (value === undefined) throw invalid(`${member} is required.`);
    return value;
}
