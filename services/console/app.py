"""The command line `rumiai`: registers the commands and turns every expected error into one sentence and an exit code."""

import os
import sys
from contextlib import suppress
from importlib import metadata
from typing import Annotated

import cyclopts
from cyclopts import CycloptsError, Parameter
from rich.console import Console

from shared.errors import EXIT_USAGE, RumiError, UsageError
from shared.settings import Settings

app = cyclopts.App(
    name="rumiai",
    help="Finds what makes short videos work, per client, hashtag and duration bucket, and proves it.",
    version=metadata.version("rumiai"),
    version_flags=["--version"],
    suppress_keyboard_interrupt=False,  # the launcher says what a stop by hand means
)
_COMMANDS = (
    ("run", "Run a whole batch request on this machine.", "run:run"),
    ("up", "Run the services and an embedded bus until stopped.", "up:up"),
    ("demo", "Make sample videos and run a whole batch over them.", "demo:demo"),
    ("batch", "Submit a request to a running pipeline; status; watch.", "batch:app"),
    ("select", "What would be selected of a file of items, and why not the rest.", "select:select"),
    ("analyze", "Analyze one video.", "analyze:analyze"),
    ("features", "The feature vector of one analysis.", "features:features"),
    ("import", "Analyses of the earlier system as analyses here.", "import_:import_"),
    ("export", "The feature rows of a batch as a training table.", "export:export"),
    ("replay", "Derive past results again with this version.", "replay:app"),
    ("train", "Findings from any table of features.", "train:train"),
    ("predict", "What to expect of new rows, by the models of an earlier training.", "predict:predict"),
    ("portfolio", "How buckets stand, and how many videos each should get.", "portfolio:portfolio"),
    ("compare", "Several searches of one client beside each other.", "compare:compare"),
    ("report", "The documents from findings.", "report:report"),
    ("resume", "Go on after a bug was fixed.", "resume:resume"),
    ("dlq", "Dead letters: list, show, retry.", "dlq:app"),
    ("bus", "Streams and consumers: apply, drift, status.", "bus:app"),
    ("catalogue", "List, search and compare the features.", "catalogue:app"),
    ("models", "Weights that no package carries: list, pull.", "models:app"),
    ("sample", "Make the sample videos and their request.", "sample:sample"),
    ("doctor", "What is installed, what is on, what answers.", "doctor:doctor"),
)
for _name, _help, _where in _COMMANDS:
    # Imported when used: a command must not wait for another one's engines.
    app.command(f"services.console.commands.{_where}", name=_name, help=_help)


@app.meta.default
def launcher(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    debug: Annotated[bool, Parameter(help="show the traceback of an expected failure as well", negative="")] = False,
) -> int:
    """Run a command. `--debug` shows the traceback of an expected failure as well."""
    try:
        result = app(tokens, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        command = " ".join(("rumiai", *(error.command_chain or ())))
        return _complain(f"{said} `{command} --help` shows what it takes.", EXIT_USAGE)
    except RumiError as error:
        if debug or _debugging():
            raise
        return _complain(str(error), error.exit_code)
    except BrokenPipeError:  # the reader of our output, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _complain("Stopped by hand; what was finished is kept.", 130)
    return result if isinstance(result, int) else 0


def main() -> None:
    """Entry point of the installed command."""
    sys.exit(app.meta(result_action="return_value"))


def _debugging() -> bool:
    """RUMIAI_DEBUG; no when the settings themselves are what is wrong."""
    with suppress(UsageError):
        return Settings().debug
    return False


def _complain(sentence: str, code: int) -> int:
    Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(f"rumiai: {sentence}")
    return code
