/** Sample clickstream: CSV by arrival day, deterministic, whole sessions late, with dirt at stated rates. */
import { Stream, type ArrivalPlan } from "../arrivals";
import { Random } from "../random";
import { sampleGenerator } from "../sampleFiles";
import { clock, money, pick } from "../values";
import { contract } from "./contract";
import { csvLine, spoil, type RawEvent } from "./dirt";
import {
    countries,
    devices,
    drawCountry,
    drawDevice,
    host,
    referrers,
    secondOfStart,
    users,
    visits,
    weekdayWeights,
} from "./site";

const columns = contract.columns.filter((column) => column.expression === undefined).map((column) => column.name);

export const generate = sampleGenerator({
    arrivalKey: contract.raw.arrivalKey,
    extension: "csv",
    header: csvLine(columns),
    weekdayWeights,
    row(plan, day, row) {
        const { event, late } = eventOf(plan, day, row);
        return { line: csvLine(Object.values(event)), late };
    },
    spoil: (plan, day, row, random) => spoil(eventOf(plan, day, row).event, random),
});

const longestSession = 12;
/** Share of events after which the visitor leaves. */
const leaving = 0.3;
const lastOfDay = 86_400_000 - 1;

/** The row with which the row's session begins: rows that follow one another are one visitor's until that one leaves. */
function sessionStart(plan: ArrivalPlan, day: number, row: number): number {
    let start = row;
    while (start % longestSession !== 0 && sessionRandom(plan, day, start).next() >= leaving) {
        start--;
    }
    return start;
}

function sessionRandom(plan: ArrivalPlan, day: number, start: number): Random {
    return new Random(plan.settings.seed, Stream.Group, day, start);
}

/** The row's event; `late` when it is of a day before its arrival, as all events of its session then are. */
function eventOf(plan: ArrivalPlan, day: number, row: number): { event: RawEvent; late: boolean } {
    const start = sessionStart(plan, day, row);
    const session = sessionRandom(plan, day, start);
    session.next();
    const eventDay = plan.eventDay(day, session);
    const late = eventDay < day;
    const share = late ? session.next() : Math.min(0.999999, (start + session.next()) / Math.max(1, plan.clean(day)));
    const user = session.next() < 0.45 ? `U${String(session.below(users) + 1).padStart(5, "0")}` : "";
    const device = devices[drawDevice(session.next())]!;
    const country = countries[drawCountry(session.next())]!;
    const landedFrom = pick(referrers, session);

    const path = visits(session);
    let time = secondOfStart(share) * 1000 + session.below(1000);
    let visit = path.next().value;
    let referrer: string = landedFrom;
    for (let index = start; index < row; index++) {
        time += visit.duration;
        referrer = host + visit.page.path;
        visit = path.next().value;
    }
    time = Math.min(time, lastOfDay);

    const own = new Random(plan.settings.seed, Stream.Row, day, row);
    const received = late ? own.below(lastOfDay) : Math.min(time + 150 + own.below(4000), lastOfDay);
    const date = plan.date(day).replaceAll("-", "");
    const event = {
        event_id: `E${date}-${String(row + 1).padStart(8, "0")}`,
        event_time: moment(plan.date(eventDay), time),
        received_at: moment(plan.date(day), received),
        session_id: `S${date}-${String(start + 1).padStart(8, "0")}`,
        hit_number: String(row - start + 1),
        user_id: user,
        event_type: visit.type,
        page_url: host + visit.page.path + (own.next() < 0.1 ? "?utm_source=mail" : ""),
        page_title: visit.page.title,
        referrer,
        device,
        country,
        duration_ms: String(visit.duration),
        revenue: visit.type === "purchase" ? money(visit.cart) : "",
    };
    return { event, late };
}

function moment(date: string, ms: number): string {
    return `${date}T${clock(Math.floor(ms / 1000))}.${String(ms % 1000).padStart(3, "0")}Z`;
}
