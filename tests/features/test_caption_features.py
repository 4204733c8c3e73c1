"""What captions, hashtags and posting times are counted as, in any script and the covered languages."""

from collections.abc import Mapping
from datetime import datetime

import pytest
from example_analyses import build, video

from services.features.compute import compute
from shared.contracts.analysis import Analysis, SpeechSegment
from shared.contracts.record import Creator, VideoRecord

Expected = Mapping[str, float | str | None]


def record(caption: str, **more: object) -> VideoRecord:
    base = {
        "video_id": "1", "url": "u", "creator": Creator(name="a"), "caption": caption, "duration_s": 5,
        "posted_at": datetime.fromisoformat("2026-03-09T00:15:00+00:00"), "language": "en",
    }  # fmt: skip
    return VideoRecord.model_validate(base | more)


def check(given: VideoRecord, expected: Expected, analysis: Analysis | None = None) -> None:
    values = compute(analysis or build(5.0), given).values
    assert {name: values[name] for name in expected} == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("", {"meta_caption_sentences": 0, "meta_first_line_chars": 0, "meta_script_count": 0, "meta_hashtag_position": None}),
        ("これは何？日本だ。", {"meta_caption_sentences": 2, "meta_script_count": 2, "meta_first_line_chars": 9}),
        ("Hi مرحبا", {"meta_script_count": 2, "meta_opens_with_mention": 0}),
        ("one. two! #tag #tag\nthree", {"meta_caption_sentences": 3, "meta_hashtag_position": (10 + 15) / 2 / 25}),
        (
            "#GlowUp #glowup #ABC #ÜberMut",
            {"meta_hashtag_camel_share": 0.5, "meta_hashtag_position": (0 + 8 + 16 + 21) / 4 / 29},
        ),
        ("@friend look 👩‍👩‍👧🔥🔥", {"meta_opens_with_mention": 1, "meta_emoji_kinds": 2, "meta_ends_with_emoji": 1}),
        ("Replying to @fan of course", {"meta_is_reply": 1, "meta_opens_with_mention": 0}),
        ("Respuesta a @fan", {"meta_is_reply": 1}),
        ("I was replying to @fan", {"meta_is_reply": 0}),
        ("My day 3 of 30", {"meta_is_series": 1, "meta_first_person": 1}),
        ("Teil 2: so geht's", {"meta_is_series": 1}),
        ("3 part plan", {"meta_is_series": 0}),
        ("Hurry! You won’t believe it", {"meta_urgency": 1, "meta_curiosity": 1, "meta_addresses_viewer": 1}),
        ("You won't believe it", {"meta_curiosity": 1, "meta_urgency": 0, "meta_first_person": 0}),
        ("I love it, not bad", {"meta_sentiment_proxy": 2 / 5}),
        ("so sad 💔 ❤️ 🪑", {"meta_sentiment_proxy": -0.5, "meta_emoji_sentiment_proxy": 0}),
        (
            "see https://a.com/?q=1!",
            {"meta_has_question": 0, "meta_has_exclamation": 0, "meta_opens_with_question": 0, "meta_has_link": 1},
        ),
        ("https://a.com ¿ya? sí!", {"meta_has_question": 1, "meta_has_exclamation": 1, "meta_opens_with_question": 1}),
        ("@friend #why ready? go", {"meta_opens_with_question": 1}),
        ("go. ready?", {"meta_has_question": 1, "meta_opens_with_question": 0}),
        ("Vlog日常 2024年", {"meta_caption_words": 5, "meta_word_length": 4}),
        ("コーヒー", {"meta_caption_words": 4, "meta_word_length": None}),
        ("สวัสดี", {"meta_word_length": None}),
        ("안녕 친구", {"meta_caption_words": 2, "meta_word_length": 2}),
        ("just words", {"meta_sentiment_proxy": 0, "meta_emoji_sentiment_proxy": None}),
        ("the 'best' tip", {"meta_sentiment_proxy": 1 / 3, "meta_word_length": 10 / 3}),
        ("only 3.99 today. buy it", {"meta_caption_sentences": 2}),
        ("यह अच्छा है। बहुत अच्छा है।", {"meta_caption_sentences": 2, "meta_script_count": 1}),
        ("یہ اچھا ہے۔ کیا؟", {"meta_caption_sentences": 2, "meta_opens_with_question": 0, "meta_has_question": 1}),
        ("great #tip. follow me", {"meta_caption_sentences": 2, "meta_hashtag_char_share": 4 / 18}),
        ("ラーメン", {"meta_script": "kana", "meta_script_count": 1}),
        ("مـــرحبا", {"meta_script": "arabic", "meta_script_count": 1}),
        ("می‌خواهم #می‌خواهم", {"meta_caption_words": 1, "meta_ends_with_hashtag": 1}),
        ("𝗹𝗶𝗻𝗸 𝗶𝗻 𝗯𝗶𝗼", {"meta_script": "latin", "meta_call_link": 1, "meta_caption_words": 3}),
        ("thanks @some.name. bye", {"meta_caption_sentences": 2, "meta_caption_words": 2}),
        ("go 🏴󠁧󠁢󠁥󠁮󠁧󠁿", {"meta_emoji_count": 1, "meta_ends_with_emoji": 1}),
        ("#️⃣ one", {"meta_emoji_count": 1, "meta_opens_with_hashtag": 0, "meta_hashtag_position": None}),
    ],
)
def test_captions(caption: str, expected: Expected) -> None:
    check(record(caption), expected)


@pytest.mark.parametrize(
    ("caption", "language", "viewer", "oneself"),
    [
        ("le café du matin", "fr", 0, 0), ("du bist dran", "de-DE", 1, 0), ("Dein Tag, meine Regeln", "de", 1, 1),
        ("I love it", "en", 0, 1), ("you and me", None, None, None), ("halo kamu", "id", None, None), ("🔥", None, 0, 0),
    ],
)  # fmt: skip
def test_words_for_viewer_and_writer_are_those_of_the_language(
    caption: str, language: str | None, viewer: float | None, oneself: float | None
) -> None:
    check(record(caption, language=language), {"meta_addresses_viewer": viewer, "meta_first_person": oneself})


LISTED = ("meta_urgency", "meta_curiosity", "meta_sentiment_proxy")


@pytest.mark.parametrize(
    ("caption", "language"),
    [("привет всем", None), ("halo semua", "id"), ("これは何", "ja"), ("ikuti saya ya", None), ("la mia routine", "un")],
)
def test_what_no_list_covers_is_null_with_that_reason(caption: str, language: str | None) -> None:
    missing = compute(build(5.0), record(caption, language=language)).missing
    assert {missing[name] for name in LISTED} == {"the lists of words do not cover the caption's language"}


@pytest.mark.parametrize(
    ("caption", "language", "reply"),
    [
        ("返信先: @bob さん", "ja", None), ("@bob さん", "ja", 0), ("これは何", "ja", 0), ("Replying to @bob これ", "ja", 1),
        ("look @bob", "en", 0),
    ],
)  # fmt: skip
def test_a_reply_is_unknown_where_the_app_would_say_it_in_another_language(
    caption: str, language: str, reply: float | None
) -> None:
    check(record(caption, language=language), {"meta_is_reply": reply})


def test_a_caption_without_words_urges_nobody() -> None:
    check(record("#fyp 🔥", language="ja"), {**dict.fromkeys(LISTED[:2], 0), "meta_sentiment_proxy": None})


def test_hashtags_of_the_topic_and_of_duets() -> None:
    tags = ("fyp", "Sleep", "sleep", "Duet")
    check(record("x", hashtags=tags), {"meta_specific_hashtag_count": 2, "meta_is_duet_or_stitch": 1})
    check(record("x"), {"meta_specific_hashtag_count": 0, "meta_is_duet_or_stitch": 0})


@pytest.mark.parametrize(("posted", "hours"), [("12:00", 0), ("06:30", 5.5), ("23:45", 11.75), ("00:00", 12)])
def test_hours_from_noon(posted: str, hours: float) -> None:
    check(record("x", posted_at=datetime.fromisoformat(f"2026-03-09T{posted}:00+00:00")), {"meta_hours_from_noon": hours})


@pytest.mark.parametrize(("named", "agree"), [("en-US", 1), ("de", 0), ("un", None), (None, None)])
def test_language_of_post_and_speech(named: str | None, agree: float | None) -> None:
    speech = (
        SpeechSegment(start_s=0.0, end_s=1.0, text="hallo du", language="de"),
        SpeechSegment(start_s=2.0, end_s=4.0, text="sleep well tonight", language="en"),
    )
    expected: Expected = {"meta_language_spoken": agree, "meta_caption_spoken_share": 2 / 3}
    check(record("Sleep well, everyone", language=named), expected, build(5.0, speech=speech))


def test_speech_that_was_not_transcribed_is_unknown_and_no_speech_says_nothing() -> None:
    unknown = build(5.0, speech=(SpeechSegment(start_s=0.0, end_s=1.0),))
    check(record("hi", language="en"), {"meta_caption_spoken_share": None, "meta_language_spoken": None}, unknown)
    check(record("hi", language="en"), {"meta_caption_spoken_share": 0, "meta_language_spoken": None})


def test_the_format_is_that_of_the_file() -> None:
    check(record("x"), {"meta_aspect_ratio": 16 / 9}, build(5.0, video=video(5.0, width=1920, height=1080)))


@pytest.mark.parametrize(
    ("caption", "language", "expected"),
    [
        ("フォローしてね", "ja", {"meta_call_follow": None, "meta_call_count": None, "meta_is_series": None}),
        ("guarda il link in bio", "it", {"meta_call_link": 1, "meta_call_count": 1, "meta_call_follow": None}),
        ("🔥🔥 #fyp", "ja", {"meta_call_follow": 0, "meta_call_count": 0, "meta_is_series": 0}),
        ("ikuti saya ya", None, {"meta_call_follow": None, "meta_call_count": None, "meta_is_series": None}),
        ("what a day", None, {"meta_call_follow": 0, "meta_call_count": 0, "meta_is_series": 0}),
        ("nothing asked", "en", {"meta_call_follow": 0, "meta_call_count": 0, "meta_is_series": 0}),
    ],
)
def test_no_call_is_0_only_where_the_lists_could_have_found_one(caption: str, language: str, expected: Expected) -> None:
    check(record(caption, language=language), expected)
