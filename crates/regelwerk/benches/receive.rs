//! How fast [`Dossier::receive`] is with 10^3, 10^5 and 10^6 earlier messages of other clients,
//! beside [`regelwerk::validate`] on the same bytes, and how much memory a message in a dossier
//! takes.
//!
//! `README.md` in this folder says how to run it and what came out.

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use regelwerk::{Dossier, Report, Verdict, context, eleven_proof, ijw, validate};

const ASSIGNMENT: &str = include_str!("../../../tests/messages/jw301/goed.xml");
const ASSIGNMENT_REPLY: &str = include_str!("../../../tests/dossiers/jaar/06-jw302.xml");
const START: &str = include_str!("../../../tests/messages/jw305/goed.xml");
const START_REPLY: &str = include_str!("../../../tests/dossiers/jaar/08-jw306.xml");
const DECLARATION: &str = include_str!("../../../tests/dossiers/jaar/09-jw323.xml");
/// Codes of municipalities; the table that is shipped knows them.
const TOWNS: &str = include_str!("../../../rules/ijw/gemeenten.csv");

const TOWN_COUNT: usize = 20;
const PROVIDER_COUNT: usize = 50;

/// What happens to each client, in this order.
const STORY: [fn(&Client) -> String; 5] =
    [assignment, assignment_reply, start, start_reply, declaration];

/// Earlier messages; multiples of those in [`STORY`].
const SIZES: [usize; 3] = [SMALL, LARGE, 1_000_000];
const SMALL: usize = 1_000;
/// From here on what the process takes says what the messages take.
const LARGE: usize = 100_000;
/// Clients of this number and above are in no dossier.
const NEW: usize = 500_000;
/// Messages in a sample.
const BATCH: usize = 10;
const SAMPLES: u32 = 500;

/// Dossiers by size, loaded once.
static STOCKS: LazyLock<Vec<Mutex<Stock>>> =
    LazyLock::new(|| SIZES.into_iter().map(|size| Mutex::new(describe_load(size))).collect());

fn main() {
    describe_dependence();
    LazyLock::force(&STOCKS);
    divan::main();
}

#[divan::bench_group(name = "JW305 that starts an earlier assignment", sample_count = SAMPLES, sample_size = 1)]
mod starts {
    use super::{Bencher, SIZES, judge, receive, second_start};

    #[divan::bench(name = "receive", args = SIZES)]
    fn received(bencher: Bencher, size: usize) {
        receive(bencher, size, second_start);
    }

    #[divan::bench(name = "validate")]
    fn validate(bencher: Bencher) {
        judge(bencher, second_start);
    }
}

#[divan::bench_group(name = "JW323 that declares an earlier assignment", sample_count = SAMPLES, sample_size = 1)]
mod declarations {
    use super::{Bencher, SIZES, judge, receive, second_declaration};

    #[divan::bench(name = "receive", args = SIZES)]
    fn received(bencher: Bencher, size: usize) {
        receive(bencher, size, second_declaration);
    }

    #[divan::bench(name = "validate")]
    fn validate(bencher: Bencher) {
        judge(bencher, second_declaration);
    }
}

#[divan::bench_group(name = "JW301 of a new client", sample_count = SAMPLES, sample_size = 1)]
mod assignments {
    use super::{Bencher, Client, NEW, SIZES, assignment, judge, receive};

    #[divan::bench(name = "receive", args = SIZES)]
    fn received(bencher: Bencher, size: usize) {
        receive(bencher, size, |client| assignment(&new_client(client)));
    }

    #[divan::bench(name = "validate")]
    fn validate(bencher: Bencher) {
        judge(bencher, |client| assignment(&new_client(client)));
    }

    /// One that no dossier knows.
    fn new_client(known: &Client) -> Client {
        Client::new(known.number + NEW)
    }
}

/// Bytes to a report with all that came before, taking the message in and dropping the report
/// included.
fn receive(bencher: Bencher, size: usize, make: impl Fn(&Client) -> String) {
    let Some(stock) = STOCKS.iter().zip(SIZES).find(|(_, it)| *it == size).map(|it| it.0) else {
        return;
    };
    let batch = || lock(stock).clients().iter().map(&make).collect::<Vec<_>>();
    bencher.counter(ItemsCount::new(BATCH)).with_inputs(batch).bench_local_refs(|messages| {
        let dossier = &mut lock(stock).dossier;
        for message in messages {
            accepted(&dossier.receive(black_box(message.as_bytes()), None));
        }
    });
}

/// The same without a dossier.
fn judge(bencher: Bencher, make: impl Fn(&Client) -> String) {
    let context = context();
    let batch = || (0..BATCH).map(|number| make(&Client::new(number))).collect::<Vec<_>>();
    bencher.counter(ItemsCount::new(BATCH)).with_inputs(batch).bench_local_refs(|messages| {
        for message in messages {
            accepted(&validate(black_box(message.as_bytes()), &context));
        }
    });
}

fn accepted(report: &Report) {
    assert_eq!(report.verdict, Verdict::Accepted, "{:?} {:?}", report.message, report.findings);
}

fn lock(stock: &Mutex<Stock>) -> MutexGuard<'_, Stock> {
    stock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A dossier, and who of its clients nothing was measured of yet.
struct Stock {
    dossier: Dossier,
    size: usize,
    used: usize,
}

impl Stock {
    /// A dossier of so many messages: one wave of each kind, over all clients.
    fn load(size: usize) -> Self {
        let mut dossier = Dossier::new(&ijw::STANDARD).context(context());
        supply_contract(&mut dossier);
        for make in STORY {
            for number in 0..size / STORY.len() {
                accepted(&dossier.receive(make(&Client::new(number)).as_bytes(), None));
            }
        }
        let answered = dossier.messages().filter(|message| message.answered_by.is_some());
        assert_eq!((dossier.messages().count(), answered.count()), (size, size / STORY.len() * 2));
        Self { dossier, size, used: 0 }
    }

    /// Clients of the dossier of whom nothing was measured yet, spread over it; of a dossier in
    /// which there are none left, those of one that is like it.
    fn clients(&mut self) -> Vec<Client> {
        /// Shares no factor with the number of clients, so that none comes twice.
        const STRIDE: usize = 7_919;
        let count = self.size / STORY.len();
        if self.used + BATCH > count {
            *self = Self::load(self.size);
        }
        let own = self.used..self.used + BATCH;
        self.used = own.end;
        own.map(|at| Client::new(at * STRIDE % count)).collect()
    }
}

/// A client, with a municipality and a provider who write each other about him.
struct Client {
    number: usize,
    bsn: String,
    town: &'static str,
    provider: String,
}

impl Client {
    fn new(number: usize) -> Self {
        let codes = TOWNS.lines().skip(1).filter_map(|line| line.split(',').next());
        let town = codes.take(TOWN_COUNT).nth(number % TOWN_COUNT).unwrap_or_default();
        let provider = provider(number / TOWN_COUNT % PROVIDER_COUNT);
        Self { number, bsn: bsn(number), town, provider }
    }

    /// A pattern with these parties, this client and these values.
    fn message(&self, pattern: &str, values: &[(&str, &str, String)]) -> String {
        let mut text = pattern
            .replace(">0384<", &format!(">{}<", self.town))
            .replace(">42420001<", &format!(">{}<", self.provider))
            .replace(">999900006<", &format!(">{}<", self.bsn))
            .replace(">999900067<", &format!(">{}<", self.bsn));
        for (element, old, new) in values {
            text = text.replace(&format!("{element}>{old}<"), &format!("{element}>{new}<"));
        }
        text
    }

    /// What is made for this client only.
    fn mark(&self, what: &str) -> String {
        format!("{what}{}", self.number)
    }

    /// The numbers of his two assigned products.
    fn products(&self) -> [String; 2] {
        [2, 3].map(|own| (10_000 + 2 * self.number + own).to_string())
    }
}

/// A number for each of a million clients. No one's: it is only made to pass the eleven proof.
fn bsn(number: usize) -> String {
    let tails = (0..100).map(|tail| (900_000_000 + 100 * number + tail).to_string());
    tails.into_iter().find(|digits| eleven_proof(Some(digits))).unwrap_or_default()
}

fn provider(number: usize) -> String {
    (42_420_001 + number).to_string()
}

/// What municipalities and providers agreed on, as `contract.csv` has it.
fn supply_contract(dossier: &mut Dossier) {
    let header =
        "gemeente,aanbieder,productcategorie,productcode,eenheid,tarief_cent,geldig_van,geldig_tot";
    let clients = (0..TOWN_COUNT * PROVIDER_COUNT).map(Client::new);
    let rows = clients.map(|Client { town, provider, .. }| {
        fields(&format!("{town},{provider},45,45A04,04,8450,2026-01-01,"))
    });
    let supplied = dossier.supply("contract", &fields(header), rows);
    assert_eq!(supplied, Ok(TOWN_COUNT * PROVIDER_COUNT), "rows of the contract");
}

fn fields(line: &str) -> Vec<String> {
    line.split(',').map(str::to_owned).collect()
}

/// Two products: the first with a code and a volume, the second of a category.
fn assignment(client: &Client) -> String {
    let [first, second] = client.products();
    let values = [
        ("Identificatie", "JW2026000001", client.mark("T")),
        ("Nummer", "4711", first),
        ("Nummer", "4712", second),
        ("Frequentie", "4", "2".to_owned()),
    ];
    client.message(ASSIGNMENT, &values)
}

fn assignment_reply(client: &Client) -> String {
    let values = [
        ("Identificatie", "TOE2026-0001", client.mark("T")),
        ("Dagtekening", "2026-01-26", "2026-04-01".to_owned()),
        ("IdentificatieRetour", "RET2026-0003", client.mark("RT")),
        ("DagtekeningRetour", "2026-01-28", "2026-04-02".to_owned()),
    ];
    client.message(ASSIGNMENT_REPLY, &values)
}

/// The start of the first product.
fn start(client: &Client) -> String {
    let [first, _] = client.products();
    let values = [
        ("Identificatie", "JW2026000001", client.mark("S")),
        ("Dagtekening", "2026-04-01", "2026-04-03".to_owned()),
        ("Nummer", "4711", first),
    ];
    client.message(START, &values)
}

fn start_reply(client: &Client) -> String {
    let values = [
        ("Identificatie", "STA2026-0001", client.mark("S")),
        ("Dagtekening", "2026-02-04", "2026-04-03".to_owned()),
        ("IdentificatieRetour", "RET2026-0004", client.mark("RS")),
        ("DagtekeningRetour", "2026-02-06", "2026-04-07".to_owned()),
    ];
    client.message(START_REPLY, &values)
}

/// The first month of the first product.
fn declaration(client: &Client) -> String {
    declared(client, "A", ["2026-04-01", "2026-04-30", "2026-05-06"])
}

fn second_declaration(client: &Client) -> String {
    declared(client, "M", ["2026-05-01", "2026-05-31", "2026-06-04"])
}

/// A month of the first product.
fn declared(client: &Client, month: &str, [begin, end, sent]: [&str; 3]) -> String {
    let [first, _] = client.products();
    let values = [
        ("Identificatie", "DEC2026-0001", client.mark(month)),
        ("Nummer", "D202602", client.mark(month)),
        ("Nummer", "P202602", client.mark(month)),
        ("Nummer", "4711", first),
        ("Begindatum", "2026-02-01", begin.to_owned()),
        ("Einddatum", "2026-02-28", end.to_owned()),
        ("agtekening", "2026-03-04", sent.to_owned()),
    ];
    client.message(DECLARATION, &values)
}

/// The start of the second product, which the earlier messages have not started.
fn second_start(client: &Client) -> String {
    let [_, second] = client.products();
    let values = [
        ("Identificatie", "JW2026000001", client.mark("Z")),
        ("Dagtekening", "2026-04-01", "2026-06-04".to_owned()),
        ("Nummer", "4711", second),
        ("Categorie", "45", "54".to_owned()),
    ];
    let code = "          <basis:Code>45A04</basis:Code>\n";
    client.message(&START.replace(code, ""), &values)
}

/// Makes sure that what is measured looks at earlier messages: without the assignment it is
/// rejected.
fn describe_dependence() {
    let mut dossier = Stock::load(SMALL).dossier;
    let stranger = Client::new(NEW);
    for (message, rule) in
        [(second_start(&stranger), "TR019"), (second_declaration(&stranger), "TR338")]
    {
        let report = dossier.receive(message.as_bytes(), None);
        let rules: Vec<_> = report.findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(report.verdict, Verdict::Rejected, "{message}");
        assert!(rules.contains(&rule), "{rules:?}");
    }
    let lengths = [second_start, second_declaration, assignment].map(|make| make(&stranger).len());
    println!("new messages JW305, JW323 and JW301 of {lengths:?} bytes");
}

/// A dossier, and what it took to load and takes to keep.
fn describe_load(size: usize) -> Stock {
    let (before, begin) = (resident(), Instant::now());
    let stock = Stock::load(size);
    let seconds = begin.elapsed().as_secs_f64();
    print!("{size} messages loaded in {seconds:.1} s");
    let taken = before.zip(resident()).map(|(before, after)| after.saturating_sub(before));
    match taken.filter(|_| size >= LARGE) {
        Some(taken) => println!(", {} MB, {} bytes a message", taken / 1_000_000, taken / size),
        None => println!(),
    }
    stock
}

/// Memory in use of this process, in bytes; none where the system does not tell.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
