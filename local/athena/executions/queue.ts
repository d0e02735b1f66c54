/** Work that runs a few at a time. Its owners take turns; each owner's work is done in the order in which it came. */
export class Queue {
    /** By owner; the first one's turn is next. */
    private readonly waiting = new Map<string, Work[]>();
    private running = 0;

    /** @param concurrency pieces of work that run at once */
    constructor(private readonly concurrency: number) {}

    /** @param work which never rejects */
    add(owner: string, work: Work): void {
        const own = this.waiting.get(owner);
        if (own) own.push(work);
        else this.waiting.set(owner, [work]);
        this.next();
    }

    private next(): void {
        if (this.running >= this.concurrency) return;
        const work = this.take();
        if (!work) return;
        this.running++;
        void work().finally(() => {
            this.running--;
            this.next();
        });
    }

    private take(): Work | undefined {
        for (const [owner, own] of this.waiting) {
            const work = own.shift();
            // Behind all others: a map keeps the order in which its keys were set.
            this.waiting.delete(owner);
            if (own.length > 0) this.waiting.set(owner, own);
            return work;
        }
        return undefined;
    }
}

type Work = () => Promise<void>;
