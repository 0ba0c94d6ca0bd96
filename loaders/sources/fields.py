"""From a record of named values to an article: which name means what, and which values are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, get_args
from urllib.parse import urlsplit

from graph.articles import normalise_url
from loaders.document import Document, Reject, compose_text
from loaders.sources.dates import DateError, parse_date
from loaders.sources.inputs import Input
from loaders.sources.items import InputError
from loaders.sources.streams import MAX_RECORD

Field = Literal["id", "text", "title", "lead", "body", "date", "modified", "url", "outlet", "language"]
FIELDS: tuple[Field, ...] = get_args(Field)

SYNONYMS: dict[Field, tuple[str, ...]] = {
    "id": ("id", "_id", "uid", "uuid", "guid", "article_id", "doc_id", "document_id", "identifier"),
    "text": ("text", "plain_text", "raw_text"),
    "title": ("title", "headline", "heading", "headline_text"),
    "lead": (
        "lead", "lede", "standfirst", "summary", "abstract", "description", "subtitle", "subheading", "intro",
        "teaser", "excerpt", "snippet",
    ),
    "body": (
        "body", "content", "contents", "article_body", "body_text", "main_text", "full_text", "article_text",
        "article", "story",
    ),
    "date": (
        "date", "published", "published_at", "publication_date", "pub_date", "publish_date", "date_published",
        "published_date", "published_on", "date_publish", "datetime", "timestamp", "issued",
    ),
    "modified": (
        "modified", "modified_at", "date_modified", "last_modified", "modified_time", "updated", "updated_at",
        "date_modify",
    ),
    "url": ("url", "link", "href", "web_url", "article_url", "source_url", "page_url", "permalink", "canonical_url"),
    "outlet": (
        "outlet", "publisher", "source_name", "source", "site_name", "site", "source_domain", "domain", "newspaper",
        "publication", "sources",
    ),
    "language": ("language", "lang"),
}  # fmt: skip
"""Names of a field, the most telling first. Case, `_`, `-`, `.` and blanks do not matter: `publishedAt` counts too."""

MARKUP = re.compile(r"<[^<>]*>|&#?\w+;")
TAGS = re.compile(r"</(?:p|a|b|i|em|strong|span|div|li)>|<br ?/?>|&(?:nbsp|amp|quot|#\d{1,6});", re.IGNORECASE)
"""Signs that a text is HTML."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?(/.*)?", re.ASCII)
TEXT_REMEDY = "give `text`, or `title`, `lead` and `body`"
DATE_REMEDY = "write YYYY-MM-DD, or leave the date out"
URL_REMEDY = "give the whole address with https://, or leave it out"
LANGUAGE_NAMES = {"english": "en", "eng": "en"}


@lru_cache(maxsize=4096)
def field_of(name: str) -> tuple[Field, int] | None:
    """The field that a name stands for, with its rank among the field's names; None for an unknown name."""
    return _BY_NAME.get(_plain(name))


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


_BY_NAME = {_plain(name): (field, rank) for field, names in SYNONYMS.items() for rank, name in enumerate(names)}


def by_field(record: Mapping[str, object]) -> dict[Field, object]:
    """The values of a record by field. Of several names of one field the most telling that has a value counts."""
    found: dict[Field, tuple[int, object]] = {}
    for name, value in record.items():
        if (known := field_of(name)) and value not in (None, "", [], {}) and value == value:  # NaN is not itself
            field, rank = known
            if field not in found or rank < found[field][0]:
                found[field] = (rank, value)
    return {field: value for field, (_, value) in found.items()}


def is_web_address(url: str | None) -> bool:
    """Whether it is a whole address that begins with http:// or https://."""
    if url is None or not re.fullmatch(r"https?://\S+", url, re.IGNORECASE):
        return False
    try:
        return bool(urlsplit(url).hostname and normalise_url(url))
    except ValueError:
        return False


def record_document(values: Mapping[Field, object], source: Input, number: int, line: int | None) -> Document | Reject:
    """The article of one record of a file.

    Args:
        values: by field, as `by_field` gives them.
        source: the file.
        number: of the record, from 1; it makes the id of an article that has neither id nor URL.
        line: where the record begins, in formats that have lines.
    """
    own_id: str | None = None
    try:
        own_id = _string(values, "id")
        url = _url(values)
        made = _document(values, own_id or url or f"{source.name}#{number}", url, source)
        if own_id and (first := source.seen.clash(made, _place(source.file, number, line))):
            raise InputError(
                f"duplicate id: another text has it, in {first}",
                "give every article its own id; versions of one article share their URL",
            )
    except InputError as error:
        reason = error.reason if line else f"item {number}: {error.reason}"
        return Reject(source.file, line, reason, error.remedy, own_id)
    _tell_oddities(made, source)
    return made


def page_document(values: Mapping[Field, object], source: Input, line: int | None = None) -> Document | Reject:
    """The article that a whole file holds; the file's name is its id.

    Args:
        values: by field.
        source: the file.
        line: where its date and URL stand.
    """
    try:
        url = _url(values)
        made = _document(values, source.stem or url or f"{source.name}#1", url, source)
    except InputError as error:
        return Reject(source.file, line, error.reason, error.remedy, source.stem)
    if first := source.seen.clash(made, source.file):
        source.notice(f"{source.file}: has the name, and thus the id '{made.source_id}', of another article in {first}")
    _tell_oddities(made, source)
    return made


def _tell_oddities(made: Document, source: Input) -> None:
    """Tells, once a file, what the user may not have meant."""
    if source.seen.is_version(made):
        source.tell_once(
            f"several texts have one address, such as {made.url}: they count as versions of one article, "
            "of which only the latest stays"
        )
    if made.language not in (None, "en"):
        source.tell_once(
            f"texts are marked as of another language than English, such as {made.language[:20]}; "
            "the rules know English only"
        )
    if TAGS.search(made.text):
        source.tell_once("texts hold HTML, which is read as it stands; better take the tags out first")


def _document(values: Mapping[Field, object], source_id: str, url: str | None, source: Input) -> Document:
    title, lead, body = (_stripped(values, field) for field in ("title", "lead", "body"))
    text = _string(values, "text") or compose_text(title, lead, body)
    if not text:
        raise InputError("no text", TEXT_REMEDY)
    if not any(map(str.isalnum, MARKUP.sub(" ", text))):
        raise InputError("no words in the text, only markup or signs", TEXT_REMEDY)
    if len(text) > MAX_RECORD:
        raise InputError("text of more than 50 MB", "split it")
    made = Document(
        source_id=source_id,
        source=source.name,
        text=text,
        title=title,
        lead=lead,
        url=url,
        outlet=_outlet(values),
        published=_date(values, "date"),
        modified=_date(values, "modified"),
        language=_language(values),
    )
    for string in (made.text, made.source_id, made.title, made.lead, made.url, made.outlet, made.language):
        if string and (bad := UNSTORABLE.search(string)):
            what = "NUL character" if bad[0] == "\0" else "half a surrogate pair"
            raise InputError(f"{what} at character {bad.start() + 1}", "remove it; the file may be damaged")
    return made


def _string(values: Mapping[Field, object], field: Field) -> str | None:
    value = values.get(field)
    if isinstance(value, bytes):
        try:
            value = value.decode()
        except UnicodeDecodeError:
            raise InputError(f"{field} is not UTF-8", "save as UTF-8") from None
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise InputError(f"{field} should be a text, not {type(value).__name__}", f"write {field} as one string")


def _stripped(values: Mapping[Field, object], field: Field) -> str | None:
    return (_string(values, field) or "").strip() or None


def _date(values: Mapping[Field, object], field: Field) -> str | None:
    value = values.get(field)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return parse_date(value)
    except DateError as error:
        raise InputError(str(error), DATE_REMEDY) from None


def _url(values: Mapping[Field, object]) -> str | None:
    url = _stripped(values, "url")
    if url is None:
        return None
    if "://" not in url and BARE_HOST.fullmatch(url):
        url = f"https://{url}"
    if not is_web_address(url):
        raise InputError("url is not a web address", URL_REMEDY)
    return url


def _outlet(values: Mapping[Field, object]) -> str | None:
    value = values.get("outlet")
    if isinstance(value, list | tuple):
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("name")
    name = _stripped({"outlet": value}, "outlet")
    if name and re.match(r"https?://", name):
        try:
            return urlsplit(name).hostname
        except ValueError:
            return None
    return name


def _language(values: Mapping[Field, object]) -> str | None:
    name = (_stripped(values, "language") or "").lower()
    code = re.match(r"[a-z]{2}(?![^_-])", name)
    return code[0] if code else LANGUAGE_NAMES.get(name, name) or None


def _place(file: str, number: int, line: int | None) -> str:
    return f"{file}, line {line}" if line else f"{file}, item {number}"
