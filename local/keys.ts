/** Whose account a key signs for. */
import { roleKeyAccount } from "./calls";
import { accountPattern, localAccount } from "./context";
import type { Emulator } from "./emulator";

/** Keys of STS that are remembered; whoever makes some up must not fill the memory. */
const mostTemporary = 1000;

export class Keys {
    /** Of keys that STS gave out, the oldest first: it never gives one to another account. */
    private readonly temporary = new Map<string, string>();

    constructor(private readonly emulator: Pick<Emulator, "address">) {}

    /** Its own number, that of the role to which we gave it, that of the role which STS let it assume, or the first account's. */
    async accountOf(accessKeyId: string | undefined): Promise<string> {
        if (accessKeyId === undefined) return localAccount;
        if (accountPattern.test(accessKeyId)) return accessKeyId;
        const ofRole = roleKeyAccount(accessKeyId);
        if (ofRole !== undefined) return ofRole;
        return accessKeyId.startsWith("ASIA") ? this.accountBySts(accessKeyId) : localAccount;
    }

    private async accountBySts(accessKeyId: string): Promise<string> {
        const known = this.temporary.get(accessKeyId);
        const { address } = this.emulator;
        if (known !== undefined || address === undefined) return known ?? localAccount;
        const scope = "20000101/us-east-1/sts/aws4_request";
        const response = await fetch(`http://${address.host}:${address.port}/`, {
            method: "POST",
            headers: {
                authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host, Signature=none`,
                "content-type": "application/x-www-form-urlencoded",
            },
            body: "Action=GetCallerIdentity&Version=2011-06-15",
        });
        const account = /<Account>(\d{12})<\/Account>/.exec(await response.text())?.[1];
        if (account !== undefined) this.remember(accessKeyId, account);
        return account ?? localAccount;
    }

    /** One that is forgotten is asked for again. */
    private remember(accessKeyId: string, account: string): void {
        this.temporary.set(accessKeyId, account);
        const [oldest] = this.temporary.keys();
        if (this.temporary.size > mostTemporary) this.temporary.delete(oldest!);
    }
}
