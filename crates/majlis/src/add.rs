//! `majlis add`

use crate::args::Add;
use crate::batch::progress;
use crate::fault::complain;
use majlis_case::ingest::{Input, Notice, Options, Reach};
use majlis_case::{Case, Stamp};
use majlis_read::Reader;
use std::io::Write;
use std::ops::ControlFlow;

/// Adds to a case, which is made where there is none, and tells how much came in. Returns whether all could be read.
pub(crate) fn run(args: &Add) -> anyhow::Result<bool> {
    let mut case = Case::open_or_create(&args.case)?;
    let inputs: Vec<Input> = args.inputs.iter().map(Input::of_argument).collect();
    let reach = if args.allow_private { Reach::Private } else { Reach::Public };
    let options = Options { defaults: args.defaults.for_ingest(), follow: args.follow, reach };
    let bar = progress();
    let tally = case.add(&inputs, &options, &Reader::new(), &args.analyst.stamp(), &mut |notice| {
        match notice {
            Notice::Kept(_) => {}
            Notice::Fault(fault) => bar.suspend(|| complain(fault)),
        }
        bar.inc(1);
        ControlFlow::Continue(())
    })?;
    let machine = Stamp { by: "majlis".to_owned(), ..args.analyst.stamp() };
    bar.set_position(0);
    case.digest(&machine, |done, _| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    writeln!(std::io::stdout(), "{} added, {} revised, {} unchanged, {} not read", tally.added, tally.revised, tally.unchanged, tally.faults)?;
    Ok(tally.faults == 0)
}
