/** Reads a Protocol Buffers message without its definition: https://protobuf.dev/programming-guides/encoding/ */

/** Values by the field's number: whole numbers, and bytes that may be text or a message. */
export type Message = ReadonlyMap<number, readonly (number | Buffer)[]>;

/** @throws for wire types other than numbers and bytes */
export function readMessage(bytes: Buffer): Message {
    const message = new Map<number, (number | Buffer)[]>();
    let at = 0;
    const number = () => {
        let value = 0;
        for (let factor = 1; ; factor *= 128) {
            const byte = bytes.readUInt8(at++);
            value += (byte & 0x7f) * factor;
            if (byte < 0x80) return value;
        }
    };
    const text = () => {
        const length = number();
        at += length;
        if (at > bytes.length) throw new Error("A field is longer than the message.");
        return bytes.subarray(at - length, at);
    };
    while (at < bytes.length) {
        const key = number();
        const [field, wireType] = [key >> 3, key & 7];
        if (wireType !== 0 && wireType !== 2) throw new Error(`Field ${field} has the wire type ${wireType}.`);
        message.set(field, [...(message.get(field) ?? []), wireType === 0 ? number() : text()]);
    }
    return message;
}

/** The first values of these fields as text. */
export function textsOf(message: Message, ...fields: number[]): string[] {
    return fields.map((field) => String(message.get(field)?.[0] ?? ""));
}
