/** Settings of the account, and the S3 locations that are registered. */
import type { Operations } from "../protocol/operations";
import { AwsError } from "../protocol/operations";
import { pageOf } from "../protocol/pages";
import type { Store } from "../store";
import { defaultParameters, invalid, notFound, required, type LakeFormationState } from "./state";
import type { Location, Settings } from "./types";

interface LocationRequest {
    ResourceArn?: string;
    RoleArn?: string;
    UseServiceLinkedRole?: boolean;
    HybridAccessEnabled?: boolean;
    WithFederation?: boolean;
}

export function settingsOperations(store: Store<LakeFormationState>): Operations {
    return {
        GetDataLakeSettings: () => ({ DataLakeSettings: store.state.settings }),
        /** Replaces all of the settings: what is not given is empty. */
        PutDataLakeSettings: (input: { DataLakeSettings?: Settings }) => {
            const given = required(input.DataLakeSettings, "DataLakeSettings");
            store.state.settings = {
                ...given,
                DataLakeAdmins: given.DataLakeAdmins ?? [],
                ReadOnlyAdmins: given.ReadOnlyAdmins ?? [],
                CreateDatabaseDefaultPermissions: given.CreateDatabaseDefaultPermissions ?? [],
                CreateTableDefaultPermissions: given.CreateTableDefaultPermissions ?? [],
                Parameters: { ...defaultParameters, ...given.Parameters },
                TrustedResourceOwners: given.TrustedResourceOwners ?? [],
            };
            store.changed();
            return {};
        },
    };
}

export function locationOperations(store: Store<LakeFormationState>, account: string): Operations {
    const { locations } = store.state;
    const found = (arn: string | undefined): Location => {
        const location = locations[required(arn, "ResourceArn")];
        if (location === undefined) throw notFound(`Resource is not registered: ${arn}`);
        return location;
    };
    const described = (input: LocationRequest): Location => {
        if (input.WithFederation === true) throw invalid("The local Lake Formation registers S3 locations only.");
        const serviceRole = `arn:aws:iam::${account}:role/aws-service-role/lakeformation.amazonaws.com/AWSServiceRoleForLakeFormationDataAccess`;
        return {
            ResourceArn: required(input.ResourceArn, "ResourceArn"),
            RoleArn: input.UseServiceLinkedRole === true ? serviceRole : required(input.RoleArn, "RoleArn"),
            HybridAccessEnabled: input.HybridAccessEnabled ?? false,
            LastModified: Math.floor(Date.now() / 1000),
        };
    };
    return {
        RegisterResource: (input: LocationRequest) => {
            const location = described(input);
            if (!/^arn:aws[\w-]*:s3:::[^/]+/.test(location.ResourceArn)) {
                throw invalid(`Not the ARN of an S3 location: ${location.ResourceArn}`);
            }
            if (Object.hasOwn(locations, location.ResourceArn)) {
                throw new AwsError("AlreadyExistsException", `Resource is already registered: ${location.ResourceArn}`);
            }
            locations[location.ResourceArn] = location;
            store.changed();
            return {};
        },
        UpdateResource: (input: LocationRequest) => {
            locations[found(input.ResourceArn).ResourceArn] = described(input);
            store.changed();
            return {};
        },
        DescribeResource: (input: LocationRequest) => ({ ResourceInfo: found(input.ResourceArn) }),
        DeregisterResource: (input: LocationRequest) => {
            delete locations[found(input.ResourceArn).ResourceArn];
            store.changed();
            return {};
        },
        ListResources: (input: { NextToken?: string; MaxResults?: number }) => {
            const { items, nextToken } = pageOf(Object.values(locations), input.NextToken, input.MaxResults ?? 1000);
            return { ResourceInfoList: items, NextToken: nextToken };
        },
    };
}
