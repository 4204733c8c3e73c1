"""Builds a tiny but complete multilingual Whisper model in CTranslate2's own file format, which recites a given sentence.

Its embeddings and attention values are zero, so the decoder's state depends on the position alone; each position has its own
direction, and the projection answers it with the wanted token. Everything else (files, tokenizer, decoding, alignment) is real.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers
from ctranslate2.specs import WhisperSpec
from faster_whisper.tokenizer import _LANGUAGE_CODES
from numpy.typing import NDArray
from tokenizers import decoders, models, pre_tokenizers

WIDTH, MELS, TEXT_TOKENS, PROMPT = 64, 80, 50_257, 3
"""The prompt is start, language, task: the answer to its last token is the first one of the sentence."""
TICKS_PER_WORD = 20
"""Of 20 ms each: where the alignment puts the words."""


def build_whisper(
    folder: Path, words: list[str], *, seconds: float = 2.0, language: str = "es", strength: float = 30.0
) -> Path:
    """Write the model. `strength` is how sure it is of each token: at 0 everything is equally likely."""
    vocabulary = _vocabulary(words)
    ids = {token: i for i, token in enumerate(vocabulary)}
    script = ["<|0.00|>", *(f"Ġ{word}" for word in words), f"<|{seconds:.2f}|>", "<|endoftext|>"]
    answers = {0: f"<|{language}|>", **{PROMPT - 1 + i: token for i, token in enumerate(script)}}
    spec = WhisperSpec(1, 2, 1, 2)
    _fill(spec, {position: ids[token] for position, token in answers.items()}, len(vocabulary), strength)
    spec.register_vocabulary(vocabulary)
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], [ids["<|endoftext|>"]]
    spec.config.lang_ids = [ids[f"<|{code}|>"] for code in _LANGUAGE_CODES[:99]]
    spec.config.alignment_heads = [(0, 0), (0, 1)]
    folder.mkdir(parents=True)
    spec.validate()
    spec.save(str(folder))
    _tokenizer(vocabulary).save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": MELS}))
    return folder


def _vocabulary(words: list[str]) -> list[str]:
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    spoken = [*alphabet, *(f"Ġ{word}" for word in words)]
    text = [
        *spoken,
        *(f"unused{i}" for i in range(TEXT_TOKENS - 1 - len(spoken))),
        "",
    ]  # the empty one marks a multilingual model
    special = ["<|endoftext|>", "<|startoftranscript|>", *(f"<|{code}|>" for code in _LANGUAGE_CODES[:99])]
    special += ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
    return [*text, *special, *(f"<|{i * 0.02:.2f}|>" for i in range(1501))]


def _tokenizer(vocabulary: list[str]) -> tokenizers.Tokenizer:
    made = tokenizers.Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(vocabulary)}, merges=[]))
    made.pre_tokenizer, made.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    made.add_special_tokens([token for token in vocabulary if token.startswith("<|")])
    return made


def _fill(spec: Any, answers: dict[int, int], vocabulary: int, strength: float) -> None:
    codes = np.zeros((448, WIDTH), np.float32)
    codes[np.arange(WIDTH), np.arange(WIDTH)] = 1.0
    projection = np.zeros((vocabulary, WIDTH), np.float32)
    for position, token in answers.items():
        projection[token, position] = strength / np.sqrt(WIDTH)
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = _zeros(WIDTH, MELS, 3), _zeros(WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(WIDTH, WIDTH, 3), _zeros(WIDTH)
    encoder.position_encodings.encodings = codes[np.minimum(PROMPT + np.arange(1500) // TICKS_PER_WORD, max(answers) - 2)]
    decoder.embeddings.weight, decoder.position_encodings.encodings = _zeros(vocabulary, WIDTH), codes
    decoder.projection.weight = projection
    for part in (encoder, decoder):
        _norm(part.layer_norm)
        for layer in part.layer:
            _attention(layer.self_attention, (3 * WIDTH, WIDTH))
            _norm(layer.ffn.layer_norm)
            _linear(layer.ffn.linear_0, 4 * WIDTH, WIDTH)
            _linear(layer.ffn.linear_1, WIDTH, 4 * WIDTH)
    across = decoder.layer[0].attention
    _attention(across, (WIDTH, 2 * WIDTH, WIDTH))
    half = np.eye(WIDTH // 2, WIDTH, dtype=np.float32)
    look = np.vstack([half, half])  # in both heads each token looks at its own stretch of the sound,
    across.linear[0].weight = look
    across.linear[1].weight = np.vstack([look, _zeros(WIDTH, WIDTH)])  # and takes nothing from it


def _attention(attention: Any, sizes: tuple[int, ...]) -> None:
    _norm(attention.layer_norm)
    for linear, size in zip(attention.linear, sizes, strict=True):
        _linear(linear, size, WIDTH)


def _linear(linear: Any, out: int, into: int) -> None:
    linear.weight, linear.bias = _zeros(out, into), _zeros(out)


def _norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(WIDTH, np.float32), _zeros(WIDTH)


def _zeros(*shape: int) -> NDArray[np.float32]:
    return np.zeros(shape, np.float32)
