/**
 * Tells the SDK which type a rule is for, as its `validateResourceOfType` does: the SDK then unpacks no other resource's
 * properties for the rule. That helper wants the resource's class, and loading @pulumi/aws takes longer than all rules.
 */
export function only<F extends object>(types: readonly string[], judge: F): F {
    return types.length === 1 ? Object.assign(judge, { __pulumiType: types[0] }) : judge;
}
