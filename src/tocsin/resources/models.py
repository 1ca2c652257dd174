"""The event encoder and the argument reader: ONNX files with a tokeniser and cards, checked before use."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tocsin.errors import DataError

FOLDER = Path(str(files("tocsin"))) / "data" / "models" / "events"
READER_FOLDER = FOLDER.parent / "reader"


@dataclass(frozen=True)
class EventModel:
    """The loaded encoder and reader. ``settings`` are the thresholds that the encoder's card fixes for both."""

    session: Any
    reader: Any
    tokenizer: Any  # tokenizers.Tokenizer, as extract.windows.PieceTokenizer asks for it
    settings: dict[str, Any]
    version: str

    def run(
        self, ids: NDArray[np.int64], mask: NDArray[np.int64], pool: NDArray[np.float32], trigger: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], ...]:
        """One batch through the encoder; shapes as training/encoder.py states them. Gives logits.

        Args:
            ids: (B, T) word pieces, 0 where padded.
            mask: (B, T) 1 for a piece, 0 for padding.
            pool: (B, S, T) rows that average the pieces of a sentence.
            trigger: (B, T) weights that average the trigger's pieces.

        Returns:
            trigger (B, T, types), sentence (B, S, types), argument (B, T, arguments), evidence (B, S), window (B, heads),
            hidden (B, T, 384): the last layer, for light heads.
        """
        return tuple(self.session.run(None, {"ids": ids, "mask": mask, "pool": pool, "trigger": trigger}))

    def read(
        self, ids: NDArray[np.int64], mask: NDArray[np.int64], pool: NDArray[np.float32], trigger: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], ...]:
        """One batch of argument windows through the reader; inputs as ``run`` takes them. Gives logits.

        Returns:
            argument (B, T, arguments), evidence (B, S), window (B, reader's heads).
        """
        if self.reader is None:
            raise DataError("This event model was loaded without the argument reader. Load it by load_event_model().")
        return tuple(self.reader.run(None, {"ids": ids, "mask": mask, "pool": pool, "trigger": trigger}))


@functools.cache
def load_event_model(folder: Path = FOLDER, threads: int = 1, reader: Path | None = READER_FOLDER) -> EventModel:
    """Load encoder and reader once.

    Args:
        folder: holds the encoder's model.onnx, tokenizer.json and card.json.
        reader: holds the reader's model.onnx and card.json; None for work that reads no argument windows.
        threads: how many threads one call may use; 1 keeps answers equal and lets many documents run side by side.

    Raises:
        DataError: a file is missing, or the model is not the one that its card describes.
    """
    card, digest, session = _load(folder, threads)
    _, reader_digest, reading = _load(reader, threads) if reader is not None else (None, "none", None)
    if not (folder / "tokenizer.json").exists():
        raise DataError("tokenizer.json is missing under data/models/events. Install tocsin again.")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    # Other settings make other events of the same weights: they are part of the version.
    fitted = hashlib.sha256(json.dumps(card["settings"], sort_keys=True).encode()).hexdigest()
    version = f"events {digest[:12]} reader {reader_digest[:12]} settings {fitted[:8]}"
    return EventModel(session, reading, tokenizer, card["settings"], version)


def _load(folder: Path, threads: int) -> tuple[dict[str, Any], str, Any]:
    """The card, the SHA-256 and the session of the model in a folder."""
    card_path, model_path, where = folder / "card.json", folder / "model.onnx", f"data/models/{folder.name}"
    for path in (card_path, model_path):
        if not path.exists():
            raise DataError(f"{path.name} is missing under {where}. Install tocsin again.")
    card = json.loads(card_path.read_text(encoding="utf-8"))
    digest = hashlib.sha256(model_path.read_bytes()).hexdigest()
    if digest != card["sha256"]:
        raise DataError(
            f"{where}/model.onnx has SHA-256 {digest[:12]}, its card says {card['sha256'][:12]}. "
            f"Install tocsin again, or rebuild the card with training/export_{folder.name}.py."
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return card, digest, onnxruntime.InferenceSession(str(model_path), options, providers=["CPUExecutionProvider"])
