/**
 * Types that cost nothing by themselves: they configure something that is billed, or give rights. A type is here only
 * where AWS's price page of the service says so or names no charge for it.
 */
const freeTypes: readonly RegExp[] = [
    /^aws:iam\//,
    // Grants and tags; filtering rows through its storage API, which is billed, is not declared.
    /^aws:lakeformation\/(dataLakeSettings|lfTag|permissions|resource|resourceLfTags?):/,
    // In the catalog's line, or billed by the jobs that use them.
    /^aws:glue\/(catalogDatabase|catalogTable|connection|dataQualityRuleset|partitionIndex|securityConfiguration|trigger|workflow):/,
    /^aws:athena\/(namedQuery|preparedStatement|database):/,
    // Settings of a bucket; objects of the program lie within `scriptsGiB`.
    /^aws:s3\/bucket(LifecycleConfiguration|Logging|Notification|Object|Objectv2|OwnershipControls|Policy|PublicAccessBlock|Versioning):/,
    /^aws:kms\/(alias|keyPolicy|grant):/,
    /^aws:sns\/topicPolicy:/,
    /^aws:sqs\/(queuePolicy|redrivePolicy):/,
    /^aws:cloudwatch\/(eventTarget|logStream|logResourcePolicy):/,
    /^aws:ec2\/(vpc|subnet|routeTable|route|routeTableAssociation|internetGateway|securityGroup|defaultSecurityGroup|securityGroupRule|vpcEndpointRouteTableAssociation|vpcEndpointSubnetAssociation|networkAcl|vpcDhcpOptions):/,
    /^aws:vpc\/securityGroup(Ingress|Egress)Rule:/,
];

/** The engine's own types, and the components of this package and of awsx, whose children are what AWS bills. */
const noResources = /^(pulumi|lakeworks|awsx):/;

export function isFree(type: string): boolean {
    return noResources.test(type) || freeTypes.some((pattern) => pattern.test(type));
}
