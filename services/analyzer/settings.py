"""The analyzer's settings: of its service, and of its engines, which the command line uses as well."""

from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import Duration, EnvironmentSettings


class AnalyzerSettings(EnvironmentSettings):
    """Read from RUMIAI_ANALYZER_* in the environment."""

    model_config = SettingsConfigDict(env_prefix="RUMIAI_ANALYZER_", frozen=True, extra="ignore")

    time_limit: Duration = Field(
        default=timedelta(minutes=10), description="for one video; 120 s of video need about 30 s on 2 cores"
    )


class EngineSettings(EnvironmentSettings):
    """Read from RUMIAI_* in the environment: the device, and weights that no package carries. An empty value counts as none."""

    model_config = SettingsConfigDict(env_prefix="RUMIAI_", frozen=True, extra="ignore", env_ignore_empty=True)

    device: Literal["auto", "cpu", "cuda"] = Field(
        default="auto", description="auto takes a CUDA GPU where an engine's runtime reports one"
    )
    device_fallback: bool = Field(default=False, description="where cuda is asked for and absent, run on the CPU instead")
    objects_weights: Path | None = Field(
        default=None, description="YOLO weights: a .onnx, .pt or .engine file, or an OpenVINO folder"
    )
    whisper: str = Field(
        default="auto", description="auto takes the weights that are there; or off, a model's name, or a folder with a model"
    )
    text_reader: Literal["rapidocr", "paddleocr"] = Field(
        default="rapidocr", description="rapidocr brings its weights; paddleocr has to be installed"
    )
    paddleocr_weights: Path | None = Field(
        default=None, description="a folder with detector/ and recognizer/, inference models of PaddleOCR 3"
    )
    face_landmarker: Path | None = Field(
        default=None, description="a face_landmarker.task of MediaPipe Tasks: blendshapes then name the expressions"
    )
