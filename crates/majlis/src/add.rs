//! `majlis add`

use crate::args::Add;
use crate::batch::progress;
use crate::fault::complain;
use majlis_case::Case;
use majlis_case::ingest::{Input, Notice, Options, Reach};
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
    bar.finish_and_clear();
    writeln!(std::io::stdout(), "{} added, {} revised, {} unchanged, {} not read", tally.added, tally.revised, tally.unchanged, tally.faults)?;
    Ok(tally.faults == 0)
}
