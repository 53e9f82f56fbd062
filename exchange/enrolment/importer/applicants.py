"""What ``imports`` asks of a feature, for the sheets of applicants that counties send."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from exchange.accounts.models import User
from exchange.core.database import Model, db, today
from exchange.core.masking import mask_resident_id
from exchange.core.spreadsheets import Sheet
from exchange.enrolment.importer import committing, undoing
from exchange.enrolment.importer.columns import COUNTY, OWN_FIELDS, OWN_HEADINGS, READ, REQUIRED
from exchange.enrolment.importer.intakes import intake_named, offered
from exchange.enrolment.importer.reviewing import Reviewer
from exchange.enrolment.importer.wording import WORDING, described, spoken
from exchange.enrolment.models import Applicant
from exchange.imports.importer import Obstacle, Progress, Reading, Written
from exchange.imports.models import Import, ImportRow
from exchange.partners.queries import counties_of
from exchange.students.policy import hidden_fields
from exchange.students.roster.columns import BY_FIELD
from exchange.students.roster.sheets import Layout, find_heads


class ApplicantImporter:
    """The sheet in which a county puts people forward; the target is the intake."""

    wording = WORDING
    model: type[Model] = Applicant

    def target_of(self, written: str) -> str:
        return intake_named(written).key

    def target_words(self, target: str) -> str:
        return str(intake_named(target))

    def targets(self) -> list[str]:
        return offered()

    def senders(self) -> list[str]:
        counties = (county for name in offered() for county in counties_of(intake_named(name).project))
        return list(dict.fromkeys(f"{county.name}教育局" for county in counties))

    def fields(self) -> Mapping[str, str]:
        national = {name: BY_FIELD[name].heading for name in READ if name in BY_FIELD}
        return national | {name: str(label) for name, label in OWN_FIELDS.items()}

    def required(self, target: str) -> Sequence[str]:
        one_county = len(counties_of(intake_named(target).project)) == 1
        return REQUIRED if one_county else (*REQUIRED, COUNTY)

    def hidden_fields(self, user: User | None) -> Collection[str]:
        return hidden_fields(user)

    def read(
        self,
        sheets: Sequence[Sheet],
        *,
        target: str,
        mapping: Mapping[str, str],
        remembered: Mapping[str, str],
        chosen: Collection[str],
        progress: Progress | None,
    ) -> Reading:
        heads = find_heads(sheets, mapping, remembered, own=OWN_HEADINGS, chosen=chosen)
        for head in heads:
            head.fields = {place: name for place, name in head.fields.items() if name in READ}
        reviewer = Reviewer(heads, intake_named(target), today=today(), progress=progress)
        return Reading(**vars(Layout.of(heads, sheets)), rows=reviewer.rows())

    def commit(self, rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> list[Written]:
        intake = intake_named(db.session.get_one(Import, import_id).target)
        return committing.commit(rows, intake, import_id=import_id, by=by)

    def obstacles(self, portions: Iterable[Sequence[ImportRow]]) -> Iterator[Obstacle]:
        return undoing.obstacles(portions)

    def undo(self, rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> None:
        undoing.take_back(rows, import_id=import_id, by=by)

    def speak(self, sentence: str, params: Mapping[str, Any]) -> str:
        return spoken(sentence, params)

    def title(self, values: Mapping[str, Any]) -> tuple[str, str]:
        return values.get("name", ""), mask_resident_id(values.get("resident_id", ""))

    def describe(self, changes: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        return described(changes)
