/**
 * Data quality rulesets, kept and shown. Jobs evaluate rules (local/spark/awsgluedq); evaluations over the catalog's
 * tables, recommendations and their results are not done here.
 * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-data-quality-api.html
 */
import * as path from "node:path";
import type {
    CreateDataQualityRulesetRequest,
    DataQualityTargetTable,
    DeleteDataQualityRulesetRequest,
    GetDataQualityRulesetRequest,
    GetDataQualityRulesetResponse,
    ListDataQualityRulesetsRequest,
    UpdateDataQualityRulesetRequest,
} from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError, type Operations } from "../../protocol/operations";
import { pageOf } from "../../protocol/pages";
import { nowSeconds, type Wire } from "../../protocol/wire";
import { Store } from "../../store";
import { nameOf, own, refuseMembers, type Catalog } from "../catalog/state";
import type { TagStore } from "../tags";
import { rulesOf } from "./ruleset";

type StoredRuleset = Wire<GetDataQualityRulesetResponse> & { Name: string; Ruleset: string; CreatedOn: number };

interface RulesetState {
    rulesets: Record<string, StoredRuleset>;
}

const largestPage = 1000;

export interface Quality {
    readonly operations: Operations;
    flush(): void;
}

export function createQuality(context: LocalContext, catalog: Catalog, tags: TagStore): Quality {
    const file = path.join(context.stateDir, "glue", "quality.json");
    const store = new Store<RulesetState>(file, { rulesets: {} });
    return {
        operations: rulesetOperations(store, catalog, tags),
        flush: () => store.flush(),
    };
}

function rulesetOperations(store: Store<RulesetState>, catalog: Catalog, tags: TagStore): Operations {
    const { rulesets } = store.state;
    const arn = (name: string) => catalog.arn(`dataQualityRuleset/${name}`);
    const existing = (name: string | undefined): StoredRuleset => {
        const found = own(rulesets, name ?? "");
        if (found === undefined) throw new AwsError("EntityNotFoundException", `Ruleset ${name} not found.`);
        return found;
    };
    return {
        CreateDataQualityRuleset: (input: CreateDataQualityRulesetRequest) => {
            refuseMembers(input, "DataQualitySecurityConfiguration");
            const { Name: name = "", Ruleset: ruleset = "", Description, TargetTable } = input;
            nameOf("Ruleset name", name);
            if (own(rulesets, name) !== undefined) {
                throw new AwsError("AlreadyExistsException", `Ruleset ${name} already exists.`);
            }
            rulesOf(ruleset);
            const now = nowSeconds();
            rulesets[name] = {
                Name: name,
                Description,
                Ruleset: ruleset,
                TargetTable: TargetTable && targetOf(catalog, TargetTable),
                CreatedOn: now,
                LastModifiedOn: now,
            };
            tags.set(arn(name), input.Tags);
            store.changed();
            return { Name: name };
        },
        GetDataQualityRuleset: (input: GetDataQualityRulesetRequest) => {
            return existing(input.Name);
        },
        UpdateDataQualityRuleset: (input: UpdateDataQualityRulesetRequest) => {
            const ruleset = existing(input.Name);
            if (input.Ruleset !== undefined) rulesOf(input.Ruleset);
            ruleset.Ruleset = input.Ruleset ?? ruleset.Ruleset;
            ruleset.Description = input.Description ?? ruleset.Description;
            ruleset.LastModifiedOn = nowSeconds();
            store.changed();
            return { Name: ruleset.Name, Description: ruleset.Description, Ruleset: ruleset.Ruleset };
        },
        DeleteDataQualityRuleset: (input: DeleteDataQualityRulesetRequest) => {
            const { Name } = existing(input.Name);
            delete rulesets[Name];
            tags.drop(arn(Name));
            store.changed();
            return {};
        },
        ListDataQualityRulesets: (input: ListDataQualityRulesetsRequest) => {
            const wanted = Object.values(rulesets)
                .filter((ruleset) => matches(ruleset, input.Filter as Filter | undefined))
                .filter(({ Name }) => hasTags(tags.get(arn(Name)), input.Tags))
                .sort((a, b) => (a.Name < b.Name ? -1 : 1));
            const size = Math.min(input.MaxResults ?? largestPage, largestPage);
            const page = pageOf(wanted, input.NextToken, size);
            return { Rulesets: page.items.map(listed), NextToken: page.nextToken };
        },
    };
}

/** @throws InvalidInputException for a table that is not there. */
function targetOf(catalog: Catalog, target: DataQualityTargetTable): DataQualityTargetTable {
    const { DatabaseName, TableName, CatalogId } = target;
    try {
        catalog.table({ CatalogId: CatalogId === "" ? undefined : CatalogId }, DatabaseName, TableName);
    } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw new AwsError("InvalidInputException", `The ruleset's target table: ${error.message}`);
    }
    return { DatabaseName, TableName, ...(CatalogId ? { CatalogId } : {}) };
}

function listed({ Ruleset, ...ruleset }: StoredRuleset): object {
    return { ...ruleset, RuleCount: rulesOf(Ruleset) };
}

type Filter = Wire<NonNullable<ListDataQualityRulesetsRequest["Filter"]>>;

function matches(ruleset: StoredRuleset, filter: Filter = {}): boolean {
    const { Name, Description, TargetTable } = filter;
    const modified = ruleset.LastModifiedOn ?? ruleset.CreatedOn;
    return (
        (Name === undefined || ruleset.Name === Name) &&
        (Description === undefined || ruleset.Description === Description) &&
        (TargetTable === undefined ||
            (ruleset.TargetTable?.DatabaseName === TargetTable.DatabaseName &&
                ruleset.TargetTable?.TableName === TargetTable.TableName)) &&
        ruleset.CreatedOn < (filter.CreatedBefore ?? Infinity) &&
        ruleset.CreatedOn > (filter.CreatedAfter ?? 0) &&
        modified < (filter.LastModifiedBefore ?? Infinity) &&
        modified > (filter.LastModifiedAfter ?? 0)
    );
}

function hasTags(present: Record<string, string>, wanted: Record<string, string> = {}): boolean {
    return Object.entries(wanted).every(([key, value]) => present[key] === value);
}
