/** Amazon VPC: endpoints, NAT gateways, public addresses. https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/privatelink/pricing/ */
import { plural } from "../format";
import type { Lake } from "./lake";
import { figure, hoursPerMonth, line, usd, type Priced } from "./lines";
import { price } from "./priceList";
import { numberAt, textAt, valueAt, type DeclaredResource } from "./resources";

export function endpointCost(endpoint: DeclaredResource, lake: Lake): Priced {
    const type = textAt(endpoint, "vpcEndpointType") ?? "Gateway";
    if (type === "Gateway") {
        return [line("VPC", endpoint, "gateway endpoint", price("vpc.gatewayEndpoint"), "Gateway endpoints are free.")];
    }
    if (type !== "Interface") {
        return { notPriced: `no price of an endpoint of type ${type}` };
    }
    const subnets = valueAt(endpoint, "subnetIds");
    const known = Array.isArray(subnets);
    const zones = known ? subnets.length : zonesOf(endpoint, lake);
    const inZones = plural(zones, "zone");
    const gib = lake.volumes.lake.endpointGiBPerMonth;
    const [perHour, perGiB] = [price("vpc.endpointHour"), price("vpc.endpointGB")];
    return [
        line(
            "VPC",
            endpoint,
            `interface endpoint in ${inZones}`,
            zones * hoursPerMonth * perHour + gib * perGiB,
            `${inZones} × ${figure(hoursPerMonth)} h × ${usd(perHour)} + ${figure(gib)} GiB × ${usd(perGiB)}` +
                `${known ? "" : "; its subnets are not known yet, the zones are those of its network"}.`,
        ),
    ];
}

/** Of a network that is not there yet: as it is declared. */
function zonesOf(endpoint: DeclaredResource, lake: Lake): number {
    const declared = (network: DeclaredResource) => numberAt(network, "availabilityZones");
    return lake.fromAncestor(endpoint, "lakeworks:index:LakeNetwork", declared) ?? 1;
}

export function natCost(nat: DeclaredResource, lake: Lake): Priced {
    const gib = lake.volumes.lake.natGiBPerMonth;
    const [perHour, perGiB] = [price("vpc.natHour"), price("vpc.natGB")];
    return [
        line(
            "VPC",
            nat,
            `NAT gateway, ${figure(gib)} GiB a month`,
            hoursPerMonth * perHour + gib * perGiB,
            `${figure(hoursPerMonth)} h × ${usd(perHour)} + ${figure(gib)} GiB × ${usd(perGiB)}; traffic to the internet is not estimated.`,
        ),
    ];
}

export function addressCost(address: DeclaredResource): Priced {
    const perHour = price("vpc.publicIpv4Hour");
    const why = `${figure(hoursPerMonth)} h × ${usd(perHour)}.`;
    return [line("VPC", address, "public IPv4 address", hoursPerMonth * perHour, why)];
}
