/** Entry of the Pulumi program: the stack's settings pick the environment, the environment's choices make the lake. */
import { dev } from "./dev";
import { deployLake, type LakeChoices } from "./lake";
import { local } from "./local";
import { prod } from "./prod";
import { readSettings, type Environment, type Settings } from "./settings";

const choose: Record<Environment, (settings: Settings) => LakeChoices> = { local, dev, prod };

const settings = readSettings();

/** What automation and other stacks rely on: {@link LakeOutputs}. */
export const lake = deployLake(choose[settings.environment](settings));
