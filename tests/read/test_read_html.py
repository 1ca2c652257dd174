import datetime as dt
import gzip

import pytest

from tocsin.read import read_documents
from tocsin.read.markup import fragment_text
from tocsin.vocabulary import BlockKind, Document, Failed, Skipped

PARAGRAPHS = [
    "Tram drivers in the town of Vitebsk stopped work on Monday morning, their union said in a statement read at the depot.",
    "The drivers want the bonus that was promised to them in spring, and some forty of them stood outside the gate until noon.",
    "A deputy mayor called it an ordinary meeting and said that trams were running on all of the eleven lines of the town.",
    "Passengers told this newspaper that they had waited for more than an hour before they gave up and walked to work instead.",
]
TWEET = """<blockquote class="twitter-tweet"><p lang="ru" dir="ltr">Трамваи не выйдут сегодня!</p>&mdash; Depot Watch
(@depotwatch) <a href="https://twitter.com/depotwatch/status/1">August 3, 2020</a></blockquote>"""


def page(body, head=""):
    return f"""<!DOCTYPE html><html lang="en-GB"><head><title>Tram drivers stop work</title>
<meta property="og:title" content="Tram drivers stop work"><meta property="og:site_name" content="Vitebsk Courier">
<meta property="article:published_time" content="2020-08-03T10:00:00+03:00">{head}</head><body>
<nav><a href="/">Home</a><a href="/news">News</a></nav><article><h1>Tram drivers stop work</h1>{body}</article>
<footer>Contact us</footer></body></html>"""


def story(extra=""):
    first, *others = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return page(first + extra + "".join(others))


@pytest.fixture
def read(tmp_path):
    def read_file(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_documents([path]))

    return read_file


def blocks(document, kind):
    return [(block.span.of(document.text), block.account) for block in document.blocks if block.kind == kind]


def test_a_page_gives_text_title_date_publisher_and_language(read):
    (document,) = read("a.html", story())
    assert all(paragraph in document.text for paragraph in PARAGRAPHS)
    assert "Home" not in document.text
    assert document.title == "Tram drivers stop work"
    assert document.published == dt.date(2020, 8, 3)
    assert (document.publisher, document.language) == ("Vitebsk Courier", "en")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tram drivers stop work - Vitebsk Courier", "Tram drivers stop work"),
        ("Tram drivers stop work | Depot", "Tram drivers stop work | Depot"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(read, title, expected):
    (document,) = read("a.html", story().replace("Tram drivers stop work", title))
    assert document.title == expected


def test_an_embedded_post_stays_a_post_with_its_account(read):
    (document,) = read("a.html", story(TWEET))
    ((words, account),) = blocks(document, BlockKind.POST)
    assert words.startswith("Трамваи не выйдут сегодня!")
    assert "⟦" not in document.text
    assert account == "@depotwatch"
    assert next(block.language for block in document.blocks if block.kind == BlockKind.POST) is None


@pytest.mark.parametrize(
    ("frame", "account"),
    [
        ('<blockquote class="instagram-media"><p>The gate is shut since the morning</p><a>A post shared by Depot (@depot.v)</a></blockquote>', "@depot.v"),
        ('<div class="fb-post"><blockquote><p>The gate is shut since the morning</p>Posted by <a>Depot of Vitebsk</a> on Monday</blockquote></div>', "Depot of Vitebsk"),
        ('<blockquote class="telegram-post" data-telegram-post="depot/12"><p>The gate is shut since the morning</p></blockquote>', "depot"),
        ("<blockquote><p>The gate is shut since the morning</p><cite>— Anna Bel, driver</cite></blockquote>", "Anna Bel, driver"),
    ],
)  # fmt: skip
def test_posts_of_each_network_name_who_posted(read, frame, account):
    (document,) = read("a.html", story(frame))
    ((words, found),) = blocks(document, BlockKind.POST)
    assert words.startswith("The gate is shut")
    assert found == account


def test_a_caption_that_tells_something_is_a_caption(read):
    figure = "<figure><img src='a.jpg'><figcaption>Drivers hold up their badges outside the depot gate on Monday. Photo: Jan Bel</figcaption></figure>"
    (document,) = read("a.html", story(figure))
    assert [words for words, _ in blocks(document, BlockKind.CAPTION)] == [
        "Drivers hold up their badges outside the depot gate on Monday."
    ]


def test_furniture_inside_the_main_text_is_marked(read):
    (document,) = read("a.html", story("<p>Sign up for our daily newsletter.</p>"))
    marked = [words for words, _ in blocks(document, BlockKind.FURNITURE)]
    assert marked in ([], ["Sign up for our daily newsletter."])


def test_a_page_without_text_is_skipped_and_says_so(read):
    (outcome,) = read("a.html", "<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert isinstance(outcome, Skipped)
    assert "no main text" in outcome.reason


def test_a_page_in_its_declared_encoding_is_read(read):
    text = page("".join(f"<p>{p} Łódź, Gdańsk.</p>" for p in PARAGRAPHS), '<meta charset="iso-8859-2">')
    (document,) = read("a.html", text.encode("iso-8859-2"))
    assert "Łódź, Gdańsk." in document.text


def test_a_fragment_becomes_paragraphs():
    assert fragment_text("<p>One<br>two &amp; three</p><ul><li>four</li></ul><script>x()</script>") == (
        "One\ntwo & three\n\nfour"
    )


def response(number, status="200 OK", kind="text/html; charset=utf-8"):
    body = story(
        f"<p>Drivers of line number {number} were the first to stop on that morning, the union added.</p>"
    ).encode()
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://n.example/{number}\r\n"
        f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2021-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_each_html_response_of_an_archive_is_a_document(read):
    data = response(1) + response(2, "404 Not Found") + response(3, kind="image/png") + response(4)
    first, skipped, last = read("a.warc", data)
    assert (first.url, first.name.rpartition("#")[2]) == ("http://n.example/1", "1")
    assert first.published == dt.date(2020, 8, 3)
    assert skipped.reason.startswith("HTTP status 404")
    assert last.url == "http://n.example/4"


@pytest.mark.parametrize("cut", [-60, -2, 40])
@pytest.mark.parametrize("packed", [False, True])
def test_a_truncated_archive_keeps_the_records_before_the_break(read, cut, packed):
    pack = gzip.compress if packed else bytes
    last = pack(response(2))
    outcomes = read("a.warc.gz" if packed else "a.warc", pack(response(1)) + last[:cut])
    assert isinstance(outcomes[0], Document)
    assert isinstance(outcomes[-1], Failed)
    assert sum(isinstance(outcome, Failed) for outcome in outcomes) == 1
    assert "cut off" in outcomes[-1].error


def test_what_is_named_warc_and_is_none_fails(read):
    (outcome,) = read("a.warc", "plain words")
    assert "not a WARC archive" in outcome.error


def test_a_page_far_over_the_limit_is_refused_before_any_work(read):
    (outcome,) = read("a.html", "<html><body>" + "<p>" + "word " * 900_000 + "</p></body></html>")
    assert "the limit for one document is 2,000,000" in outcome.error
