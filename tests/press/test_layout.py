"""Writing papers in several threads of one process, as a server does that shows specimens."""

import sys
import warnings
from datetime import date
from threading import Thread

from exchange import press
from tests.press.papers import letter


def test_threads_that_print_at_once_leave_the_filters_of_warnings_as_they_were():
    press.warm_up("certificates/enrolment_letter")
    before, interval, pages = list(warnings.filters), sys.getswitchinterval(), []

    def work():
        papers = [letter() for _each in range(4)]
        for paper in press.print_papers("certificates/enrolment_letter", papers, printed_on=date(2026, 6, 30)):
            pages.append(paper.pages)

    threads = [Thread(target=work) for _each in range(4)]
    sys.setswitchinterval(1e-4)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    finally:
        sys.setswitchinterval(interval)

    assert pages == [1] * 16
    assert list(warnings.filters) == before
