/** A workgroup's settings: https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
import type {
    ResultConfiguration,
    ResultConfigurationUpdates,
    WorkGroupConfiguration,
    WorkGroupConfigurationUpdates,
} from "@aws-sdk/client-athena";
import { invalid } from "../errors";
import { parseS3 } from "../results/location";
import { effectiveEngine, engineVersion } from "../state";

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
const smallestCutoff = 10_000_000;

/** Members that would change what a query does and are not done here. */
const notDone = [
    "ManagedQueryResultsConfiguration",
    "IdentityCenterConfiguration",
    "QueryResultsS3AccessGrantsConfiguration",
    "MonitoringConfiguration",
    "EngineConfiguration",
    "CustomerContentEncryptionConfiguration",
] as const;

/** A new workgroup's settings, with what AWS fills in. */
export function newConfiguration(given: WorkGroupConfiguration = {}): WorkGroupConfiguration {
    refuseNotDone(given as Record<string, unknown>);
    return validated({
        ...given,
        ResultConfiguration: given.ResultConfiguration ?? {},
        EnforceWorkGroupConfiguration: given.EnforceWorkGroupConfiguration ?? true,
        PublishCloudWatchMetricsEnabled: given.PublishCloudWatchMetricsEnabled ?? false,
        RequesterPaysEnabled: given.RequesterPaysEnabled ?? false,
        EngineVersion: selectEngine(given.EngineVersion?.SelectedEngineVersion),
    });
}

export function updatedConfiguration(
    old: WorkGroupConfiguration,
    updates: WorkGroupConfigurationUpdates,
): WorkGroupConfiguration {
    refuseNotDone(updates as Record<string, unknown>);
    const { ResultConfigurationUpdates: result, RemoveBytesScannedCutoffPerQuery, EngineVersion, ...rest } = updates;
    const next: WorkGroupConfiguration = { ...old, ...definedOnly(rest) };
    if (RemoveBytesScannedCutoffPerQuery === true) delete next.BytesScannedCutoffPerQuery;
    if (EngineVersion) next.EngineVersion = selectEngine(EngineVersion.SelectedEngineVersion);
    if (result) next.ResultConfiguration = updatedResult(old.ResultConfiguration ?? {}, result);
    return validated(next);
}

function updatedResult(old: ResultConfiguration, updates: ResultConfigurationUpdates): ResultConfiguration {
    const {
        RemoveOutputLocation,
        RemoveEncryptionConfiguration,
        RemoveExpectedBucketOwner,
        RemoveAclConfiguration,
        ...rest
    } = updates;
    const next: ResultConfiguration = { ...old, ...definedOnly(rest) };
    if (RemoveOutputLocation === true) delete next.OutputLocation;
    if (RemoveEncryptionConfiguration === true) delete next.EncryptionConfiguration;
    if (RemoveExpectedBucketOwner === true) delete next.ExpectedBucketOwner;
    if (RemoveAclConfiguration === true) delete next.AclConfiguration;
    return next;
}

function validated(configuration: WorkGroupConfiguration): WorkGroupConfiguration {
    const { BytesScannedCutoffPerQuery: cutoff, ResultConfiguration: result } = configuration;
    if (cutoff !== undefined && cutoff < smallestCutoff) {
        throw invalid(`BytesScannedCutoffPerQuery must be at least ${smallestCutoff} bytes; it is ${cutoff}.`);
    }
    checkResult(result ?? {});
    return configuration;
}

/** @throws where a result configuration cannot be met */
export function checkResult({
    OutputLocation: location,
    EncryptionConfiguration: encryption,
}: ResultConfiguration): void {
    if (location !== undefined && parseS3(location) === undefined) {
        throw invalid(`outputLocation is not a valid S3 path.`);
    }
    if (encryption?.EncryptionOption === "CSE_KMS") {
        throw invalid(
            "The local Athena does not encrypt results on the client's side (CSE_KMS); use SSE_S3 or SSE_KMS.",
        );
    }
    if (encryption?.EncryptionOption === "SSE_KMS" && encryption.KmsKey === undefined) {
        throw invalid("KmsKey is required for SSE_KMS.");
    }
}

function selectEngine(selected: string | undefined) {
    const version = selected ?? "AUTO";
    if (version !== "AUTO" && version !== effectiveEngine) {
        throw invalid(`Engine version '${version}' is not available; use AUTO or '${effectiveEngine}'.`);
    }
    return engineVersion(version);
}

function refuseNotDone(given: Record<string, unknown>): void {
    for (const member of notDone) {
        const value = given[member];
        if (value === undefined || value === null || isOff(value)) continue;
        throw invalid(`The local Athena does not do a workgroup's ${member}.`);
    }
}

/** A feature sent only to say that it is off: `{ Enabled: false }`. */
function isOff(value: unknown): boolean {
    const settings = value as Record<string, unknown>;
    return settings.Enabled === false || settings.EnableIdentityCenter === false || Object.keys(settings).length === 0;
}

function definedOnly<T extends object>(object: T): Partial<T> {
    return Object.fromEntries(
        Object.entries(object).filter(([, value]) => value !== undefined && value !== null),
    ) as Partial<T>;
}
