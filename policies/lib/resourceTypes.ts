/** The resources that rules look at, by type token, with the properties that a program gives them. */
import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";

interface Args {
    "aws:athena/namedQuery:NamedQuery": aws.athena.NamedQueryArgs;
    "aws:athena/preparedStatement:PreparedStatement": aws.athena.PreparedStatementArgs;
    "aws:athena/workgroup:Workgroup": aws.athena.WorkgroupArgs;
    "aws:cloudtrail/trail:Trail": aws.cloudtrail.TrailArgs;
    "aws:cloudwatch/eventRule:EventRule": aws.cloudwatch.EventRuleArgs;
    "aws:cloudwatch/logGroup:LogGroup": aws.cloudwatch.LogGroupArgs;
    "aws:cloudwatch/metricAlarm:MetricAlarm": aws.cloudwatch.MetricAlarmArgs;
    "aws:glue/catalogDatabase:CatalogDatabase": aws.glue.CatalogDatabaseArgs;
    "aws:glue/catalogTable:CatalogTable": aws.glue.CatalogTableArgs;
    "aws:glue/connection:Connection": aws.glue.ConnectionArgs;
    "aws:glue/crawler:Crawler": aws.glue.CrawlerArgs;
    "aws:glue/dataQualityRuleset:DataQualityRuleset": aws.glue.DataQualityRulesetArgs;
    "aws:glue/job:Job": aws.glue.JobArgs;
    "aws:glue/partitionIndex:PartitionIndex": aws.glue.PartitionIndexArgs;
    "aws:glue/securityConfiguration:SecurityConfiguration": aws.glue.SecurityConfigurationArgs;
    "aws:glue/trigger:Trigger": aws.glue.TriggerArgs;
    "aws:iam/groupPolicy:GroupPolicy": aws.iam.GroupPolicyArgs;
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": aws.iam.GroupPolicyAttachmentArgs;
    "aws:iam/policy:Policy": aws.iam.PolicyArgs;
    "aws:iam/policyAttachment:PolicyAttachment": aws.iam.PolicyAttachmentArgs;
    "aws:iam/role:Role": aws.iam.RoleArgs;
    "aws:iam/rolePolicy:RolePolicy": aws.iam.RolePolicyArgs;
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": aws.iam.RolePolicyAttachmentArgs;
    "aws:iam/userPolicy:UserPolicy": aws.iam.UserPolicyArgs;
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": aws.iam.UserPolicyAttachmentArgs;
    "aws:kms/key:Key": aws.kms.KeyArgs;
    "aws:s3/bucket:Bucket": aws.s3.BucketArgs;
    "aws:s3/bucketAcl:BucketAcl": aws.s3.BucketAclArgs;
    "aws:s3/bucketAclV2:BucketAclV2": aws.s3.BucketAclV2Args;
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": aws.s3.BucketLifecycleConfigurationArgs;
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": aws.s3.BucketLifecycleConfigurationV2Args;
    "aws:s3/bucketPolicy:BucketPolicy": aws.s3.BucketPolicyArgs;
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": aws.s3.BucketPublicAccessBlockArgs;
    "aws:s3/bucketV2:BucketV2": aws.s3.BucketV2Args;
    "aws:s3/bucketVersioning:BucketVersioning": aws.s3.BucketVersioningArgs;
    "aws:s3/bucketVersioningV2:BucketVersioningV2": aws.s3.BucketVersioningV2Args;
    "aws:sns/topic:Topic": aws.sns.TopicArgs;
    "aws:sqs/queue:Queue": aws.sqs.QueueArgs;
}

export type ResourceType = keyof Args;

/** Properties as a policy sees them: plain values. */
export type Props<T extends ResourceType> = Unwrap<Args[T]>;
