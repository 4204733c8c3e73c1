"""The command line `rumiai`: registers the commands and turns every expected error into one sentence and an exit code."""

import sys
from typing import Annotated

import cyclopts
from cyclopts import CycloptsError, Parameter
from rich.console import Console

from services.console.commands import (
    analyze,
    batch,
    bus,
    catalogue,
    demo,
    dlq,
    doctor,
    features,
    report,
    resume,
    run,
    sample,
    select,
    train,
    up,
)
from shared.errors import EXIT_USAGE, RumiError
from shared.settings import Settings

app = cyclopts.App(
    name="rumiai",
    help="Finds what makes short videos work, per client, hashtag and duration bucket, and proves it.",
    version_flags=["--version"],
)
app.command(run.run)
app.command(up.up)
app.command(demo.demo)
app.command(batch.app)
app.command(select.select)
app.command(analyze.analyze)
app.command(features.features)
app.command(train.train)
app.command(report.report)
app.command(resume.resume)
app.command(dlq.app)
app.command(bus.app)
app.command(catalogue.catalogue)
app.command(sample.sample)
app.command(doctor.doctor)


@app.meta.default
def launcher(*tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)], debug: bool = False) -> int:
    """Run a command. `--debug` shows the traceback of an expected failure as well."""
    try:
        result = app(tokens, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        return _complain(str(error).splitlines()[0] if str(error) else type(error).__name__, EXIT_USAGE)
    except RumiError as error:
        if debug or Settings().debug:
            raise
        return _complain(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _complain("Stopped by hand; what was finished is kept.", 130)
    return result if isinstance(result, int) else 0


def main() -> None:
    """Entry point of the installed command."""
    sys.exit(app.meta(result_action="return_value"))


def _complain(sentence: str, code: int) -> int:
    Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(f"rumiai: {sentence}")
    return code
