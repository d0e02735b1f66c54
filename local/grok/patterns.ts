/**
 * AWS Glue's built-in patterns, but for COMMONAPACHELOG_DATATYPED, whose notation of types the page does not explain. Where the page
 * has an atomic group, which JavaScript lacks, what stands here matches the same without trying much again.
 * @see https://docs.aws.amazon.com/glue/latest/dg/custom-classifier.html#classifier-builtin-patterns
 */
export const grokPatterns: Readonly<Record<string, string>> = {
    USERNAME: String.raw`[a-zA-Z0-9._-]+`,
    USER: String.raw`%{USERNAME}`,
    INT: String.raw`(?:[+-]?(?:[0-9]+))`,
    BASE10NUM: String.raw`(?<![0-9.+-])(?:[+-]?(?:(?:[0-9]+(?:\.[0-9]+)?)|(?:\.[0-9]+)))`,
    NUMBER: String.raw`(?:%{BASE10NUM})`,
    BASE16NUM: String.raw`(?<![0-9A-Fa-f])(?:[+-]?(?:0x)?(?:[0-9A-Fa-f]+))`,
    BASE16FLOAT: String.raw`\b(?<![0-9A-Fa-f.])(?:[+-]?(?:0x)?(?:(?:[0-9A-Fa-f]+(?:\.[0-9A-Fa-f]*)?)|(?:\.[0-9A-Fa-f]+)))\b`,
    BOOLEAN: String.raw`(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])`,
    POSINT: String.raw`\b(?:[1-9][0-9]*)\b`,
    NONNEGINT: String.raw`\b(?:[0-9]+)\b`,
    WORD: String.raw`\b\w+\b`,
    NOTSPACE: String.raw`\S+`,
    SPACE: String.raw`\s*`,
    DATA: String.raw`.*?`,
    GREEDYDATA: String.raw`.*`,
    QUOTEDSTRING: String.raw`(?<!\\)(?:"(?:\\.|[^\\"])*"|'(?:\\.|[^\\'])*'|\x60(?:\\.|[^\\\x60])*\x60)`,
    UUID: String.raw`[A-Fa-f0-9]{8}-(?:[A-Fa-f0-9]{4}-){3}[A-Fa-f0-9]{12}`,
    MAC: String.raw`(?:%{CISCOMAC}|%{WINDOWSMAC}|%{COMMONMAC})`,
    CISCOMAC: String.raw`(?:(?:[A-Fa-f0-9]{4}\.){2}[A-Fa-f0-9]{4})`,
    WINDOWSMAC: String.raw`(?:(?:[A-Fa-f0-9]{2}-){5}[A-Fa-f0-9]{2})`,
    COMMONMAC: String.raw`(?:(?:[A-Fa-f0-9]{2}:){5}[A-Fa-f0-9]{2})`,
    IPV6: ipv6(),
    IPV4: String.raw`(?<![0-9])(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})(?![0-9])`,
    IP: String.raw`(?:%{IPV6}|%{IPV4})`,
    HOSTNAME: String.raw`\b(?:[0-9A-Za-z][0-9A-Za-z_-]{0,62})(?:\.(?:[0-9A-Za-z][0-9A-Za-z_-]{0,62}))*(?:\.?|\b)`,
    HOST: String.raw`%{HOSTNAME}`,
    IPORHOST: String.raw`(?:%{HOSTNAME}|%{IP})`,
    HOSTPORT: String.raw`(?:%{IPORHOST}:%{POSINT:PORT})`,
    PATH: String.raw`(?:%{UNIXPATH}|%{WINPATH})`,
    UNIXPATH: String.raw`(?:/(?:[\w_%!$@:.,~-]|\\.)*)+`,
    TTY: String.raw`(?:/dev/(?:pts|tty(?:[pq])?)(?:\w+)?/?(?:[0-9]+))`,
    WINPATH: String.raw`(?:[A-Za-z]+:|\\)(?:\\[^\\?*]*)+`,
    URIPROTO: String.raw`[A-Za-z]+(?:\+[A-Za-z+]+)?`,
    URIHOST: String.raw`%{IPORHOST}(?::%{POSINT:port})?`,
    URIPATH: String.raw`(?:/[A-Za-z0-9$.+!*'(){},~:;=@#%_-]*)+`,
    URIPARAM: String.raw`\?[A-Za-z0-9$.+!*'|(){},~@#%&/=:;_?\[\]-]*`,
    URIPATHPARAM: String.raw`%{URIPATH}(?:%{URIPARAM})?`,
    URI: String.raw`%{URIPROTO}://(?:%{USER}(?::[^@]*)?@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?`,
    MONTH: String.raw`\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|Jun(?:e)?|Jul(?:y)?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b`,
    MONTHNUM: String.raw`(?:0?[1-9]|1[0-2])`,
    MONTHNUM2: String.raw`(?:0[1-9]|1[0-2])`,
    MONTHDAY: String.raw`(?:(?:0[1-9])|(?:[12][0-9])|(?:3[01])|[1-9])`,
    DAY: String.raw`(?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)`,
    YEAR: String.raw`(?:\d\d){1,2}`,
    HOUR: String.raw`(?:2[0123]|[01]?[0-9])`,
    MINUTE: String.raw`(?:[0-5][0-9])`,
    SECOND: String.raw`(?:(?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?)`,
    TIME: String.raw`(?!<[0-9])%{HOUR}:%{MINUTE}(?::%{SECOND})(?![0-9])`,
    DATE_US: String.raw`%{MONTHNUM}[/-]%{MONTHDAY}[/-]%{YEAR}`,
    DATE_EU: String.raw`%{MONTHDAY}[./-]%{MONTHNUM}[./-]%{YEAR}`,
    DATESTAMP_US: String.raw`%{DATE_US}[- ]%{TIME}`,
    DATESTAMP_EU: String.raw`%{DATE_EU}[- ]%{TIME}`,
    ISO8601_TIMEZONE: String.raw`(?:Z|[+-]%{HOUR}(?::?%{MINUTE}))`,
    ISO8601_SECOND: String.raw`(?:%{SECOND}|60)`,
    TIMESTAMP_ISO8601: String.raw`%{YEAR}-%{MONTHNUM}-%{MONTHDAY}[T ]%{HOUR}:?%{MINUTE}(?::?%{SECOND})?%{ISO8601_TIMEZONE}?`,
    TZ: String.raw`(?:[PMCE][SD]T|UTC)`,
    DATESTAMP_RFC822: String.raw`%{DAY} %{MONTH} %{MONTHDAY} %{YEAR} %{TIME} %{TZ}`,
    DATESTAMP_RFC2822: String.raw`%{DAY}, %{MONTHDAY} %{MONTH} %{YEAR} %{TIME} %{ISO8601_TIMEZONE}`,
    DATESTAMP_OTHER: String.raw`%{DAY} %{MONTH} %{MONTHDAY} %{TIME} %{TZ} %{YEAR}`,
    DATESTAMP_EVENTLOG: String.raw`%{YEAR}%{MONTHNUM2}%{MONTHDAY}%{HOUR}%{MINUTE}%{SECOND}`,
    CISCOTIMESTAMP: String.raw`%{MONTH} %{MONTHDAY} %{TIME}`,
    SYSLOGTIMESTAMP: String.raw`%{MONTH} +%{MONTHDAY} %{TIME}`,
    PROG: String.raw`(?:[\w._/%-]+)`,
    SYSLOGPROG: String.raw`%{PROG:program}(?:\[%{POSINT:pid}\])?`,
    SYSLOGHOST: String.raw`%{IPORHOST}`,
    SYSLOGFACILITY: String.raw`<%{NONNEGINT:facility}.%{NONNEGINT:priority}>`,
    HTTPDATE: String.raw`%{MONTHDAY}/%{MONTH}/%{YEAR}:%{TIME} %{INT}`,
    QS: String.raw`%{QUOTEDSTRING}`,
    SYSLOGBASE: String.raw`%{SYSLOGTIMESTAMP:timestamp} (?:%{SYSLOGFACILITY} )?%{SYSLOGHOST:logsource} %{SYSLOGPROG}:`,
    MESSAGESLOG: String.raw`%{SYSLOGBASE} %{DATA}`,
    COMMONAPACHELOG: String.raw`%{IPORHOST:clientip} %{USER:ident} %{USER:auth} \[%{HTTPDATE:timestamp}\] "(?:%{WORD:verb} %{NOTSPACE:request}(?: HTTP/%{NUMBER:httpversion})?|%{DATA:rawrequest})" %{NUMBER:response} (?:%{NUMBER:bytes}|-)`,
    COMBINEDAPACHELOG: String.raw`%{COMMONAPACHELOG} %{QS:referrer} %{QS:agent}`,
    LOGLEVEL: String.raw`(?:[Aa]lert|ALERT|[Tt]race|TRACE|[Dd]ebug|DEBUG|[Nn]otice|NOTICE|[Ii]nfo|INFO|[Ww]arn?(?:ing)?|WARN?(?:ING)?|[Ee]rr?(?:or)?|ERR?(?:OR)?|[Cc]rit?(?:ical)?|CRIT?(?:ICAL)?|[Ff]atal|FATAL|[Ss]evere|SEVERE|EMERG(?:ENCY)?|[Ee]merg(?:ency)?)`,
};

/** Eight groups of digits, of which two colons may stand for some, and an address of IPv4 for the last two. */
function ipv6(): string {
    const group = "[0-9A-Fa-f]{1,4}";
    const byte = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    const ipv4 = `${byte}(?:\\.${byte}){3}`;
    const after = (before: number) => {
        const left = 7 - before;
        const short = left < 2 ? [] : [`(?::${group}){0,${left - 2}}:${ipv4}`];
        return [`(?::${group}){1,${left}}`, ...short, ...(left === 1 ? [ipv4] : []), ":"];
    };
    const forms = [6, 5, 4, 3, 2, 1].map((before) => `(?:${group}:){${before}}(?:${after(before).join("|")})`);
    return `(?:(?:${group}:){7}(?:${group}|:)|${forms.join("|")}|:(?:${after(0).join("|")}))(?:%.+)?`;
}
