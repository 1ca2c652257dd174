import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import UnreadableInput
from tocsin.read.encoding import decode

RUSSIAN = "Рабочие депо прекратили работу в понедельник. Мэрия сообщила, что это было собрание."
FRENCH = (
    "Les conducteurs du dépôt se sont mis en grève lundi à Besançon. Ils réclament une prime, a déclaré le délégué."
)
CZECH = "Dělníci vstoupili v pondělí do stávky, řekl ředitel závodu. Žádají vyšší mzdy a příplatky."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (FRENCH, "latin-1"),
        (CZECH, "cp1250"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-32"),
    ],
)
def test_text_in_another_encoding_is_read(text, encoding):
    assert decode(text.encode(encoding), "page.txt") == text


def test_an_encoding_that_the_page_declares_comes_before_guessing():
    assert decode("Łódź".encode("cp1250"), "page.html", "windows-1250") == "Łódź"


def test_broken_utf8_is_refused_with_the_place():
    data = RUSSIAN.encode()[:40] + b"\xff" + RUSSIAN.encode()[40:]
    with pytest.raises(UnreadableInput, match=r"page\.txt: UTF-8 with 1 broken byte, the first at byte 40"):
        decode(data, "page.txt")


@pytest.mark.parametrize(
    ("data", "kind"), [(b"%PDF-1.7 ...", "a PDF file"), (b"PK\x03\x04...", "a ZIP archive"), (b"a\0b\0", "binary data")]
)
def test_binary_data_are_named_for_what_they_are(data, kind):
    with pytest.raises(UnreadableInput, match=kind):
        decode(data, "file.txt")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_reads_back(text):
    assert decode(text.encode(), "file.txt").removeprefix("\ufeff") == text.removeprefix("\ufeff")
