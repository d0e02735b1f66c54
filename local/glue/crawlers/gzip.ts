/** Objects that are compressed as a whole. */
import { constants, gunzipSync } from "node:zlib";

/** Bytes that are held at once, however well they were compressed. */
const mostBytes = 64 * 1024 * 1024;

export function isGzip(head: Buffer): boolean {
    return head[0] === 0x1f && head[1] === 0x8b;
}

/** As much as can be had of an object of which only the beginning was read, and of how many of its bytes that is. */
export function gunzipHead(head: Buffer): { data: Buffer; used: number } {
    for (let used = head; ; used = used.subarray(0, used.length / 2)) {
        try {
            const data = gunzipSync(used, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostBytes });
            return { data, used: used.length };
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") throw error;
        }
    }
}
