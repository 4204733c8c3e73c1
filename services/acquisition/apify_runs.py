"""Runs an Apify actor and reads its dataset with apify-client; each way to fail becomes one of our errors."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from typing import Any

import impit
from apify_client import ApifyClient
from apify_client.errors import ApifyApiError, InvalidResponseBodyError

from services.acquisition.settings import AcquisitionSettings
from shared.contracts.request import ApifySource, BatchRequest
from shared.errors import RumiError, Transient, Unavailable, UsageError

PER_HASHTAG = 800
"""The platform lists no more per hashtag."""

_ANSWER = timedelta(seconds=90)  # the API's longest long poll is 60 s
_PAGE = 500
_REFUSED = (401, 402, 403)
_WRONG = (400, 404)
_ENDED = ("SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED")


def actor_input(request: BatchRequest, source: ApifySource) -> dict[str, object]:
    """What the actor is asked: videos are downloaded by it, since the platform's own links expire within hours."""
    searches = len(request.hashtags) + len(request.handles)
    wanted = math.ceil(source.max_items / searches)
    asked: dict[str, object] = {
        "resultsPerPage": min(wanted, PER_HASHTAG) if request.hashtags else wanted,
        "shouldDownloadVideos": True,
        "shouldDownloadCovers": False,
        "shouldDownloadSubtitles": False,
        "shouldDownloadSlideshowImages": False,
        "proxyCountryCode": "None",
    }
    if request.hashtags:
        asked["hashtags"] = list(request.hashtags)
    if request.handles:
        asked |= {"profiles": list(request.handles), "profileScrapeSections": ["videos"], "profileSorting": "latest"}
        if request.posted_after:  # works for profiles only; hashtags are filtered by date afterwards
            asked["oldestPostDateUnified"] = request.posted_after.isoformat()
    return asked


class ApifyRuns:
    """Actor runs of one account. Blocking; calls retry 429, 5xx and broken connections by themselves first."""

    def __init__(self, settings: AcquisitionSettings) -> None:
        """Raises Unavailable without a token."""
        self._settings = settings
        self._client = ApifyClient(
            token=settings.read_token(),
            api_url=settings.apify_api_base_url,
            max_retries=settings.apify_retries,
            min_delay_between_retries=settings.apify_retry_delay,
        )

    def start(self, source: ApifySource, asked: dict[str, object]) -> str:
        """Start the actor; the id of its run. Paid from here on, for `max_items` results at most."""
        with _apify_errors(source.actor):
            run = self._client.actor(source.actor).start(run_input=asked, max_items=source.max_items)
        return str(run.id)

    def wait(self, source: ApifySource, run_id: str, *, forget: Callable[[], None], stop: Event | None = None) -> str:
        """Wait for a run; the id of its dataset.

        Raises Transient while it still runs at the limit or at a `stop`, and, after `forget()`, when it failed or is gone.
        """
        run = self._finished(source, run_id, stop)
        if run is None:
            forget()
            raise Transient(f"The Apify run {run_id} of {source.actor} is gone; another try starts a new one.")
        if run.status == "SUCCEEDED":
            return str(run.default_dataset_id)
        if run.status not in _ENDED:
            raise Transient(f"The Apify run {run_id} of {source.actor} still runs; another try waits on.")
        forget()
        told = f": {run.status_message}" if run.status_message else ""
        sentence = f"The Apify run {run_id} of {source.actor} ended as {run.status}{told}".rstrip(".")
        if run.status == "ABORTED":
            raise Unavailable(f"{sentence}; someone stopped it in the Apify Console, so submit the batch again when wanted.")
        raise Transient(f"{sentence}.")

    def items(self, source: ApifySource, dataset_id: str) -> list[object]:
        """All items of a dataset, `max_items` at most, page by page."""
        with _apify_errors(source.actor):
            dataset = self._client.dataset(dataset_id)
            return list(dataset.iterate_items(limit=source.max_items, chunk_size=_PAGE))

    def _finished(self, source: ApifySource, run_id: str, stop: Event | None) -> Any:
        """The run's state once it ended, the limit passed or `stop` is set; None when Apify doesn't know it."""
        deadline = time.monotonic() + self._settings.scrape_limit.total_seconds()
        while True:
            left = timedelta(seconds=max(0.0, deadline - time.monotonic()))
            with _apify_errors(source.actor):
                run = self._client.run(run_id).wait_for_finish(
                    wait_duration=min(self._settings.scrape_poll, left), timeout=_ANSWER
                )
            if run is None or run.status in _ENDED or not left or (stop is not None and stop.is_set()):
                return run


@contextmanager
def _apify_errors(actor: str) -> Iterator[None]:
    """Errors of the API become ours; none of their texts holds the token, which travels in a header."""
    try:
        yield
    except ApifyApiError as error:
        raise _api_error(actor, error) from None
    except (impit.HTTPError, InvalidResponseBodyError) as error:
        raise Transient(f"Apify could not be reached for {actor} ({type(error).__name__}).") from None


def _api_error(actor: str, error: ApifyApiError) -> RumiError:
    said = f"{error.status_code}: {(error.message or 'no reason given').rstrip('.')}"
    if error.status_code in _REFUSED:
        return Unavailable(f"Apify refused {actor} ({said}): check the token and the account.")
    if error.status_code in _WRONG:
        return UsageError(f"source.actor: Apify does not take {actor} with this request ({said}).")
    return Transient(f"Apify could not serve {actor} now ({said}).")
