"""Documents in the shape that the earlier system wrote."""

from typing import Any


def document(**parts: Any) -> dict[str, Any]:
    """Ten seconds of a 576x1024 clip, looked at once a second, in the shape of a real file."""
    texts = [
        {
            "text": "LINK IN BIO",
            "confidence": 0.9,
            "timestamp": float(t),
            "bbox": [115.2, 102.4, 230.4, 51.2],
            "frame_number": t,
        }
        for t in (2, 3, 4)
    ]
    box = [288, 512, 576, 1024]
    objects = [{"trackId": f"obj_{t}_person", "class": "unknown", "className": "person", "confidence": 0.8,
                "timestamp": float(t), "bbox": box} for t in range(10)]  # fmt: skip
    scenes = [{"start_time": a, "end_time": b} for a, b in ((0.0, 3.2), (3.2, 7.5), (7.5, 10.0))]
    whole: dict[str, Any] = {
        "video_id": "7280654844715666731",
        "duration": 10.0,
        "metadata": {"video_id": "7280654844715666731", "duration": 10.0, "width": 576, "height": 1024, "fps": 30.0},
        "pipeline_status": {"yolo": True, "whisper": True, "ocr": True, "scene_detection": True, "temporal": False},
        "processing_metadata": {},
        "timeline": {"entries": []},
        "ml_data": {
            "yolo": {"objectAnnotations": objects, "metadata": {"model": "yolov8n", "frames_analyzed": 10}},
            "whisper": {"text": "hello", "language": "en", "duration": 10.0,
                        "segments": [{"start": 1.0, "end": 2.5, "text": " hello"}]},
            "mediapipe": {"poses": [], "faces": [{"timestamp": 0.0, "count": 1, "confidence": 0.9}]},
            "ocr": {"textAnnotations": texts, "stickers": []},
            "scene_detection": {"scenes": scenes, "scene_changes": [0.0, 3.2, 7.5]},
        },
    }  # fmt: skip
    return whole | parts


def read_at(*seconds: float) -> list[dict[str, Any]]:
    """The same text read at these times."""
    return [{"text": "LINK IN BIO", "confidence": 0.9, "timestamp": t, "bbox": [115.2, 102.4, 230.4, 51.2]} for t in seconds]
