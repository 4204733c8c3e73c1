"""Turns one raw scraper item, of any of the shapes of 2022 to 2026, into a scraped video or a coded rejection."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.acquisition.captions import caption_mentions, caption_tags, normal_tag, once_each
from services.acquisition.raw_item import BadRow, Fields, clean_text, moment, nested
from shared.contracts.plan import Rejection, RejectionCode
from shared.contracts.record import Creator, Music, Outcome, ScrapedVideo, VideoRecord

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # it names files, messages and rows
_URL_ID = re.compile(r"/(?:video|photo|v)/(\d{6,25})")
_URL_NAME = re.compile(r"tiktok\.com/@([^/?#]+)")
_CODES = RejectionCode


@dataclass(frozen=True)
class ParsedItem:
    """One usable item. `position` is its place in the source, from 0; names are in comparable form (`normal_tag`).

    `tags` are the post's own; `searched` names the hashtag page it was found on; `profile` the profile that lists it as its
    own video, which may be an older name of the creator.
    """

    position: int
    video: ScrapedVideo
    media_urls: tuple[str, ...]
    tags: frozenset[str]
    searched: frozenset[str]
    profile: str | None

    @property
    def video_id(self) -> str:
        """The platform's id, as text."""
        return self.video.record.video_id


def parse_item(position: int, raw: object) -> ParsedItem | Rejection:
    """Read one raw item; never raises, whatever stands in it. `position` counts from 0."""
    if isinstance(raw, BadRow):
        return _reject(position, None, _CODES.MALFORMED, f"is no record: {raw.problem}")
    if not isinstance(raw, Mapping):
        return _reject(position, None, _CODES.MALFORMED, f"is no record: it is {type(raw).__name__}, not an object")
    fields = Fields(nested(raw))
    video_id = _video_id(fields)
    refusal = _refusal(fields)
    if refusal is not None:
        return _reject(position, video_id, *refusal)
    return _parsed(position, fields, video_id)


def _parsed(position: int, fields: Fields, video_id: str | None) -> ParsedItem | Rejection:
    record = _record(fields, video_id)
    outcome = _outcome(fields)
    if fields.missing:
        text = f"lacks {_and(fields.missing)}"
        return _reject(position, video_id, _CODES.MISSING_FIELDS, text, (*fields.missing, *fields.unreadable))
    if fields.unreadable:
        text = f"has a value in {_and(fields.unreadable)} that can't be read"
        return _reject(position, video_id, _CODES.MALFORMED, text, tuple(fields.unreadable))
    if record is None:
        return _reject(position, video_id, _CODES.DURATION_OUT_OF_RANGE, "lasts 0 s by its metadata, and shows no images")
    if outcome is None:
        return _reject(position, video_id, _CODES.TOO_FEW_VIEWS, "has 0 views")
    return ParsedItem(
        position=position,
        video=ScrapedVideo(record=record, outcome=outcome),
        media_urls=_media_urls(fields),
        tags=frozenset(map(normal_tag, (*record.hashtags, *caption_tags(record.caption)))),
        searched=_searched(fields),
        profile=_profile(fields),
    )


def _refusal(fields: Fields) -> tuple[RejectionCode, str] | None:
    """What makes a well-formed row no video: an error of the scraper, or a slideshow of images."""
    error = fields.text("error") or fields.text("errorCode")
    if error:
        about = fields.text("input") or fields.text("url")
        return _CODES.SCRAPER_ERROR, f"is an error of the scraper{f' about {about}' if about else ''}: {error.rstrip('.')}"
    if fields.flag("noResults"):
        return _CODES.SCRAPER_ERROR, "says that the scraper found nothing"
    url = fields.text("webVideoUrl") or ""
    images = bool(fields.entries("slideshowImageLinks"))
    without_length = fields.value("videoMeta.duration") in (None, 0, "0")
    if fields.flag("isSlideshow") or "/photo/" in url or (images and without_length):
        return _CODES.SLIDESHOW, "is a slideshow of images, not a video"
    return None


def _record(fields: Fields, video_id: str | None) -> VideoRecord | None:
    """The record, or None when something required was missing (then noted in `fields`) or the duration is 0."""
    posted_at = moment(fields.value("createTime")) or moment(fields.value("createTimeISO"))
    duration = fields.seconds("videoMeta.duration")
    name, url = _creator_name(fields), _url(fields, video_id)
    if video_id is None:
        fields.note("id")
    if posted_at is None:
        fields.note("createTime")
    if name is None:
        fields.note("authorMeta.name")
    if url is None:
        fields.note("webVideoUrl")
    if not (video_id and posted_at and duration and name and url):
        return None
    caption = fields.text("text") or ""
    return VideoRecord(
        video_id=video_id, url=url, caption=caption, duration_s=duration, posted_at=posted_at, creator=_creator(fields, name),
        hashtags=once_each(fields.names("hashtags") or caption_tags(caption)),
        mentions=once_each(fields.names("mentions") or fields.names("detailedMentions") or caption_mentions(caption)),
        language=_language(fields), music=_music(fields), country=_country(fields),
        is_ad=fields.flag("isAd"), is_sponsored=fields.flag("isSponsored"), is_pinned=fields.flag("isPinned"),
    )  # fmt: skip


def _outcome(fields: Fields) -> Outcome | None:
    """The counts, or None when the post has no views; missing ones are noted in `fields`."""
    views = fields.required_count("playCount")
    likes, comments, shares = (fields.required_count(name) for name in ("diggCount", "commentCount", "shareCount"))
    if views < 1:
        return None
    saves, reposts = fields.count("collectCount"), fields.count("repostCount")
    return Outcome(views=views, likes=likes, comments=comments, shares=shares, saves=saves, reposts=reposts)


def _video_id(fields: Fields) -> str | None:
    """The id; the link's wins over a number beside it, since ids above 2^53 get rounded in JavaScript and spreadsheets."""
    given = fields.text("id") or ""
    linked = _URL_ID.search(fields.text("webVideoUrl") or "")
    own = given if _ID.fullmatch(given) else None
    return linked[1] if linked and (own is None or own.isdecimal()) else own


def _url(fields: Fields, video_id: str | None) -> str | None:
    url = fields.text("webVideoUrl")
    if url and re.match(r"https?://\S+$", url):
        return url
    name = _creator_name(fields)
    return f"https://www.tiktok.com/@{name}/video/{video_id}" if name and video_id and video_id.isdecimal() else None


def _creator_name(fields: Fields) -> str | None:
    linked = _URL_NAME.search(fields.text("webVideoUrl") or "")
    return fields.text("authorMeta.name") or (linked[1] if linked else None)


def _creator(fields: Fields, name: str) -> Creator:
    return Creator(
        id=fields.text("authorMeta.id"),
        name=name.lstrip("@"),
        followers=fields.count("authorMeta.fans"),
        videos=fields.count("authorMeta.video"),
        verified=fields.flag("authorMeta.verified"),
    )


def _music(fields: Fields) -> Music | None:
    music = Music(
        id=fields.text("musicMeta.musicId"),
        title=fields.text("musicMeta.musicName"),
        author=fields.text("musicMeta.musicAuthor"),
        original=fields.flag("musicMeta.musicOriginal"),
    )
    return None if music == Music() else music


def _language(fields: Fields) -> str | None:
    language = fields.text("textLanguage")
    return None if language == "un" else language  # the platform's word for undetermined


def _country(fields: Fields) -> str | None:
    """Two letters; some shapes hold the number of a place instead, which is no country."""
    places = (fields.text(path) for path in ("locationMeta.countryCode", "locationCreated", "authorMeta.region"))
    return next((place.upper() for place in places if place and re.fullmatch(r"[A-Za-z]{2}", place)), None)


def _media_urls(fields: Fields) -> tuple[str, ...]:
    """Direct links to the file: the scraper's own download first, then the platform's link, which expires."""
    entries = [entry.get("url") if isinstance(entry, dict) else entry for entry in fields.entries("mediaUrls")]
    links = [clean_text(link) for link in (*entries, fields.value("videoMeta.downloadAddr"))]
    return tuple(dict.fromkeys(link for link in links if link and re.match(r"https?://", link)))


def _searched(fields: Fields) -> frozenset[str]:
    """The hashtag page that the scraper found this on, by `searchHashtag` or an input that names no profile."""
    found = [fields.text("searchHashtag.name"), fields.text("searchHashtag")]
    entered = fields.text("input") or ""
    if not entered.startswith("@") and fields.text("fromProfileSection") is None:
        found.append(entered)
    return frozenset(normal_tag(term) for term in found if term and normal_tag(term))


def _profile(fields: Fields) -> str | None:
    own = fields.text("fromProfileSection") == "videos"  # the other sections hold reposts
    return normal_tag(fields.text("input") or "") or None if own else None


def _reject(position: int, video_id: str | None, code: RejectionCode, text: str, fields: tuple[str, ...] = ()) -> Rejection:
    return Rejection(item=position, video_id=video_id, code=code, message=f"Item {position} {text}.", fields=fields)


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
