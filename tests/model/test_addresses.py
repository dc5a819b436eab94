"""Which addresses may be opened: none that leads elsewhere than it looks."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.addresses import checked


@pytest.mark.parametrize(
    ("text", "url", "host", "shown"),
    [
        ("https://example.com/a?b=1#c", "https://example.com/a?b=1#c", "example.com", ""),
        (" HTTP://Example.COM:8443/x ", "http://example.com:8443/x", "example.com:8443", ""),
        ("http://8.8.8.8/", "http://8.8.8.8/", "8.8.8.8", ""),
        (
            "https://en.example.org/wiki/Київ",
            "https://en.example.org/wiki/%D0%9A%D0%B8%D1%97%D0%B2",
            "en.example.org",
            "",
        ),
        ("https://президент.рф", "https://xn--d1abbgf6aiiy.xn--p1ai", "xn--d1abbgf6aiiy.xn--p1ai", "президент.рф"),
        ("https://xn--d1abbgf6aiiy.xn--p1ai/", "https://xn--d1abbgf6aiiy.xn--p1ai/", "xn--d1abbgf6aiiy.xn--p1ai", ""),
        ("https://한국.한국/", "https://xn--3e0b707e.xn--3e0b707e/", "xn--3e0b707e.xn--3e0b707e", "한국.한국"),
        (
            "https://東京タワー.日本/",
            "https://xn--5ck2eqb538s34z.xn--wgv71a/",
            "xn--5ck2eqb538s34z.xn--wgv71a",
            "東京タワー.日本",
        ),
    ],
)
def test_an_address_is_opened_in_ascii(text: str, url: str, host: str, shown: str) -> None:
    found = checked(text)
    assert (found.url, found.host, found.shown) == (url, host, shown)


@pytest.mark.parametrize(
    "text",
    [
        "", "example.com", "//example.com", "javascript:alert(1)", "file:///etc/hostname", "ftp://example.com/",
        "data:text/html,x", "https://user@example.com", "smb://example.com/x", "http:example.com", "https:///x",
        "https://e.com@evil.com/", "https://e.com:99999/", "https://example.com\\@evil.com", "https://a b.com",
        "https://example.com/a b", "https://example.com/\n", "https://exam\u202eple.com", "https://example.com/\u202egpj",
        "https://exa\u200bmple.com", "https://ex%61mple.com", "https://a..b.com", "https://example.com.", "https://-a.com",
        "https://a_b.com", "https://b\u00fccher.de", "https://xn--bcher-kva.de", "https://\u0430pple.com", "https://fa\u00df.de",
        "https://xn--80ak6aa92e.com", "https://xn--0.com", "https://example\u3002com", "http://2130706433", "http://0x7f.1",
        "http://0177.0.0.1", "http://1.2.3", "http://127.0.0.1", "http://10.0.0.1:80/", "http://192.168.1.1",
        "http://169.254.1.1", "http://\uff11\uff12\uff17.0.0.1", "http://[::1]/", "http://[2001:db8::1]/",
        "http://localhost",        "http://printer", "http://router.local", "http://x.onion",
        "https://" + "a" * 64 + ".com", "https://e.com/" + "a" * 5000,
    ],
)  # fmt: skip
def test_an_address_that_could_deceive_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InvalidValueError, match=r"This address was not opened: .*[a-z]\.") as refused:
        checked(text)
    assert text[:6] not in refused.value.message or len(text) < 6 or text.startswith("https:")


@given(
    st.one_of(
        st.text(max_size=80),
        st.from_regex(r"https?://[^/]{1,40}(/.{0,20})?", fullmatch=True),
        st.builds("https://{}.{}/{}".format, st.text(max_size=12), st.text(max_size=8), st.text(max_size=12)),
    )
)
@example("https://example.com:0443/")
@example("https://example.com:/")
def test_what_is_opened_is_ascii_and_leads_to_the_host_that_was_shown(text: str) -> None:
    try:
        found = checked(text)
    except InvalidValueError:
        return
    assert found.url.isascii() and found.url.isprintable() and " " not in found.url
    parts = urlsplit(found.url)
    assert parts.scheme in ("http", "https")
    assert parts.netloc == found.host
    assert "@" not in parts.netloc
    assert checked(found.url).url == found.url
