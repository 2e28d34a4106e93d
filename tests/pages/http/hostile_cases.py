"""Bodies, queries and pieces of paths that nobody means well; `%CSRF%` stands for the right text against forgery."""

FORM = b"application/x-www-form-urlencoded"
MULTIPART = b"multipart/form-data; boundary=b"
CSRF = b"%CSRF%"
BIG = 1_000_000
FIELDS = (
    b"name description email password timezone currency project client place tag date start stop"
    b" duration billable days public expires people frequency address report_type id page code"
).split()


def part(headers: bytes, body: bytes = b"x") -> bytes:
    return b"--b\r\n" + headers + b"\r\n\r\n" + body + b"\r\n"


def multipart(*parts: bytes) -> bytes:
    csrf = part(b'Content-Disposition: form-data; name="csrf"', CSRF)
    return b"".join((csrf, *parts, b"--b--\r\n"))


def every_field(value: bytes) -> bytes:
    return b"&".join((b"csrf=" + CSRF, *(name + b"=" + value for name in FIELDS)))


BODIES: dict[str, tuple[bytes, bytes]] = {  # the type that is told, and the body
    "nothing": (FORM, b""),
    "no type": (b"", b"csrf=" + CSRF),
    "csrf only": (FORM, b"csrf=" + CSRF),
    "csrf many times": (FORM, b"&".join([b"csrf=" + CSRF] * 50)),
    "no utf-8": (FORM, every_field(b"%ff%fe")),
    "raw latin-1": (FORM, every_field(b"\xe9\xff")),
    "surrogates": (FORM, every_field(b"%ed%a0%80")),
    "nul": (FORM, every_field(b"%00")),
    "control characters": (FORM, every_field(b"%01%1b%7f%0d%0a")),
    "huge numbers": (FORM, every_field(b"9" * 400)),
    "past 63 bits": (FORM, every_field(b"9223372036854775808")),
    "negative": (FORM, every_field(b"-1")),
    "floats": (FORM, every_field(b"1e400")),
    "not a number": (FORM, every_field(b"NaN")),
    "digits of elsewhere": (FORM, every_field("\u0661\u0662".encode())),
    "dots": (FORM, every_field(b"1.2.3.4")),
    "colons": (FORM, every_field(b"::::")),
    "times that are none": (FORM, every_field(b"25:61")),
    "days that are none": (FORM, every_field(b"2026-02-30")),
    "year none": (FORM, every_field(b"0000-00-00")),
    "end of time": (FORM, every_field(b"9999-12-31")),
    "patterns": (FORM, every_field(b"%25_%5C'%22--")),
    "empty": (FORM, every_field(b"")),
    "long": (FORM, b"csrf=" + CSRF + b"&name=" + b"x" * BIG + b"&description=" + b"x" * BIG),
    "just below the limit": (FORM, b"csrf=" + CSRF + b"&name=" + b"x" * (BIG - 100)),
    "many fields": (FORM, b"csrf=" + CSRF + b"&tag=1" * 5_000),
    "many names": (FORM, b"csrf=" + CSRF + b"".join(b"&f%d=1" % n for n in range(5_000))),
    "no escapes": (FORM, b"csrf=" + CSRF + b"&name=%&description=%4&email=%zz"),
    "separators": (FORM, b"&&&=&==&;;?#"),
    "json": (b"application/json", b'{"csrf": "x", "name": {"$gt": ""}}'),
    "json as a form": (FORM, b'{"name": "x"}'),
    "another charset": (FORM + b"; charset=utf-16", "name=x".encode("utf-16")),
    "no charset there is": (FORM + b"; charset=zzz", b"name=x"),
    "no type there is": (b"\xff/\xff; boundary=\xff", b"x"),
    "multipart without boundary": (b"multipart/form-data", b"--b\r\n\r\nx\r\n--b--"),
    "multipart of noise": (MULTIPART, bytes(range(256)) * 40),
    "multipart that ends early": (MULTIPART, b"--b\r\nContent-Disposition: form-data; na"),
    "multipart without names": (MULTIPART, multipart(part(b"X: y"))),
    "multipart with a bad name": (
        MULTIPART,
        multipart(part(b'Content-Disposition: form-data; name="\xff\x00"')),
    ),
    "a file instead of a text": (
        MULTIPART,
        multipart(part(b'Content-Disposition: form-data; name="name"; filename="../../x"')),
    ),
    "a file as csrf": (
        MULTIPART,
        b"".join((part(b'Content-Disposition: form-data; name="csrf"; filename="x"'), b"--b--")),
    ),
    "a text instead of a file": (
        MULTIPART,
        multipart(part(b'Content-Disposition: form-data; name="file"', b"x")),
    ),
    "a file of noise": (
        MULTIPART,
        multipart(
            part(
                b'Content-Disposition: form-data; name="file"; filename="\xff\x00.csv"',
                bytes(range(256)) * 100,
            ),
            part(b'Content-Disposition: form-data; name="timezone"', b"Mars/Olympus"),
        ),
    ),
    "many parts": (
        MULTIPART,
        multipart(*[part(b'Content-Disposition: form-data; name="tag"')] * 3_000),
    ),
    "endless headers of a part": (MULTIPART, multipart(part(b"X: " + b"y" * 100_000))),
}
QUERIES = {
    "nul": b"page=%00&edit=%00&before=%00&from=%00&to=%00&open=%00&next=%00&archived=%00",
    "no utf-8": b"%ff=%ff&page=%ff&edit=%ff&open=%ff&description=%ff&next=%ff&user=%ff",
    "surrogates": b"description=%ed%a0%80&open=%ed%a0%80&next=%ed%a0%80",
    "cut escapes": b"page=%&edit=%4&from=%zz",
    "past 63 bits": b"page=%b&edit=%b&user=%b&open=%b" % ((b"9223372036854775808",) * 4),
    "endless": b"page=%b&edit=%b&user=%b&minutes=%b" % ((b"1" * 5_000,) * 4),
    "negative": b"page=-1&edit=-1&user=-1&minutes=-1&at_least=-1",
    "floats": b"page=1e3&edit=1.5&minutes=NaN&at_least=1e400&at_most=Infinity",
    "days that are none": b"from=2026-02-30&to=0000-00-00&before=2026-13-01",
    "edges of time": b"from=0001-01-01&to=9999-12-31&before=0001-01-01",
    "before time": b"before=-0001-01-01",
    "end of time": b"before=9999-12-31",
    "digits of elsewhere": "page=\u0661&edit=\u0661&from=\u0662026-01-01&before=\u0662026-01-01".encode(),
    "syntax": b"&&&=&==&?;#",
    "empty": b"page=&edit=&before=&from=&to=&period=&open=&sort=&by=&next=&archived=",
    "many": b"user=1&" * 3_000,
    "twice": b"page=1&page=2&sort=title&sort=-title&period=all&period=today&edit=1&edit=2",
    "long": b"description=" + b"x" * 50_000,
    "names of Python": b"by=__class__&sort=__init__&show=mro&period=Period.ALL",
}
PIECES = {
    "nul": "%00",
    "negative": "-1",
    "zero": "0",
    "past 63 bits": str(2**63),
    "past 64 bits": str(2**64),
    "endless": "1" * 5_000,
    "fraction": "1.5",
    "letter": "%C3%89",
    "no utf-8": "%ff",
    "surrogate": "%ed%a0%80",
    "up": "..%2Fx",
    "line end": "%0d%0ax",
    "blank": "%20",
    "cut escape": "%4",
    "digit of elsewhere": "%D9%A1",
    "format": "%7B0%7D",
    "empty": "",
}
