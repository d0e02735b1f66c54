/** The declared resources as one lake: which belongs to which dataset, and what is stated about it. */
import { mayBe, textAt, valueAt, type DeclaredResource } from "./resources";
import type { DatasetVolumes } from "./volumeNames";
import type { Volumes } from "./volumes";

const tableType = "aws:glue/catalogTable:CatalogTable";

export class Lake {
    private readonly byUrn: ReadonlyMap<string, DeclaredResource>;
    private readonly parents: ReadonlySet<string | undefined>;
    /** Names of the datasets that anything belongs to. */
    readonly datasets: readonly string[];

    constructor(
        readonly resources: readonly DeclaredResource[],
        readonly volumes: Volumes,
    ) {
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        this.parents = new Set(resources.map(({ parent }) => parent));
        const names = resources.map((resource) => this.datasetOf(resource));
        this.datasets = [...new Set(names.filter((name) => name !== undefined))].sort();
    }

    isParent(resource: DeclaredResource): boolean {
        return this.parents.has(resource.urn);
    }

    ofType(type: string): DeclaredResource[] {
        return this.resources.filter((resource) => resource.type === type);
    }

    /** By its tag, by the pipeline that it is part of, or of a table alone by its name. */
    datasetOf(resource: DeclaredResource): string | undefined {
        return (
            textAt(resource, "tags", "lakeworks:dataset") ??
            this.fromAncestor(resource, "lakeworks:index:DataPipeline", (pipeline) => textAt(pipeline, "dataset")) ??
            (resource.type === tableType ? textAt(resource, "name") : undefined)
        );
    }

    /** What is stated of the resource's dataset. */
    volumesOf(resource: DeclaredResource): DatasetVolumes {
        return this.volumesOfDataset(this.datasetOf(resource));
    }

    volumesOfDataset(dataset: string | undefined): DatasetVolumes {
        return this.volumes.datasets[dataset ?? ""] ?? this.volumes.everyDataset;
    }

    /** Tables of a dataset; of undefined, all there are. */
    tablesOf(dataset: string | undefined): DeclaredResource[] {
        return this.ofType(tableType).filter((table) => dataset === undefined || this.datasetOf(table) === dataset);
    }

    /** What `read` finds in the nearest ancestor of that type. */
    fromAncestor<T>(
        resource: DeclaredResource,
        type: string,
        read: (ancestor: DeclaredResource) => T | undefined,
    ): T | undefined {
        const seen = new Set<string>();
        let at: DeclaredResource | undefined = resource;
        while (at !== undefined && !seen.has(at.urn)) {
            if (at.type === type) {
                return read(at);
            }
            seen.add(at.urn);
            at = this.byUrn.get(at.parent ?? "");
        }
        return undefined;
    }

    /**
     * The resource of that type that sets something for a bucket: by the bucket's name, or where that is not known yet
     * by names and parents, as `lake-bronze-lifecycle` is of `lake-bronze`.
     */
    settingOf(bucket: DeclaredResource, type: string): DeclaredResource | undefined {
        const settings = this.ofType(type);
        const name = textAt(bucket, "bucket");
        return (
            settings.find((setting) => name !== undefined && valueAt(setting, "bucket") === name) ??
            settings.find(
                (setting) => setting.parent === bucket.parent && /^-[a-z]+$/.test(after(setting.name, bucket.name)),
            )
        );
    }

    /** Is it named so, or may it be, being unknown, a sibling's? */
    isNamed(reference: unknown, target: DeclaredResource, from: DeclaredResource): boolean {
        const name = textAt(target, "name") ?? target.name;
        return reference === name || (mayBe(reference, name) && from.parent === target.parent);
    }
}

function after(text: string, start: string): string {
    return text.startsWith(start) ? text.slice(start.length) : "";
}
