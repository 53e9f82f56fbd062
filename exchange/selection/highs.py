"""HiGHS without a word on standard output, where commands print their documents."""

import highspy


class SilentHighs(highspy.Highs):
    """Solves on one thread, to the very end, and says nothing."""

    def __init__(self) -> None:
        super().__init__()
        for name, value in {
            "output_flag": False,
            "threads": 1,
            "random_seed": 0,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.0,
        }.items():
            self.setOptionValue(name, value)

    def enableCallbacks(self) -> None:
        """Nobody listens, and to offer it would print the banner before anybody can ask for silence."""
