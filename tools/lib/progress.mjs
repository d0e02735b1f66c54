/** The steps of a set-up, shown while they run: a live line on a terminal, plain lines with a heartbeat elsewhere. */

const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const heartbeat = 15_000;

/** @param output a stream such as process.stderr; `isTTY` decides the manner. */
export function showProgress(output, total) {
    const live = output.isTTY === true && process.env.CI === undefined;
    const running = new Map();
    let done = 0;
    let failed = false;
    let frame = 0;

    const clear = () => live && output.write("\r\x1b[2K");
    const line = (text) => {
        clear();
        output.write(`${text}\n`);
    };
    const describe = (step) => {
        const status = step.text === "" ? "" : `${step.text}, `;
        return `${step.name} (${status}${elapsed(step.start)})`;
    };
    const summary = () => [...running.values()].map(describe).join(" · ");
    const timer = setInterval(
        () => {
            if (running.size === 0) {
                return;
            }
            if (live) {
                const text = `${spinner[frame++ % spinner.length]} ${done}/${total} ${summary()}`;
                output.write(`\r\x1b[2K${text.slice(0, (output.columns ?? 80) - 1)}`);
            } else {
                line(`  … ${done}/${total} ${summary()}`);
            }
        },
        live ? 120 : heartbeat,
    );
    timer.unref();

    return {
        /** A started step: `status` tells what it does now. */
        start(name, title) {
            const step = { name, title, text: "", start: Date.now(), status: (text) => (step.text = text) };
            running.set(name, step);
            if (!live) {
                line(`  > ${name}: ${title}`);
            }
            return step;
        },
        finish(step) {
            running.delete(step.name);
            done += 1;
            line(`  ✓ ${step.name}: ${step.title} (${elapsed(step.start)})`);
        },
        fail(step) {
            running.delete(step.name);
            // Only the first failure is one: the other steps are then stopped.
            line(`  ${failed ? "- stopped" : "✗"} ${step.name}: ${step.title} (${elapsed(step.start)})`);
            failed = true;
        },
        close() {
            clearInterval(timer);
            clear();
        },
    };
}

export function elapsed(start) {
    const seconds = Math.round((Date.now() - start) / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
