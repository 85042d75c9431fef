"""Files and folders as they come, and the limits on them."""

from __future__ import annotations

import os

import pytest

from checker.errors import UnreadableInput
from checker.language import words
from checker.text import parse, read
from tests.text.applying import spot


def refused(path) -> str:
    with pytest.raises(UnreadableInput) as caught:
        read(path)
    return words().say(caught.value.message)


def test_a_folder_is_one_agreement(tmp_path):
    """Its `*.yaml` files in the order of their names; folders below it and other files do not count."""
    (tmp_path / "b.yaml").write_text("plan: {customers: 46}\n")
    (tmp_path / "a.yaml").write_text("format: sla/v1\n")
    (tmp_path / ".hidden.yaml").write_text("nothing\n")
    (tmp_path / "notes.md").write_text("# Notes\n")
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "2027.1.yaml").write_text("format: sla/v1\n")
    document = read(tmp_path)

    assert {"format": "sla/v1", "plan": {"customers": 46}} == document.values
    assert (f"{tmp_path}/a.yaml", f"{tmp_path}/b.yaml") == document.files
    assert f"{tmp_path}/b.yaml" == document.file_of(("plan", "customers"))
    assert () == document.problems


@pytest.mark.parametrize("key", ["plan", "source", "log", "checks", "not_counted", "release"])
def test_a_key_in_two_files_names_both(tmp_path, monkeypatch, key):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sla").mkdir()
    (tmp_path / "sla" / "a.yaml").write_text(f"{key}: {{a: 1}}\n")
    (tmp_path / "sla" / "b.yaml").write_text(f"format: sla/v1\n{key}: {{b: 2}}\n")
    document = read("sla")
    (problem,) = document.problems

    assert "key-in-two-files" == problem.kind
    assert ("sla/b.yaml", 2) == (spot(problem.at).file, spot(problem.at).line)
    assert ("sla/a.yaml", 1) == (spot(problem.because[0].at).file, spot(problem.because[0].at).line)
    assert words().say(problem.message).startswith(f"`{key}` stands in sla/a.yaml and in sla/b.yaml,")
    assert {"a": 1} == document.values[key]


def test_one_bad_file_hides_nothing_of_the_others(tmp_path):
    (tmp_path / "a.yaml").write_text("plan:\n  a: 1\n b: 2\n")
    (tmp_path / "b.yaml").write_text("targets: {mql: R$ 30,000}\n")
    (tmp_path / "c.yaml").write_text("format: sla/v1\n")
    document = read(tmp_path)

    assert ["a.yaml", "b.yaml"] == [spot(problem.at).file.rpartition("/")[2] for problem in document.problems]
    assert "sla/v1" == document.values["format"]


@pytest.mark.parametrize("given", ["sla", "./sla", "sla/"])
def test_names_are_shown_from_the_current_folder(tmp_path, monkeypatch, given):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sla").mkdir()
    (tmp_path / "sla" / "a.yaml").write_text("format: sla/v1\n")

    assert ("sla/a.yaml",) == read(given).files == read(tmp_path / "sla").files == read("sla/a.yaml").files


@pytest.mark.parametrize("name", ["old.yml", "OLD.YAML"])
def test_another_ending_says_rename(tmp_path, name):
    """Beside other files it is a problem, alone there is nothing to read."""
    (tmp_path / name).write_text("plan: {}\n")

    assert f"{tmp_path}/{name} is not read: rename it to {name[:3]}.yaml" == refused(tmp_path)

    (tmp_path / "a.yaml").write_text("format: sla/v1\n")

    assert [("wrong-ending", f"{tmp_path}/{name}")] == [(p.kind, spot(p.at).file) for p in read(tmp_path).problems]


def test_an_empty_file_beside_others_is_no_problem(tmp_path):
    (tmp_path / "a.yaml").write_text("format: sla/v1\n")
    (tmp_path / "b.yaml").write_text("# to be written\n")

    assert () == read(tmp_path).problems

    (tmp_path / "a.yaml").write_text("")

    assert ["not-a-mapping"] == [problem.kind for problem in read(tmp_path).problems]


def test_nothing_to_read_is_said(tmp_path):
    (tmp_path / "empty").mkdir()

    assert "there is no file or folder" in refused(tmp_path / "nowhere")
    assert "there is no file or folder" in refused("a\0b")
    assert "holds no file whose name ends with .yaml" in refused(tmp_path / "empty")


def test_a_folder_with_the_name_of_a_file_is_refused(tmp_path):
    (tmp_path / "plan.yaml").mkdir()

    assert f"{tmp_path}/plan.yaml is a folder with the name of a file: rename it" == refused(tmp_path)


def test_a_file_may_have_five_megabytes(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\n".ljust(5 * 1024 * 1024, "#"))

    assert {"a": 1} == read(file).values

    file.write_text("a: 1\n".ljust(5 * 1024 * 1024 + 1, "#"))

    assert f"{file} is over 5 MB" == refused(file)


@pytest.mark.parametrize("build", [lambda n: "a: " + "[" * n + "]" * n, lambda n: "a: " + "{b: " * n + "1" + "}" * n])
def test_a_text_may_be_nested_sixty_deep(build):
    """The whole is the first level."""
    assert () == parse(build(59)).problems

    with pytest.raises(UnreadableInput, match="levels deep"):
        parse(build(60))


@pytest.mark.parametrize("hostile", ["[" * 1_000_000, "{a: " * 300_000, "- " * 500_000, "? " * 500_000])
def test_a_million_levels_are_refused_like_sixty_one(hostile):
    with pytest.raises(UnreadableInput, match="levels deep"):
        parse(hostile)


def test_a_link_inside_the_folder_is_followed_and_one_out_of_it_is_not(tmp_path):
    (tmp_path / "sla").mkdir()
    (tmp_path / "secret.yaml").write_text("password: x\n")
    (tmp_path / "sla" / "real.yaml").write_text("a: 1\n")
    (tmp_path / "sla" / "same.yaml").symlink_to("real.yaml")

    assert {"a": 1} == read(tmp_path / "sla" / "same.yaml").values

    (tmp_path / "sla" / "leak.yaml").symlink_to(tmp_path / "secret.yaml")

    assert "is a link that leads out of its folder" in refused(tmp_path / "sla")
    assert "is a link that leads out of its folder" in refused(tmp_path / "sla" / "leak.yaml")


def test_a_link_to_a_folder_is_the_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.yaml").write_text("a: 1\n")
    (tmp_path / "sla").symlink_to(tmp_path / "real")

    assert {"a": 1} == read(tmp_path / "sla").values


def test_links_that_lead_nowhere_or_in_a_circle_are_refused(tmp_path):
    (tmp_path / "gone.yaml").symlink_to("nothing.yaml")
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")

    assert "cannot be read" in refused(tmp_path / "gone.yaml")
    assert "cannot be read" in refused(tmp_path / "circle.yaml")


def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")

    assert f"{tmp_path}/pipe.yaml is not a file" == refused(tmp_path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("a: é\n".encode("utf-16"), "UTF-16"),
        ("a: é\n".encode("utf-16-be"), "not a text"),
        (b"PK\x03\x04\x00\x00", "not a text"),
        ("# x\na: Ana Beltrão\n".encode("cp1252"), "Windows-1252 (Latin-1)"),
    ],
)
def test_only_utf_8_is_read_and_others_are_named(tmp_path, data, said):
    (tmp_path / "a.yaml").write_bytes(data)

    assert said in refused(tmp_path)


def test_the_letter_that_is_not_utf_8_is_shown(tmp_path):
    (tmp_path / "a.yaml").write_bytes("# x\na: Ana Beltrão\n".encode("cp1252"))
    with pytest.raises(UnreadableInput) as caught:
        read(tmp_path)
    place = caught.value.place

    assert place is not None
    assert (2, "a: Ana Beltrão", "ã") == (place.line, place.source, place.source[place.column - 1])


def test_a_byte_order_mark_and_line_ends_of_windows_are_read(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: x\r\n")
    document = read(tmp_path)

    assert {"a": 1, "b": "x"} == document.values
    assert ("a: 1", "b: x", "") == document.lines(f"{tmp_path}/a.yaml")
