"""Objects: the network's two ends, numbers that stay with a thing, every format and every way its weights can be wrong."""

import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analyzer.analysis import analyze
from services.analyzer.batches import Batches
from services.analyzer.counters import Counters
from services.analyzer.device import Device
from services.analyzer.engines.base import Off
from services.analyzer.engines.boxes import Rect
from services.analyzer.engines.objects import ObjectsEngine, objects_engine
from services.analyzer.engines.objects.engine import ObjectsSession
from services.analyzer.engines.objects.linking import ObjectLinker
from services.analyzer.engines.objects.networks import engine_batch, load
from services.analyzer.engines.objects.weights import weights_at
from services.analyzer.engines.objects.yolo import MAX_OVERLAP, Detection, candidates, letterbox, thin_out
from services.analyzer.frames import Frame
from shared.contracts.analysis import Analysis, EngineName
from shared.errors import Unavailable
from tests.analyzer.clips import solid, texture, write_clip
from tests.analyzer.tiny_yolo import build_onnx, build_openvino

NAMES = {0: "sun", 1: "moon"}
BASE, GAIN = np.zeros((6, 4), np.float32), np.zeros((6, 4), np.float32)
BASE[:4] = np.array([[32, 32, 16, 8], [33, 32, 16, 8], [20, 24, 8, 8], [32, 2, 8, 2]]).T  # centre x, centre y, width, height
BASE[4, :2], BASE[5, 2:] = -0.4, 1.0
GAIN[4, :2], GAIN[5, 2:] = (1.6, 1.5), -1.4
"""Bright pictures show a sun in the middle (twice, nearly the same), dark ones a moon to the left of it. The last moon lies on
the grey bar above a wide picture."""


@pytest.fixture(scope="module")
def onnx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_onnx(tmp_path_factory.mktemp("weights") / "tiny.onnx", BASE, GAIN, names=NAMES)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """320x160, 10 fps: 2 s bright, 2 s dark."""
    bright, dark = solid((230, 230, 230), width=320, height=160), solid((30, 30, 30), width=320, height=160)
    return write_clip(tmp_path_factory.mktemp("clip") / "v.mp4", [bright] * 20 + [dark] * 20, fps=10)


def _watch(clip: Path, weights: Path) -> tuple[Analysis, Counters]:
    counters = Counters()
    return analyze(clip, engines=[ObjectsEngine(weights_at(weights))], counters=counters), counters


def test_what_is_seen_when_where_and_under_which_number(clip: Path, onnx: Path) -> None:
    analysis, counters = _watch(clip, onnx)
    seen = analysis.objects
    assert len(seen.sampled_s) == counters.calls["objects.network"] == counters.handed["objects"] == 13
    assert (seen.sampled_s[0], seen.sampled_s[-1]) == (0.0, 3.9)
    assert [(o.label, o.track) for o in seen.found if o.t_s < 2] == [("sun", 0)] * 7
    assert [(o.label, o.track) for o in seen.found if o.t_s >= 2] == [("moon", 1)] * 6
    sun = seen.found[0].box
    assert (sun.x, sun.width) == pytest.approx((24 / 64, 16 / 64), abs=0.001)
    assert (sun.y, sun.height) == pytest.approx(((28 - 16) / 32, 8 / 32), abs=0.001), "32 of the 64 rows are the picture"
    report = analysis.engines["objects"]
    assert (report.status, report.coverage.samples) == ("ok", 13)
    assert _watch(clip, onnx)[0].to_bytes() == analysis.to_bytes()


def test_openvino_and_onnx_see_the_same(clip: Path, onnx: Path, tmp_path: Path) -> None:
    folder = build_openvino(tmp_path / "tiny_openvino_model", BASE, GAIN, names=NAMES)
    first, second = _watch(clip, onnx)[0], _watch(clip, folder)[0]
    assert [(o.t_s, o.label, o.track, o.box) for o in first.objects.found] == [
        (o.t_s, o.label, o.track, o.box) for o in second.objects.found
    ]
    assert first.profile != second.profile, "another library is another fingerprint"


def test_an_export_that_thins_out_by_itself_is_understood(clip: Path, tmp_path: Path) -> None:
    base = np.array([[24, 28, 40, 36, -0.4, 0], [16, 20, 24, 28, 0.05, 1]], np.float32)
    gain = np.zeros((2, 6), np.float32)
    gain[0, 4] = 1.6
    analysis, _ = _watch(clip, build_onnx(tmp_path / "end2end.onnx", base, gain, names=NAMES))
    assert [(o.label, o.t_s < 2) for o in analysis.objects.found] == [("sun", True)] * 7
    assert analysis.objects.found[0].box.width == pytest.approx(0.25, abs=0.001)


@pytest.mark.parametrize("fixed", [None, 1, 3])
def test_batches_see_what_single_pictures_show(fixed: int | None, tmp_path: Path) -> None:
    """A network with any batch, one for single pictures, and one that takes exactly three; ten pictures."""
    weights = weights_at(build_onnx(tmp_path / "n.onnx", BASE, GAIN, names=NAMES, batch=fixed or "batch"))
    single = load(weights_at(build_onnx(tmp_path / "1.onnx", BASE, GAIN, names=NAMES, batch=1)), Device.CPU, 1)
    pictures = [solid((k, k, k), width=120, height=90) for k in range(0, 250, 25)]
    network = load(weights, Device.CPU, 4)
    batches = Batches(EngineName.OBJECTS, Device.CUDA, network.batch)
    alone = [single.detect([picture])[0] for picture in pictures]
    assert network.batch == (fixed or 4)
    assert batches.run(network.detect, pictures) == alone


def test_a_session_on_a_gpu_collects_batches_and_leaves_no_frame_behind(clip: Path, onnx: Path) -> None:
    counters, video = Counters(), analyze(clip, engines=[]).video
    network = load(weights_at(onnx), Device.CPU, 4)
    spec = ObjectsEngine(weights_at(onnx)).spec
    session = ObjectsSession(spec, video, counters, network, Batches(EngineName.OBJECTS, Device.CUDA, 4))
    for k in range(10):
        session.process(Frame(k, k / 3, solid((230, 230, 230))))
        assert counters.calls.get("objects.network", 0) == (k + 1) // 4 * 4
    seen = session.finish().objects
    assert (len(seen.sampled_s), len(seen.found), counters.calls["objects.network"]) == (10, 10, 10)


def test_off_without_weights_and_the_reason_names_the_setting(monkeypatch: pytest.MonkeyPatch, onnx: Path) -> None:
    monkeypatch.delenv("RUMIAI_OBJECTS_WEIGHTS", raising=False)
    off = objects_engine()
    assert isinstance(off, Off)
    assert off.reason == "no weights: set RUMIAI_OBJECTS_WEIGHTS to YOLO weights (an OpenVINO folder, .onnx, .pt or .engine)"
    monkeypatch.setenv("RUMIAI_OBJECTS_WEIGHTS", str(onnx))
    assert isinstance(objects_engine(), ObjectsEngine)


def test_weights_that_were_given_and_are_wrong_stop_everything(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "empty").mkdir()
    half = tmp_path / "half"
    half.mkdir()
    (half / "net.xml").touch()
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no network")
    pose = build_onnx(tmp_path / "pose.onnx", BASE, GAIN, names=NAMES, task="pose")
    for path, sentence in {
        tmp_path / "none.onnx": r"none\.onnx, which does not exist\.$",
        tmp_path / "a.txt": r"a\.txt, which is none of the YOLO formats: an OpenVINO folder, \.onnx, \.pt or \.engine\.$",
        tmp_path / "empty": r"empty, which holds 0 \.xml files instead of one\.$",
        half: r"half \(RUMIAI_OBJECTS_WEIGHTS\) miss net\.bin, metadata\.yaml\.$",
        broken: r"^The ONNX weights .*broken\.onnx can't be loaded \(.+\): export them again\.$",
        pose: r"pose\.onnx are made for the task pose: give weights of a YOLO detection model\.$",
    }.items():
        with pytest.raises(Unavailable, match=sentence):
            ObjectsEngine(weights_at(path)).load()


def test_an_unknown_layout_is_refused_with_its_shape(tmp_path: Path, clip: Path) -> None:
    odd = build_onnx(tmp_path / "odd.onnx", np.zeros((9, 5), np.float32), np.zeros((9, 5), np.float32), names=NAMES)
    with pytest.raises(Unavailable, match=r"gives \(1, 9, 5\), no layout of a YOLO detection export"):
        _watch(clip, odd)


def test_formats_of_ultralytics_say_what_to_install(tmp_path: Path) -> None:
    for name in ("w.pt", "w.engine"):
        (tmp_path / name).touch()
    with pytest.raises(
        Unavailable, match=r"TensorRT weights .*w\.engine run only on a CUDA GPU: give an ONNX or OpenVINO export"
    ):
        ObjectsEngine(weights_at(tmp_path / "w.engine"))
    with pytest.raises(
        Unavailable, match=r"^PyTorch weights need ultralytics, torch, torchvision, not installed here: run `uv pip"
    ):
        ObjectsEngine(weights_at(tmp_path / "w.pt"))


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({"batch": 1, "args": {"dynamic": False}}, (1, True)),
        ({"batch": 32, "args": {"dynamic": True}}, (16, False)),
        ({"batch": 4}, (4, True)),
    ],
)
def test_a_tensorrt_engine_says_how_many_pictures_it_takes(
    known: dict[str, object], wanted: tuple[int, bool], tmp_path: Path
) -> None:
    head = json.dumps(known).encode()
    (tmp_path / "yolo.engine").write_bytes(len(head).to_bytes(4, "little") + head + b"the engine")
    assert engine_batch(tmp_path / "yolo.engine", 16) == wanted


def test_a_tensorrt_engine_without_metadata_is_refused(tmp_path: Path) -> None:
    (tmp_path / "yolo.engine").write_bytes(b"ptrt\0\0\0\0\0\0")
    with pytest.raises(Unavailable, match="have no metadata of Ultralytics"):
        engine_batch(tmp_path / "yolo.engine", 16)


def test_other_weights_are_another_fingerprint(onnx: Path, tmp_path: Path) -> None:
    other = build_onnx(tmp_path / "other.onnx", BASE * 0.99, GAIN, names=NAMES)
    prints = {ObjectsEngine(weights_at(path)).spec.fingerprint() for path in (onnx, other, onnx)}
    assert len(prints) == 2


def test_people_walk_through_a_room(shared_data: Path, tmp_path: Path) -> None:
    """Real weights, and 9 s of a real video in which one person goes and another comes."""
    weights = shared_data / "models" / "yolo11n_int8_openvino_model"
    if not weights.is_dir():
        pytest.skip("this test needs the YOLO weights of shared/data")
    analysis, counters = _watch(_cut_out(shared_data / "video" / "walking_people.mp4", tmp_path / "v.mp4", 17, 26), weights)
    people = [o for o in analysis.objects.found if o.label == "person"]
    assert len({o.track for o in people}) == 2
    assert min(o.confidence for o in people) < max(o.confidence for o in people)
    assert counters.calls["objects.network"] == len(analysis.objects.sampled_s)


def _cut_out(source: Path, target: Path, start_s: float, end_s: float) -> Path:
    """Packets between two times, copied."""
    with av.open(str(source)) as read, av.open(str(target), "w") as write:
        stream = read.streams.video[0]
        out = write.add_stream_from_template(stream)
        for packet in read.demux(stream):
            if packet.pts is not None and start_s <= packet.pts * stream.time_base < end_s:
                packet.stream = out
                write.mux(packet)
    return target


@given(
    width=st.integers(8, 700), height=st.integers(8, 700), network=st.sampled_from([(640, 640), (384, 640), (64, 64)]),
    corners=st.tuples(*[st.floats(0, 1)] * 4),
)  # fmt: skip
def test_a_box_comes_back_through_the_letterbox(
    width: int, height: int, network: tuple[int, int], corners: tuple[float, ...]
) -> None:
    tensor, lies = letterbox(np.zeros((height, width, 3), np.uint8), *network)
    assert tensor.shape == (3, *network)
    (x1, x2), (y1, y2) = sorted(corners[:2]), sorted(corners[2:])
    there = [lies.left + x1 * width * lies.scale, lies.top + y1 * height * lies.scale]
    there += [lies.left + x2 * width * lies.scale, lies.top + y2 * height * lies.scale]
    assert lies.rect(*there) == pytest.approx((x1, y1, x2 - x1, y2 - y1), abs=1e-6)
    rows, columns = (tensor == 0).any(axis=(0, 2)), (tensor == 0).any(axis=(0, 1))
    assert (rows.sum(), columns.sum()) == (round(height * lies.scale), round(width * lies.scale))


def _iou(a: Any, b: Any) -> float:
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    shared = max(0.0, wide) * max(0.0, high)
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


CORNERS = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(4, 20), st.integers(4, 20), st.integers(0, 1))


@given(boxes=st.lists(CORNERS, max_size=15))
def test_thinning_out_keeps_the_surest_of_what_overlaps_and_nothing_else(boxes: list[tuple[int, ...]]) -> None:
    corners = np.array([(x, y, x + w, y + h) for x, y, w, h, _ in boxes], np.float32).reshape(-1, 4)
    classes = np.array([box[4] for box in boxes], np.int64)
    kept = thin_out(corners, classes)
    for i in range(len(boxes)):
        rivals = [j for j in kept if j < i and classes[j] == classes[i] and _iou(corners[i], corners[j]) > MAX_OVERLAP]
        assert (i in kept) == (not rivals)


def test_scores_at_the_limit_and_order() -> None:
    output = np.zeros((6, 3), np.float32)
    output[:4] = np.array([[10, 10, 4, 4], [30, 30, 4, 4], [50, 50, 4, 4]]).T
    output[4:] = [[0.25, 0.3, 0.1], [0.0, 0.0, 0.9]]
    corners, scores, classes = candidates(output)
    assert (scores.tolist(), classes.tolist()) == (pytest.approx([0.9, 0.3]), [1, 0]), "0.25 is not more than 0.25"
    assert corners[0].tolist() == [48, 48, 52, 52]


PLAIN = texture(4)


def _link(linker: ObjectLinker, t_s: float, *boxes: Rect, label: str = "person", image: Any = PLAIN) -> list[int]:
    return linker.link(Frame(0, t_s, image), [Detection(label, 0.9, box) for box in boxes])


def test_a_thing_that_moves_keeps_its_number_and_another_kind_never_takes_it() -> None:
    linker = ObjectLinker()
    numbers = [_link(linker, k / 3, Rect(0.1 + 0.1 * k, 0.3, 0.2, 0.4)) for k in range(5)]
    assert numbers == [[0]] * 5
    assert _link(linker, 5 / 3, Rect(0.5, 0.3, 0.2, 0.4), label="dog") == [1]


def test_two_things_keep_their_numbers_in_whatever_order_they_are_found() -> None:
    linker, left, right = ObjectLinker(), Rect(0.1, 0.3, 0.2, 0.4), Rect(0.6, 0.3, 0.2, 0.4)
    assert _link(linker, 0.0, left, right) == [0, 1]
    assert _link(linker, 0.3, right, left) == [1, 0]
    assert _link(linker, 0.6, left) == [0]
    assert _link(linker, 0.9, right, left) == [1, 0], "missed once is not gone"


def test_who_leaves_through_the_edge_is_still_the_same_and_who_comes_later_is_not() -> None:
    linker = ObjectLinker()
    assert _link(linker, 0.0, Rect(0.71, 0.06, 0.29, 0.86)) == [0]
    assert _link(linker, 0.3, Rect(0.91, 0.6, 0.09, 0.31)) == [0], "a rim of the same body"
    assert _link(linker, 2.0, Rect(0.91, 0.6, 0.09, 0.31)) == [1]


def test_nothing_is_carried_over_a_cut() -> None:
    linker, box = ObjectLinker(), Rect(0.4, 0.3, 0.2, 0.4)
    assert _link(linker, 0.0, box, image=texture(1)) == [0]
    assert _link(linker, 0.3, box, image=texture(2)) == [1]
