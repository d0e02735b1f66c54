/** What the user sees while a step runs: a spinner on a terminal, plain lines with a heartbeat anywhere else. */
import ora from "ora";
import { bold, dim, green, red } from "picocolors";
import { seconds } from "./format";

export interface Stage {
    /** The newest state of the step, one line. */
    update(text: string): void;
}

export interface StageTime {
    readonly title: string;
    readonly seconds: number;
}

/** A line this often shows that a step without news still runs, in milliseconds. */
const heartbeatMs = 10_000;

/** Runs steps one after the other and remembers their times. Writes to stderr: stdout is for the answers. */
export class Progress {
    readonly times: StageTime[] = [];

    constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

    /** Runs a step; its result may carry a `summary` for the step's last line. */
    async stage<T>(title: string, work: (stage: Stage) => Promise<T>, summary?: (result: T) => string): Promise<T> {
        const started = performance.now();
        const elapsed = () => (performance.now() - started) / 1000;
        // A terminal that does not know its width (0 columns) cannot clear a line; ora would try for ever.
        const animated = this.stream.isTTY && this.stream.columns > 0;
        const display = animated ? spinner(title, this.stream) : lines(title, this.stream, elapsed);
        try {
            const result = await work({ update: (text) => display.update(text) });
            this.times.push({ title, seconds: elapsed() });
            const said = summary?.(result);
            display.end(`${green("✔")} ${bold(title)}${said ? `: ${said}` : ""} ${dim(`(${seconds(elapsed())})`)}`);
            return result;
        } catch (error) {
            display.end(`${red("✖")} ${bold(title)} ${dim(`(${seconds(elapsed())})`)}`);
            throw error;
        }
    }

    /** A line of its own between steps. */
    note(text: string): void {
        this.stream.write(`${text}\n`);
    }
}

interface Display {
    update(text: string): void;
    end(line: string): void;
}

function spinner(title: string, stream: NodeJS.WriteStream): Display {
    // discardStdin would switch the terminal to raw mode, where Ctrl-C is a character and no signal.
    const shown = ora({ text: title, stream, discardStdin: false }).start();
    return {
        update: (text) => (shown.text = `${title}: ${text}`.slice(0, Math.max(20, stream.columns - 4))),
        end: (line) => {
            shown.stop();
            stream.write(`${line}\n`);
        },
    };
}

function lines(title: string, stream: NodeJS.WriteStream, elapsed: () => number): Display {
    stream.write(`- ${title}\n`);
    let newest = "";
    const timer = setInterval(
        () => stream.write(`  … ${title}${newest && `: ${newest}`} (${seconds(elapsed())})\n`),
        heartbeatMs,
    );
    timer.unref();
    return {
        update: (text) => (newest = text),
        end: (line) => {
            clearInterval(timer);
            stream.write(`${line}\n`);
        },
    };
}
