import datetime as dt
import gzip
import io
import json
import os
import sys
from types import SimpleNamespace

import pytest

from tocsin.read import ReadDefaults, read_documents
from tocsin.vocabulary import Document, Failed, Skipped


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a file into an empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)

    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return write


def read(*sources, defaults=None):
    return list(read_documents(sources, defaults or ReadDefaults()))


def only(*sources):
    (outcome,) = read(*sources)
    return outcome


def test_plain_text_is_the_document(file):
    document = only(file("a.txt", "Harbour strike\r\n\r\nDockers left.\r\n"))
    assert document.text == "Harbour strike\n\nDockers left."
    assert (document.name, document.published) == ("a.txt", None)


def test_front_matter_gives_the_fields_and_is_no_text(file):
    text = "---\ntitle: Harbour\ndate: 14 August 2020\nsource: Courier\nlang: en-GB\nurl: http://n.example/1\n---\n\nDockers left."
    document = only(file("a.md", text))
    assert document.text == "Dockers left."
    assert document.published == dt.date(2020, 8, 14)
    assert (document.title, document.publisher, document.language) == ("Harbour", "Courier", "en")
    assert document.url == "http://n.example/1"


def test_a_rule_of_hyphens_is_no_front_matter(file):
    assert only(file("a.txt", "---\nDockers left.\n---\nThey came back.")).text.startswith("---")


def test_front_matter_that_is_not_yaml_fails_with_line_and_column(file):
    assert only(file("a.md", "---\ntitle: a: b\n---\nText.")).error.startswith("a.md:2:9: the front matter is not YAML")


def test_a_markdown_heading_is_the_title(file):
    assert only(file("a.md", "# Harbour strike\n\nDockers left.")).title == "Harbour strike"


def test_defaults_fill_what_a_document_does_not_say(file):
    defaults = ReadDefaults(dt.date(2021, 2, 3), "Courier", "es")
    first, second = read(
        file("a.txt", "Dockers left."),
        file("b.json", '{"text": "They left.", "date": "2020-01-02"}'),
        defaults=defaults,
    )
    assert (first.published, first.publisher, first.language) == (dt.date(2021, 2, 3), "Courier", "es")
    assert second.published == dt.date(2020, 1, 2)


def test_json_lines_give_an_outcome_a_line(file):
    lines = [
        '{"text": "Dockers left.", "published": "2020-08-14", "publisher": "Courier", "id": "x1"}',
        "{bad",
        "",
        '{"text": " "}',
        '{"maintext": "They came back.", "date_publish": "2020-08-15 10:33:00", "source_domain": "n.example"}',
        "[1]",
        '{"body": "?"}',
        '{"text": "a", "date": "03/04/2020"}',
    ]
    outcomes = read(file("n.jsonl", "\n".join(lines)))
    assert [type(outcome) for outcome in outcomes] == [Document, Failed, Skipped, Document, Failed, Failed, Failed]
    assert outcomes[0].name == "n.jsonl#x1"
    assert outcomes[1].error.startswith("n.jsonl:2:2: not JSON")
    assert outcomes[2].reason == "empty"
    assert (outcomes[3].publisher, outcomes[3].published) == ("n.example", dt.date(2020, 8, 15))
    assert "not an object" in outcomes[4].error
    assert "no text field" in outcomes[5].error
    assert "'body'" in outcomes[5].error
    assert "YYYY-MM-DD" in outcomes[6].error


def test_a_line_that_is_not_utf8_costs_only_itself(file):
    outcomes = read(file("n.jsonl", b'{"text": "a \xff"}\n{"text": "b"}\n'))
    assert outcomes[0].error.startswith("n.jsonl:1:13: byte 0xff is not UTF-8")
    assert outcomes[1].text == "b"


def test_text_of_a_record_is_kept_to_the_character(file):
    text = "  Dockers\r\nleft. \n"
    assert only(file("n.jsonl", json.dumps({"text": text}))).text == text


def test_what_is_no_character_is_replaced_one_for_one(file):
    assert only(file("n.jsonl", r'{"text": "a\ud800b\u0000c"}')).text == "a\ufffdb\ufffdc"


def test_a_file_named_json_may_hold_an_array_an_object_or_lines(file):
    assert [d.text for d in read(file("a.json", '[{"text": "a"}, {"text": "b"}]'))] == ["a", "b"]
    assert only(file("b.json", '{\n "text": "a"\n}')).name == "b.json"
    assert [d.text for d in read(file("c.json", '{"text": "a"}\n{"text": "b"}'))] == ["a", "b"]


def test_broken_json_names_line_and_column(file):
    assert only(file("a.json", '[\n {"text": "a",}\n]')).error.startswith("a.json:2:")


@pytest.mark.parametrize("text", ["text,date\n", "text;date\n", "text\tdate\n"])
def test_csv_is_read_whatever_separates_its_cells(file, text):
    separator = text[4]
    document = only(file("a.csv", f'{text}"Dockers{separator} left."{separator}2020-08-14\n'))
    assert document.text == f"Dockers{separator} left."
    assert document.published == dt.date(2020, 8, 14)


def test_csv_without_a_text_column_names_those_found_and_those_read(file):
    error = only(file("a.csv", "body,when\na,b\n")).error
    assert "'body', 'when'" in error
    assert "'maintext'" in error


def test_a_row_with_too_many_cells_costs_only_itself(file):
    outcomes = read(file("a.csv", "text,date\na,2020-01-02,x\nb,2020-01-02\n"))
    assert outcomes[0].error.startswith("a.csv, row 2: 3 cells")
    assert outcomes[1].text == "b"


def test_csv_in_cp1251_is_read(file):
    text = "Рабочие депо прекратили работу в понедельник, сообщила мэрия города."
    assert only(file("a.csv", f"text;date\n{text};2020-01-02\n".encode("cp1251"))).text == text


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title><language>en-us</language>
<item><title>Strike &amp;amp; march</title><link>http://n.example/1</link><pubDate>Fri, 14 Aug 2020 23:30:00 -0500</pubDate>
<description>&lt;p&gt;Dockers left.&lt;/p&gt;&lt;p&gt;Police came.&lt;/p&gt;</description></item>
<item><title>B</title><description>Bad</description><pubDate>soon</pubDate></item></channel></rss>"""


def test_each_entry_of_a_feed_is_a_document(file):
    document, failed = read(file("f.xml", FEED))
    assert document.text == "Dockers left.\n\nPolice came."
    assert (document.publisher, document.language, document.published) == ("Courier", "en", dt.date(2020, 8, 14))
    assert (document.title, document.url) == ("Strike & march", "http://n.example/1")
    assert failed.error.startswith("f.xml, entry 2: published date 'soon'")


def test_atom_content_comes_before_its_summary(file):
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><title>A</title>'
        "<updated>2020-08-14T10:00:00Z</updated><summary>Dockers.</summary>"
        '<content type="html">&lt;p&gt;Dockers left the port.&lt;/p&gt;</content></entry></feed>'
    )
    assert only(file("f.atom", feed)).text == "Dockers left the port."


def test_a_feed_that_is_none_or_cut_off_fails_and_keeps_what_came_before(file):
    assert "not an RSS or Atom feed" in only(file("f.xml", "hello")).error
    outcomes = read(file("g.xml", FEED[: FEED.index("<item><title>B")]))
    assert isinstance(outcomes[0], Document)
    assert "ends before it is closed" in outcomes[-1].error


@pytest.mark.parametrize(
    "data",
    [
        b'{"text": "a"}\n{"text": "b"}\n',
        b'[{"text": "a"}, {"text": "b"}]',
        '\ufeff{"text": "a"}\n{"text": "b"}\n'.encode(),
        '{"text": "a"}\n{"text": "b"}\n'.encode("utf-16"),
        gzip.compress(b'{"text": "a"}\n{"text": "b"}\n'),
        b'<?xml version="1.0"?><rss version="2.0"><channel><item><description>a</description></item>'
        b"<item><description>b</description></item></channel></rss>",
    ],
)
def test_the_format_of_standard_input_is_told_by_its_content(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert [outcome.text for outcome in read("-")] == ["a", "b"]


def test_words_on_standard_input_are_text(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Dockers left.")))
    assert only("-").text == "Dockers left."


def test_a_folder_is_read_in_order_without_hidden_files(file):
    for name in ("d/b.txt", "d/a/c.txt", "d/.hidden.txt", "d/.git/x.txt", "d/p.png"):
        file(name, name)
    outcomes = read("d")
    assert [outcome.name for outcome in outcomes] == ["d/b.txt", "d/p.png", "d/a/c.txt"]
    assert "'.png'" in outcomes[1].reason


def test_a_glob_is_opened_up_and_one_without_a_match_fails(file):
    file("x1.txt", "a")
    file("x2.txt", "b")
    assert [outcome.text for outcome in read("x*.txt")] == ["a", "b"]
    assert "no file matches" in only("y*.txt").error


def test_the_same_text_and_date_twice_is_skipped_with_the_first_name(file):
    first, second = read(file("a.txt", "Dockers left.\n"), file("b.txt", "Dockers left."))
    assert second.reason == "same text and date as a.txt"
    assert second.document.id == first.id
    assert read("a.txt", "a.txt")[1].reason == "same text and date as a.txt"


def test_bad_input_never_stops_the_others(file):
    outcomes = read(
        file("e.txt", ""), "missing.txt", file("b.bin", bytes(range(256)) * 9), file("a.txt", "Dockers left.")
    )
    assert [type(outcome) for outcome in outcomes] == [Skipped, Failed, Failed, Document]
    assert outcomes[0].reason == "empty"
    assert "no such file" in outcomes[1].error
    assert "binary data" in outcomes[2].error


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_fails(file, tmp_path):
    file("a.txt", "a")
    (tmp_path / "a.txt").chmod(0)
    assert "Permission denied" in only("a.txt").error


def test_a_file_that_cannot_be_opened_fails_with_the_reason(file, monkeypatch):
    name = file("a.txt", "a")

    def refuse(self, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert only(name).error == "a.txt: Permission denied. Give this user the right to read it."


def test_text_over_the_limit_is_refused_with_size_and_limit(file):
    error = only(file("a.txt", "a" * 2_000_001)).error
    assert "2,000,001 characters" in error
    assert "2,000,000" in error


def test_a_line_over_the_limit_is_passed_over(file, monkeypatch):
    monkeypatch.setattr("tocsin.read.json_lines.LINE_CHARACTERS", 100)
    failed, document = read(file("n.jsonl", '{"text": "' + "a" * 950 + '"}\n{"text": "b"}\n'))
    assert failed.error.startswith("n.jsonl:1: longer than 100 characters")
    assert document.name == "n.jsonl#2"


def test_gzip_of_any_format_is_unpacked_and_a_cut_one_fails(file):
    packed = gzip.compress(b'{"text": "a"}\n') + gzip.compress(b'{"text": "b"}\n')
    assert [outcome.text for outcome in read(file("a.jsonl.gz", packed))] == ["a", "b"]
    assert "cut off" in read(file("b.txt.gz", gzip.compress(b"Dockers left. " * 99)[:-9]))[-1].error
    assert "gzip" in only(file("c.txt.gz", b"\x1f\x8bnonsense")).error


def test_messages_are_one_line(file):
    outcomes = read(file("a.jsonl", '{"text": "a", "date": "x\\ny"}\n'), file("b.csv", '"a\nb",c\n1,2\n'), "no\nfile")
    assert all("\n" not in outcome.error.replace("no\nfile", "") for outcome in outcomes)
