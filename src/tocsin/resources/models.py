"""The event encoder: an ONNX file, its tokeniser and its card, checked before use."""

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


@dataclass(frozen=True)
class EventModel:
    """The loaded encoder. ``settings`` are the thresholds that its card fixes."""

    session: Any
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


@functools.cache
def load_event_model(folder: Path = FOLDER, threads: int = 1) -> EventModel:
    """Load the encoder once.

    Args:
        folder: holds model.onnx, tokenizer.json and card.json.
        threads: how many threads one call may use; 1 keeps answers equal and lets many documents run side by side.

    Raises:
        DataError: a file is missing, or the model is not the one that its card describes.
    """
    card_path, model_path = folder / "card.json", folder / "model.onnx"
    for path in (card_path, model_path, folder / "tokenizer.json"):
        if not path.exists():
            raise DataError(f"{path.name} is missing under data/models/events. Install tocsin again.")
    card = json.loads(card_path.read_text(encoding="utf-8"))
    digest = hashlib.sha256(model_path.read_bytes()).hexdigest()
    if digest != card["sha256"]:
        raise DataError(
            f"data/models/events/model.onnx has SHA-256 {digest[:12]}, its card says {card['sha256'][:12]}. "
            "Install tocsin again, or rebuild the card with training/export_events.py."
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(model_path), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    # Other settings make other events of the same weights: they are part of the version.
    fitted = hashlib.sha256(json.dumps(card["settings"], sort_keys=True).encode()).hexdigest()
    return EventModel(session, tokenizer, card["settings"], f"events {digest[:12]} settings {fitted[:8]}")
