import { fsbp } from "../lib/frameworks";
import { given } from "../lib/given";
import { resourceRule } from "../lib/resourceRule";

export const enforcedWorkgroups = resourceRule(
    {
        name: "enforced-workgroups",
        displayName: "Workgroups decide for their queries",
        description:
            "A workgroup's settings cannot be overridden, it has a place for results, and its metrics are published.",
        severity: "high",
        tags: ["security", "cost"],
        framework: fsbp("Athena.4"),
        url: "https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html",
        remediationSteps:
            "Leave configuration.enforceWorkgroupConfiguration and configuration.publishCloudwatchMetricsEnabled out, or set " +
            "them to true. Set configuration.resultConfiguration.outputLocation, or let Athena keep the results.",
    },
    {
        "aws:athena/workgroup:Workgroup": ({ props, name, look, report }) => {
            // Absent, both are true: the defaults of the provider, which sends them to Athena.
            if (look(() => props.configuration?.enforceWorkgroupConfiguration) === false) {
                report(
                    `Workgroup "${name}" lets each client choose where results go and how they are encrypted. ` +
                        "Set configuration.enforceWorkgroupConfiguration to true.",
                );
            }
            if (look(() => props.configuration?.publishCloudwatchMetricsEnabled) === false) {
                report(
                    `Workgroup "${name}" publishes no metrics, so that nobody sees what its queries scan. ` +
                        "Set configuration.publishCloudwatchMetricsEnabled to true.",
                );
            }
            const managed = look(() => props.configuration?.managedQueryResultsConfiguration?.enabled ?? false);
            if (managed === false && !given(() => props.configuration?.resultConfiguration?.outputLocation)) {
                report(
                    `Workgroup "${name}" has no place for results, so that each client brings its own or its queries ` +
                        'fail. Set configuration.resultConfiguration.outputLocation to "s3://<bucket>/<folder>/", or ' +
                        "configuration.managedQueryResultsConfiguration.enabled to true.",
                );
            }
        },
    },
);
