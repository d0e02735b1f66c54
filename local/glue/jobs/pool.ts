/** Drivers for runs: a fresh one each, and one kept warm ahead of the next run. */
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { LocalContext } from "../../context";
import { Driver } from "./driver";

/** After a run, before the next driver is warmed: the caller's own work goes first. */
const idleDelayMs = 3000;
/** An unused warm driver holds about 600 MB. */
const unusedLifeMs = 10 * 60_000;

export class DriverPool {
    private spare?: Driver;
    private wanted = false;
    private stopped = false;
    private readonly busy = new Set<Driver>();
    private prepareTimer?: NodeJS.Timeout;
    private expiryTimer?: NodeJS.Timeout;
    private readonly dir: string;

    constructor(private readonly context: LocalContext) {
        this.dir = path.join(context.stateDir, "glue", "drivers");
        // Left by a gateway that was killed; its drivers have ended with it.
        fs.rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 });
    }

    /** Starts and warms a driver ahead of the next run, now and after each run from now on. */
    async warm(): Promise<void> {
        this.wanted = true;
        this.prepare();
        await this.spare?.ready;
    }

    /** A driver for one run. `ownJvm`: one that is not started yet, so that the run decides on its JVM. */
    take(ownJvm: boolean): Driver {
        clearTimeout(this.prepareTimer);
        const warm = ownJvm || this.spare?.alive !== true ? undefined : this.spare;
        if (warm !== undefined) {
            clearTimeout(this.expiryTimer);
            this.spare = undefined;
        }
        const driver = warm ?? this.start(false);
        this.busy.add(driver);
        return driver;
    }

    /** Ends a driver after its run. */
    async release(driver: Driver): Promise<void> {
        await driver.kill();
        this.busy.delete(driver);
        if (!this.wanted || this.stopped || this.busy.size > 0) return;
        clearTimeout(this.prepareTimer);
        this.prepareTimer = setTimeout(() => this.prepare(), idleDelayMs);
        this.prepareTimer.unref();
    }

    status(): object {
        const spare = this.spare?.alive === true ? { warmDriver: this.spare.pid } : {};
        return { runningDrivers: [...this.busy].map((driver) => driver.pid), ...spare };
    }

    /** Ends every driver. */
    async stop(): Promise<void> {
        this.stopped = true;
        clearTimeout(this.prepareTimer);
        clearTimeout(this.expiryTimer);
        const drivers = [...this.busy, ...(this.spare === undefined ? [] : [this.spare])];
        await Promise.all(drivers.map((driver) => driver.kill()));
        this.spare = undefined;
    }

    private prepare(): void {
        if (this.stopped || this.spare?.alive === true) return;
        const spare = this.start(true);
        this.spare = spare;
        clearTimeout(this.expiryTimer);
        this.expiryTimer = setTimeout(() => this.discard(spare), unusedLifeMs);
        this.expiryTimer.unref();
        void spare.ready.then(() => {
            if (spare.alive || this.spare !== spare || this.stopped) return;
            this.context.log(`glue: Spark did not start: ${tail(spare.stderr)}`);
            this.discard(spare);
        });
    }

    private discard(spare: Driver): void {
        if (this.spare !== spare) return;
        this.spare = undefined;
        void spare.kill();
    }

    private start(primed: boolean): Driver {
        return new Driver(this.context, path.join(this.dir, randomUUID()), primed);
    }
}

/** The last lines of a log. */
export function tail(file: string, lines = 10): string {
    if (!fs.existsSync(file)) return "";
    return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}
