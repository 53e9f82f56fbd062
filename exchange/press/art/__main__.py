"""Draw the frames of the papers into this folder."""

from pathlib import Path

from exchange.press.art.frames import FRAMES

for name, draw in FRAMES.items():
    Path(__file__).with_name(name).write_text(draw(), "utf-8")
