//! What each diagnostic without a page says, in a line: those of reading, of analysis and of loading.

/// Codes in order, each with what it says. `rules/README.md` has the same list; a test holds both
/// together.
pub const BRIEFS: &[(&str, &str)] = &[
    ("RW101", "deze soort blok bestaat niet"),
    ("RW102", "dit onderdeel bestaat niet"),
    ("RW103", "dit onderdeel hoort niet in dit soort blok"),
    ("RW104", "dit onderdeel is niet te lezen, of er staat een teken dat niet te zien is"),
    ("RW105", "de inspringing klopt niet, of er staat een tab"),
    ("RW106", "`en` en `of` staan door elkaar zonder haakjes"),
    ("RW107", "deze datum of tijd bestaat niet"),
    ("RW108", "te veel haakjes, `niet`, `er is` en `van` in één onderdeel, of te veel delen"),
    ("RW109", "een bestand lijkt op een regelbestand, en wordt niet gelezen"),
    ("RW201", "het bestand hoort bij geen standaard"),
    (
        "RW202",
        "deze naam, code of dit element is er al, of een bericht van deze release is niet te onderscheiden van een van een andere",
    ),
    ("RW203", "er ontbreekt iets dat moet, zoals `bron:` of een titel"),
    ("RW204", "dit onderdeel staat er twee keer"),
    ("RW205", "deze release bestaat niet"),
    ("RW206", "deze periode kan niet"),
    ("RW207", "dit type, deze groep of deze codelijst bestaat niet"),
    ("RW208", "deze beperking past niet bij de soort van het type"),
    ("RW209", "dit patroon is niet te lezen, of te groot"),
    (
        "RW210",
        "een groep bevat zichzelf, een beeld vraagt naar zichzelf, of regels vervangen elkaar in een kring",
    ),
    ("RW211", "zo kan dit blok niet heten"),
    ("RW212", "te veel elementen, momenten, toestanden of delen, of een te hoog volgnummer"),
    ("RW213", "een bericht heeft elementen zonder betekenis"),
    ("RW301", "dit bericht bestaat niet"),
    ("RW302", "dit element bestaat niet, of niet op deze plek"),
    ("RW303", "deze regel bestaat niet"),
    ("RW304", "deze code of waarde kan het element nooit hebben"),
    ("RW305", "dit is niet de soort die hier hoort, zoals een datum naast een getal"),
    ("RW306", "dit element kan vaker voorkomen, en hier hoort er een"),
    (
        "RW307",
        "deze naam in kleine letters is niet op elke plaats ingevuld, is al in gebruik, of kan hier niet",
    ),
    (
        "RW308",
        "een voorwaarde in een voorwaarde, `anders` zonder `als`, een `als` met niets eronder, iets buiten elke `geldig:`, een `bij:` onder de eisen, `van deze cliënt` waar geen cliënt is, woorden die niet bij elkaar passen, of een regel die naar zichzelf verwijst of een latere vervangt",
    ),
    ("RW309", "twee teksten van een regel gelden tegelijk"),
    ("RW310", "de regel zegt niets, of op twee manieren hoe hij wordt beoordeeld"),
    ("RW311", "dit niveau of deze retourcode bestaat niet, of past niet bij wat de regel doet"),
    ("RW312", "het type verwijst naar een regel over iets anders"),
    ("RW313", "dit voorbeeld heeft de verkeerde vorm, of staat er al, als goed of als fout"),
    ("RW314", "deze lijst, tabel, kolom of voorwaarde, dit beeld, feit of deze vraag bestaat niet"),
    ("RW315", "de tabel klopt niet met wat ze zelf zegt, of haar bestand is niet te lezen"),
    ("RW316", "dit protocol of deze standaard bestaat niet, of het protocol herkent niets"),
    (
        "RW317",
        "de regel heeft geen goed of geen fout voorbeeld; of, als hij verder kijkt dan het bericht, geen scenario dat hem schendt of dat er net niet op stukloopt",
    ),
    (
        "RW318",
        "de regel is anders dan gepubliceerd of staat niet in de lijst van gepubliceerde regels, of een regel uit die lijst heeft geen blok; of zo ook met de lijst van normen",
    ),
    (
        "RW319",
        "een antwoord mist iets, noemt iets dat geen klasse is, of zegt iets dat nooit aan de beurt komt",
    ),
    (
        "RW320",
        "een ontheffing zegt niet waarom, noemt een controle die niet bestaat, of is nergens voor nodig",
    ),
    ("RW330", "een kalender of termijn telt dagen die niet kunnen"),
    ("RW401", "een element moet gevuld en leeg zijn tegelijk"),
    ("RW402", "deze voorwaarde kan nooit waar zijn"),
    ("RW403", "deze voorwaarde is altijd waar"),
    ("RW404", "deze regel kan nooit iets melden"),
    ("RW405", "twee regels zeggen hetzelfde, en geen verwijst met `zie:` naar de ander"),
    ("RW406", "een regel van een protocol vraagt iets wat de release niet heeft"),
    ("RW407", "er zijn te veel regels bij dezelfde elementen om ze alle met elkaar te vergelijken"),
    (
        "RW501",
        "deze toestand, gebeurtenis of rol bestaat niet in dit proces, of dit proces bestaat niet",
    ),
    ("RW502", "een proces begint niet in precies één toestand, of verlaat een eind"),
    ("RW503", "deze rol verzendt dit bericht niet, of er is geen antwoord op"),
    ("RW504", "een toestand wordt nooit bereikt"),
    ("RW505", "uit een toestand gaat niets meer weg, en ze is geen eind"),
    ("RW506", "een gebeurtenis kan niet of verandert niets"),
    ("RW507", "bij één bericht zijn er twee overgangen"),
    ("RW508", "wat er uiteindelijk moet komen, is vanuit een toestand niet meer te bereiken"),
    ("RW509", "wat nooit mag, kan"),
    ("RW510", "een voorbeeld van een proces klopt niet"),
    ("RW511", "een proces wacht op een ander waar het naast loopt"),
];

/// What the diagnostic with this code says, in Dutch; the case of the code does not matter.
#[must_use]
pub fn brief(code: &str) -> Option<&'static str> {
    let found = BRIEFS.iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
    found.map(|(_, says)| *says)
}
