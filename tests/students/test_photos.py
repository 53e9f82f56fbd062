"""A ZIP of portraits: what it may hold, whom a name means, what is written, and what never is."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.core.storage import store
from exchange.jobs import service as jobs
from exchange.jobs.models import Job, JobState
from exchange.students import photos, queries, service
from exchange.students.models import Photo, PhotoBatch, PhotoBatchStatus, PhotoHint, PhotoItem, PhotoOutcome
from exchange.students.photos import UnusableArchive, clues_in, open_archive, portrait_from
from exchange.students.photos import archive as archives
from exchange.students.photos.images import hint_for
from exchange.students.queries import photos as uploads
from tests.factories.accounts import RegistrarFactory
from tests.factories.photos import CAMERA, archive, photograph
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory

Is = PhotoOutcome


def upload(files, **values):
    """The batch after its job has run."""
    batch = service.upload_photos(archive(files), filename="照片.zip", by=RegistrarFactory(), **values)
    database.session.commit()
    jobs.run_pending()
    return database.session.get(PhotoBatch, batch.id)


def outcomes(batch):
    items = database.session.query(PhotoItem).filter_by(batch_id=batch.id)
    return {item.filename: item.outcome for item in items}


def test_portraits_are_matched_by_number_resident_id_and_name(db):
    one, two, three = StudentFactory(student_no="20260701"), StudentFactory(), StudentFactory(name="刀玉香")

    batch = upload(
        {
            "20260701.jpg": photograph(),
            f"{two.resident_id}.PNG": photograph(kind="PNG"),
            "3班/刀玉香.jpeg": photograph(),
        }
    )

    found = {item.student_id for item in uploads.matched(batch)}
    assert (batch.status, found) == (PhotoBatchStatus.REVIEWED, {one.id, two.id, three.id})
    assert database.session.query(Photo).count() == 0


def test_what_a_person_must_look_at_is_said_of_each_file(db):
    StudentFactory(student_no="20260701", name="刀玉兰")
    StudentFactory(student_no="20260702", name="早文瑞")
    StudentFactory.create_batch(2, name="相恩凯")

    batch = upload(
        {
            "20260701.jpg": photograph(),
            "刀玉兰.jpg": photograph(),
            "相恩凯.jpg": photograph(),
            "20260701 早文瑞.jpg": photograph(),
            "没有这人.jpg": photograph(),
            "20260702.jpg": photograph(80, 100),
            "早文瑞.txt": "不是照片".encode(),
            "空.jpg": b"",
            "截断.jpg": photograph()[:200],
        }
    )

    assert outcomes(batch) == {
        "20260701.jpg": Is.MATCHED,
        "刀玉兰.jpg": Is.DUPLICATE,
        "相恩凯.jpg": Is.AMBIGUOUS,
        "20260701 早文瑞.jpg": Is.AMBIGUOUS,
        "没有这人.jpg": Is.UNKNOWN,
        "20260702.jpg": Is.TOO_SMALL,
        "早文瑞.txt": Is.NOT_AN_IMAGE,
        "空.jpg": Is.NOT_AN_IMAGE,
        "截断.jpg": Is.NOT_AN_IMAGE,
    }


def test_class_tells_namesakes_apart(db):
    school_class = SchoolClassFactory()
    meant = StudentFactory(name="相恩凯", school_class=school_class)
    StudentFactory(name="相恩凯")

    batch = upload({"相恩凯.jpg": photograph()}, school_class=school_class)

    assert [item.student_id for item in uploads.matched(batch)] == [meant.id]


def test_image_behind_a_wrong_extension_counts(db):
    StudentFactory(student_no="20260701")

    assert outcomes(upload({"20260701.bmp": photograph(kind="PNG")})) == {"20260701.bmp": Is.MATCHED}


def test_commit_writes_and_keeps_the_former_portrait(db):
    student, registrar = StudentFactory(student_no="20260701"), RegistrarFactory()
    service.commit_photos(upload({"20260701.jpg": photograph()}), by=registrar)
    first = queries.photo_of(student)

    batch = upload({"20260701.jpg": photograph(300, 420)})
    assert uploads.replaced_by(batch) == 1
    assert service.commit_photos(batch, by=registrar) == 1

    second = queries.photo_of(student)
    assert (first.replaced_at is not None, second.id != first.id, (second.width, second.height)) == (
        True,
        True,
        (300, 420),
    )
    assert store().get(first.key).startswith(b"\xff\xd8\xff")
    assert [line.action for line in timeline(student)] == ["student.photo_taken_in"] * 2
    assert timeline(batch)[0].changes == {"written": 1}


def test_batch_is_written_once(db):
    StudentFactory(student_no="20260701")
    batch = upload({"20260701.jpg": photograph()})
    service.commit_photos(batch, by=RegistrarFactory())

    with pytest.raises(NotPossible, match="已写入"):
        service.commit_photos(batch, by=RegistrarFactory())


def test_batch_without_a_match_writes_nothing(db):
    batch = upload({"没有这人.jpg": photograph()})

    with pytest.raises(NotPossible):
        service.commit_photos(batch, by=RegistrarFactory())


def test_dropped_batch_leaves_nothing_in_the_store(db):
    StudentFactory(student_no="20260701")
    batch = upload({"20260701.jpg": photograph()})
    key = uploads.matched(batch)[0].key

    service.cancel_photos(batch, by=RegistrarFactory())

    assert (batch.status, outcomes(batch)) == (PhotoBatchStatus.CANCELLED, {})
    with pytest.raises(FileNotFoundError):
        store().get(key)


def test_archive_is_forgotten_once_it_was_read(db):
    batch = service.upload_photos(archive({"a.jpg": photograph()}), filename="a.zip", by=RegistrarFactory())
    database.session.commit()
    key = batch.upload
    jobs.run_pending()

    with pytest.raises(FileNotFoundError):
        store().get(key)


def test_interrupted_reading_begins_anew(db):
    StudentFactory(student_no="20260701")
    batch = service.upload_photos(archive({"20260701.jpg": photograph()}), filename="a.zip", by=RegistrarFactory())
    database.session.add(PhotoItem(batch_id=batch.id, filename="20260701.jpg", outcome=Is.UNKNOWN))
    database.session.commit()

    jobs.run_pending()

    assert outcomes(batch) == {"20260701.jpg": Is.MATCHED}
    assert database.session.query(Job).one().state is JobState.DONE


def test_what_was_hidden_in_the_photograph_is_gone():
    original = photograph(kind="JPEG")
    assert Image.open(io.BytesIO(original)).getexif()[CAMERA]

    kept = Image.open(io.BytesIO(portrait_from(original).content))

    assert (dict(kept.getexif()), kept.format) == ({}, "JPEG")


def test_portrait_is_turned_upright_and_made_small():
    lying = photograph(2400, 1600, orientation=6)

    portrait = portrait_from(lying)

    assert portrait.height > portrait.width
    assert portrait.width <= 600
    assert portrait.height <= 800


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "I;16", "1"])
def test_every_kind_of_png_becomes_a_portrait(mode):
    assert portrait_from(photograph(kind="PNG", mode=mode)).content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("size", "hint"),
    [
        ((480, 360), PhotoHint.LANDSCAPE),
        ((400, 400), PhotoHint.SQUARE),
        ((400, 459), PhotoHint.SQUARE),
        ((400, 460), None),
        ((400, 680), None),
        ((400, 681), PhotoHint.NARROW),
        ((294, 413), PhotoHint.SMALL),
        ((295, 413), None),
    ],
)
def test_odd_measures_are_hinted_at(size, hint):
    assert hint_for(*size) is hint


@pytest.mark.parametrize(("size", "fits"), [((120, 150), True), ((119, 150), False), ((120, 149), False)])
def test_smallest_portrait(size, fits):
    if fits:
        assert portrait_from(photograph(*size)).width == size[0]
    else:
        with pytest.raises(photos.Unfit) as unfit:
            portrait_from(photograph(*size))
        assert unfit.value.outcome is Is.TOO_SMALL


def test_image_of_too_many_pixels_is_not_decoded():
    with pytest.raises(photos.Unfit) as unfit:
        portrait_from(png_of(20_000, 20_000))

    assert unfit.value.outcome is Is.TOO_LARGE


@pytest.mark.parametrize(("kind", "fits"), [("PNG", False), ("JPEG", True)])
def test_image_that_must_be_decoded_whole_has_fewer_pixels(kind, fits):
    content = photograph(5000, 5000, kind=kind)

    if fits:
        assert portrait_from(content).width == 600
    else:
        with pytest.raises(photos.Unfit) as unfit:
            portrait_from(content)
        assert unfit.value.outcome is Is.TOO_LARGE


def png_of(width, height):
    """The head of a picture that would need 1.2 GB."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "不是 ZIP"),
        (b"\x89PNG\r\n\x1a\n", "不是 ZIP"),
        (archive({"a.jpg": b"x" * 5000})[:-30], "不是 ZIP"),
        (archive({}), "没有照片"),
        (archive({"__MACOSX/._a.jpg": b"x", "Thumbs.db": b"x", "班/.DS_Store": b"x"}), "没有照片"),
        (archive({f"{number}.jpg": b"" for number in range(501)}), "最多 500"),
    ],
    ids=["empty", "a picture", "cut off", "no files", "only rubbish", "too many"],
)
def test_unusable_archive_is_refused_in_one_sentence(app, content, sentence):
    with pytest.raises(UnusableArchive, match=sentence):
        open_archive(content)


def test_five_hundred_files_are_taken(app):
    assert len(open_archive(archive({f"{number}.jpg": b"" for number in range(500)})).names) == 500


def test_locked_archive_is_refused(app):
    content = bytearray(archive({"a.jpg": b"x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(UnusableArchive, match="密码"):
        open_archive(bytes(content))


def test_folders_are_opened_and_what_machines_add_is_left_out(app):
    opened = open_archive(
        archive({"班/一/刀玉香.jpg": b"a", "__MACOSX/班/._刀玉香.jpg": b"b", "班/._x.jpg": b"c", "desktop.ini": b"d"})
    )

    assert (opened.names, opened.left_out) == (["刀玉香.jpg"], 3)
    assert [entry.content for entry in opened.entries()] == [b"a"]


def test_names_written_by_windows_are_read(app):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(zipfile.ZipInfo("XXXXXX.jpg"), b"x")
    content = out.getvalue().replace(b"XXXXXX", "刀玉香".encode("gb18030"))

    assert open_archive(content).names == ["刀玉香.jpg"]


def test_bomb_is_read_no_further_than_the_limit(app, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_FILE", 1024 * 1024)
    content = archive({"bomb.jpg": b"\0" * (64 * 1024 * 1024)})
    honest = open_archive(content)
    lying = bytearray(content)  # the head says ten bytes
    place = content.index(b"PK\x01\x02") + 24
    lying[place : place + 4] = struct.pack("<I", 10)
    tracemalloc.start()

    refused = [next(honest.entries()).content, next(open_archive(bytes(lying)).entries()).content]
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refused[0] is None
    assert not refused[1]
    assert most < 8 * 1024 * 1024


@pytest.mark.parametrize(
    ("filename", "numbers", "names"),
    [
        ("20260701.jpg", ("20260701",), ()),
        ("２０２６０７０１.JPG", ("20260701",), ()),
        ("20260701_刀玉香.jpg", ("20260701",), ("刀玉香",)),
        ("刀玉香 (1).jpg", (), ("刀玉香",)),
        ("艾•岩温.png", (), ("艾·岩温",)),
        ("IMG_0001.jpg", ("0001",), ("IMG",)),
    ],
)
def test_clues_of_a_file_name(filename, numbers, names):
    clues = clues_in(filename)

    assert (clues.numbers, clues.names) == (numbers, names)


def test_resident_id_in_a_file_name_is_no_student_number():
    clues = clues_in("99999920100506201x.jpg")

    assert (clues.resident_ids, clues.numbers) == (("99999920100506201X",), ())


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_portrait_or_unfit(content):
    with pytest.raises(photos.Unfit):
        portrait_from(b"\xff\xd8\xff" + content)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_archive_gives_a_sentence_or_files(app, data):
    content = bytearray(archive({"a.jpg": b"x" * 300, "b.jpg": b"y" * 300}))
    for _number in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        opened = open_archive(bytes(content))
    except UnusableArchive:
        return

    assert {type(entry.content) for entry in opened.entries()} <= {bytes, type(None)}
