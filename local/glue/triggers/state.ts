/** Triggers as kept on disk. */
import * as path from "node:path";
import type { Trigger } from "@aws-sdk/client-glue";
import type { LocalContext } from "../../context";
import { AwsError } from "../../protocol/operations";
import type { Wire } from "../../protocol/wire";
import { Store } from "../../store";

export type StoredTrigger = Wire<Trigger> & { Name: string; Type: string; State: string };

/** A trigger, and which of its conditions are met since it last fired, by their positions. */
interface Entry {
    readonly trigger: StoredTrigger;
    readonly met: readonly number[];
}

export class TriggerState {
    private readonly store: Store<{ entries: Entry[] }>;

    constructor(private readonly context: LocalContext) {
        this.store = new Store(path.join(context.stateDir, "glue", "triggers.json"), { entries: [] });
    }

    arn(name: string): string {
        return `arn:aws:glue:${this.context.region}:${this.context.account}:trigger/${name}`;
    }

    /** By name. */
    get all(): StoredTrigger[] {
        return this.store.state.entries
            .map(({ trigger }) => trigger)
            .sort((one, other) => (one.Name < other.Name ? -1 : 1));
    }

    find(name: string | undefined): StoredTrigger | undefined {
        return this.entry(name)?.trigger;
    }

    /** @throws EntityNotFoundException */
    get(name: string | undefined): StoredTrigger {
        const trigger = this.find(name);
        if (trigger !== undefined) return trigger;
        throw new AwsError("EntityNotFoundException", `Trigger with name: ${name} not found.`);
    }

    /** Adds or replaces; whatever conditions were met count no longer. */
    put(trigger: StoredTrigger): void {
        this.keep({ trigger, met: [] });
    }

    met(name: string): readonly number[] {
        return this.entry(name)?.met ?? [];
    }

    setMet(trigger: StoredTrigger, met: readonly number[]): void {
        this.keep({ trigger, met });
    }

    remove(name: string): void {
        this.store.state.entries = this.store.state.entries.filter(({ trigger }) => trigger.Name !== name);
        this.store.changed();
    }

    flush(): void {
        this.store.flush();
    }

    private entry(name: string | undefined): Entry | undefined {
        return this.store.state.entries.find(({ trigger }) => trigger.Name === name);
    }

    private keep(entry: Entry): void {
        const others = this.store.state.entries.filter(({ trigger }) => trigger.Name !== entry.trigger.Name);
        this.store.state.entries = [...others, entry];
        this.store.changed();
    }
}
