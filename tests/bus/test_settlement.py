"""What becomes of a message, row by row of the settlement table, with a real service process on a real server."""

from tests.bus.conftest import Bus, selected


def test_success_is_acked_and_published_once(bus: Bus) -> None:
    bus.publish(selected("ok-1"), selected("ok-2"))
    with bus.running():
        found = bus.wait("ANALYZED", 2)
    assert [subject for subject, _, _ in found] == ["video.analyzed.acme.b1"] * 2
    assert bus.starts == ["ok-1", "ok-2"]
