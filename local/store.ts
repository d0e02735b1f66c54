/** A JSON document on disk that survives a crash at any point: written whole to a new file, then renamed. */
import * as fs from "node:fs";
import * as path from "node:path";

export class Store<T extends object> {
    readonly state: T;
    private pending = false;

    constructor(
        private readonly file: string,
        initial: T,
    ) {
        this.state = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as T) : initial;
    }

    /** Saves soon; many changes in one turn of the event loop are one write. */
    changed(): void {
        if (this.pending) return;
        this.pending = true;
        setImmediate(() => this.flush());
    }

    flush(): void {
        if (!this.pending) return;
        this.pending = false;
        fs.mkdirSync(path.dirname(this.file), { recursive: true });
        const next = `${this.file}.next`;
        fs.writeFileSync(next, JSON.stringify(this.state));
        fs.renameSync(next, this.file);
    }
}
