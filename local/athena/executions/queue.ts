/** Work that runs a few at a time, in the order in which it came. */
export class Queue {
    private readonly waiting: (() => Promise<void>)[] = [];
    private running = 0;

    /** @param concurrency pieces of work that run at once */
    constructor(private readonly concurrency: number) {}

    /** @param work which never rejects */
    add(work: () => Promise<void>): void {
        this.waiting.push(work);
        this.next();
    }

    private next(): void {
        if (this.running >= this.concurrency) return;
        const work = this.waiting.shift();
        if (!work) return;
        this.running++;
        void work().finally(() => {
            this.running--;
            this.next();
        });
    }
}
