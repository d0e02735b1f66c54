/**
 * Connections to a network. Runs of jobs that use one are not confined in it: there is no network here but this machine's.
 * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-connections.html
 */
import * as path from "node:path";
import type {
    Connection,
    ConnectionInput,
    CreateConnectionRequest,
    DeleteConnectionRequest,
    GetConnectionRequest,
    GetConnectionsRequest,
    UpdateConnectionRequest,
} from "@aws-sdk/client-glue";
import type { LocalContext } from "../context";
import { AwsError, type Operations } from "../protocol/operations";
import { pageOf } from "../protocol/pages";
import { nowSeconds, type Wire } from "../protocol/wire";
import { Store } from "../store";
import { refuseMembers } from "./catalog/state";
import type { TagStore } from "./tags";

type StoredConnection = Wire<Connection> & { Name: string };

const largestPage = 1000;

export class Connections {
    private readonly store: Store<{ connections: StoredConnection[] }>;

    constructor(
        private readonly context: LocalContext,
        private readonly tags: TagStore,
    ) {
        this.store = new Store(path.join(context.stateDir, "glue", "connections.json"), { connections: [] });
    }

    /** @throws EntityNotFoundException */
    get(name: string | undefined): StoredConnection {
        const found = this.all.find((connection) => connection.Name === name);
        if (found !== undefined) return found;
        throw new AwsError("EntityNotFoundException", `Connection ${name} not found.`);
    }

    operations(): Operations {
        return {
            CreateConnection: (input: CreateConnectionRequest) => {
                this.checkCatalog(input.CatalogId);
                const now = nowSeconds();
                const connection = { ...described(input.ConnectionInput!), CreationTime: now, LastUpdatedTime: now };
                if (this.all.some(({ Name }) => Name === connection.Name)) {
                    throw new AwsError("AlreadyExistsException", `Connection ${connection.Name} already exists.`);
                }
                this.put([...this.all, connection]);
                this.tags.set(this.arn(connection.Name), input.Tags);
                return { CreateConnectionStatus: connection.Status };
            },
            GetConnection: (input: GetConnectionRequest) => {
                this.checkCatalog(input.CatalogId);
                return { Connection: this.get(input.Name) };
            },
            GetConnections: (input: GetConnectionsRequest) => {
                this.checkCatalog(input.CatalogId);
                refuseMembers(input.Filter ?? {}, "MatchCriteria", "ConnectionSchemaVersion");
                const type = input.Filter?.ConnectionType;
                const matching = this.all
                    .filter((connection) => type === undefined || connection.ConnectionType === type)
                    .sort((one, other) => (one.Name < other.Name ? -1 : 1));
                const page = pageOf(matching, input.NextToken, Math.min(input.MaxResults ?? largestPage, largestPage));
                return { ConnectionList: page.items, NextToken: page.nextToken };
            },
            UpdateConnection: (input: UpdateConnectionRequest) => {
                this.checkCatalog(input.CatalogId);
                const { Name: name, CreationTime } = this.get(input.Name);
                const after = described({ ...input.ConnectionInput!, Name: name });
                const others = this.all.filter((connection) => connection.Name !== name);
                this.put([...others, { ...after, CreationTime, LastUpdatedTime: nowSeconds() }]);
                return {};
            },
            DeleteConnection: (input: DeleteConnectionRequest) => {
                this.checkCatalog(input.CatalogId);
                const { Name: name } = this.get(input.ConnectionName);
                this.put(this.all.filter((connection) => connection.Name !== name));
                this.tags.drop(this.arn(name));
                return {};
            },
        };
    }

    flush(): void {
        this.store.flush();
    }

    private get all(): readonly StoredConnection[] {
        return this.store.state.connections;
    }

    private put(connections: StoredConnection[]): void {
        this.store.state.connections = connections;
        this.store.changed();
    }

    private arn(name: string): string {
        return `arn:aws:glue:${this.context.region}:${this.context.account}:connection/${name}`;
    }

    private checkCatalog(id: string | undefined): void {
        if (id !== undefined && id !== this.context.account) {
            throw new AwsError(
                "EntityNotFoundException",
                `Catalog ${id} not found: this account is ${this.context.account}.`,
            );
        }
    }
}

/** The connection as GetConnection shows it. @throws InvalidInputException */
function described(given: ConnectionInput): StoredConnection {
    const { Name: name = "", ConnectionType: type, PhysicalConnectionRequirements: place } = given;
    if (!/^[^\0\r\n]{1,255}$/.test(name)) throw invalid("Name must be one line of 1 to 255 characters.");
    if (type !== "NETWORK") {
        throw invalid(
            `The local AWS has connections of type NETWORK only, not ${type}: no data store is connected to.`,
        );
    }
    refuseMembers(given, "AuthenticationConfiguration", "SparkProperties", "AthenaProperties", "PythonProperties");
    if (Object.keys(given.ConnectionProperties ?? {}).length > 0) {
        throw invalid("A connection of type NETWORK has no ConnectionProperties.");
    }
    if (!place?.SubnetId || (place.SecurityGroupIdList ?? []).length === 0) {
        throw invalid("A connection of type NETWORK needs a SubnetId and a SecurityGroupIdList.");
    }
    return {
        Name: name,
        Description: given.Description,
        ConnectionType: type,
        MatchCriteria: given.MatchCriteria ?? [],
        ConnectionProperties: {},
        PhysicalConnectionRequirements: place,
        ConnectionSchemaVersion: 1,
        Status: "READY",
    };
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}
