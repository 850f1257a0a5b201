//! Sending what a scenario sends.

use regelwerk_emit::{Replied, Sent};
use regelwerk_kernel::{Context, Date, Dossier, Standard};
use regelwerk_model::scenario::{Dated, Moment, Told};

use crate::day::date;
use crate::trial::judge;
use crate::unmade::Unmade;
use crate::{Judged, Played, Refused, Scene, reply};

/// Plays a scenario by a standard. `sent` is what is sent at each moment, as `regelwerk_emit` makes
/// it; of `context` all counts but its standards. A scenario without dates is judged without a
/// dossier.
#[must_use]
pub fn play(
    told: &Told,
    sent: &[Option<Sent>],
    library: &'static Standard,
    context: &Context,
) -> Played {
    let mut context = context.clone();
    context.standards = vec![library];
    match told {
        Told::Single(..) => alone(sent, &context),
        Told::Dated(dated) => {
            let dossier = Dossier::new(library).context(context.clone());
            let mut stage = Stage { context, dossier, played: Played::default() };
            stage.supply(dated);
            for (at, moment) in dated.moments.iter().enumerate() {
                stage.moment(moment, sent.get(at).and_then(Option::as_ref));
            }
            stage.played
        }
    }
}

/// The one message of a scenario without dates, by itself.
fn alone(sent: &[Option<Sent>], context: &Context) -> Played {
    let sent = match sent {
        [Some(Sent::Message(made))] => Ok(judge(&as_file(&made.xml), context)),
        _ => Err(Box::new(Unmade::Unsayable)),
    };
    let scene = Scene { sent: Some(sent), states: Vec::new(), states_of: None, terms: Vec::new() };
    Played { refused: Vec::new(), scenes: vec![scene] }
}

/// A message as files have it: lines that end otherwise are worth a remark.
fn as_file(xml: &str) -> String {
    xml.replace('\n', "\r\n")
}

/// A scenario that is played.
struct Stage {
    context: Context,
    dossier: Dossier,
    played: Played,
}

impl Stage {
    fn supply(&mut self, dated: &Dated) {
        let refused = &mut self.played.refused;
        for table in &dated.tables {
            let supplied = self.dossier.supply(&table.table, &table.columns, &table.rows);
            refused.extend(supplied.err().map(|why| Refused { name: table.table.clone(), why }));
        }
        for fact in &dated.facts {
            let told = self.dossier.state_fact(&fact.name, date(fact.on), &fact.key, &fact.value);
            refused.extend(told.err().map(|why| Refused { name: fact.name.clone(), why }));
        }
    }

    fn moment(&mut self, moment: &Moment, sent: Option<&Sent>) {
        let sent = moment.sending.as_ref().map(|_| self.send(moment, sent).map_err(Box::new));
        let states = self.dossier.states();
        let terms = self.dossier.terms(date(moment.received));
        let mut scene = Scene { sent, states, states_of: None, terms };
        scene.states_of = scene.number().map(|number| self.dossier.states_of(number));
        self.played.scenes.push(scene);
    }

    fn send(&mut self, moment: &Moment, sent: Option<&Sent>) -> Result<Judged, Unmade> {
        let xml = match sent.ok_or(Unmade::Unsayable)? {
            Sent::Message(made) => as_file(&made.xml),
            Sent::Reply(replied) => self.reply(replied, date(moment.on))?,
        };
        let received = date(moment.received);
        let report = self.dossier.receive(xml.as_bytes(), Some(received));
        Ok(Judged { xml, received: Some(received), report })
    }

    fn reply(&self, replied: &Replied, on: Date) -> Result<String, Unmade> {
        let asked = self.played.scenes.get(replied.to).and_then(Scene::judged);
        reply::compose(asked.ok_or(Unmade::NothingToAnswer)?, replied, on, &self.context)
    }
}
